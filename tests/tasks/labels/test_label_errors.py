"""Classes of wrong labels: misread, or another topic of the message taken for its own."""

from __future__ import annotations

import pytest

from helpers.core.examples import Example
from helpers.evaluation.errors import Error, ErrorClass
from helpers.tasks.labels import errors

TOLD = [
    ("login", "I cannot log in, my password fails"),
    ("login", "password rejected at login"),
    ("parcel", "my parcel never came, where is the courier"),
    ("parcel", "courier lost the parcel"),
    ("refund", "when do I get my money back"),
    ("refund", "the refund of my money is late"),
]


def topics() -> errors.Topics:
    return errors.fit_topics([Example(said, said, label) for label, said in TOLD])


def told(message: str, answer: str) -> ErrorClass:
    error = Error(Example("9", message, "refund"), answer, None, False)
    return errors.classify(error, ["login", "parcel", "refund", "crash"], topics())


@pytest.mark.parametrize(
    ("answer", "message", "name"),
    [
        ("login", "The password works now, thanks. Where is my money?", "two_topics"),
        ("login", "Where is my money?", "confused_pair"),
        ("parcel", "The password works now, thanks. Where is my money?", "confused_pair"),
        ("logins", "Where is my money?", "outside"),
        ("", "Where is my money?", "outside"),
        ("crash", "Where is my money?", "other"),
    ],
)
def test_labels_of_each_class(answer: str, message: str, name: str) -> None:
    assert told(message, answer).name == name


def test_the_evidence_of_two_topics_is_what_names_the_other() -> None:
    assert "password" in told("Where is my money? The password works now", "login").evidence


def test_topics_know_only_labels_of_train() -> None:
    with pytest.raises(ValueError, match="train has no row of 'crash'"):
        topics().nearest("my app hangs", "crash")
