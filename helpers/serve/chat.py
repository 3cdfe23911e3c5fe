"""`/v1/chat/completions`: a tuned GGUF in the form of OpenAI's clients, inside our grammars."""

import json
import secrets
import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from helpers.serve import app as http
from helpers.serve import bodies
from helpers.serve.bodies import BadBody, Chat, Message
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
        if not request.headers.get("content-type", "").startswith("application/json"):
            raise BadBody(415, "send JSON (application/json)")
        body = bodies.read(Chat, await http.body_of(request, config.limits.body))
        system, text = turns(body.messages)
        if len(text) > config.limits.text:
            raise BadBody(422, f"the user's turn is long; send {config.limits.text} at most")
        check_form(body.response_format, name)
        found = await http.unless_left(request, service.chat(system, text, body.desktop))
        if body.stream:
            return StreamingResponse(chunks(found, name), media_type=http.STREAM)
        return JSONResponse(completion(found, name))

    path = "/v1/chat/completions"
    app.post(path, summary="Ask the tuned model.", **http.described(Chat))(complete)

    @app.get("/v1/models")
    async def models() -> dict[str, Any]:
        model = {"id": name, "object": "model", "created": 0, "owned_by": "tiny-specialists"}
        return {"object": "list", "data": [model]}


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
    written = found["tokens"]
    message = {"role": "assistant", "content": found["text"], "refusal": None}
    usage = {"prompt_tokens": found["prompt_tokens"], "completion_tokens": written,
             "total_tokens": found["prompt_tokens"] + written}  # fmt: skip
    choice = {"index": 0, "message": message, "finish_reason": reason(found), "logprobs": None}
    return _head("chat.completion", model) | {"choices": [choice], "usage": usage}


async def chunks(found: dict[str, Any], model: str) -> AsyncIterator[str]:
    """Yield an answer as server-sent chunks: an answer is a line, so that it comes in one piece."""
    head = _head("chat.completion.chunk", model)
    deltas = ({"role": "assistant", "content": ""}, {"content": found["text"]}, {})
    for delta in deltas:
        choice = {"index": 0, "delta": delta, "finish_reason": None if delta else reason(found)}
        yield f"data: {json.dumps(head | {'choices': [choice]})}\n\n"
    yield "data: [DONE]\n\n"


def reason(found: dict[str, Any]) -> str:
    """Return why an answer ended, in OpenAI's words."""
    return "stop" if found["ended"] else "length"


def _head(kind: str, model: str) -> dict[str, Any]:
    name = f"chatcmpl-{secrets.token_hex(12)}"
    return {"id": name, "object": kind, "created": int(time.time()), "model": model}
