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
LAST_END = re.compile(  # before a space or the end: an answer may have such a tag in quotes
    r".*(?:</(?:think|thinking|thought)>|\[/THINK\])(?=\s|\Z)", re.IGNORECASE | re.DOTALL
)
CUT = ("length", "content_filter")  # reasons to end without a word, which hold when asked again


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

    What was cut or filtered before its first word is an empty answer: asked again, it would be so
    again, and cost as much.

    >>> read('{"choices": [{"message": {"content": " ls "}, "finish_reason": "stop"}]}')
    Reply(text='ls', details={'ended': True}, only_thought=False)
    >>> read("<html>sign in</html>")
    Traceback (most recent call last):
    helpers.engines.api.reply.NoAnswer: its reply is no JSON: '<html>sign in</html>'
    """
    choice, usage = _choice(body)
    message, reason = choice["message"], choice.get("finish_reason")
    content = _joined(message.get("content"))
    # Whatever was cut without a word of an answer was a thought.
    thoughts = _thoughts_beside(message, usage) or (not content and reason == "length")
    if content is None and (thoughts or message.get("refusal") or reason in CUT):
        content = ""
    if not isinstance(content, str):
        raise NoAnswer(f"its reply has no text (content: {_shown(json.dumps(content))})")
    text, thoughts_within = without_thoughts(whole(content))
    silent = not text and (thoughts or thoughts_within)
    return Reply(text, {"ended": reason == "stop"} | _counted(usage), silent)


def counts(body: str) -> dict[str, Any]:
    """Return the tokens, and dollars, that a response says it took, be it an answer or not.

    >>> counts('{"choices": [], "usage": {"completion_tokens": 5}}'), counts("<html>")
    ({'tokens': 5, 'prompt_tokens': None}, {})
    """
    try:
        usage = json.loads(body)["usage"]
    except (ValueError, RecursionError, LookupError, TypeError):
        return {}
    return _counted(usage) if isinstance(usage, dict) else {}


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


def _counted(usage: dict[str, Any]) -> dict[str, Any]:
    names = {"tokens": "completion_tokens", "prompt_tokens": "prompt_tokens"}
    details = {name: usage.get(key) for name, key in names.items()} if usage else {}
    if "cost" in usage:  # OpenRouter says what it took, in dollars
        details["cost"] = usage["cost"]
    return details


def _joined(content: Any) -> Any:
    """Return the text of a content's parts, without the thoughts among them; None if all are.

    >>> _joined([{"type": "thinking", "thinking": []}, {"type": "text", "text": "ls"}])
    'ls'
    """
    parts = _parts(content)
    if not parts:
        return content
    texts = [part.get("text") for part in parts if part.get("type") == "text"]
    return "".join(filter(None, texts)) if texts else None


def _parts(content: Any) -> list[dict[str, Any]]:
    """Return the parts of a content; none of a text."""
    found = content if isinstance(content, list) else []
    return [part for part in found if isinstance(part, dict)]


def _thoughts_beside(message: dict[str, Any], usage: dict[str, Any]) -> bool:
    """Return whether a model thought, as far as a reply tells beside its text."""
    details = usage.get("completion_tokens_details")
    counted = details.get("reasoning_tokens") if isinstance(details, dict) else 0
    within = any(part.get("thinking") for part in _parts(message.get("content")))
    beside = message.get("reasoning") or message.get("reasoning_content")
    return bool(beside or counted or within)


def _shown(text: str) -> str:
    return repr(one_line(whole(text))[:SHOWN])
