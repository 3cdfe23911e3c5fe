"""What an endpoint replied: a model's answer, without its thoughts, or no answer at all."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from helpers.core.text import one_line, whole

SHOWN = 200  # characters of what is no answer
THOUGHTS = re.compile(  # a block at the beginning, closed, or cut before its end
    r"\s*(?:<(think|thinking|thought)>(.*?)(?:</\1>|\Z)|\[THINK\](.*?)(?:\[/THINK\]|\Z))",
    re.IGNORECASE | re.DOTALL,
)
LAST_END = re.compile(r".*(?:</(?:think|thinking|thought)>|\[/THINK\])", re.IGNORECASE | re.DOTALL)


class NoAnswer(ValueError):
    """A reply that holds no answer; the message says what it holds instead."""


@dataclass(frozen=True)
class Reply:
    """A model's answer and its details; `only_thought` if it thought and then said nothing."""

    text: str
    details: dict[str, Any] = field(default_factory=dict)
    only_thought: bool = False


def read(body: str) -> Reply:
    """Return the answer that a response's body holds; raises `NoAnswer` if it holds none.

    >>> read('{"choices": [{"message": {"content": " ls "}, "finish_reason": "stop"}]}')
    Reply(text='ls', details={'ended': True}, only_thought=False)
    >>> read("<html>sign in</html>")
    Traceback (most recent call last):
    helpers.engines.api.reply.NoAnswer: its reply is no JSON: '<html>sign in</html>'
    """
    choice, usage = _choice(body)
    message, reason = choice["message"], choice.get("finish_reason")
    content = message.get("content")
    thoughts = _thoughts_beside(message, usage)
    if content is None and (thoughts or message.get("refusal")):
        content = ""
    if not isinstance(content, str):
        why = ", cut at its longest" if reason == "length" else ""
        raise NoAnswer(f"its reply has no text (content: {_shown(json.dumps(content))}{why})")
    text, thoughts_within = without_thoughts(whole(content))
    counts = {"tokens": "completion_tokens", "prompt_tokens": "prompt_tokens"}
    details = {name: usage.get(key) for name, key in counts.items()} if usage else {}
    if "cost" in usage:  # OpenRouter says what it took, in dollars
        details["cost"] = usage["cost"]
    silent = not text and (thoughts or thoughts_within)
    return Reply(text, {"ended": reason == "stop"} | details, silent)


def without_thoughts(text: str) -> tuple[str, bool]:
    """Return an answer without the thoughts before it, and whether there were any.

    Thoughts that were cut leave no answer. A block whose beginning the server took away ends at
    its last tag.

    >>> without_thoughts("<think>A count.</think> wc -l"), without_thoughts("A count.</think> wc")
    (('wc -l', True), ('wc', True))
    >>> without_thoughts("<think>A count, so"), without_thoughts("<think></think>ls")
    (('', True), ('ls', False))
    """
    thoughts = ""
    while block := THOUGHTS.match(text):
        thoughts += block[2] or block[3] or ""
        text = text[block.end() :]
    if end := LAST_END.match(text):
        thoughts += end[0]
        text = text[end.end() :]
    return text.strip(), bool(thoughts.strip())


def _choice(body: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the first choice of a response, and its usage; raises `NoAnswer`."""
    if not body.strip():
        raise NoAnswer("its reply is empty")
    try:
        reply = json.loads(body)
    except (ValueError, RecursionError):
        raise NoAnswer(f"its reply is no JSON: {_shown(body)}") from None
    error = reply.get("error") if isinstance(reply, dict) else None
    if error:
        message = error.get("message") if isinstance(error, dict) else None
        raise NoAnswer(f"its reply is an error: {_shown(str(message or error))}")
    try:
        choice, usage = reply["choices"][0], reply.get("usage")
        choice["message"].get("content")
    except (LookupError, TypeError, AttributeError):
        raise NoAnswer(f"its reply is no chat completion: {_shown(body)}") from None
    return choice, usage if isinstance(usage, dict) else {}


def _thoughts_beside(message: dict[str, Any], usage: dict[str, Any]) -> bool:
    """Return whether a model thought, as far as a reply tells beside its content."""
    details = usage.get("completion_tokens_details")
    counted = details.get("reasoning_tokens") if isinstance(details, dict) else 0
    return bool(message.get("reasoning") or message.get("reasoning_content") or counted)


def _shown(text: str) -> str:
    return repr(one_line(whole(text))[:SHOWN])
