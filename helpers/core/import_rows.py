"""Rows in other people's forms → the course's, every one of them, or a reason for each that is not.

Whose answers are no text (a tool call, a label's number) is read by the task they are for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from helpers.core import forms, thoughts
from helpers.core.containers import Raw, read
from helpers.core.conversations import Call, as_turns, call_of, conversation, text_of
from helpers.core.examples import DataError, Example
from helpers.core.refusals import SHOWN
from helpers.core.turns import NO_ANSWER, check_answer

COPIED = ("id", "group")
RENDERED = ("text", "content", "body")  # keys that often hold a copy of the whole conversation


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
    row = {
        key: as_turns(value) if key in forms.CONVERSATIONS else value
        for key, value in forms.plain_keys(raw.value).items()
        if value is not None
    }
    if str(row.get(NO_ANSWER)).lower() == "true":  # a table holds it as a text
        row[NO_ANSWER] = True
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
        if not answer.strip() and NO_ANSWER not in row:
            raise ValueError("its answer is empty; fill it")
        check_answer(answer, row)
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
    if not answers and row.get(NO_ANSWER) is True:
        answers = [next((key for key in forms.ANSWERS if key in row), forms.ANSWERS[0])]
    if not answers:
        keys = ", ".join(row) or "none"
        raise ValueError(f"has no answer; its keys are {keys}: name one 'completion'")
    answer = row.get(answers[0], "")
    named = answers[0].startswith("label_")  # beside its number
    if not named and any(str(row[key]) != str(answer) for key in answers[1:]):
        raise ValueError(f"has several answers, {', '.join(answers)}; leave one of them")
    if isinstance(answer, dict) and ("name" in answer or "function" in answer):
        answer = call_of(answer)
    if isinstance(answer, list | dict):
        raise ValueError(f"{answers[0]!r} is a {type(answer).__name__}; write the answer as a text")
    used = {*answers, *(key for key in forms.SYSTEMS if text_of(row, key))}
    systems = [text_of(row, key) for key in forms.SYSTEMS if text_of(row, key)]
    lines = {key: text_of(row, key) for key in forms.PROMPTS if text_of(row, key)}
    if not lines:
        raise ValueError(f"has no prompt; its keys are {', '.join(row)}: name one 'prompt'")
    order, about = lines.pop("instruction", ""), text_of(row, "context")
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
