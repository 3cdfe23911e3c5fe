"""What a request may hold and what it gets, as FastAPI describes them in `/openapi.json`."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    Base64Bytes,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    ValidationError,
    model_validator,
)

from helpers.core import json_text
from helpers.serve.config import Limits

MOST = Limits()
SOUNDS = ("audio/wav", "audio/flac", "audio/mpeg", "audio/ogg")  # the types that are described

Text = Annotated[str, Field(min_length=1, max_length=MOST.text, description="what was said")]
Encoded = Annotated[Base64Bytes, Field(min_length=1, description="a sound file, as base64")]


class Said(BaseModel):
    """Something said: its text, or its sound as base64. Explained, the lattice comes along."""

    model_config = ConfigDict(extra="forbid")

    text: Text | None = None
    audio: Encoded | None = None
    explain: StrictBool = False

    @model_validator(mode="after")
    def _one(self) -> Said:
        if (self.text is None) == (self.audio is None):
            raise ValueError("give either text or audio")
        return self


class Dictated(Said):
    """Something dictated; `task` is a job of dictation, else the first that is served."""

    task: str | None = Field(default=None, max_length=64)


class Commanded(Said):
    """A request to a desktop: its workspaces, apps and displays."""

    desktop: dict[str, Any] | None = None


class Message(BaseModel):
    """A turn, as OpenAI's clients send it; a user's may be a list of texts."""

    role: Literal["system", "developer", "user", "assistant"]
    content: str | list[dict[str, Any]]


class Options(BaseModel):
    """What else a stream shall bring: at its end, how many tokens were read and written."""

    include_usage: StrictBool | None = None


class Chat(BaseModel):
    """What OpenAI's clients send to `/v1/chat/completions`.

    What would change an answer in another server (temperature, seed) is read over: the grammar of
    the job decides, greedily. `desktop` is ours, for voice commands.
    """

    model: str = Field(max_length=200)
    messages: list[Message] = Field(min_length=1, max_length=20)
    stream: StrictBool | None = None
    stream_options: Options | None = None
    n: Literal[1] | None = None
    response_format: dict[str, Any] | None = None
    desktop: dict[str, Any] | None = None


class Alternative(BaseModel):
    """What a stage might have decided."""

    text: str
    score: float


class Stage(BaseModel):
    """A step on the way to an answer."""

    name: str
    decision: str
    confidence: float | None
    alternatives: list[Alternative]
    unit: str
    ms: float
    note: str


class Answer(BaseModel):
    """What is done about what was said: `action` is type, ask, or nothing."""

    task: str
    said: str
    text: str
    action: Literal["type", "ask", "nothing"]
    confidence: float
    route: str
    choices: list[str]
    undo: str
    stages: list[Stage]
    ms: float
    others: list[str] | None = None
    lattice: dict[str, Any] | None = None


class Why(BaseModel):
    """A reason in one line, and its kind in OpenAI's words."""

    message: str
    type: str
    param: str | None
    code: str | None


class Problem(BaseModel):
    """Why there is no answer."""

    error: Why


def schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return what OpenAPI says of a body, its parts written out in place."""
    table = model.model_json_schema()
    for part in table.pop("$defs", {}).values():
        if part["title"] == "Message":
            table["properties"]["messages"]["items"] = part
        if part["title"] == "Options":
            table["properties"]["stream_options"]["anyOf"][0] = part
    return table


Body = TypeVar("Body", bound=BaseModel)


class BadBody(ValueError):
    """A body that cannot be read; `status` says whether its form (400) or content (422) is odd."""

    def __init__(self, status: int, message: str, code: str | None = None) -> None:
        """Say why, in one line, and by a code if it has one of its own."""
        super().__init__(message)
        self.status, self.code = status, code


def read(model: type[Body], content: bytes) -> Body:
    """Return a body of JSON, read strictly; raises `BadBody`.

    >>> read(Said, b'{"text": "ls"}').text
    'ls'
    >>> read(Said, b'{"text": 1}')
    Traceback (most recent call last):
    BadBody: text: Input should be a valid string
    """
    try:
        table = json_text.decode(content)
    except ValueError as error:
        raise BadBody(400, f"the body {error}") from error
    try:
        return model.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise BadBody(422, ": ".join(filter(None, [where, first["msg"]]))) from error
