"""Answers with a causal language model: free, inside a row's grammar, or by rescoring.

Which framework runs the model is the business of what is `loaded`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from helpers.core import fingerprints
from helpers.core.examples import EngineError, Example, Prediction
from helpers.core.source import source_of
from helpers.engines import prompting
from helpers.engines.base import Engine
from helpers.engines.decoding import greedy, rescoring, sliding
from helpers.engines.decoding.contest import Contest
from helpers.engines.decoding.masks import Guides, guides_for
from helpers.engines.decoding.reading import Tokens
from helpers.engines.loaded import Loaded
from helpers.engines.spec import DECODINGS
from helpers.models.folders import ModelFolder
from helpers.tasks.base import Progress, Task

Answer = tuple[str, float | None, dict[str, Any]]  # a text, its margin, and the details

LENGTH_SLACK = 1.5  # a free answer may be so much longer than the longest trained on
LONGEST = 256  # tokens of a free answer where no training rows tell


@dataclass(frozen=True)
class Causal(Engine):
    """Answers with a causal language model.

    `mix` is the model's weight beside the task's own scorer when rescoring `listed` candidates;
    `at_once` rows are decoded together; `shots` rows of `train`, the likest, stand before each
    question; `metadata` is what else a record says.
    """

    task: Task
    loaded: Loaded
    decode: str = "free"
    mix: float = 1.0
    max_new_tokens: int | None = None
    listed: int = 40
    at_once: int = 64
    shots: int = 0
    train: Sequence[Example] = field(default=(), repr=False)
    batch_size: int = 128
    name: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise `EngineError` for settings that do not exist."""
        if self.decode not in DECODINGS:
            known = ", ".join(DECODINGS)
            raise EngineError(f"there is no decoding {self.decode!r}; choose one of {known}")
        if not 0 <= self.mix <= 1:
            raise EngineError(f"mix is {self.mix}; give the model a weight from 0 to 1")
        if self.shots < 0:
            raise EngineError(f"shots is {self.shots}; take 0 or more")
        if self.decode == "rescore" and self.loaded.alone:
            raise EngineError(
                f"engine {self.name} does not rescore this model, which {self.loaded.alone}; "
                "decode grammar, which allows the same"
            )

    @cached_property
    def fingerprint(self) -> str:
        """A name for everything that has a say in the answers."""
        code = source_of(type(self).__module__, type(self.loaded).__module__)
        return fingerprints.digest(
            self.loaded.digest, self.task.fingerprint(), self._choices, self._rows_digest, code
        )

    @property
    def settings(self) -> dict[str, Any]:
        """What a record tells about this engine."""
        return self.metadata | {"model_digest": self.loaded.digest} | self._choices

    @cached_property
    def _choices(self) -> dict[str, Any]:
        rescoring = {"mix": self.mix, "listed": self.listed} if self.decode == "rescore" else {}
        prompted = {"shots": self.shots} if self.shots else {}
        return {
            "task": self.task.name,
            "variant": self.task.variant or self.task.variants[0],
            "decode": self.decode,
            "max_new_tokens": self.longest,
            "batch": [self.batch_size, self.together],
            "dtype": self.loaded.dtype,
            "device": self.loaded.device,
            "merged": self.loaded.merged,
        } | rescoring | prompted

    @cached_property
    def _rows_digest(self) -> str:
        """The digest of the task's own files: words, labels and the n-gram come from there."""
        files = [self.task.data_dir / name for name in ("train.jsonl", "labels.json")]
        return fingerprints.digest([file.read_text("utf-8") for file in files if file.exists()])

    @cached_property
    def longest(self) -> int:
        """How many tokens an answer outside a grammar may have, its end counted."""
        if self.max_new_tokens:
            return self.max_new_tokens
        if not (self.task.data_dir / "train.jsonl").exists():
            return LONGEST
        targets = self.loaded.encode_plain([e.target for e in self.task.load("train")])
        return round(LENGTH_SLACK * max(map(len, targets))) + 1

    @property
    def together(self) -> int:
        """How many rows are decoded together: `at_once`, unless the model reads one alone."""
        return 1 if self.loaded.alone else self.at_once

    @cached_property
    def guides(self) -> Guides:
        """The maker of token masks for this model's vocabulary."""
        return guides_for(self.loaded.tokenizer, self.loaded.vocabulary, self.loaded.end)

    def answer(self, examples: Sequence[Example]) -> list[Prediction]:
        """Answer a batch, in its order; rows of like length are decoded together."""
        prompts = self.prompts(examples)
        order = sorted(range(len(examples)), key=lambda n: len(prompts[n]))
        found: dict[int, Prediction] = {}
        for at in range(0, len(order), self.together):
            numbers = order[at : at + self.together]
            part = [examples[n] for n in numbers]
            started = time.perf_counter()
            texts = self._decode(part, [prompts[n] for n in numbers])
            seconds = (time.perf_counter() - started) / len(part)
            for n, (text, margin, details) in zip(numbers, texts, strict=True):
                found[n] = Prediction(examples[n].id, text, seconds, margin, details)
        return [found[n] for n in range(len(examples))]

    def prompts(self, examples: Sequence[Example]) -> list[Tokens]:
        """Return the prompts' tokens; raises `RowError` for one too long for the model."""
        return prompting.prompts(self.loaded, self.task, examples, self.train, self.shots)

    def _decode(self, examples: Sequence[Example], prompts: Sequence[Tokens]) -> list[Answer]:
        with self.loaded.answering():
            if self.decode == "rescore":
                scored = self._scored(examples, prompts, self.mix)
                return [rescoring.best_of(candidates, self.mix) for candidates in scored]
            return self._written(examples, prompts)

    def _written(self, examples: Sequence[Example], prompts: Sequence[Tokens]) -> list[Answer]:
        limits = [self.loaded.positions - len(prompt) for prompt in prompts]
        if self.decode == "free" or self.max_new_tokens:
            limits = [min(limit, self.longest) for limit in limits]
        rows = [greedy.Written(limit) for limit in limits]
        if self.decode == "grammar":
            for row, example in zip(rows, examples, strict=True):
                row.guide = self.guides.guide(self.task.grammar(example), example.id)
        loaded = self.loaded
        ends = loaded.ends if self.decode == "free" else frozenset({loaded.end})
        greedy.write(loaded, prompts, rows, ends)
        return [self._finished(row) for row in rows]

    def _finished(self, row: greedy.Written) -> Answer:
        text = self.loaded.decode(row.tokens[: len(row.tokens) - row.ended])
        details = {
            "tokens": len(row.tokens),
            "forced": row.forced,
            "log_probability": round(row.log_probability, 4),
            "ended": row.ended,
        }
        return text, math.inf if row.margin is None else round(row.margin, 4), details

    def scored(self, examples: Sequence[Example]) -> list[list[rescoring.ScoredCandidate]]:
        """Return every candidate of every row with its scores, for `rescoring.choose_mix`."""
        found: list[list[rescoring.ScoredCandidate]] = []
        with self.loaded.answering():
            for at in range(0, len(examples), self.at_once):
                part = examples[at : at + self.at_once]
                found += self._scored(part, self.prompts(part))
        return found

    def _scored(
        self,
        examples: Sequence[Example],
        prompts: Sequence[Tokens],
        mix: float | None = None,
    ) -> list[list[rescoring.ScoredCandidate]]:
        """Return every candidate with its scores; at a `mix` only the best two must be right."""
        lists = [self.task.candidates(example, self.listed) for example in examples]
        if None in lists:
            raise EngineError(
                f"{self.task.name} lists no candidates; decode with grammar, which allows the same"
            )
        end = self.loaded.end
        answers = [
            [[*ids, end] for ids in self.loaded.encode_plain([c.text for c in listed])]
            for listed in lists
        ]
        contests = None
        if mix is not None:
            contests = [Contest([c.score for c in listed], mix) for listed in lists]
        with sliding.named(examples):
            found = self._totals(prompts, answers, contests)
        return [
            [
                rescoring.ScoredCandidate(c.text, score, c.score, len(ids))
                for c, score, ids in zip(*row, strict=True)
            ]
            for row in zip(lists, found, answers, strict=True)
        ]

    def _totals(
        self,
        prompts: Sequence[Tokens],
        answers: Sequence[Sequence[Tokens]],
        contests: Sequence[Contest] | None,
    ) -> list[list[float]]:
        """Return log P of each answer; in contests an engine may stop where one cannot win."""
        reading, rest = self.loaded.begin(prompts)
        return reading.totals(rest, answers, contests)


def create(
    engine: type[Causal],
    load: Callable[[Any], Loaded],
    task: Task,
    model: str | Path | ModelFolder,
    decode: str = "free",
    mix: float | None = None,
    progress: Progress = iter,
    **options: Any,
) -> Causal:
    """Return the engine of a model or a run; raises `EngineError` if it cannot be had.

    `model` is what `load` takes. Without `mix` the run's own is taken, or the model alone; where
    candidates are listed the task is fitted on its training rows.
    """
    loaded = load(model)
    trained_for = loaded.record.get("task", task.name)
    if trained_for != task.name:
        raise EngineError(f"{model}: was tuned for {trained_for}; score it with that task")
    if decode == "rescore":
        task = task.fitted_on(progress=progress)
    if options.get("shots"):
        options["train"] = task.load("train")
    mix = mix if mix is not None else loaded.record.get("mix", 1.0)
    return engine(task, loaded, decode, mix, metadata=loaded.metadata, **options)
