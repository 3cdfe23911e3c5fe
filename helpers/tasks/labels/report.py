"""What pages show of support labels: telling words, and the classes of wrong labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from helpers.core.examples import Example
from helpers.evaluation.errors import Error, ErrorClass
from helpers.tasks.labels import errors
from helpers.tasks.report import OUTSIDE, Table, TaskReport

if TYPE_CHECKING:
    from helpers.tasks.labels.task import SupportLabel


@dataclass(frozen=True)
class LabelReport(TaskReport):
    """Lengths and labels, the words that give them away, and why a label is wrong."""

    task: SupportLabel

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

    def answer_class(self, text: str) -> str:
        """Return the label, or that the answer is none of them."""
        return text if text in self.task.labels else OUTSIDE

    @property
    def error_classes(self) -> Mapping[str, str]:
        """The classes of wrong labels."""
        return errors.CLASSES

    @property
    def remedies(self) -> Mapping[str, str]:
        """What each class of errors asks for."""
        return errors.REMEDIES

    def classifier(self, train: Sequence[Example]) -> Callable[[Error], ErrorClass]:
        """Return what gives a wrong label its class, by the words of train's topics."""
        topics = errors.fit_topics(train)
        return partial(errors.classify, labels=self.task.labels, topics=topics)


def _telling_words(train: Sequence[Example], least: int = 15) -> Table:
    """List, for each label, the words said most exclusively in its messages."""
    said: dict[str, Counter[str]] = {}
    for example in train:
        words = set(re.findall(r"(?:[^\W\d_]|')+", example.prompt.lower()))
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
