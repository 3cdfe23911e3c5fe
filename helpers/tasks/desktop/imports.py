"""Tool calls as other people's rows have them → the calls of this surface."""

from __future__ import annotations

import json
import re
from typing import Any

from helpers.core.conversations import Call, call_of
from helpers.tasks.desktop.surface import ACTIONS, answer_json, parse_answer

HERMES = re.compile(r"<tool_call>(.*?)</tool_call>", re.DOTALL)
GEMMA = re.compile(r"<start_function_call>call:([\w.]+)\{(.*?)\}<end_function_call>", re.DOTALL)
GEMMA_ARGUMENT = re.compile(r"(\w+):<escape>(.*?)<escape>", re.DOTALL)


def answer_of(answer: Any) -> str:
    """Return the one text of an answer; raises `ValueError` for what this surface does not have.

    >>> answer_of(Call("app_quit", {"app": "Zoom"}))
    '{"kind":"command","action":"app.quit","arguments":{"app":"Zoom"}}'
    >>> answer_of('<tool_call>{"name": "app.list", "arguments": {}}</tool_call>')
    '{"kind":"command","action":"app.list","arguments":{}}'
    """
    if isinstance(answer, str):
        if not (found := _call(answer)):
            whole = parse_answer(answer)
            return answer_json(whole.kind, whole.action, whole.arguments)
        answer = found
    if not isinstance(answer, Call):
        raise ValueError(f"answers with {answer!r}; write a call, or {{\"kind\": \"note\"}}")
    action = _action(answer.name)
    names = {_letters(argument.name): argument.name for argument in ACTIONS[action].arguments}
    given = {names.get(_letters(name), name): value for name, value in answer.arguments.items()}
    return answer_json("command", action, given)


def _action(name: str) -> str:
    """Return the action that a function's name means: its dots may be written as underscores."""
    for action in ACTIONS:
        if _letters(action) == _letters(name):
            return action
    raise ValueError(f"calls {name!r}, which is no action; choose one of {', '.join(ACTIONS)}")


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def _call(text: str) -> Call | None:
    """Return the call that a text holds, as Hermes, FunctionGemma and Llama write it; else None."""
    if found := GEMMA.findall(text):
        calls = [Call(name, dict(GEMMA_ARGUMENT.findall(inside))) for name, inside in found]
    else:
        calls = [call for part in HERMES.findall(text) or [text] if (call := _object(part))]
    if len(calls) > 1:
        raise ValueError("answers with several tool calls; a row's answer is one")
    return calls[0] if calls else None


def _object(text: str) -> Call | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    named = isinstance(value, dict) and "kind" not in value and {"name", "function"} & value.keys()
    return call_of(value) if named else None
