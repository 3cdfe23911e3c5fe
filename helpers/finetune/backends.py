"""The trainer that a profile asks for: torch or MLX."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from helpers.finetune import run
from helpers.finetune.mlx import backend as mlx
from helpers.finetune.torch import backend as torch
from helpers.profiles import Profile
from helpers.tasks.base import Task


def resolve(profile: str | Profile, task: Task, **changes: Any) -> tuple[ModuleType, Profile]:
    """Return the module whose `finetune` trains a profile, and the profile, with changes.

    >>> from helpers import tasks
    >>> resolve("mac", tasks.get("support_label"))[0].__name__
    'helpers.finetune.mlx.backend'
    """
    found = run.resolve(profile, task, **changes)
    return (mlx if found.engine in mlx.ENGINES else torch), found
