"""Classes of wrong labels: was the message misread, or another topic in it taken for its own?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.core.examples import Example
from helpers.evaluation.errors import Error, ErrorClass, not_an_error
from helpers.evaluation.grading import collapse

CLASSES = {
    "outside": "no label of the list",
    "two_topics": "the label of a topic that the message names too: settled, denied or quoted",
    "confused_pair": "a label whose topic the message does not name",
    "other": "a label that no row of train has: its topic is not known",
}
REMEDIES = {
    "outside": "decode in the grammar, which allows the labels alone; longer training",
    "two_topics": "rows that name another topic, too: settled, denied or quoted",
    "confused_pair": "rows of both labels in other words; a clearer line between the two",
    "other": "rows with this label",
}
STRETCH = 5  # words in a row that may name a topic
LIKELY = 0.5  # from here on one label is likelier than all others together


@dataclass(frozen=True)
class Topics:
    """How each label is spoken of in train; it never sees an evaluated row's label.

    `model` is a naive Bayes over the words of a stretch, those that say nothing left out.
    """

    model: Any

    def nearest(self, message: str, label: str) -> tuple[str, float]:
        """Return the stretch of a message that points most to a label, and that label's share.

        Raises `ValueError` for a label that train lacks.
        """
        classes = list(self.model.classes_)
        if label not in classes:
            raise ValueError(f"train has no row of {label!r}; choose one of {', '.join(classes)}")
        parts = stretches(message)
        shares = self.model.predict_proba(parts)[:, classes.index(label)]
        best = int(shares.argmax())
        return parts[best], float(shares[best])


def stretches(message: str, length: int = STRETCH) -> list[str]:
    """List the stretches of `length` words of a message; a shorter message is one.

    >>> stretches("now the app hangs", 3), stretches("help")
    (['now the app', 'the app hangs'], ['help'])
    """
    words = message.split()
    starts = range(max(1, len(words) - length + 1))
    return [" ".join(words[start : start + length]) for start in starts]


def fit_topics(train: Sequence[Example]) -> Topics:
    """Learn the labels' words from train rows; raises `ValueError` if they have no words.

    >>> train = [Example("1", "login fails", "login"), Example("2", "parcel late", "delivery")]
    >>> fit_topics(train).nearest("thanks for the parcel", "delivery")
    ('thanks for the parcel', 0.66...)
    """
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.naive_bayes import MultinomialNB
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(CountVectorizer(binary=True, stop_words="english"), MultinomialNB())
    return Topics(model.fit([e.prompt for e in train], [e.target for e in train]))


def classify(error: Error, labels: Collection[str], topics: Topics) -> ErrorClass:
    """Return the class of a wrong label; raises `ValueError` for a right one.

    A topic is named where five words in a row are likelier of its label than of all the others.

    >>> train = [Example("1", "login fails", "login"), Example("2", "parcel late", "delivery")]
    >>> row = Example("3", "The login works now. Broken parcel!", "delivery")
    >>> classify(Error(row, "login", 1.0, False), ["delivery", "login"], fit_topics(train))
    ErrorClass(name='two_topics', evidence='login: ‘The login works now. Broken’ (67%)')
    """
    answer, target = collapse(error.answer), error.example.target
    if answer == collapse(target):
        raise not_an_error(error.example.id)
    if answer not in labels:
        return ErrorClass("outside", answer or "no answer")
    if answer not in topics.model.classes_:
        return ErrorClass("other", f"train has no row of {answer}")
    stretch, share = topics.nearest(error.example.prompt, answer)
    evidence = f"{answer}: ‘{stretch}’ ({share:.0%})"
    if share > LIKELY:
        return ErrorClass("two_topics", evidence)
    return ErrorClass("confused_pair", f"{target} → {answer}; nearest {evidence}")
