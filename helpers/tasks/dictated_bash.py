"""Dictated bash: "find dot dash name star dot txt" → `find . -name *.txt`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from helpers import cache
from helpers.dictation import choices, lattice, pattern, protocol, writer
from helpers.dictation.vocabulary import BASH, Vocabulary
from helpers.evaluation import buckets
from helpers.rows import Example
from helpers.tasks.base import Answer, Answerer, Progress, Table, Task

SYSTEM = "Write the command that was dictated. Answer with the command alone."


@dataclass(frozen=True)
class DictatedBash(Task):
    """A command dictated without its spaces (or by the protocol, with them) is written down."""

    variants: ClassVar[tuple[str, ...]] = ("raw", "expanded")
    name: str = "dictated_bash"
    title: str = "Dictated bash"
    system: str = SYSTEM
    vocabulary: Vocabulary = BASH

    def question(self, example: Example) -> str:
        """Ask with the dictation, or with its symbols and digits already written."""
        if self.variant != "expanded":
            return example.prompt
        return lattice.expand(example.prompt, self.vocabulary)

    def rules(self) -> Answerer:
        """Answer by the protocol's rules where spaces are spoken, else by spacing rules."""
        return self.answerer(writer.by_rules(self.vocabulary))

    def fit_baseline(self, train: Sequence[Example], progress: Progress = iter) -> Answerer:
        """Answer with the lattice and the n-gram, its settings chosen on folds of `train`."""
        return self.answerer(self.fit_writer(train, progress))

    def fit_writer(self, train: Sequence[Example], progress: Progress = iter) -> writer.Writer:
        """Fit the n-gram writer with the settings that folds of `train` choose."""
        settings, _ = self.choose_settings(train, progress)
        return writer.fit([e.target for e in train], settings, self.vocabulary)

    def choose_settings(
        self, train: Sequence[Example], progress: Progress = iter
    ) -> tuple[writer.Settings, list[writer.Trial]]:
        """Return the chosen settings and all that were tried, remembered by the rows' content."""
        rows = [(example.prompt, example.target, example.group) for example in train]

        def chosen() -> list[Any]:
            prompts, targets, groups = map(list, zip(*rows, strict=True))
            settings, trials = writer.choose(prompts, targets, groups, self.vocabulary, progress)
            return [asdict(settings), [asdict(trial) for trial in trials]]

        key = cache.digest(rows, cache.source_of("helpers.dictation"), repr(self.vocabulary))
        settings, trials = cache.remember("settings", key, chosen)
        tried = [writer.Trial(writer.Settings(**t.pop("settings")), **t) for t in trials]
        return writer.Settings(**settings), tried

    def answerer(self, fitted: writer.Writer) -> Answerer:
        """Answer with a writer, or by the protocol's rules where spaces are spoken."""

        def answer(example: Example) -> Answer:
            if protocol.follows_protocol(example.prompt, self.vocabulary):
                text = protocol.write(example.prompt, self.vocabulary)
                return Answer(text, {"convention": "protocol"})
            first, *rest = fitted.candidates(example.prompt, k=2)
            margin = round(first.score - rest[0].score, 6) if rest else None
            return Answer(first.text, {"convention": "plain", "margin": margin})

        return answer

    def grammar(self, example: Example) -> str:
        """Allow the texts of the dictation's lattice, or the one text that the protocol says."""
        if protocol.follows_protocol(example.prompt, self.vocabulary):
            return f"start: {pattern.quoted(protocol.write(example.prompt, self.vocabulary))}"
        one = lattice.build(example.prompt, self.vocabulary, self.literals, self.joins)
        return pattern.lark(one)

    @cached_property
    def literals(self) -> frozenset[str]:
        """Reserved words that the training rows also use as words; none without such rows."""
        if not (self.data_dir / "train.jsonl").exists():
            return frozenset()
        return lattice.literals_in((e.target for e in self.load("train")), self.vocabulary)

    @cached_property
    def joins(self) -> lattice.Joins:
        """What was worked out about joining pieces, shared by all rows."""
        return lattice.Joins(self.vocabulary)

    def grade(self, predictions: Sequence[str], examples: Sequence[Example]) -> list[buckets.Grade]:
        """Grade commands by similarity buckets."""
        return buckets.grade_all(predictions, [example.target for example in examples])

    def measures(self, example: Example) -> dict[str, int | str]:
        """Return lengths in words and characters, and the first program."""
        return {
            "words dictated": len(example.prompt.split()),
            "characters written": len(example.target),
            "program": program_of(example.target),
        }

    def tables(self, train: Sequence[Example]) -> list[Table]:
        """Return the spoken-form table and the count of what stays open."""
        literals = lattice.literals_in((e.target for e in train), self.vocabulary)
        joins = lattice.Joins(self.vocabulary)
        pairs = [
            (lattice.build(e.prompt, self.vocabulary, literals, joins), e.target) for e in train
        ]
        return [_spoken_table(pairs), _open_table(pairs)]


def program_of(command: str) -> str:
    """Return the first program of a command, past `sudo` and variable settings.

    >>> program_of("sudo tar -xf a.tar"), program_of("LC_ALL=C sort names.txt")
    ('tar', 'sort')
    """
    for word in command.split():
        if word != "sudo" and "=" not in word and word not in "({!$":
            return word
    return command.split()[0]


def _spoken_table(pairs: list[tuple[lattice.Lattice, str]]) -> Table:
    forms = choices.spoken_forms(pairs)
    single = sum(form.certainty == 1 for form in forms) / max(1, len(forms))
    said = sum(form.count for form in forms)
    right = sum(max(form.written.values()) for form in forms) / max(1, said)
    return Table(
        "What each spoken form stands for",
        f"{100 * single:.0f} % of the {len(forms)} spoken forms have one meaning (certainty 1). "
        f"A table that writes each form by its commonest meaning is right {100 * right:.1f} % of "
        "the time, and nothing is learned.",
        [
            {
                "spoken": form.spoken,
                "count": form.count,
                "written": "  ".join(f"{text}" for text, _ in form.written.most_common(3)),
                "certainty": round(form.certainty, 4),
            }
            for form in forms
        ],
    )


def _open_table(pairs: list[tuple[lattice.Lattice, str]]) -> Table:
    found = [choices.decisions(one, text) for one, text in pairs]
    known = [d for d in found if d]
    gaps, open_gaps = sum(d.gaps for d in known), sum(d.open_gaps for d in known)
    return Table(
        "What is left to decide",
        "Most gaps between two spoken words allow a space or none, and every spelled letter has "
        "two cases: this is all the job there is for a model.",
        [
            {"what": "rows", "count": len(found)},
            {"what": "rows whose command the lattice reaches", "count": len(known)},
            {"what": "gaps between words", "count": gaps},
            {"what": "… where a space or none is possible", "count": open_gaps},
            {"what": "spelled letters (small or capital)", "count": sum(d.letters for d in known)},
        ],
    )


TASK = DictatedBash()


def with_vocabulary(vocabulary: Vocabulary) -> DictatedBash:
    """Return the same job for another domain: another table, not other code."""
    title = f"Dictated {vocabulary.name}"
    return replace(TASK, name=f"dictated_{vocabulary.name}", title=title, vocabulary=vocabulary)
