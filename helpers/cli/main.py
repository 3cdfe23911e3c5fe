"""The command line: `python -m helpers score | predict | run | refresh | grow` and more."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from inspect import cleandoc
from pathlib import Path

from helpers.cli import factory, remote, serving, sweeping, teaching, web
from helpers.cli.answering import compare, predict, score
from helpers.cli.hearing import confusions, listen, sound
from helpers.cli.importing import import_rows
from helpers.cli.making import (
    bench,
    bits,
    choose,
    distill,
    draw,
    gate,
    grow,
    import_nl2bash,
    lock_colab,
    needs,
    pipeline,
    records,
    refresh,
    run,
    scoreboard,
    spine,
    text_curve,
    train,
)
from helpers.core.text import printable
from helpers.engines.spec import SPECS


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(prog="python -m helpers", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, action: Callable) -> argparse.ArgumentParser:
        about = cleandoc(action.__doc__ or "")
        sub = commands.add_parser(name, help=about.splitlines()[0], description=about)
        sub.set_defaults(action=action)
        return sub

    for name, action in (("score", score), ("predict", predict)):
        sub = command(name, action)
        sub.add_argument("--task", default="", help="a job, such as dictated_bash")
        sub.add_argument("--engine", default="", help=", ".join(SPECS))
        sub.add_argument("--pipeline", type=Path, metavar="FILE", help="what `pipeline` wrote")
        sub.add_argument("--model", type=Path, metavar="FOLDER", help="a model, or a run")
        sub.add_argument("--decode", default="free", help="free (default), grammar, rescore, best")
        sub.add_argument("--mix", type=_weight, metavar="W", help="weight in rescoring, or choose")
        sub.add_argument("--shots", type=int, metavar="N", help="rows shown to a prompted model")
        sub.add_argument("--repair", choices=("on", "off"), default="on", help="of free answers")
        sub.add_argument("--variant", default="", help="how a model is asked; else as trained")
        sub.add_argument("--words", type=Path, metavar="FILE", help="your own, for pipeline")
        sub.add_argument("--data-dir", type=Path, help="a data folder of your own")
        if action is score:
            sub.add_argument("--split", default="test", help="train, valid or test (default)")
            sub.add_argument("--limit", type=_count, help="only the first rows")
            sub.add_argument("--out", type=Path, help="write the predictions there, a row each")
            sub.add_argument("--publish", metavar="NAME", help="copy the record to data/records")
            forgets = "forget earlier answers, an endpoint's too"
            sub.add_argument("--fresh", action="store_true", help=forgets)
        else:
            _privately(sub)
    sub = command("compare", compare)
    for place in ("first", "second"):
        sub.add_argument(place, type=Path, metavar=place.upper(), help="what --out wrote")
    _hearing(command)
    for action in (run, train):
        sub = command(action.__name__, action)
        if action is run:
            sub.add_argument("notebook", help="a path, or the notebook's number")
        sub.add_argument(
            "-p", dest="parameter", action="append", default=[], metavar="NAME=VALUE",
            help="a parameter; a wrong name lists all of them",
        )  # fmt: skip
    sweeping.add(command, _count)
    sub = command("spine", spine)
    sub.add_argument("--task", default="dictated_bash", help="a job; else dictated_bash")
    sub.add_argument("--base", default="", help="smollm2-135m, or another; else a tiny one")
    sub.add_argument("--steps", type=_count, help="optimizer steps; else 400, or the base's")
    sub.add_argument("--rows", type=_count, help="to learn from, choose by and grade on; else all")
    sub = command("import-rows", import_rows)
    sub.add_argument("file", type=Path, metavar="FILE", help="one split: JSON, JSON lines or CSV")
    sub.add_argument("out", type=Path, metavar="OUT", help="my_rows/train.jsonl, or a data folder")
    sub.add_argument("--task", help="whose answers they are: labels by number, tool calls")
    sub = command("import-nl2bash", import_nl2bash)
    sub.add_argument("all_cm", type=Path, metavar="ALL_CM")
    sub.add_argument("out_dir", type=Path, metavar="OUT_DIR")
    sub = command("choose", choose)
    sub.add_argument("run", type=Path, metavar="RUN", help="a finished run, as runs/finetune-…")
    sub.add_argument("--data-dir", type=Path, help="the data folder it was trained on, if yours")
    sub.add_argument("--engine", default="torch", help="torch (default) or mlx")
    sub.add_argument("--rows", type=_count, help="to choose on; else as many as its exams had")
    sub = command("distill", distill)
    sub.add_argument("task", metavar="TASK", help="a job, such as dictated_bash")
    sub.add_argument("model", type=Path, metavar="RUN", help="the teacher")
    sub.add_argument("out", type=Path, metavar="OUT", help="the data folder to write")
    sub.add_argument("--rows", type=_count, default=6000, help="to ask; else 6000")
    sub.add_argument("--engine", default="torch", help="torch (default), mlx or gguf")
    sub = command("draw", draw)
    sub.add_argument("task", metavar="TASK", help="a job, such as dictated_bash, or spoken_bash")
    sub.add_argument("out", type=Path, metavar="OUT", help="the data folder to write")
    sub.add_argument("--rows", type=_count, default=6000, help="to write; else 6000")
    factory.add(command, _count)
    remote.add(command)
    serving.add(command)
    teaching.add(command)
    web.add(command)
    sub = command("grow", grow)
    sub.add_argument("size", help="1m, 2m or 3m")
    sub.add_argument("out_dir", type=Path, metavar="OUT_DIR", help="where the base goes")
    sub.add_argument("--steps", type=_count, help="optimizer steps; else the recipe's")
    sub.add_argument("--seed", type=int, default=0)
    sub.add_argument("--amount", type=_count, default=120_000, help="commands gathered")
    sub.add_argument("--tokenizer", type=Path, metavar="FOLDER", help="another base's")
    sub.add_argument("--work", type=Path, metavar="FOLDER", help="checkpoints; else in runs/")
    sub.add_argument("--compiled", action="store_true", help="faster; needs a C++ compiler")
    sub = command("bits", bits)
    sub.add_argument("base", metavar="BASE", help="smollm2-135m, a hub name, or a folder")
    sub = command("refresh", refresh)
    sub.add_argument("notebook", nargs="+", help="paths or numbers")
    sub.add_argument("--address", action="store_true", help="only write pyproject's address")
    command("lock-colab", lock_colab)
    sub = command("scoreboard", scoreboard)
    sub.add_argument("--write", action="store_true", help="write table and picture, too")
    sub = command("text-curve", text_curve)
    sub.add_argument("task", metavar="TASK", help="dictated_bash or support_label")
    for name, action in (("needs", needs), ("records", records), ("gate", gate)):
        sub = command(name, action)
        sub.add_argument("task", metavar="TASK", help="a job, such as dictated_bash")
        if action is records:
            sub.add_argument("--base", help="another base than the tiny one: smollm2-135m")
            sub.add_argument("--steps", type=_count, default=0, help="to train; else the profile's")
    sub.add_argument("--compare", action="store_true", help="only score, and fit nothing")
    sub.add_argument("--pipeline", type=Path, metavar="FILE", help="a pipeline to compare")
    sub.add_argument("--data-dir", type=Path, help="rows to compare on; else those of heard speech")
    sub.add_argument("--split", default="test", help="train, valid or test (default)")
    sub = command("pipeline", pipeline)
    sub.add_argument("task", metavar="TASK", help="a job, such as dictated_bash")
    sub.add_argument("--model", type=Path, metavar="RUN", help="a run, a model's folder, or a GGUF")
    sub.add_argument("--engine", default="torch", help="what runs it: torch, mlx or gguf")
    sub.add_argument("--words", type=Path, metavar="FILE", help="your words: heard = written")
    sub.add_argument("--whisper", default="tiny.en", help="what hears; else tiny.en")
    sub.add_argument("--data-dir", type=Path, help="a data folder of your own")
    sub.add_argument("--rows", type=_count, help="validation rows that choose; else all")
    sub.add_argument("--out", type=Path, required=True, metavar="FILE", help="what to write")
    sub = command("bench", bench)
    sub.add_argument("name", help="linear, grammar, batch, train or full")
    sub.add_argument("--model", type=Path, metavar="FOLDER", help="a model, or a run")
    sub.add_argument("--base", default="smollm2-135m", help="to train; else smollm2-135m")
    sub.add_argument("--rows", type=_count, help="to train on a step; else 16, full: 32")
    sub.add_argument("--steps", type=_count, help="to train each time; else 6, full: 150")
    return top


def _hearing(command: Callable[[str, Callable], argparse.ArgumentParser]) -> None:
    """Add the commands of speech."""
    sub = command("listen", listen)
    sub.add_argument("file", nargs="+", type=Path, metavar="FILE", help="WAV, FLAC, MP3 or Opus")
    sub.add_argument("--task", default="", help="else the file's, or dictated_bash")
    sub.add_argument("--pipeline", type=Path, metavar="FILE", help="what `pipeline` wrote")
    sub.add_argument("--words", type=Path, metavar="FILE", help="your words: heard = written")
    sub.add_argument("--context", type=Path, metavar="FILE", help="a desktop as JSON: its names")
    sub.add_argument("--no-prompt", action="store_true", help="show Whisper nothing of the task")
    sub.add_argument("--model", default="", help="a Whisper; else the file's, or tiny.en")
    _privately(sub)
    sub = command("confusions", confusions)
    sub.add_argument("--rows", type=_count, help="to speak and hear; else only count")
    sub.add_argument("--out", type=Path, metavar="FILE", help="the pairs; else in runs/")
    sub.add_argument("--threads", type=_count, default=2, help="of Whisper's; else 2")
    sub = command("sound", sound)
    sub.add_argument("--task", default="dictated_bash", help="a job; else dictated_bash")
    sub.add_argument("--rows", type=_count, default=120, help="held out; else 120")
    sub.add_argument("--engine", default="pipeline", help="what answers; else pipeline")
    sub.add_argument("--pipeline", type=Path, metavar="FILE", help="what `pipeline` wrote")
    sub.add_argument("--model", default="tiny.en", help="a Whisper; else tiny.en")
    sub.add_argument("--threads", type=_count, default=2, help="of Whisper's; else 2")


def _privately(sub: argparse.ArgumentParser) -> None:
    """Add what a command that answers a person may say and keep."""
    sub.add_argument("--explain", action="store_true", help="say each stage of a pipeline")
    sub.add_argument("--keep", action="store_true", help="let what was said be kept in runs/")


def _weight(text: str) -> float | str:
    if text == "choose":
        return text
    try:
        return float(text)
    except ValueError:
        what = f"{text!r} is neither a number nor 'choose', which takes validation rows"
        raise argparse.ArgumentTypeError(what) from None


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; a wrong input or a full disk ends it with one line and status 2."""
    options = parser().parse_args(arguments)
    if sys.stdout is None:  # closed by whoever started us
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = options.action(options) or 0
        sys.stdout.flush()  # a full disk or a reader that left shows here, not after the end
    except BrokenPipeError:  # the reader of our output left; nothing more to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except (ValueError, OSError, RuntimeError) as error:
        print(f"error: {printable(str(error))}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted; start the same command again to go on", file=sys.stderr)
        return 130
    return status
