"""Is it a base? Probes of copying and casing, and bits per byte against a 5-gram.

A base knows its materials and simple skills. Skills are asked as `base_text.SKILLS` puts them,
about words that the base has not read together; the materials are measured by how well held-out
text is predicted.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from helpers.corpora import base_text
from helpers.corpora.base_text import END, Material
from helpers.engines.decoding.greedy import Written, write
from helpers.engines.loaded import Loaded
from helpers.evaluation.statistics import Interval, wilson
from helpers.pretrain import tiny_base
from helpers.tasks.base import Task
from helpers.tasks.dictation import ngram
from helpers.tasks.dictation.ngram import NGram

SKILLS = {
    "copying": ("Repeat the text.",),
    "casing": ("Begin words with capitals.", "Write it in small letters."),
    "capitals": ("Write it in capitals.", "Do not shout."),  # of whole words: spelling
}
WORDS = {"copying": 7, "casing": 1, "capitals": 1}  # in an item, at most
ORDER = 5  # bytes that the n-gram looks at, the one it predicts included
BATCH = 50
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Item:
    """A question of a probe: an instruction, what it is asked of, and the one right answer."""

    skill: str
    asked: str
    answer: str

    @property
    def prompt(self) -> str:
        """The question in the form that the base was grown with, up to where the answer begins.

        >>> print(Item("Repeat the text.", "ls", "ls").prompt, end="")
        <|im_start|>system
        Repeat the text.<|im_end|>
        <|im_start|>user
        ls<|im_end|>
        <|im_start|>assistant
        """
        return base_text.chat(self.skill, self.asked, "").removesuffix("<|im_end|>\n")


@dataclass(frozen=True)
class Result:
    """How often a probe was answered exactly, with the interval, and every item's answer."""

    n: int
    right: int
    interval: Interval
    answers: tuple[tuple[Item, str], ...]

    @property
    def exact(self) -> float:
        """The share of exact answers."""
        return self.right / self.n

    @property
    def wrong(self) -> list[tuple[Item, str]]:
        """The items that were answered otherwise, with the answers."""
        return [(item, answer) for item, answer in self.answers if answer != item.answer]

    def scores(self) -> dict[str, Any]:
        """Return what a record keeps."""
        return {"n": self.n, "exact": self.exact, "ci": list(self.interval)}


@dataclass(frozen=True)
class Bits:
    """Bits per byte on the same texts, of a model and of the n-gram; lower is better."""

    texts: int
    bytes: int  # an end for each text included
    model: float
    n_gram: float


def held_out_texts(task: Task, rows: int) -> dict[str, list[str]]:
    """Return texts of a task's first validation rows: prompts, and targets where they are open.

    Empty ones, of rows that have no answer, have no words to ask for.
    """
    chosen = task.load("valid")[:rows]
    found = {f"{task.name}, prompts": [example.prompt for example in chosen]}
    if task.open_targets:
        found[f"{task.name}, targets"] = [example.target for example in chosen]
    return {kind: [text for text in texts if text.strip()] for kind, texts in found.items()}


def items(probe: str, texts: Sequence[str], n: int, seed: int = 0) -> list[Item]:
    """Draw `n` items of a probe, words of `texts` put together; half have an invented word.

    >>> [item.asked for item in items("copying", ["alpha beta"], 3)]
    ['alpha beta beta alpha', 'vnqx alpha', 'alpha beta beta']
    """
    rng, skills = Random(f"{probe} {seed}"), [s for s in base_text.SKILLS if s[0] in SKILLS[probe]]
    found = []
    for number in range(n):
        words = [rng.choice(rng.choice(texts).split()) for _ in range(rng.randint(1, WORDS[probe]))]
        if number % 2:
            words[rng.randrange(len(words))] = invented(rng)
        name, change, _ = rng.choice(skills)
        found.append(Item(name, *change(" ".join(words), rng)))
    return found


def invented(rng: Random) -> str:
    """Return a word of two to nine letters that nobody has read."""
    return "".join(rng.choices(LETTERS, k=rng.randint(2, 9)))


def complete(
    loaded: Loaded, prompts: Sequence[str], limit: int = 160, batch: int = BATCH
) -> list[str]:
    """Return the model's own continuations, each token its likeliest, up to `limit` tokens."""
    ids = loaded.encode(prompts)
    ends = loaded.ends | {loaded.tokenizer.pad_token_id}  # END, which also ends a text
    order = sorted(range(len(ids)), key=lambda number: len(ids[number]))
    rows = [Written(limit) for _ in ids]
    with loaded.answering():
        for start in range(0, len(order), batch):
            part = order[start : start + batch]
            chosen = [rows[number] for number in part]
            write(loaded, [ids[number] for number in part], chosen, ends)
    return [loaded.decode(row.tokens) for row in rows]


def ask(loaded: Loaded, asked: Sequence[Item]) -> Result:
    """Let a model answer a probe's items; raises `ValueError` if there are none."""
    answers = complete(loaded, [item.prompt for item in asked])
    right = sum(answer == item.answer for item, answer in zip(asked, answers, strict=True))
    pairs = tuple(zip(asked, answers, strict=True))
    return Result(len(asked), right, wilson(right, len(asked)), pairs)


def documents(material: Material, size: int, seed: int = 0) -> Iterable[str]:
    """Yield documents of the stream that a base grows on until they hold `size` bytes."""
    rng, read = Random(f"n-gram {seed}"), 0
    while read < size:
        text = base_text.document(material, rng)
        read += len(text.encode("utf-8"))
        yield text


def as_bytes(text: str) -> str:
    """Return a text whose characters are the text's bytes, which is what a byte n-gram counts.

    >>> len("é"), len(as_bytes("é"))
    (1, 2)
    """
    return text.encode("utf-8").decode("latin-1")


def fit_n_gram(texts: Iterable[str], order: int = ORDER) -> NGram:
    """Fit a byte n-gram on documents; the mark that ends a document is its own end."""
    return ngram.fit((as_bytes(text.removesuffix(END)) for text in texts), order)


def bits_per_byte(n_gram: NGram, texts: Sequence[str]) -> float:
    """Return the n-gram's bits for a byte, counted as `tiny_base.bits_per_byte` counts.

    >>> model = fit_n_gram(["ab" * 9] * 9)
    >>> bits_per_byte(model, ["ab" * 9]) < 1 < bits_per_byte(model, ["ba" * 9])
    True
    """
    if not texts:
        return math.nan
    nats = -sum(n_gram.log_probability_of(as_bytes(text)) for text in texts)
    return nats / math.log(2) / size_of(texts)


def size_of(texts: Sequence[str]) -> int:
    """Return how many bytes texts have, an end for each included.

    >>> size_of(["ls", "é"])
    6
    """
    return sum(len(text.encode("utf-8")) + 1 for text in texts)


def compare(loaded: Loaded, n_gram: NGram, texts: dict[str, list[str]]) -> dict[str, Bits]:
    """Measure a model and an n-gram on the same texts, kind by kind."""
    return {
        kind: Bits(
            len(found),
            size_of(found),
            tiny_base.bits_per_byte(loaded.model, loaded.tokenizer, found),
            bits_per_byte(n_gram, found),
        )
        for kind, found in texts.items()
    }
