"""The commands of speech: listen to files, count what is misheard, measure all of it."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, replace

from helpers.cli.answering import progress
from helpers.core import json_text
from helpers.core.text import printable

ENGINE = "pipeline"  # what answers a transcript


def listen(options: argparse.Namespace) -> None:
    """Transcribe sound files and answer what was said; the last line is JSON."""
    from helpers import engines, tasks
    from helpers.pipeline import spoken
    from helpers.speech import prompt, transcribe, whisper
    from helpers.speech.audio import SpeechError
    from helpers.tasks.dictation.hearing.words import read_words

    task = tasks.get(options.task)
    task = replace(task, asked_with=task.system)
    words = read_words(options.words) if options.words else {}
    desktop = json_text.decode(options.context.read_bytes()) if options.context else None
    hints = "" if options.no_prompt else prompt.hints(task, desktop, [*words.values()])
    model = whisper.load(options.model)
    steering = spoken.steering(task, model, [*words])
    wait = progress("choosing settings on folds of train")
    print(f"{ENGINE}: {engines.spec_of(ENGINE).note}", file=sys.stderr)
    written = options.words if task.domain else None
    engine = engines.create(ENGINE, task, wait, words=written)
    answers, unread = [], 0
    for path in options.file:
        try:
            heard = transcribe.transcribe(path, model, hints, progress(path.name), steering)
        except SpeechError as error:
            print(printable(str(error)), file=sys.stderr)
            unread += 1
            continue
        example = replace(task.example_of(heard.text), context=desktop)
        answer = spoken.answer(engine, example, heard)
        text = answer.details.get("dictation", heard.text)
        print(f"{path.name}: {printable(text)}\n  {printable(answer.text)}".rstrip())
        answers.append({"file": str(path), "answer": answer.text} | asdict(heard))
    print(json.dumps({"task": task.name, "engine": ENGINE, "model": options.model,
                      "files": answers}, ensure_ascii=False))  # fmt: skip
    if unread:
        raise ValueError(f"{unread} of {len(options.file)} files were not heard; mend those named")


def confusions(options: argparse.Namespace) -> None:
    """Speak commands, hear them, and count what was written for each word; goes on if killed."""
    from helpers import tasks
    from helpers.core import paths
    from helpers.speech import confusions, heard_pairs, whisper

    out = options.out or paths.runs() / "heard" / "pairs.jsonl"
    if options.rows:
        model = whisper.load(threads=options.threads)
        task = tasks.get("dictated_bash")
        heard_pairs.gather(task, model, out, options.rows, progress("speaking and hearing"))
    print(paths.shown(confusions.publish(heard_pairs.read(out))))


def sound(options: argparse.Namespace) -> None:
    """Speak held-out commands, hear and answer them; print errors, scores and seconds as JSON."""
    from helpers.course import sound

    found = sound.measure(
        options.engine, options.model, options.rows, options.threads, progress("speaking, hearing")
    )
    print(json.dumps(found))
