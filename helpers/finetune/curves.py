"""The curve of a run: a point at every evaluation, kept in `log.csv` as it comes.

The best point is the one whose generated answers score best. A loss only breaks ties: it
measures one token after the right ones, and a model can get better at that and worse at answers.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass, fields
from pathlib import Path
from typing import Any

from helpers.core.files import replace_file

NAME = "log.csv"


@dataclass(frozen=True)
class Point:
    """An evaluation: losses are nats a supervised token, scores shares of right answers."""

    step: int
    epoch: float
    train_loss: float  # mean over the steps since the last point
    valid_loss: float  # mean over all supervised tokens of the validation rows
    exact: float
    effective: float  # exact or near; the same as exact where nothing is near
    learning_rate: float
    tokens: int  # read in training so far, padding not counted
    seconds: float  # since the run began, pauses not counted
    seconds_training: float  # of these, without evaluating and saving

    @property
    def merit(self) -> tuple[float, float, int]:
        """What checkpoints are compared by: the score, of equals the loss, then the earlier one.

        The score is exact and effective together: on a sample one of them alone jumps about more.
        """
        return (round(self.exact + self.effective, 9), -self.valid_loss, -self.step)

    def lasting(self) -> dict[str, Any]:
        """Return what the same run always repeats: all but the seconds."""
        return {key: value for key, value in asdict(self).items() if "seconds" not in key}


def best(points: Sequence[Point]) -> Point:
    """Return the point whose checkpoint is kept.

    >>> low_loss = Point(1, 0.1, 0.5, 0.10, 0.70, 0.90, 1e-3, 9, 1.0, 0.9)
    >>> right = Point(2, 0.2, 0.4, 0.12, 0.75, 0.90, 1e-3, 18, 2.0, 1.8)
    >>> best([low_loss, right]).step
    2
    """
    return max(points, key=lambda point: point.merit)


def stalled(points: Sequence[Point], patience: int) -> bool:
    """Return whether the last `patience` points brought nothing better: time to stop.

    A lower loss counts as better only at an equal score, so a model that answers nothing right
    yet is not given up while it learns. A score of 1 cannot get better.
    """
    if not points:
        return False
    if (points[-1].exact, points[-1].effective) == (1.0, 1.0):
        return True
    return len(points) - 1 - points.index(best(points)) >= patience


def add(folder: Path, point: Point) -> None:
    """Write a point at the end of a run's log; raises `ValueError` if a loss is no number."""
    for name in ("train_loss", "valid_loss"):
        if not math.isfinite(getattr(point, name)):
            raise ValueError(
                f"{name} is {getattr(point, name)} at step {point.step}: training has diverged; "
                "take a lower learning_rate, or precision fp32 or bf16 instead of fp16"
            )
    write(folder, [*read(folder), point])


def write(folder: Path, points: Sequence[Point]) -> None:
    """Write a run's log in one step."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.name for field in fields(Point)])
    writer.writerows(map(astuple, points))
    replace_file(folder / NAME, text.getvalue())


def read(folder: str | Path) -> list[Point]:
    """Read a run's points; none if it has no log yet. Raises `ValueError` for a damaged one."""
    path = Path(folder) / NAME
    if not path.exists():
        return []
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    kinds = {field.name: int if field.type == "int" else float for field in fields(Point)}
    try:
        return [Point(**{name: kinds[name](value) for name, value in row.items()}) for row in rows]
    except (TypeError, ValueError, KeyError) as error:
        raise ValueError(
            f"{path}: is damaged ({error}); restore it, or start the run anew (fresh)"
        ) from error


def line(point: Point, steps: int, better: bool, left: float | None = None) -> str:
    """Return a point as a line for people to follow; `left` is in seconds, None once it is over.

    >>> line(Point(20, 0.5, 0.5, 0.1, 0.7, 0.9, 1e-3, 9, 75.0, 70.0), 80, True, 225.0)
    'step 20/80 · loss 0.500 · valid 0.100 · exact 70.0 % · effective 90.0 % · best · 3:45 left'
    """
    parts = [
        f"step {point.step}/{steps}",
        f"loss {point.train_loss:.3f}",
        f"valid {point.valid_loss:.3f}",
        f"exact {100 * point.exact:.1f} %",
        f"effective {100 * point.effective:.1f} %",
        *(["best"] if better else []),
        *([] if left is None else [f"{clock(left)} left"]),
    ]
    return " · ".join(parts)


def clock(seconds: float) -> str:
    """Return seconds as minutes or hours.

    >>> clock(75), clock(3675)
    ('1:15', '1:01:15')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
