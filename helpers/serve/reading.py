"""A request's body: JSON or a sound file, read up to its limit and held in memory alone."""

import asyncio
import re
from typing import TYPE_CHECKING, Any

from helpers.serve import bodies
from helpers.serve.bodies import BadBody, Body, Said
from helpers.serve.config import Limits

if TYPE_CHECKING:
    from fastapi import Request

JSON = "application/json"
SLOW = 30.0  # seconds in which a body has to arrive
AUDIO = re.compile(rb'"audio"\s*:\s*"[^"]*"')


async def said_in(request: "Request", model: type[Said], limits: Limits) -> Any:
    """Return what a request says, by JSON or as a sound file; raises `BadBody`."""
    if not kind_of(request).startswith("audio/"):
        return await json_in(request, model, limits.body, 4 * limits.sound // 3)
    sound = await body_of(request, limits.sound)
    if not sound:
        raise BadBody(422, "the sound is empty; record it again")
    return model.model_construct(audio=sound)


async def json_in(request: "Request", model: type[Body], most: int, sound: int = 0) -> Body:
    """Return a body of JSON of at most so many bytes, beside those of its sound."""
    if kind_of(request) != JSON:
        also = ", or a sound file (audio/wav, …)" if sound else ""
        raise BadBody(415, f"send JSON ({JSON}){also}")
    content = await body_of(request, most + sound)
    if len(content) - heard_in(content) > most:
        raise BadBody(413, f"the body is too big; send {most} bytes at most, sound not counted")
    return await asyncio.to_thread(bodies.read, model, content)


def heard_in(content: bytes) -> int:
    """Return how many bytes of JSON are sound, before it is parsed: what is too big never is.

    >>> heard_in(b'{"audio": "UklG"}'), heard_in(b'{"text": "ls"}')
    (15, 0)
    """
    found = AUDIO.search(content)
    return len(found[0]) if found else 0


def kind_of(request: "Request") -> str:
    """Return the type of a request's content, without what is said about it."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def body_of(request: "Request", most: int) -> bytes:
    """Return a request's body; raises `BadBody`, or `HTTPException` if the asker leaves."""
    from starlette.exceptions import HTTPException
    from starlette.requests import ClientDisconnect

    too_big = BadBody(413, f"the body is too big; send {most} bytes at most")
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > most:
        raise too_big
    content = bytearray()
    try:
        async with asyncio.timeout(SLOW):
            async for part in request.stream():
                content += part
                if len(content) > most:
                    raise too_big
    except TimeoutError as error:
        raise BadBody(408, "the body came too slowly") from error
    except ClientDisconnect as error:
        raise HTTPException(499, "the asker left") from error
    return bytes(content)
