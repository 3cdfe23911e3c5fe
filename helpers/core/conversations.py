"""Conversations in other people's forms → a system turn, a prompt and an answer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helpers.core import forms, thoughts


@dataclass(frozen=True)
class Call:
    """A tool call as an answer: a function's name and its arguments."""

    name: str
    arguments: Mapping[str, Any]


def conversation(
    row: dict[str, Any], key: str, said: Counter[str]
) -> tuple[str, str, Any, set[str]]:
    """Return the system turn, prompt and answer of a conversation of one exchange."""
    turns = [_turn(turn) for turn in row[key]]
    systems = [content for role, content, _ in turns if role == "system"]
    rest = [turn for turn in turns if turn[0] != "system"]
    roles = [role for role, _, _ in rest]
    if roles != ["user", "assistant"]:
        raise ValueError(
            f"has the turns {', '.join(role for role, _, _ in turns) or 'of nobody'}; a row is one "
            "question and its answer"
        )
    of_row = [text_of(row, name) for name in forms.SYSTEMS if text_of(row, name)]
    system = "\n\n".join(text for text in [*of_row, *systems] if text.strip())
    _, answer, turn = rest[1]
    if turn.get("weight") == 0:
        raise ValueError("its answer has the weight 0, so nobody shall learn it; remove the row")
    if any(turn.get(name) for name in forms.THOUGHTS):
        said["thoughts beside answers left out"] += 1
    if call := _call(turn):
        if thoughts.without(answer).strip():
            said["words beside a tool call left out"] += 1
        return system, rest[0][1], call, {key, *forms.SYSTEMS}
    number = turn.get("content", turn.get("value"))
    if isinstance(number, int | float):
        return system, rest[0][1], number, {key, *forms.SYSTEMS}
    return system, rest[0][1], answer, {key, *forms.SYSTEMS}


def as_turns(value: Any) -> Any:
    """Return a conversation that a table holds as a text of JSON as its turns; else as it is."""
    if not isinstance(value, str) or not value.lstrip().startswith("["):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _turn(turn: Any) -> tuple[str, str, dict[str, Any]]:
    """Return a turn's role in the course's words, its content as a text, and the turn itself."""
    if not isinstance(turn, dict):
        raise ValueError(f"has the turn {turn!r}; a turn has a role and a content")
    role = turn.get("role") or turn.get("from")
    plain = forms.ROLES.get(role.strip().lower(), role) if isinstance(role, str) else "nobody"
    keys = ("content", "value", "text", "parts")
    content = next((turn[key] for key in keys if turn.get(key) is not None), "")
    if isinstance(content, list):
        content = "".join(_part(part) for part in content)
    return plain, content if isinstance(content, str) else json.dumps(content), turn


def _part(part: Any) -> str:
    if isinstance(part, str):
        return part
    text = part.get("text") if isinstance(part, dict) else None
    if not isinstance(text, str):
        kind = part.get("type") if isinstance(part, dict) else part
        raise ValueError(f"has a part of the type {kind!r}; the course reads texts alone")
    return text


def _call(turn: Mapping[str, Any]) -> Call | None:
    """Return the one tool call of a turn; raises `ValueError` for several, or one out of form."""
    calls = turn.get("tool_calls") or ([turn["function_call"]] if turn.get("function_call") else [])
    if not calls:
        return None
    if not isinstance(calls, list) or len(calls) > 1:
        raise ValueError("answers with several tool calls; a row's answer is one")
    return call_of(calls[0])


def call_of(value: Any) -> Call:
    """Return a call in OpenAI's form, FunctionGemma's or Llama's; raises `ValueError`.

    >>> call_of({"function": {"name": "app_quit", "arguments": '{"app": "Zoom"}'}})
    Call(name='app_quit', arguments={'app': 'Zoom'})
    """
    function = value.get("function", value) if isinstance(value, dict) else {}
    if isinstance(function, str):
        function = value | {"name": function}
    if not isinstance(function, dict):
        function = {}
    name = function.get("name")
    given = next((function[k] for k in ("arguments", "parameters", "args") if k in function), {})
    if isinstance(given, str):
        try:
            given = json.loads(given or "{}")
        except ValueError as error:
            raise ValueError(f"has arguments that are no JSON ({given!r}); mend them") from error
    if not isinstance(name, str) or not isinstance(given, dict | None):
        raise ValueError(f"has a call without a name or arguments: {json.dumps(value)}")
    return Call(name, {key: item for key, item in (given or {}).items() if item is not None})


def text_of(row: Mapping[str, Any], key: str) -> str:
    """Return a key's text; empty where there is none."""
    value = row.get(key, "")
    return value if isinstance(value, str) and value.strip() else ""
