"""Dictation: what was said becomes what is written, in any domain that has a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from helpers.core import fingerprints, paths
from helpers.core.examples import Candidate, Example
from helpers.core.source import source_of
from helpers.evaluation import grading
from helpers.tasks.base import Answer, Answerer, Baseline, Progress, Task
from helpers.tasks.dictation import large_text, lattice, pattern, protocol, settings, writer
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.joins import Joins
from helpers.tasks.dictation.repair import repair
from helpers.tasks.dictation.report import DictationReport, function
from helpers.tasks.dictation.scenarios import brief_of
from helpers.tasks.dictation.spacing import fit_majority
from helpers.tasks.lark import quoted
from helpers.tasks.plan import Plan
from helpers.tasks.scenarios import Brief


@dataclass(frozen=True)
class Dictation(Task):
    """A text dictated without its spaces (or by the protocol, with them) is written down."""

    variants: ClassVar[tuple[str, ...]] = ("raw", "expanded")
    domain: Domain = field(kw_only=True)
    lister: writer.Writer | None = field(default=None, repr=False, compare=False)
    listed_from: str = ""  # the digest of the rows that the lister was fitted on

    def question(self, example: Example) -> str:
        """Ask with the dictation, or with its symbols and digits already written."""
        if self.variant != "expanded":
            return example.prompt
        return lattice.expand(example.prompt, self.domain)

    def rules(self) -> Answerer:
        """Answer by the protocol's rules where spaces are spoken, else by spacing rules."""
        return self.answerer(writer.by_rules(self.domain))

    def fit_baseline(self, train: Sequence[Example], progress: Progress = iter) -> Answerer:
        """Answer with the lattice and the n-gram, its settings chosen on folds of `train`."""
        return self.answerer(self.fit_writer(train, progress))

    def baselines(self, train: Sequence[Example], progress: Progress = iter) -> list[Baseline]:
        """Return a lookup table, rules, a vote, and the n-gram with two ways of searching."""
        fitted = self.fit_writer(train, progress)
        votes = replace(
            fitted, scorer=fit_majority([e.target for e in train], self.domain), width=8
        )
        wide = replace(self, lister=fitted)
        characters = replace(fitted, scorer=fitted.scorer.characters)
        narrow = replace(self, lister=replace(characters, width=1))

        def look_up(example: Example) -> Answer:
            return Answer(lattice.expand(example.prompt, self.domain))

        def greedy(example: Example) -> Answer:
            return Answer(narrow.candidates(example, 1)[0].text)

        def listed(example: Example, k: int) -> list[str]:
            return [candidate.text for candidate in wide.candidates(example, k)]

        seen = f"an n-gram of {fitted.scorer.order} characters, beam of width {fitted.width}"
        return [
            Baseline("lookup table", "each form by a table, a space between all", look_up),
            Baseline("spacing rules", "lattice, hand-written rules", self.rules()),
            Baseline("majority vote", "lattice, gaps counted by neighbours", self.answerer(votes)),
            Baseline("n-gram, greedy", "lattice, n-gram, beam of width 1", greedy),
            Baseline("n-gram, beam", f"lattice, {seen}", self.answerer(characters)),
            Baseline("two n-grams", f"{seen}, and one of shapes", self.answerer(fitted), listed),
        ]

    def same_text(
        self, train: Sequence[Example], text: Sequence[Example], progress: Progress = iter
    ) -> Baseline:
        """Return the n-gram that has read what a base has read: train's settings and grammar."""
        fitted = self.fitted_on_text(train, text, progress)

        def listed(example: Example, k: int) -> list[str]:
            return [candidate.text for candidate in fitted.candidates(example, k)]

        about = f"the n-gram, fitted on {len(text):,} more commands, as the base was"
        return Baseline("n-gram, same text", about, self.answerer(fitted.lister), listed)

    def fitted_on_text(
        self, train: Sequence[Example], text: Sequence[Example], progress: Progress = iter
    ) -> Dictation:
        """Return this task with the n-gram that has also read what a base has read."""
        order = self.choose_settings(train, progress)[0].order
        model = large_text.fit([example.target for example in (*train, *text)], order)
        digest = fingerprints.digest([[e.prompt, e.target] for e in (*train, *text)])
        lister = replace(self.fit_writer(train, progress), scorer=model)
        return replace(self, lister=lister, listed_from=digest)

    def fit_writer(self, train: Sequence[Example], progress: Progress = iter) -> writer.Writer:
        """Fit the n-gram writer with the settings that folds of `train` choose."""
        best, _ = self.choose_settings(train, progress)
        return writer.fit([e.target for e in train], self.domain, best)

    def baseline_settings(
        self, train: Sequence[Example], progress: Progress = iter
    ) -> dict[str, Any]:
        """Return the n-gram's order and the beam's width."""
        return asdict(self.choose_settings(train, progress)[0])

    def choose_settings(
        self, train: Sequence[Example], progress: Progress = iter
    ) -> tuple[writer.Settings, list[settings.Trial]]:
        """Return the best settings and all that were tried, remembered by the rows' content."""
        rows = [(e.prompt, e.target, e.group) for e in train if not e.no_answer]

        def choose() -> list[Any]:
            prompts, targets, groups = map(list, zip(*rows, strict=True))
            best, trials = settings.choose(prompts, targets, groups, self.domain, progress)
            return [asdict(best), [asdict(trial) for trial in trials]]

        key = fingerprints.digest(rows, source_of(settings.__name__), repr(self.domain))
        best, trials = fingerprints.remember("settings", key, choose)
        tried = [settings.Trial(writer.Settings(**t.pop("settings")), **t) for t in trials]
        return writer.Settings(**best), tried

    def answerer(self, fitted: writer.Writer) -> Answerer:
        """Answer with a writer, or by the protocol's rules where spaces are spoken."""

        def answer(example: Example) -> Answer:
            if protocol.follows_protocol(example.prompt, self.domain):
                text = protocol.write(example.prompt, self.domain)
                return Answer(text, {"convention": "protocol"})
            first, *rest = fitted.candidates(example.prompt, k=2)
            margin = round(first.score - rest[0].score, 6) if rest else math.inf
            return Answer(first.text, {"convention": "plain"}, margin)

        return answer

    def plan(self, text: str, example: Example) -> Plan:
        """Type a text at the cursor; what it does is for whoever presses Enter."""
        steps = (f"type {text!r}; nothing runs before you press Enter",)
        return Plan(text, steps, undo=f"press Backspace {len(text)} times, or Control-U")

    def grammar(self, example: Example) -> str:
        """Allow the texts of the dictation's lattice, or the one text that the protocol says."""
        if protocol.follows_protocol(example.prompt, self.domain):
            return f"start: {quoted(protocol.write(example.prompt, self.domain))}"
        one = lattice.build(example.prompt, self.domain, self.literals, self.joins)
        return pattern.lark(one)

    def repair(self, text: str, example: Example) -> Answer:
        """Mend what the dictation itself shows to be wrong."""
        mended = repair(text, example.prompt, self.domain)
        if not mended.repairs:
            return Answer(text)
        return Answer(mended.text, {"raw": text, "repairs": [r.kind for r in mended.repairs]})

    def fitted_on(
        self, train: Sequence[Example] | None = None, progress: Progress = iter
    ) -> Dictation:
        """Return this task with the n-gram that lists its candidates."""
        if train is None:
            return self if self.lister else self.fitted_on(self.load("train"), progress)
        digest = fingerprints.digest([example.row() for example in train])
        return replace(self, lister=self.fit_writer(train, progress), listed_from=digest)

    def inputs(self) -> dict[str, Any]:
        """Return what else answers depend on: the table, and the rows that list candidates."""
        known = super().inputs() | {"domain": repr(self.domain)}
        return known | ({"listed_from": self.listed_from} if self.lister else {})

    def candidates(self, example: Example, k: int = 40) -> list[Candidate]:
        """List the lattice's `k` best texts by the n-gram, or the one that the protocol says.

        Raises `ValueError` before the n-gram was fitted.
        """
        if protocol.follows_protocol(example.prompt, self.domain):
            return [Candidate(0.0, protocol.write(example.prompt, self.domain))]
        if self.lister is None:
            raise ValueError(f"{self.name}: nothing is fitted to list with; call fitted_on first")
        return self.lister.candidates(example.prompt, k)

    @cached_property
    def literals(self) -> frozenset[str]:
        """Reserved words that the training rows also use as words; none without such rows."""
        if not (self.data_dir / "train.jsonl").exists():
            return frozenset()
        return lattice.literals_in((e.target for e in self.load("train")), self.domain)

    @cached_property
    def joins(self) -> Joins:
        """What was worked out about joining pieces, shared by all rows."""
        return Joins(self.domain)

    def grade(self, predictions: Sequence[str], examples: Sequence[Example]) -> list[grading.Grade]:
        """Grade texts by similarity buckets, and by the domain's formatter where it has one."""
        targets = [example.target for example in examples]
        formatter = function(self.domain.formatter) if self.domain.formatter else None
        return grading.grade_all(predictions, targets, formatter)

    @property
    def brief(self) -> Brief:
        """What a model is told that dictates: rows of a folder of spoken ones suit, if there is."""
        spoken = f"spoken_{self.domain.name}"
        rows = spoken if not self.folder and paths.data(spoken).is_dir() else ""
        return brief_of(self.domain.what, rows)

    @property
    def report(self) -> DictationReport:
        """What pages show: spoken forms, what stays open, and the classes of wrong answers."""
        return DictationReport(self)


def dictation(domain: Domain, folder: Path | None = None) -> Dictation:
    """Return the task of a domain; its rows lie in `folder`, else where bundled rows do.

    >>> dictation(BASH).name
    'dictated_bash'
    """
    title = domain.title or f"Dictated {domain.name}"
    name = f"dictated_{domain.name}"
    return Dictation(name, title, domain.system, folder=folder, domain=domain)


TASKS = (dictation(BASH),)
