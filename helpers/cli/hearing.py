"""The commands of speech: listen to files, count what is misheard, measure all of it."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.cli.answering import progress
from helpers.core import json_text
from helpers.core.examples import Example
from helpers.core.text import printable

if TYPE_CHECKING:
    from helpers.pipeline.outcome import Outcome
    from helpers.pipeline.run import Pipeline
    from helpers.tasks.base import Task


def listen(options: argparse.Namespace) -> None:
    """Transcribe sound files and answer what was said; the last line is JSON.

    Nothing that was said is kept, unless `--keep` says so: then a long file goes on after a stop.
    """
    from helpers.pipeline.explain import explained
    from helpers.pipeline.spoken import Ears
    from helpers.speech.audio import SpeechError

    made, words = _pipeline(options)
    desktop = _desktop(options.context, made.task) if options.context else None
    name = options.model or made.settings.whisper
    ears = Ears.of(made.task, name, desktop, words, options.keep, not options.no_prompt)
    answers, unread = [], 0
    for path in options.file:
        try:
            heard = ears.hear(path, progress(path.name))
        except SpeechError as error:
            print(printable(str(error)), file=sys.stderr)
            unread += 1
            continue
        if heard.broken:
            print(printable(heard.broken), file=sys.stderr)
            unread += 1
        outcome = made.heard(heard, desktop)
        print(printable(f"{path.name}: {outcome.said or heard.text}").rstrip())
        if outcome.text:
            print(f"  {printable(shown(outcome))}")
        if options.explain:
            print(printable(explained(outcome)))
        answers.append(
            {"file": str(path), "answer": outcome.text, "action": outcome.action,
             "confidence": outcome.confidence, "choices": outcome.choices, "undo": outcome.undo}
            | asdict(heard)
        )  # fmt: skip
    print(json.dumps({"task": made.task.name, "engine": "pipeline", "model": name,
                      "files": answers}, ensure_ascii=False))  # fmt: skip
    if unread:
        many = f"{unread} of {len(options.file)} files"
        raise ValueError(f"{many} were not heard to their end; mend those named")


def _desktop(path: Path, task: Task) -> Any:
    """Return the desktop of a file; raises `ValueError` if it is none that the task can show."""
    try:
        desktop = json_text.decode(path.read_bytes())
        task.question(Example("", "", "", context=desktop))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    return desktop


def _pipeline(options: argparse.Namespace) -> tuple[Pipeline, dict[str, str]]:
    """Return the pipeline that answers, and all words of a reader's that it knows."""
    from helpers import engines, tasks
    from helpers.pipeline import settings
    from helpers.tasks.dictation.hearing.words import read_words

    named = options.task or "dictated_bash"
    if options.pipeline:
        named = options.task or settings.read(options.pipeline).task
    else:
        print(f"pipeline: {engines.spec_of('pipeline').note}", file=sys.stderr)
    task = tasks.get(named)
    wait = progress("choosing settings on folds of train")
    written = options.words if task.domain is not None else None  # others are only shown them
    engine = engines.create("pipeline", task, wait, words=written, pipeline=options.pipeline)
    words = read_words(options.words) if options.words else {}
    return engine.pipeline, dict(engine.pipeline.settings.words) | words


def shown(outcome: Outcome) -> str:
    """Return a line that says what is done: what is typed, or between what it asks.

    >>> from helpers.pipeline.outcome import ASK, Outcome
    >>> shown(Outcome("ls", "ls -l", ASK, 0.4, "hearing", (), ("ls -l", "ls -L")))
    '? 1. ls -l   2. ls -L'
    """
    if outcome.action != "ask":
        return outcome.text
    return "? " + "   ".join(f"{n}. {text}" for n, text in enumerate(outcome.choices, 1))


def confusions(options: argparse.Namespace) -> None:
    """Speak commands, hear them, and count what was written for each word; goes on if killed."""
    from helpers import tasks
    from helpers.core import paths
    from helpers.speech import confusions, heard_pairs, whisper

    out = options.out or paths.runs() / "heard" / "pairs.jsonl"
    if options.rows:
        model = whisper.load(threads=options.threads)
        task = tasks.get("dictated_bash")
        progressing = progress("speaking and hearing")
        pairs = heard_pairs.gather(task, model, out, options.rows, progressing)
    else:
        pairs = heard_pairs.newest(heard_pairs.read(out))
    print(paths.shown(confusions.publish(pairs)))


def sound(options: argparse.Namespace) -> None:
    """Speak held-out rows, hear and answer them; print errors, scores and seconds as JSON."""
    from helpers.course import sound, sound_requests

    limits = options.engine, options.model, options.rows, options.threads
    how = progress("speaking, hearing"), options.pipeline
    if options.task == sound.TASK:
        print(json.dumps(sound.measure(*limits, *how)))
    else:
        print(json.dumps(sound_requests.measure(options.task, *limits, *how)))
