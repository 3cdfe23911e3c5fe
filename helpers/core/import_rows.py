"""Rows in other people's forms → the course's, every one of them, or a reason for each that is not.

Whose answers are no text (a tool call, a label's number) is read by the task they are for.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from helpers.core import forms, thoughts
from helpers.core.containers import Raw, read
from helpers.core.examples import DataError, Example
from helpers.core.refusals import SHOWN

COPIED = ("id", "group")
RENDERED = ("text", "content", "body")  # keys that often hold a copy of the whole conversation


@dataclass(frozen=True)
class Call:
    """A tool call as an answer: a function's name and its arguments."""

    name: str
    arguments: Mapping[str, Any]


Answered = Callable[[Example, Any], Example]
"""Gives an example its answer (a text, a number or a `Call`); raises `ValueError` for no answer."""


@dataclass
class Imported:
    """Rows in the course's form, and how often something was taken out of them, by name."""

    examples: list[Example] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)


def as_text(example: Example, answer: Any) -> Example:
    """Return an example with a text as its answer; raises `ValueError` for another kind."""
    if isinstance(answer, str):
        return replace(example, target=answer)
    if isinstance(answer, Call):
        raise ValueError("answers with a tool call; name the task that has it, with --task")
    raise ValueError(f"answers with {answer!r}, which is no text; name the task, with --task")


def import_file(path: Path, answered: Answered = as_text) -> Imported:
    """Read a file of rows in any known form.

    Raises `DataError` that shows every row it cannot map whole, with what is missing (20 rows,
    then a count): a file is imported as a whole or not at all.
    """
    imported = Imported()
    problems: list[str] = []
    seen: dict[str, int] = {}
    for number, raw in enumerate(read(path)):
        try:
            example = convert(raw, number, answered, imported.notes)
            if earlier := seen.get(example.id):
                raise ValueError(f"repeats id {example.id!r} of line {earlier}; rename one")
            seen[example.id] = raw.line
            imported.examples.append(example)
        except DataError:  # of labels.json, say: it is no row's fault
            raise
        except ValueError as error:
            problems.append(f"{path} line {raw.line}: {error}\n    {raw.text}")
    if problems:
        more = [f"… and {len(problems) - SHOWN} more rows"] if len(problems) > SHOWN else []
        total = f"{len(problems)} rows cannot be mapped, so none is written; mend or remove them"
        raise DataError("\n".join([*problems[:SHOWN], *more, f"{path}: {total}"]))
    return imported


def convert(raw: Raw, number: int, answered: Answered, notes: Counter[str]) -> Example:
    """Return one row as an example; raises `ValueError` that says what is missing or too much."""
    if raw.problem:
        raise ValueError(raw.problem)
    if not isinstance(raw.value, dict):
        raise ValueError("is not an object with keys; write {...}")
    row = {key: value for key, value in raw.value.items() if value is not None}
    key = next((key for key in forms.CONVERSATIONS if isinstance(row.get(key), list)), "")
    if not key and isinstance(row.get("prompt"), list) and isinstance(row.get("completion"), list):
        row = row | {"messages": [*row.pop("prompt"), *row.pop("completion")]}
        key = "messages"
    said = Counter()
    system, prompt, answer, used = conversation(row, key, said) if key else flat(row, said)
    if isinstance(answer, str):
        if thoughts.present(answer):
            said["think blocks taken out of answers"] += 1
        answer = thoughts.without(answer)
        if not answer.strip():
            raise ValueError("its answer is empty; fill it")
    if not prompt.strip():
        raise ValueError("its prompt is empty; fill it")
    rest = {key: value for key, value in row.items() if key not in used}
    turns = (system, prompt, answer if isinstance(answer, str) else "")
    example = answered(_example(rest, number, turns, said), answer)
    notes.update(said)
    return example


def _example(
    rest: dict[str, Any], number: int, turns: tuple[str, str, str], said: Counter[str]
) -> Example:
    """Return an example of its turns and the row's other keys; raises `ValueError` for a loss."""
    named = {key: rest.pop(key) for key in COPIED if rest.get(key) not in (None, "")}
    texts = {key: str(value) for key, value in named.items() if isinstance(value, int | str)}
    if odd := named.keys() - texts.keys():
        raise ValueError(f"'{min(odd)}' is neither a text nor a number; write one")
    id_ = texts.get("id", f"{number:05d}")
    context = rest.pop("context", None)
    for key in forms.DECLARATIONS:
        if rest.pop(key, None):
            said[f"lists of {key} left out, since the task has its own"] += 1
    lost = [k for k in _prompt_keys() if k in rest and forms.lost(k, rest[k], turns)]
    if lost or isinstance(context, str):
        key = lost[0] if lost else "context"
        raise ValueError(f"{key!r} holds text that is in no turn; put it into the prompt")
    kept = {key: value for key, value in rest.items() if key not in _prompt_keys()}
    return Example(id_, turns[1], turns[2], turns[0], texts.get("group", id_), context, kept)


def _prompt_keys() -> list[str]:
    return [*forms.SYSTEMS, *forms.PROMPTS, *forms.MORE_PROMPT]


def flat(row: dict[str, Any], said: Counter[str]) -> tuple[str, str, Any, set[str]]:
    """Return the system turn, prompt and answer of a row of keys, and which keys they were."""
    answers = [key for key in forms.ANSWERS if row.get(key) not in (None, "")]
    answers = answers or [key for key in forms.TOPICS if row.get(key) not in (None, "")]
    if not answers:
        raise ValueError(f"has no answer; its keys are {', '.join(row)}: name one 'completion'")
    answer = row[answers[0]]
    named = answers[0].startswith("label_")  # beside its number
    if not named and any(str(row[key]) != str(answer) for key in answers[1:]):
        raise ValueError(f"has several answers, {', '.join(answers)}; leave one of them")
    if isinstance(answer, dict) and ("name" in answer or "function" in answer):
        answer = call_of(answer)
    if isinstance(answer, list | dict):
        raise ValueError(f"{answers[0]!r} is a {type(answer).__name__}; write the answer as a text")
    used = {*answers, *(key for key in forms.SYSTEMS if _text(row, key))}
    systems = [_text(row, key) for key in forms.SYSTEMS if _text(row, key)]
    lines = {key: _text(row, key) for key in forms.PROMPTS if _text(row, key)}
    if not lines:
        raise ValueError(f"has no prompt; its keys are {', '.join(row)}: name one 'prompt'")
    order, about = lines.pop("instruction", ""), _text(row, "context")
    copies = [k for k in lines if k in RENDERED and _holds(lines, k, [order, about, str(answer)])]
    lines = {key: text for key, text in lines.items() if key not in copies}
    if len({*lines.values()}) > 1 or (order and about and lines):
        named = [*lines, *(["context"] if order and about else [])]
        raise ValueError(f"has several prompts, {', '.join(named)}; leave one of them")
    used |= {*forms.PROMPTS} | ({"context"} if about else set())
    asked = next(iter(lines.values()), "")
    if order and (asked or about):
        if systems:
            return systems[0], f"{order}\n{asked or about}", answer, used
        return order, asked or about, answer, used
    parts = [part for part in (about, order or asked) if part]
    return (systems or [""])[0], "\n\n".join(parts), answer, used


def _holds(lines: Mapping[str, str], key: str, others: Sequence[str]) -> bool:
    """Return whether a text repeats all other texts of its row, of which there is a prompt."""
    prompts = [text for name, text in lines.items() if name != key] + list(others[:-1])
    return any(prompts) and all(text in lines[key] for text in [*prompts, others[-1]])


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key, "")
    return value if isinstance(value, str) and value.strip() else ""


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
    of_row = [_text(row, name) for name in forms.SYSTEMS if _text(row, name)]
    system = "\n\n".join(text for text in [*of_row, *systems] if text.strip())
    _, answer, turn = rest[1]
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


def _turn(turn: Any) -> tuple[str, str, dict[str, Any]]:
    """Return a turn's role in the course's words, its content as a text, and the turn itself."""
    if not isinstance(turn, dict):
        raise ValueError(f"has the turn {turn!r}; a turn has a role and a content")
    role = turn.get("role") or turn.get("from")
    plain = forms.ROLES.get(role.strip().lower(), role) if isinstance(role, str) else "nobody"
    content = next((turn[k] for k in ("content", "value", "text") if turn.get(k) is not None), "")
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
    name = function.get("name") if isinstance(function, dict) else None
    given = next((function[k] for k in ("arguments", "parameters", "args") if k in function), {})
    if isinstance(given, str):
        try:
            given = json.loads(given or "{}")
        except ValueError as error:
            raise ValueError(f"has arguments that are no JSON ({given!r}); mend them") from error
    if not isinstance(name, str) or not isinstance(given, dict | None):
        raise ValueError(f"has a call without a name or arguments: {json.dumps(value)}")
    return Call(name, {key: item for key, item in (given or {}).items() if item is not None})
