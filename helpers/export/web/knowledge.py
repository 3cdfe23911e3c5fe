"""What the page knows: the committed pipeline's router, its n-grams pruned, and what that costs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from helpers import tasks
from helpers.core.examples import Example
from helpers.export.web import inside, tables
from helpers.pipeline import loading, settings
from helpers.pipeline.route import Router
from helpers.tasks.dictation import likelihood, ngram

TASK = "dictated_bash"
# Longer n-grams that occur no more often are forgotten, of characters and of shapes; chosen on
# validation rows.
CUTOFF, OF_SHAPES = 2, 1


@dataclass(frozen=True)
class Cost:
    """How many of a split's rows are exact, in percent: by the whole router, and by the page's.

    `equal` are the rows that both answer alike.
    """

    split: str
    rows: int
    equal: int
    whole: float
    page: float

    def __str__(self) -> str:
        """Return what a command says of it."""
        return (
            f"pruned: {self.page} % of {self.rows} {self.split} rows exact instead of "
            f"{self.whole} %, {self.equal} answers the same"
        )


@dataclass(frozen=True)
class Knowledge:
    """The committed pipeline's router, and the page's tables as JSON."""

    whole: Router
    table: str

    def cost(self, split: str) -> Cost:
        """Return what pruning and rounding cost on a split."""
        task, page = tasks.get(TASK), inside.load(self.table).router
        rows = task.load(split)
        texts = [[router.answer(row.prompt).text for row in rows] for router in (self.whole, page)]
        equal = sum(a == b for a, b in zip(*texts, strict=True))
        return Cost(split, len(rows), equal, *(_exact(answers, rows) for answers in texts))


def learn() -> Knowledge:
    """Return what the page knows; n-grams are fitted twice, in some seconds.

    Raises `SettingsError` or `PartError` where the committed pipeline cannot be used.
    """
    path = settings.path_of(TASK)
    pipeline = settings.read(path)
    material = loading.material(pipeline, path.parent)
    whole = loading.router_of(pipeline, material)
    texts = [" ".join(text.split()) for text in loading.texts_of(material)]
    small = likelihood.of(
        ngram.fit(texts, whole.writer.scorer.order, CUTOFF),
        ngram.fit(map(likelihood.shape, texts), likelihood.ORDER, OF_SHAPES),
    )
    table = {"router": tables.pack(whole, small), "confidence": asdict(pipeline.confidence)}
    return Knowledge(whole, json.dumps(table, ensure_ascii=False, separators=(",", ":")))


def _exact(texts: Sequence[str], rows: Sequence[Example]) -> float:
    grades = tasks.get(TASK).grade(texts, rows)
    return round(100 * sum(grade.exact for grade in grades) / len(grades), 1)
