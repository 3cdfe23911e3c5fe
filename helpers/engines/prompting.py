"""The tokens that put examples to a model, after training rows like them where it is shown some."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.core.examples import Example, RowError
from helpers.engines.decoding.reading import Tokens
from helpers.engines.loaded import Loaded
from helpers.models import tokens
from helpers.tasks.base import Task
from helpers.tasks.prompts import render
from helpers.tasks.shots import nearest


def prompts(
    loaded: Loaded,
    task: Task,
    examples: Sequence[Example],
    train: Sequence[Example] = (),
    shots: int = 0,
) -> list[Tokens]:
    """Return a prompt for each example; raises `RowError` for one too long for the model."""
    rendered = [
        render(loaded.tokenizer, task, e, nearest(task, e, train, shots)).guarded_prompt
        for e in examples
    ]
    encoded = tokens.encode(loaded.tokenizer, rendered)
    fewer = ", or show fewer rows before it" if shots else ""
    for example, prompt in zip(examples, encoded, strict=True):
        if len(prompt) >= loaded.positions:
            raise RowError(
                f"row {example.id!r}: its prompt has {len(prompt)} tokens and the model reads "
                f"{loaded.positions}; shorten the row{fewer}"
            )
    return encoded
