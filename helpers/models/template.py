"""What a tokenizer's chat template does, read off what it writes: nothing is guessed by names.

A conversation of three known texts is rendered once, and looked at: which token ends an answer,
whether there is a system turn, which tokens the template writes that no text may write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from helpers.core.examples import EngineError

SYSTEM, QUESTION, ANSWER = "system-text", "question-text", "answer-text"
Turn = Mapping[str, str]


@dataclass(frozen=True)
class ChatTemplate:
    """What a chat template does with a conversation.

    `end` is the token that ends an answer's turn; `has_system` says that it writes a system turn,
    and `controls` are the tokens that structure the prompt, the longest first.
    """

    end: str
    has_system: bool
    controls: tuple[str, ...]

    def numbers(self, tokenizer: Any) -> frozenset[int]:
        """Return the control tokens as numbers."""
        return _numbers(tokenizer, self.controls)


@lru_cache(maxsize=16)
def _numbers(tokenizer: Any, controls: tuple[str, ...]) -> frozenset[int]:
    return frozenset(tokenizer.convert_tokens_to_ids(list(controls)))


def template_of(tokenizer: Any) -> ChatTemplate:
    """Return what a tokenizer's template does; raises `EngineError` for one that is of no use."""
    return _template_of(tokenizer, repr(tokenizer.chat_template))


@lru_cache(maxsize=16)
def _template_of(tokenizer: Any, template: str) -> ChatTemplate:
    talk = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": ANSWER}]
    whole = write(tokenizer, talk)
    opened = write(tokenizer, talk[:1], ask=True)
    _, found, after = whole.partition(ANSWER)
    if QUESTION not in opened or not found:
        raise EngineError(
            f"{tokenizer.name_or_path}: its chat template leaves out a question or an answer; "
            "take an instruct model's template"
        )
    controls = _controls(tokenizer, whole + opened)
    places = {token: after.find(token) for token in controls if token in after}
    end = min(places, key=lambda token: (places[token], -len(token)), default=tokenizer.eos_token)
    if end is None:
        raise EngineError(
            f"{tokenizer.name_or_path}: no token ends an answer, in its template or by its eos, so "
            "a model would never stop; take an instruct model's tokenizer and template"
        )
    return ChatTemplate(end, _has_system(tokenizer), controls)


def write(tokenizer: Any, turns: Sequence[Turn], ask: bool = False) -> str:
    """Render turns, with what opens an answer if `ask`, thinking switched off.

    Raises `EngineError`, one line that names the file, for a template that cannot do it.
    """
    from jinja2 import TemplateError

    try:
        return _render(tokenizer, turns, ask)
    except (TemplateError, TypeError, ValueError, KeyError, AttributeError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise EngineError(
            f"{tokenizer.name_or_path}: its chat template cannot be used ({reason}); copy its "
            "chat_template.jinja again, or mend it"
        ) from error


def _render(tokenizer: Any, turns: Sequence[Turn], ask: bool) -> str:
    return tokenizer.apply_chat_template(
        [dict(turn) for turn in turns],
        tokenize=False,
        add_generation_prompt=ask,
        enable_thinking=False,
    )


def _has_system(tokenizer: Any) -> bool:
    """Return whether there is a turn for the system's text: some templates refuse or drop it."""
    from jinja2 import TemplateError

    turns = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": QUESTION}]
    try:
        return SYSTEM in _render(tokenizer, turns, ask=True)
    except TemplateError:
        return False


def _controls(tokenizer: Any, written: str) -> tuple[str, ...]:
    """Return the special tokens, and those of the template that are not called special.

    Added tokens that stand for mere text, such as runs of line breaks, are no control tokens.
    """
    found = {
        token.content
        for token in tokenizer.added_tokens_decoder.values()
        if token.content.strip() and (token.special or token.content in written)
    }
    return tuple(sorted(found, key=lambda text: (-len(text), text)))


def folded(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """Return a system and a user turn as one user turn, as Gemma's template puts them together.

    >>> folded([{"role": "system", "content": "Obey."}, {"role": "user", "content": "Hi"}])
    [{'role': 'user', 'content': 'Obey.\\n\\nHi'}]
    """
    system, user = turns
    return [{"role": "user", "content": f"{system['content']}\n\n{user['content']}"}]
