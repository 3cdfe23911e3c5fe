"""What people dictate, as a transcriber writes it: the text that steers Whisper.

Each text that a task was trained on, and each that is handed in, is said by the plain convention
and, where the shell's table of ways knows it, as people say it. Spelled letters stand apart or
together, as Whisper writes both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

import numpy as np

from helpers.core import fingerprints, paths
from helpers.core.source import source_of
from helpers.speech import saying
from helpers.speech.decoder import Decoder, read_weights
from helpers.speech.steering import Steering
from helpers.speech.whisper import FasterWhisper, Whisper
from helpers.tasks.base import Task
from helpers.tasks.dictation import ngram
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.verbalize import Unspeakable, verbalize

ORDER = 8  # characters
TOGETHER = 0.35  # share of spelled letters that are written as one word
WORD = re.compile(r" ?[a-z']+")  # tokens that spell out what is said: no digits, no marks
SHORT = 2  # letters of tokens that may always be written, so that any name can be spelled


def steering(
    task: Task, whisper: Whisper, words: Sequence[str] = (), more: Sequence[str] = ()
) -> Steering | None:
    """Return what steers a Whisper in a dictation, None for other jobs, or where MLX listens.

    `words` are sayings of the reader's own, `more` are texts beside those of the training rows.
    """
    if task.domain is None or not isinstance(whisper, FasterWhisper):
        return None
    written = [*dict.fromkeys([*targets(task), *more])]
    key = fingerprints.digest(written, words, task.domain.name, source_of(__name__))
    said = fingerprints.remember("dictations", key, lambda: texts(written, task.domain, words))
    if not said:
        return None
    fitted = fingerprints.remember("said", key, lambda: vars(_fit(said)))
    tokens, pieces = _tokens(whisper, said)
    decoder = Decoder(read_weights(whisper.folder / "model.bin"), tokens)
    scorer = ngram.ShortStates(ngram.NGram(**fitted))
    return Steering(decoder, pieces, scorer, fingerprints.digest(key, whisper.fingerprint))


def _fit(said: Sequence[str]) -> ngram.NGram:
    return ngram.fit(said, ORDER)


def targets(task: Task) -> list[str]:
    """Return the texts of a task's training rows, and of its domain's spoken ones."""
    folders = dict.fromkeys([task.data_dir, paths.data(f"spoken_{task.domain.name}")])
    there = [folder for folder in folders if (folder / "train.jsonl").exists()]
    rows = [row for folder in there for row in task.load("train", folder)]
    return [*dict.fromkeys(row.target for row in rows if row.target)]


def texts(
    written: Sequence[str], domain: Domain, words: Sequence[str] = (), seed: int = 0
) -> list[str]:
    """Return the dictations of texts, seeded, and a reader's own sayings."""
    draw = Random(seed)
    dictated = [
        " ".join(_spelled(said, draw))
        for text in written
        for said in _sayings(text, domain, draw)
    ]
    return [*dictated, *(word.lower() for word in words)]


def _sayings(target: str, domain: Domain, draw: Random) -> Iterator[list[str]]:
    """Yield the words of each way to say a text; none for what no table can say."""
    try:
        yield verbalize(target, domain).split()
        if domain is BASH:
            yield [word for word in saying.say(target, draw) if word]
    except Unspeakable:
        return


def _spelled(words: Sequence[str], draw: Random) -> Iterator[str]:
    """Yield words in small letters, and runs of spelled ones together or apart.

    >>> list(_spelled(["tar", "dash", "X", "Z", "F"], Random(1)))
    ['tar', 'dash', 'xzf']
    """
    run: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1:
            run.append(word.lower())
            continue
        yield from ["".join(run)] if len(run) > 1 and draw.random() < TOGETHER else run
        run = []
        yield from [word.lower()] * bool(word)


def _tokens(whisper: FasterWhisper, said: Sequence[str]) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return the tokens that may be written, and what each writes; the last one ends the text."""
    reader = whisper.model.hf_tokenizer
    words = sorted({word for text in said for word in text.split()})
    of_words = [reader.encode(f" {word}", add_special_tokens=False).ids for word in words]
    used = {token for ids in of_words for token in ids}
    end = reader.token_to_id("<|endoftext|>")
    written = {token: reader.decode([token]) for token in range(end)}
    kept = [
        token
        for token, text in written.items()
        if WORD.fullmatch(text) and (token in used or len(text.strip()) <= SHORT)
    ]
    return np.array([*kept, end]), (*(written[token] for token in kept), "")
