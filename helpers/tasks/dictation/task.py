"""Dictated bash: "find dot dash name star dot txt" → `find . -name *.txt`."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar

from helpers.core import fingerprints
from helpers.core.examples import Candidate, Example
from helpers.core.source import source_of
from helpers.evaluation import grading
from helpers.evaluation.errors import Error, ErrorClass
from helpers.tasks.base import Answer, Answerer, Progress, Step, Table, Task
from helpers.tasks.dictation import choices, large_text, lattice, pattern, protocol, writer
from helpers.tasks.dictation import errors as taxonomy
from helpers.tasks.dictation.repair import repair
from helpers.tasks.dictation.spacing import fit_majority
from helpers.tasks.dictation.vocabulary import BASH, Vocabulary

APART = re.compile(r"(\|\||&&|[|;])")  # what ends a command
SYSTEM = "Write the command that was dictated. Answer with the command alone."


@dataclass(frozen=True)
class DictatedBash(Task):
    """A command dictated without its spaces (or by the protocol, with them) is written down."""

    variants: ClassVar[tuple[str, ...]] = ("raw", "expanded")
    name: str = "dictated_bash"
    title: str = "Dictated bash"
    system: str = SYSTEM
    vocabulary: Vocabulary = BASH
    lister: writer.Writer | None = field(default=None, repr=False, compare=False)
    listed_from: str = ""  # the digest of the rows that the lister was fitted on

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

    def ladder(self, train: Sequence[Example], progress: Progress = iter) -> list[Step]:
        """Return a lookup table, rules, a vote, and the n-gram with two ways of searching."""
        fitted = self.fit_writer(train, progress)
        votes = writer.Writer(
            fit_majority([e.target for e in train], self.vocabulary),
            self.vocabulary,
            fitted.literals,
            joins=fitted.joins,
        )
        wide = replace(self, lister=fitted)
        narrow = replace(self, lister=replace(fitted, width=1))

        def look_up(example: Example) -> Answer:
            return Answer(lattice.expand(example.prompt, self.vocabulary))

        def greedy(example: Example) -> Answer:
            return Answer(narrow.candidates(example, 1)[0].text)

        def listed(example: Example, k: int) -> list[str]:
            return [candidate.text for candidate in wide.candidates(example, k)]

        order = getattr(fitted.scorer, "order", 0)
        seen = f"lattice, n-gram of order {order}, beam of width {fitted.width}"
        return [
            Step("lookup table", "each form by a table, a space between all", look_up),
            Step("spacing rules", "lattice, hand-written rules", self.rules()),
            Step("majority vote", "lattice, gaps counted by neighbours", self.answerer(votes)),
            Step("n-gram, greedy", "lattice, n-gram, beam of width 1", greedy),
            Step("n-gram, beam", seen, self.answerer(fitted), listed),
        ]

    def same_text(
        self, train: Sequence[Example], text: Sequence[Example], progress: Progress = iter
    ) -> Step:
        """Return the n-gram that has read what a base has read: train's settings and grammar."""
        fitted = self.fitted_on_text(train, text, progress)

        def listed(example: Example, k: int) -> list[str]:
            return [candidate.text for candidate in fitted.candidates(example, k)]

        about = f"the n-gram, fitted on {len(text):,} more commands, as the base was"
        return Step("n-gram, same text", about, self.answerer(fitted.lister), listed)

    def fitted_on_text(
        self, train: Sequence[Example], text: Sequence[Example], progress: Progress = iter
    ) -> DictatedBash:
        """Return this task with the n-gram that has also read what a base has read."""
        order = self.choose_settings(train, progress)[0].order
        model = large_text.fit([example.target for example in (*train, *text)], order)
        digest = fingerprints.digest([[e.prompt, e.target] for e in (*train, *text)])
        lister = replace(self.fit_writer(train, progress), scorer=model)
        return replace(self, lister=lister, listed_from=digest)

    def fit_writer(self, train: Sequence[Example], progress: Progress = iter) -> writer.Writer:
        """Fit the n-gram writer with the settings that folds of `train` choose."""
        settings, _ = self.choose_settings(train, progress)
        return writer.fit([e.target for e in train], settings, self.vocabulary)

    def chosen(self, train: Sequence[Example], progress: Progress = iter) -> dict[str, Any]:
        """Return the n-gram's order and the beam's width."""
        return asdict(self.choose_settings(train, progress)[0])

    def choose_settings(
        self, train: Sequence[Example], progress: Progress = iter
    ) -> tuple[writer.Settings, list[writer.Trial]]:
        """Return the chosen settings and all that were tried, remembered by the rows' content."""
        rows = [(example.prompt, example.target, example.group) for example in train]

        def chosen() -> list[Any]:
            prompts, targets, groups = map(list, zip(*rows, strict=True))
            settings, trials = writer.choose(prompts, targets, groups, self.vocabulary, progress)
            return [asdict(settings), [asdict(trial) for trial in trials]]

        code = source_of(writer.__name__)
        key = fingerprints.digest(rows, code, repr(self.vocabulary))
        settings, trials = fingerprints.remember("settings", key, chosen)
        tried = [writer.Trial(writer.Settings(**t.pop("settings")), **t) for t in trials]
        return writer.Settings(**settings), tried

    def answerer(self, fitted: writer.Writer) -> Answerer:
        """Answer with a writer, or by the protocol's rules where spaces are spoken."""

        def answer(example: Example) -> Answer:
            if protocol.follows_protocol(example.prompt, self.vocabulary):
                text = protocol.write(example.prompt, self.vocabulary)
                return Answer(text, {"convention": "protocol"})
            first, *rest = fitted.candidates(example.prompt, k=2)
            margin = round(first.score - rest[0].score, 6) if rest else math.inf
            return Answer(first.text, {"convention": "plain"}, margin)

        return answer

    def grammar(self, example: Example) -> str:
        """Allow the texts of the dictation's lattice, or the one text that the protocol says."""
        if protocol.follows_protocol(example.prompt, self.vocabulary):
            return f"start: {pattern.quoted(protocol.write(example.prompt, self.vocabulary))}"
        one = lattice.build(example.prompt, self.vocabulary, self.literals, self.joins)
        return pattern.lark(one)

    def repair(self, text: str, example: Example) -> Answer:
        """Mend what the dictation itself shows to be wrong."""
        mended = repair(text, example.prompt, self.vocabulary)
        if not mended.repairs:
            return Answer(text)
        return Answer(mended.text, {"raw": text, "repairs": [r.kind for r in mended.repairs]})

    def fitted_on(
        self, train: Sequence[Example] | None = None, progress: Progress = iter
    ) -> DictatedBash:
        """Return this task with the n-gram that lists its candidates."""
        if train is None:
            return self if self.lister else self.fitted_on(self.load("train"), progress)
        digest = fingerprints.digest([example.row() for example in train])
        return replace(self, lister=self.fit_writer(train, progress), listed_from=digest)

    def inputs(self) -> dict[str, Any]:
        """Return what else answers depend on: also the rows that candidates are listed by."""
        return super().inputs() | ({"listed_from": self.listed_from} if self.lister else {})

    def candidates(self, example: Example, k: int = 40) -> list[Candidate]:
        """List the lattice's `k` best texts by the n-gram, or the one that the protocol says.

        Raises `ValueError` before the n-gram was fitted.
        """
        if protocol.follows_protocol(example.prompt, self.vocabulary):
            return [Candidate(0.0, protocol.write(example.prompt, self.vocabulary))]
        if self.lister is None:
            raise ValueError(f"{self.name}: nothing is fitted to list with; call fitted_on first")
        return self.lister.candidates(example.prompt, k)

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

    def grade(self, predictions: Sequence[str], examples: Sequence[Example]) -> list[grading.Grade]:
        """Grade commands by similarity buckets."""
        return grading.grade_all(predictions, [example.target for example in examples])

    @property
    def error_classes(self) -> Mapping[str, str]:
        """The classes of wrong commands."""
        return taxonomy.CLASSES

    @property
    def remedies(self) -> Mapping[str, str]:
        """What each class of errors asks for."""
        return taxonomy.REMEDIES

    def classifier(self, train: Sequence[Example]) -> Callable[[Error], ErrorClass]:
        """Return what gives a wrong command its class."""
        return taxonomy.classify

    def shape(self, target: str) -> str:
        """Return a command's programs and flags."""
        return command_shape(target)

    def measures(self, example: Example) -> dict[str, int | str]:
        """Return lengths in words and characters, and the first program."""
        return {
            "words dictated": len(example.prompt.split()),
            "characters written": len(example.target),
            "program": str(example.extra.get("program") or program_of(example.target)),
        }

    def tables(self, train: Sequence[Example]) -> list[Table]:
        """Return the spoken-form table and the count of what stays open."""
        literals = lattice.literals_in((e.target for e in train), self.vocabulary)
        joins = lattice.Joins(self.vocabulary)
        pairs = [
            (lattice.build(e.prompt, self.vocabulary, literals, joins), e.target) for e in train
        ]
        forms = choices.spoken_forms(pairs)
        return [_spoken_table(forms), _uncertain_table(forms), _open_table(pairs)]


WRAPPERS = frozenset(
    ["sudo", "nohup", "time", "env", "nice", "exec", "command", "if", "while", "until", "do"]
)
SETTING = re.compile(r"\w+=(?:\$\(.*?\)|`.*?`|\S)*\s*")


def program_of(command: str) -> str:
    """Return the first program of a command, past `sudo`, brackets and variable settings.

    A command that only sets a variable has none: it is a "setting"; a path is a "script".

    >>> program_of("sudo -n16 tar -xf a.tar"), program_of("LC_ALL=C sort names.txt")
    ('tar', 'sort')
    >>> program_of("(cat a; ls)"), program_of("count=$(date)"), program_of("./run.sh a")
    ('cat', 'setting', 'script')
    """
    rest = command.strip()
    while rest:
        if setting := SETTING.match(rest):
            rest = rest[setting.end() :].lstrip("; ")
            continue
        rest = rest.lstrip("({! ")
        word, _, after = rest.partition(" ")
        if word not in WRAPPERS and not word.startswith("-"):
            name = word.rstrip(";|&)")
            return ("script" if "/" in name else name) or "other"
        rest = after.strip()
    return "setting" if "=" in command else command.split()[0]


def _spoken_table(forms: list[choices.SpokenForm]) -> Table:
    single = sum(form.certainty == 1 for form in forms) / max(1, len(forms))
    said = sum(form.count for form in forms)
    right = sum(max(form.written.values()) for form in forms) / max(1, said)
    return Table(
        "What each spoken form stands for",
        f"{100 * single:.0f} % of the {len(forms):,} spoken forms have one meaning (certainty 1). "
        f"A table that writes each form by its commonest meaning is right {100 * right:.1f} % of "
        "the time, and nothing is learned.",
        [_form_row(form) for form in forms],
        {form.spoken: form.count for form in forms if form.spoken != "(a word)"},
        "times said in train; plain words, which stand for themselves, are left out",
    )


def _uncertain_table(forms: list[choices.SpokenForm]) -> Table:
    return Table(
        "Forms that stood for two things",
        "Every form whose certainty is below 1.",
        [_form_row(form) for form in forms if form.certainty < 1],
    )


def _form_row(form: choices.SpokenForm) -> dict[str, Any]:
    return {
        "spoken": form.spoken,
        "count": form.count,
        "written": "  ".join(text for text, _ in form.written.most_common(3)),
        "certainty": round(form.certainty, 4),
    }


def _open_table(pairs: list[tuple[lattice.Lattice, str]]) -> Table:
    found = [choices.decisions(one, text) for one, text in pairs]
    known = [d for d in found if d]
    gaps, open_gaps = sum(d.gaps for d in known), sum(d.open_gaps for d in known)
    letters = sum(d.letters for d in known)
    return Table(
        "What is left to decide",
        "Most gaps between two spoken words allow a space or none, and every spelled letter has "
        f"two cases: {(open_gaps + letters) / max(1, len(known)):.1f} choices a row, on average.",
        [
            {"what": "rows", "count": len(found)},
            {"what": "rows whose command the lattice reaches", "count": len(known)},
            {"what": "gaps between words", "count": gaps},
            {"what": "… where a space or none is possible", "count": open_gaps},
            {"what": "spelled letters (small or capital)", "count": letters},
        ],
    )


TASKS = (DictatedBash(),)


def with_vocabulary(vocabulary: Vocabulary) -> DictatedBash:
    """Return the same job for another domain: another table, not other code."""
    title = f"Dictated {vocabulary.name}"
    return replace(TASKS[0], name=f"dictated_{vocabulary.name}", title=title, vocabulary=vocabulary)


def command_shape(command: str) -> str:
    """Return a command's programs, flags and what ties them; the values are left out.

    >>> command_shape("sudo find . -type f -mtime -2|xargs wc -l")
    'sudo find -type -mtime | xargs -l'
    """
    kept, starts = [], True
    for word in APART.sub(r" \1 ", command).split():
        apart = APART.fullmatch(word) is not None
        if apart or starts or re.match(r"-+[A-Za-z]", word):
            kept.append(word)
        starts = apart or (starts and word == "sudo")
    return " ".join(kept)
