"""The exact strings a model is trained on and asked with: rendered once, used by every engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from helpers.core.examples import Example
from helpers.models import tokens
from helpers.models.template import folded, template_of, write
from helpers.tasks.base import Task

# ChatML, the form of Qwen's models, without a think branch: what the tiny base is grown with.
CHATML = (
    "{% for message in messages %}"
    "<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n"
    "{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


@dataclass(frozen=True)
class Rendered:
    """A prompt up to where the answer begins, and the answer with the end of its turn.

    Both guarded: control tokens in a row's own texts are marks in them (see `models.tokens`).
    """

    guarded_prompt: str
    guarded_completion: str

    @property
    def prompt(self) -> str:
        """The prompt as it reads."""
        return tokens.reveal(self.guarded_prompt)

    @property
    def completion(self) -> str:
        """The answer and the end of its turn, as they read."""
        return tokens.reveal(self.guarded_completion)


def turns(task: Task, example: Example, shots: Sequence[Example] = ()) -> list[dict[str, str]]:
    """Return the turns that put an example to a model, after `shots` with their answers."""
    system = {"role": "system", "content": example.system or task.system}
    shown = [
        turn
        for shot in shots
        for turn in (
            {"role": "user", "content": task.question(shot)},
            {"role": "assistant", "content": shot.target},
        )
    ]
    return [system, *shown, {"role": "user", "content": task.question(example)}]


def render(
    tokenizer: Any, task: Task, example: Example, shots: Sequence[Example] = ()
) -> Rendered:
    """Render an example with the tokenizer's chat template, thinking switched off.

    `shots` stand before it, with their answers, as turns of the same conversation. The completion
    is the target and the turn's end, with nothing between: the last token a model is trained on is
    the one that stops it. Where a template has no system turn, its text stands before the user's.
    Raises `EngineError` for a template that cannot be used.
    """
    template = template_of(tokenizer)
    asked = [
        turn | {"content": tokens.guard(tokenizer, turn["content"])}
        for turn in turns(task, example, shots)
    ]
    prompt = write(tokenizer, asked if template.has_system else folded(asked), ask=True)
    return Rendered(prompt, tokens.guard(tokenizer, example.target) + template.end)


def turn_end(tokenizer: Any) -> str:
    """Return the text of the token that ends a turn, by the tokenizer's chat template."""
    return template_of(tokenizer).end
