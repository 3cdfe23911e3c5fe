"""What the service and its workers send each other: a table as JSON, and perhaps sound."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from asyncio import StreamReader

LENGTHS = struct.Struct(">II")  # bytes of the table, bytes of sound

Frame = tuple[dict[str, Any], bytes]


def pack(table: dict[str, Any], sound: bytes = b"") -> bytes:
    """Return a frame.

    >>> pack({}, b"1")
    b'\\x00\\x00\\x00\\x02\\x00\\x00\\x00\\x01{}1'
    """
    text = json.dumps(table).encode()
    return LENGTHS.pack(len(text), len(sound)) + text + sound


def read(file: BinaryIO) -> Frame | None:
    """Read a frame of a blocking file; None at its end, even amid a frame."""
    head = file.read(LENGTHS.size)
    if len(head) < LENGTHS.size:
        return None
    text, sound = (file.read(size) for size in LENGTHS.unpack(head))
    if (len(text), len(sound)) != LENGTHS.unpack(head):
        return None
    return json.loads(text), sound


async def receive(stream: StreamReader) -> Frame:
    """Read a frame of a stream; raises `asyncio.IncompleteReadError` at its end."""
    text, sound = LENGTHS.unpack(await stream.readexactly(LENGTHS.size))
    return json.loads(await stream.readexactly(text)), await stream.readexactly(sound)
