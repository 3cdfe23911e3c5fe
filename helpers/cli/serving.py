"""The command of the service: serve."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

Command = Callable[[str, Callable], argparse.ArgumentParser]


def add(command: Command) -> None:
    """Add `serve`."""
    sub = command("serve", serve)
    sub.add_argument("--task", action="append", default=[], help="a job; else the course's three")
    sub.add_argument(
        "--pipeline", action="append", default=[], type=Path, metavar="FILE",
        help="what `pipeline` wrote, instead of a job's committed one",
    )  # fmt: skip
    sub.add_argument("--model", type=Path, metavar="FILE", help="a tuned GGUF of the --task")
    sub.add_argument("--decode", default="grammar", help="free, grammar (default), rescore, best")
    sub.add_argument("--idle", type=_seconds, default=60.0, metavar="S", help="then it sleeps")
    what = "after which a request is given up, waiting and waking counted; else 120"
    sub.add_argument("--seconds", type=_seconds, default=120.0, metavar="S", help=what)
    sub.add_argument("--port", type=_port, default=8765, help="else 8765; 0 takes a free one")
    sub.add_argument("--host", default="127.0.0.1", help="else this machine alone; needs a token")
    what = "holds the secret of requests; else TINY_SPECIALISTS_TOKEN does"
    sub.add_argument("--token-file", type=Path, metavar="FILE", help=what)
    what = "a page of elsewhere that may ask, such as https://example.org"
    sub.add_argument("--origin", action="append", default=[], help=what)
    what = "end when stdin does: with the program that started it"
    sub.add_argument("--child", action="store_true", help=what)
    what = "write what starts it when it is asked: systemd's units, or launchd's list"
    sub.add_argument("--install", action="store_true", help=what)
    sub.add_argument("--dry-run", action="store_true", help="only show what --install would write")


def serve(options: argparse.Namespace) -> None:
    """Answer over HTTP, at this machine alone, with a page to speak to; asleep while unused."""
    from helpers.serve import launch, units
    from helpers.serve.config import Config, Limits, jobs_of, token_of, tuned

    gguf, of = tuned(options.model, options.task, options.decode)
    config = Config(
        jobs=jobs_of(options.task, options.pipeline),
        idle=options.idle,
        host=options.host,
        port=options.port,
        token=token_of(options.token_file),
        origins=tuple(options.origin),
        gguf=gguf,
        of=of,
        decode=options.decode,
        limits=Limits(seconds=options.seconds),
    )
    if not options.install:
        if options.dry_run:
            raise ValueError("--dry-run shows what --install would write; add --install")
        launch.serve(config, options.child)
        return
    if config.token and not options.token_file:
        from helpers.serve.config import TOKEN

        raise ValueError(
            f"what is installed does not know {TOKEN}; write the secret into a file, and name it "
            "by --token-file"
        )
    files = units.units(config, _again(options), Path.home(), sys.platform)
    units.install(files, not options.dry_run, sys.platform)


def _again(options: argparse.Namespace) -> list[str]:
    """Return the options that a service needs which a socket starts, its paths from anywhere."""
    given = [
        *(("--task", name) for name in options.task),
        *(("--pipeline", file.resolve()) for file in options.pipeline),
        *(("--origin", origin) for origin in options.origin),
        ("--idle", f"{options.idle:g}"),
        ("--seconds", f"{options.seconds:g}"),
    ]
    if options.model:
        given += [("--model", options.model.resolve()), ("--decode", options.decode)]
    if options.token_file:
        given.append(("--token-file", options.token_file.resolve()))
    return [str(word) for pair in given for word in pair]


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e6:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds")
    return seconds


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; take one up to 65535")
    return int(text)
