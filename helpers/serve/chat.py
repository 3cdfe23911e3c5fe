"""`/v1/chat/completions`: a tuned GGUF in the form of OpenAI's clients, inside our grammars."""

import json
import secrets
import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from helpers.serve import app as http
from helpers.serve.bodies import BadBody, Chat, Message
from helpers.serve.reading import json_in
from helpers.serve.service import Service

if TYPE_CHECKING:
    from fastapi import FastAPI

ROLES = {"system": "system", "developer": "system", "user": "user"}


def add(app: "FastAPI", service: Service) -> None:
    """Add the paths of OpenAI's clients to an application."""
    from fastapi import Request
    from fastapi.responses import JSONResponse, StreamingResponse

    config = service.config
    name = config.of

    async def complete(request: Request):
        body = await json_in(request, Chat, config.limits.body)
        check_model(body.model)
        system, text = turns(body.messages)
        if len(text) > config.limits.text:
            raise BadBody(422, f"the user's turn is long; send {config.limits.text} at most")
        check_form(body.response_format, name)
        found = await http.unless_left(request, service.chat(system, text, body.desktop))
        if body.stream:
            counted = body.stream_options is not None and bool(body.stream_options.include_usage)
            return StreamingResponse(chunks(found, name, counted), media_type=http.STREAM)
        return JSONResponse(completion(found, name))

    path = "/v1/chat/completions"
    app.post(path, summary="Ask the tuned model.", **http.described(Chat))(complete)

    about = {"id": name, "object": "model", "created": 0, "owned_by": "tiny-specialists"}

    def check_model(wanted: str) -> None:
        if wanted != name:
            raise BadBody(404, f"the model served here is {name}", "model_not_found")

    @app.get("/v1/models")
    async def models() -> dict[str, Any]:
        return {"object": "list", "data": [about]}

    @app.get("/v1/models/{model}")
    async def model(model: str) -> dict[str, Any]:
        check_model(model)
        return about


def turns(messages: list[Message]) -> tuple[str, str]:
    """Return the system turn, "" for none, and the user's; raises `BadBody` for more turns.

    >>> turns([Message(role="user", content="ls dash L")])
    ('', 'ls dash L')
    """
    said: dict[str, str] = {}
    for message in messages:
        role = ROLES.get(message.role)
        if role is None or role in said or "user" in said:
            raise BadBody(422, "this model answers one user's turn, after a system turn or none")
        said[role] = text_of(message.content)
    if not said.get("user", "").strip():
        raise BadBody(422, "the user's turn is empty or missing")
    return said.get("system", ""), said["user"]


def text_of(content: str | list[dict[str, Any]]) -> str:
    """Return a turn's text; raises `BadBody` for parts that are none."""
    if isinstance(content, str):
        return content
    texts = [part.get("text") for part in content if part.get("type") == "text"]
    if len(texts) < len(content) or not all(isinstance(text, str) for text in texts):
        raise BadBody(422, "a turn has parts that are no text; this model reads text alone")
    return "".join(texts)


def check_form(wanted: dict[str, Any] | None, job: str) -> None:
    """Raise `BadBody` where JSON is wanted of a job whose answers are none.

    The schema of a voice command is ours: what is wanted is not compared with it.
    """
    if wanted and wanted.get("type") != "text" and job != "voice_command":
        raise BadBody(422, f"answers of {job} are plain text; leave response_format out")


def completion(found: dict[str, Any], model: str) -> dict[str, Any]:
    """Return an answer as a chat completion."""
    message = {"role": "assistant", "content": found["text"], "refusal": None}
    choice = {"index": 0, "message": message, "finish_reason": reason(found), "logprobs": None}
    return _head("chat.completion", model) | {"choices": [choice], "usage": usage(found)}


async def chunks(found: dict[str, Any], model: str, counted: bool) -> AsyncIterator[str]:
    """Yield an answer as server-sent chunks: an answer is a line, so that it comes in one piece."""
    head = _head("chat.completion.chunk", model) | ({"usage": None} if counted else {})
    deltas = ({"role": "assistant", "content": ""}, {"content": found["text"]}, {})
    for delta in deltas:
        choice = {"index": 0, "delta": delta, "finish_reason": None if delta else reason(found)}
        yield f"data: {json.dumps(head | {'choices': [choice]})}\n\n"
    if counted:
        yield f"data: {json.dumps(head | {'choices': [], 'usage': usage(found)})}\n\n"
    yield "data: [DONE]\n\n"


def usage(found: dict[str, Any]) -> dict[str, int]:
    """Return how many tokens were read and written."""
    read, written = found["prompt_tokens"], found["tokens"]
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}


def reason(found: dict[str, Any]) -> str:
    """Return why an answer ended, in OpenAI's words."""
    return "stop" if found["ended"] else "length"


def _head(kind: str, model: str) -> dict[str, Any]:
    name = f"chatcmpl-{secrets.token_hex(12)}"
    return {"id": name, "object": kind, "created": int(time.time()), "model": model}
