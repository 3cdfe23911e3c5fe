"""A worker: a process that loads what it needs at its first job, answers in turn, and can be left.

`python -m helpers.serve.worker`: its settings and jobs come by stdin, its replies go by stdout. If
the service dies, stdin ends, and the worker with it.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, BinaryIO, TextIO

from helpers.serve import frames
from helpers.serve.errors import Cancelled, NotReady, Refused
from helpers.serve.frames import Frame

Tell = Callable[[dict[str, Any]], None]
Do = Callable[[dict[str, Any], bytes, Tell], dict[str, Any]]


class Inbox:
    """The jobs that wait, read by a thread of its own, so that one can be cancelled while it runs.

    The thread interrupts the main one as Ctrl-C would; nothing else sends this process a signal.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Begin to read."""
        self._file = file
        self._jobs: SimpleQueue[Frame] = SimpleQueue()
        self._running, self._left = 0, set[int]()
        self._lock = threading.Lock()
        signal.signal(signal.SIGINT, self._interrupt)
        threading.Thread(target=self._read, daemon=True).start()

    def take(self) -> Frame:
        """Wait for the next job."""
        return self._jobs.get()

    def run(self, do: Do, job: dict[str, Any], sound: bytes, tell: Tell) -> dict[str, Any]:
        """Do a job; raises `Cancelled` once nobody waits for it, but never amid what is told."""

        def whole(table: dict[str, Any]) -> None:
            self._running = 0
            tell(table)
            self._running = job["number"]
            self._interrupt()

        with self._lock:
            self._running = job["number"]
        try:
            self._interrupt()
            return do(job, sound, whole)
        finally:
            self._running = 0

    def _interrupt(self, *_: object) -> None:
        if self._running and self._running in self._left:
            raise Cancelled

    def _read(self) -> None:
        while (frame := frames.read(self._file)) is not None:
            number = frame[0].get("cancel")
            if number is None:
                self._jobs.put(frame)
                continue
            with self._lock:
                self._left.add(number)
                if self._running == number:
                    _thread.interrupt_main()
        os._exit(0)


def replied(inbox: Inbox, do: Do, frame: Frame, tell: Tell, log: TextIO) -> dict[str, Any]:
    """Return the reply to a job: what it came to, or why not.

    What is logged about an error of ours is its kind and place alone: its text may hold what
    somebody said.
    """
    number = frame[0]["number"]
    try:
        return {"number": number, "result": inbox.run(do, *frame, tell)}
    except Cancelled:
        return {"number": number, "why": "cancelled", "message": "nobody waits for it"}
    except NotReady as error:
        print(f"error: {error}", file=log, flush=True)
        message = "this job cannot be answered now; the service's log says why"
        return {"number": number, "why": "failed", "message": message}
    except Refused as error:
        return {"number": number, "why": "bad", "message": str(error)}
    except Exception as error:  # whatever it is, others are answered
        print(f"error: {place_of(error)}", file=log, flush=True)
        return {"number": number, "why": "failed", "message": "this could not be answered"}


def place_of(error: BaseException) -> str:
    """Return an error's kind and the line it comes from, and nothing of its text.

    >>> try:
    ...     {}["secret"]
    ... except KeyError as error:
    ...     print(place_of(error).split(" at ")[0])
    KeyError
    """
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f"{at.tb_frame.f_code.co_filename}:{at.tb_lineno}" if at else "an unknown place"
    return f"{type(error).__name__} at {place}"


def main() -> None:
    """Answer until stdin ends; what libraries print goes to stderr, until something was said.

    From then on it goes nowhere: llama.cpp tells of a grammar that fails, and of the words in it.
    """
    out, log = os.fdopen(os.dup(1), "wb"), os.fdopen(os.dup(2), "w")
    os.dup2(2, 1)
    start = frames.read(sys.stdin.buffer)
    if start is None:
        return
    from helpers.serve import answering

    def send(table: dict[str, Any]) -> None:
        out.write(frames.pack(table))
        out.flush()

    do = answering.create(start[0])
    inbox = Inbox(sys.stdin.buffer)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    while True:
        frame = inbox.take()
        if frame[0]["do"] != "load":
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
        send(replied(inbox, do, frame, lambda stage: send({"stage": stage}), log))


if __name__ == "__main__":
    main()
