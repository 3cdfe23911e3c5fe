"""Support labels: a customer's message → one of eleven labels, never a twelfth."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from helpers.core import fingerprints
from helpers.core.examples import Candidate, Example
from helpers.core.labels import FILE, nearest, read_labels
from helpers.core.source import source_of
from helpers.tasks.base import Answer, Answerer, Baseline, Progress, Task
from helpers.tasks.labels import classifier, imports
from helpers.tasks.labels.report import LabelReport
from helpers.tasks.lark import quoted
from helpers.tasks.plan import Plan
from helpers.tasks.scenarios import Brief, Scenario, has_trait

SYSTEM = "Read the customer's message and answer with the one label of what it asks for, alone."
TINY = 1e-9  # the probability of a label that no training row has
BRIEF = Brief(
    "A customer writes a message to a company's support.",
    "label",
    (
        Scenario(
            "rant",
            "They are angry or worried, and tell a story around what they ask for.",
            has_trait("rant"),
        ),
        Scenario(
            "two_topics",
            "They mention a second matter, and make clear that the labelled one is what they ask.",
            has_trait("two_topics", "contrast"),
        ),
        Scenario(
            "typos",
            "They type in a hurry: misspelled words, no capitals, few signs.",
            has_trait("typo"),
        ),
    ),
)


@dataclass(frozen=True)
class SupportLabel(Task):
    """A free-text message gets the one label, of a fixed set, that it asks about."""

    name: str = "support_label"
    title: str = "Support labels"
    system: str = SYSTEM
    open_targets: bool = False
    lister: Any = field(default=None, repr=False, compare=False)  # a fitted classifier
    listed_from: str = ""  # the digest of the rows that the lister was fitted on

    @cached_property
    def labels(self) -> list[str]:
        """The labels of this task's folder, in the order of `labels.json`."""
        return read_labels(self.data_dir)

    def check(self, example: Example) -> None:
        """Raise `ValueError` for a target that `labels.json` does not list."""
        if example.target not in self.labels:
            near = nearest(example.target, self.labels)
            hint = f" (the nearest is {near!r})" if near else ""
            raise ValueError(
                f"{example.target!r} is not in labels.json{hint}; mend the row or add the label"
            )

    def imported(self, example: Example, answer: Any, near: Path) -> Example:
        """Return an example with its label, by a name in any case, or by its number."""
        label = imports.label_of(answer, imports.known(self.folder, near))
        return replace(example, target=label)

    def companions(self, examples: Sequence[Example], near: Path) -> dict[str, str]:
        """Return `labels.json`: the labels known, or those that the rows have."""
        labels = imports.known(self.folder, near) or sorted({e.target for e in examples})
        return {FILE: json.dumps(labels, ensure_ascii=False, indent=1) + "\n"}

    def inputs(self) -> dict[str, Any]:
        """Return the labels, and the rows that candidates are listed by."""
        return {"labels": self.labels} | ({"listed_from": self.listed_from} if self.lister else {})

    def rules(self) -> Answerer:
        """Answer with the label whose own words the message shares most, rare words first."""
        words_of = {label: set(stems(label.replace("_", " "))) for label in self.labels}

        def answer(example: Example) -> Answer:
            said = set(stems(example.prompt))
            shared = {
                label: sum(1 / sum(word in w for w in words_of.values()) for word in words & said)
                for label, words in words_of.items()
            }
            return Answer(max(self.labels, key=lambda label: shared[label]))

        return answer

    def fit_baseline(self, train: Sequence[Example], progress: Progress = iter) -> Answerer:
        """Answer with TF-IDF of words and characters and a logistic regression."""
        return self.answerer(self.fit_classifier(train, progress))

    def baselines(self, train: Sequence[Example], progress: Progress = iter) -> list[Baseline]:
        """Return the commonest label, the labels' own words, and a linear classifier."""
        counts = Counter(example.target for example in train)
        common = counts.most_common(1)[0][0]
        plain = [
            Baseline("commonest label", "the same answer for all", lambda example: Answer(common)),
            Baseline("words of the label", "a label's name in the message", self.rules()),
        ]
        if len(counts) < 2:  # nothing to tell apart
            return plain
        about = "TF-IDF of words and characters, regression"
        fitted = self.fit_classifier(train, progress)
        return [*plain, self._baseline("linear classifier", about, fitted)]

    def same_text(
        self, train: Sequence[Example], text: Sequence[Example], progress: Progress = iter
    ) -> Baseline:
        """Return the classifier that was told the labels of what a base has read without them."""
        fitted = self.fitted_on_text(train, text, progress).lister
        about = f"{len(text):,} more messages with labels: more than the base was told"
        return self._baseline("classifier, same text", about, fitted)

    def fitted_on_text(
        self, train: Sequence[Example], text: Sequence[Example], progress: Progress = iter
    ) -> SupportLabel:
        """Return this task with the classifier that was told more labels than any base."""
        digest = fingerprints.digest([[e.prompt, e.target] for e in (*train, *text)])
        return replace(self, lister=self.fit_classifier(train, progress, text), listed_from=digest)

    def _baseline(self, name: str, about: str, fitted: Any) -> Baseline:
        def listed(example: Example, k: int) -> list[str]:
            shares = fitted.predict_proba([example.prompt])[0]
            return [str(fitted.classes_[at]) for at in shares.argsort()[::-1][:k]]

        return Baseline(name, about, self.answerer(fitted), listed)

    def fit_classifier(
        self, train: Sequence[Example], progress: Progress = iter, text: Sequence[Example] = ()
    ) -> Any:
        """Fit the classifier with the strength that folds of `train` choose.

        It learns from the rows of `text`, too; they choose nothing.
        """
        strength = self.baseline_settings(train, progress)["strength"]
        return classifier.fit([*train, *text], strength, self.data_dir / "train.jsonl")

    def baseline_settings(
        self, train: Sequence[Example], progress: Progress = iter
    ) -> dict[str, Any]:
        """Return the regression's inverse regularization strength, remembered by the rows."""
        rows = [(example.prompt, example.target, example.group) for example in train]
        key = fingerprints.digest(rows, source_of(classifier.__name__))
        strength = fingerprints.remember(
            "strength", key, lambda: classifier.choose_strength(rows, progress)
        )
        return {"strength": strength}

    def answerer(self, fitted: Any) -> Answerer:
        """Answer with the likeliest label.

        Its `margin` is the log of how many times as probable it is as the second.
        """

        def answer(example: Example) -> Answer:
            shares = fitted.predict_proba([example.prompt])[0]
            second, first = sorted(shares)[-2:]
            label = str(fitted.classes_[shares.argmax()])
            return Answer(label, margin=round(math.log(first / second), 6))

        return answer

    def plan(self, text: str, example: Example) -> Plan:
        """Put the label on the message."""
        undo = f"take the label {text} off"
        return Plan(text, (f"put the label {text} on the message",), undo=undo)

    def grammar(self, example: Example) -> str:
        """Allow the labels, and nothing else."""
        return f"start: {' | '.join(map(quoted, self.labels))}"

    def fitted_on(
        self, train: Sequence[Example] | None = None, progress: Progress = iter
    ) -> SupportLabel:
        """Return this task with the classifier that scores its candidates.

        Rows of one label fit none: the task is returned as it is.
        """
        if train is None:
            return self if self.lister else self.fitted_on(self.load("train"), progress)
        if len({example.target for example in train}) < 2:
            return self
        digest = fingerprints.digest([example.row() for example in train])
        return replace(self, lister=self.fit_classifier(train, progress), listed_from=digest)

    def candidates(self, example: Example, k: int = 40) -> list[Candidate]:
        """List all labels, whatever `k`; once fitted, with the classifier's log-probabilities."""
        if self.lister is None:
            return [Candidate(0.0, label) for label in self.labels]
        shares = self.lister.predict_proba([example.prompt])[0]
        known = dict(zip(self.lister.classes_, shares, strict=True))
        scores = [math.log(max(known.get(label, 0.0), TINY)) for label in self.labels]
        return list(map(Candidate, scores, self.labels))

    def aspects(self, prediction: str, example: Example) -> dict[str, bool]:
        """Return whether the answer is one of the labels at all."""
        return {"in_set": prediction in self.labels}

    @property
    def brief(self) -> Brief:
        """What a model is told that writes customers' messages."""
        return BRIEF

    @property
    def report(self) -> LabelReport:
        """What pages show: the words of each label, and the classes of wrong labels."""
        return LabelReport(self)


def stems(text: str) -> list[str]:
    """Return a text's words in small letters, common endings cut.

    >>> stems("Charged twice for deliveries")
    ['charg', 'twic', 'for', 'deliver']
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    return [re.sub(r"(?<=...)(ies|ing|ed|es|s|y|e)$", "", word) for word in words]


TASKS = (SupportLabel(),)
