"""Support labels: a customer's message → one of eleven labels, never a twelfth."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from helpers.core import fingerprints
from helpers.core.examples import Candidate, DataError, Example, read_labels
from helpers.core.source import source_of
from helpers.evaluation.errors import Error, ErrorClass
from helpers.evaluation.grading import Grade, all_or_nothing
from helpers.tasks.base import OUTSIDE, Answer, Answerer, Lister, Progress, Step, Table, Task
from helpers.tasks.dictation import pattern
from helpers.tasks.dictation.writer import folds
from helpers.tasks.labels import errors as taxonomy

SYSTEM = "Read the customer's message and answer with the one label of what it asks for, alone."
STRENGTHS = (1.0, 3.0, 10.0)  # inverse regularization strengths tried on folds
FOLDS_HELD_OUT = 2  # of five
TINY = 1e-9  # the probability of a label that no training row has


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
            raise ValueError(
                f"{example.target!r} is not in labels.json; mend the row or add the label"
            )

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

    def ladder(self, train: Sequence[Example], progress: Progress = iter) -> list[Step]:
        """Return the commonest label, the labels' own words, and a linear classifier."""
        counts = Counter(example.target for example in train)
        common = counts.most_common(1)[0][0]
        steps = [
            Step("commonest label", "the same answer for all", lambda example: Answer(common)),
            Step("words of the label", "a label's name in the message", self.rules()),
        ]
        if len(counts) < 2:  # nothing to tell apart
            return steps
        classifier = self.fit_classifier(train, progress)
        about, answerer = "TF-IDF of words and characters, regression", self.answerer(classifier)
        return [*steps, Step("linear classifier", about, answerer, _lister(classifier))]

    def same_text(
        self, train: Sequence[Example], text: Sequence[Example], progress: Progress = iter
    ) -> Step:
        """Return the classifier that was told the labels of what a base has read without them."""
        classifier = self.fitted_on_text(train, text, progress).lister
        about = f"{len(text):,} more messages with labels: more than the base was told"
        answerer = self.answerer(classifier)
        return Step("classifier, same text", about, answerer, _lister(classifier))

    def fitted_on_text(
        self, train: Sequence[Example], text: Sequence[Example], progress: Progress = iter
    ) -> SupportLabel:
        """Return this task with the classifier that was told more labels than any base."""
        digest = fingerprints.digest([[e.prompt, e.target] for e in (*train, *text)])
        return replace(self, lister=self.fit_classifier(train, progress, text), listed_from=digest)

    def fit_classifier(
        self, train: Sequence[Example], progress: Progress = iter, text: Sequence[Example] = ()
    ) -> Any:
        """Fit the classifier with the strength that folds of `train` choose.

        Rows of `text` are learned from, too, and choose nothing.
        """
        from sklearn.pipeline import make_pipeline

        rows = [*train, *text]
        if len({example.target for example in rows}) < 2:
            raise DataError(
                f"{self.data_dir}/train.jsonl: all rows have one label; a classifier needs two"
            )
        strength = self.chosen(train, progress)["strength"]
        model = make_pipeline(_features(len(rows)), _regression(strength))
        try:
            return model.fit([e.prompt for e in rows], [e.target for e in rows])
        except ValueError as error:
            raise DataError(
                f"{self.data_dir}: nothing can be fitted on train.jsonl ({error}); add messages"
            ) from error

    def chosen(self, train: Sequence[Example], progress: Progress = iter) -> dict[str, Any]:
        """Return the regression's inverse regularization strength, remembered by the rows."""
        rows = [(example.prompt, example.target, example.group) for example in train]
        key = fingerprints.digest(rows, source_of(__name__))
        strength = fingerprints.remember("strength", key, lambda: choose_strength(rows, progress))
        return {"strength": strength}

    def answerer(self, classifier: Any) -> Answerer:
        """Answer with the likeliest label.

        Its `margin` is the log of how many times as probable it is as the second.
        """

        def answer(example: Example) -> Answer:
            shares = classifier.predict_proba([example.prompt])[0]
            second, first = sorted(shares)[-2:]
            label = str(classifier.classes_[shares.argmax()])
            return Answer(label, margin=round(math.log(first / second), 6))

        return answer

    def grammar(self, example: Example) -> str:
        """Allow the labels, and nothing else."""
        return f"start: {' | '.join(map(pattern.quoted, self.labels))}"

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

    def grade(self, predictions: Sequence[str], examples: Sequence[Example]) -> list[Grade]:
        """Grade labels: right or wrong, nothing between."""
        targets = [example.target for example in examples]
        return [all_or_nothing(p, t) for p, t in zip(predictions, targets, strict=True)]

    def aspects(self, prediction: str, example: Example) -> dict[str, bool]:
        """Return whether the answer is one of the labels at all."""
        return {"in_set": prediction in self.labels}

    def heading(self, text: str) -> str:
        """Return the label, or that the answer is none of them."""
        return text if text in self.labels else OUTSIDE

    @property
    def error_classes(self) -> Mapping[str, str]:
        """The classes of wrong labels."""
        return taxonomy.CLASSES

    @property
    def remedies(self) -> Mapping[str, str]:
        """What each class of errors asks for."""
        return taxonomy.REMEDIES

    def classifier(self, train: Sequence[Example]) -> Callable[[Error], ErrorClass]:
        """Return what gives a wrong label its class, by the words of train's topics."""
        topics = taxonomy.fit_topics(train)
        return partial(taxonomy.classify, labels=self.labels, topics=topics)

    def measures(self, example: Example) -> dict[str, int | str]:
        """Return lengths in words and characters, and the label."""
        return {
            "words": len(example.prompt.split()),
            "characters": len(example.prompt),
            "label": example.target,
        }

    def tables(self, train: Sequence[Example]) -> list[Table]:
        """Return the words that point to each label, and how far one word alone gets."""
        return [_telling_words(train)]


def _lister(classifier: Any) -> Lister:
    """Return what lists a classifier's labels, the likeliest first."""

    def listed(example: Example, k: int) -> list[str]:
        shares = classifier.predict_proba([example.prompt])[0]
        return [str(classifier.classes_[at]) for at in shares.argsort()[::-1][:k]]

    return listed


def stems(text: str) -> list[str]:
    """Return a text's words in small letters, common endings cut.

    >>> stems("Charged twice for deliveries")
    ['charg', 'twic', 'for', 'deliver']
    """
    words = re.findall(r"[a-z]+", text.lower())
    return [re.sub(r"(?<=...)(ies|ing|ed|es|s|y|e)$", "", word) for word in words]


def choose_strength(rows: Sequence[tuple[str, str, str]], progress: Progress = iter) -> float:
    """Choose the regularization on folds of the rows, a group's rows kept together."""
    groups = [group for _, _, group in rows]
    hits = dict.fromkeys(STRENGTHS, 0)
    held_out = folds(groups)[:FOLDS_HELD_OUT] if len(set(groups)) >= 5 else []
    for fold in progress(held_out):
        held = set(fold)
        kept = [row for i, row in enumerate(rows) if i not in held]
        if len({target for _, target, _ in kept}) < 2:
            continue
        features = _features(len(kept)).fit([prompt for prompt, _, _ in kept])
        seen = features.transform([prompt for prompt, _, _ in kept])
        unseen = features.transform([rows[i][0] for i in fold])
        for strength in STRENGTHS:
            found = _regression(strength).fit(seen, [t for _, t, _ in kept]).predict(unseen)
            hits[strength] += sum(f == rows[i][1] for f, i in zip(found, fold, strict=True))
    return max(STRENGTHS, key=lambda strength: (hits[strength], -strength))


def _features(rows: int) -> Any:
    """Return words and pairs of words, and stretches of characters, that occur often enough."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b")
    characters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2 if rows > 100 else 1
    )
    return make_union(words, characters)


def _regression(strength: float) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, max_iter=1000)


def _telling_words(train: Sequence[Example], least: int = 15) -> Table:
    """List, for each label, the words said most exclusively in its messages."""
    said: dict[str, Counter[str]] = {}
    for example in train:
        words = set(re.findall(r"[a-z']+", example.prompt.lower()))
        said.setdefault(example.target, Counter()).update(words)
    everywhere = sum(said.values(), Counter())
    rows = []
    for label, words in sorted(said.items()):
        share = {w: n / everywhere[w] for w, n in words.items() if everywhere[w] >= least}
        top = sorted(share, key=lambda w: (-share[w], w))[:4]
        telling = "  ".join(f"{word} {share[word]:.0%}" for word in top)
        rows.append({"label": label, "telling words, share of their rows": telling})
    return Table(
        "Words that give a label away",
        "A word near 100 % is a rule by itself. Where the best words are shared with a neighbour, "
        "the order of the words decides, and that is what a bag of words cannot see.",
        rows,
    )


TASKS = (SupportLabel(),)
