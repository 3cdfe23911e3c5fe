"""What is chosen for a run beside its profile: one frozen `FinetuneConfig`."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from helpers.models import folders
from helpers.profiles import Profile
from helpers.tasks.splits import CHOOSE_ON

EVALUATIONS = 10  # in a run of full length
LEAST = {"rows": 0, "seed": 0, "eval_every": 0, "eval_rows": 0, "loss_rows": 0, "patience": 1}
OF_THE_CALL = ("backup_dir", "minutes", "fresh")  # how a run is carried out, not which one it is


@dataclass(frozen=True)
class FinetuneConfig:
    """Which rows train and choose, how often is evaluated, and how one call is carried out."""

    choose_on: str = "valid"  # or fold: a tenth of the training rows
    rows: int = 0  # how many rows to learn from; 0 takes all
    completion_only_loss: bool = True  # learn the answers alone, or the prompts too
    seed: int = 0  # of the adapter's first weights and of the rows' order
    eval_every: int = 0  # steps between two evaluations; 0 makes ten of them
    eval_rows: int = 200  # validation rows whose generated answers are graded; 0 takes all
    loss_rows: int = 0  # validation rows whose loss is measured; 0: `loss_sample` says how many
    patience: int = 4  # evaluations without a better score that end a run
    backup_dir: str | Path = ""  # a folder that outlives this machine, for checkpoints
    minutes: float = 0  # pause at the next evaluation after so long; 0 never does
    fresh: bool = False  # forget an earlier run with the same settings

    def __post_init__(self) -> None:
        """Raise `ValueError` for a value that no run can have."""
        if self.choose_on not in CHOOSE_ON:
            raise ValueError(
                f"choose_on is {self.choose_on!r}; it is one of {', '.join(CHOOSE_ON)}"
            )
        for name, least in LEAST.items():
            count = getattr(self, name)
            if type(count) is not int or count < least:  # True is an int, too
                raise ValueError(f"{name} is {count!r}; it must be {least} or more, and whole")
        if self.seed >= 2**32:
            raise ValueError(f"seed is {self.seed}; it must be below 2**32")
        number = isinstance(self.minutes, int | float) and not isinstance(self.minutes, bool)
        if not number or not 0 <= self.minutes < math.inf:
            raise ValueError(f"minutes is {self.minutes!r}; name some, or 0 for no limit")

    @property
    def backup(self) -> Path | None:
        """The folder for copies of checkpoints, if there is to be one."""
        return Path(self.backup_dir).expanduser() if self.backup_dir else None

    def loss_sample(self, base: str) -> int:
        """Return how many validation rows' loss is measured; 0 means all.

        A base that is not tiny would spend longer on the loss of all than on its training steps,
        so, unless told otherwise, it is measured on as many as are answered.

        >>> [FinetuneConfig(eval_rows=90).loss_sample(b) for b in ("tiny-2m", "smollm2-135m")]
        [0, 90]
        """
        return self.loss_rows or (0 if folders.is_tiny(base) else self.eval_rows)

    def steps_between(self, steps: int) -> int:
        """Return how many of a run's steps lie between two evaluations.

        >>> FinetuneConfig().steps_between(600), FinetuneConfig(eval_every=20).steps_between(600)
        (60, 20)
        """
        return self.eval_every or max(1, steps // EVALUATIONS)


def name_parts(profile: Profile, config: FinetuneConfig) -> dict[str, Any]:
    """Return the settings that name a run: with other ones it is another run.

    >>> from helpers import profiles
    >>> name_parts(profiles.get("cpu", steps=50), FinetuneConfig(minutes=9))["eval_every"]
    5
    """
    parts = {"profile": profile.name} | asdict(profile) | asdict(config)
    parts["loss_rows"] = config.loss_sample(profile.base)
    if not parts["loss_rows"]:  # as runs of before there was a choice are named
        del parts["loss_rows"]
    parts["eval_every"] = config.steps_between(profile.steps)
    return {name: value for name, value in parts.items() if name not in ("name", *OF_THE_CALL)}
