"""The exact strings a model is trained on and asked with: rendered once, used by every engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from helpers.core.examples import Example
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
    """A prompt up to where the answer begins, and the answer with the end of its turn."""

    prompt: str
    completion: str


def turns(task: Task, example: Example) -> list[dict[str, str]]:
    """Return the system and the user turn that put an example to a model."""
    system = example.system or task.system
    return [
        {"role": "system", "content": system},
        {"role": "user", "content": task.question(example)},
    ]


def render(tokenizer: Any, task: Task, example: Example) -> Rendered:
    """Render an example with the tokenizer's chat template, thinking switched off.

    The completion is the target and the turn's end, with nothing between: the last token a model
    is trained on is the one that stops it.
    """
    prompt = tokenizer.apply_chat_template(
        turns(task, example), tokenize=False, add_generation_prompt=True, enable_thinking=False
    )
    return Rendered(prompt, example.target + turn_end(tokenizer))


def turn_end(tokenizer: Any) -> str:
    """Return the text of the token that ends a turn: ChatML's if there is one, else EOS."""
    # Asked for by its number: `get_vocab` would copy the vocabulary, for every row anew.
    number = tokenizer.convert_tokens_to_ids("<|im_end|>")
    return tokenizer.eos_token if number in (None, tokenizer.unk_token_id) else "<|im_end|>"
