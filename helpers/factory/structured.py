"""Structured output: what is asked of a model as a JSON schema, and checked by that schema."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from helpers.core.json_text import unique
from helpers.core.text import one_line

SHOWN = 120  # characters of what is wrong
FENCE = re.compile(r"\s*```\w*\n(.*?)\n?```\s*", re.DOTALL)
PROBLEMS = (
    "none", "another meaning", "something missing", "something added", "unnatural", "unclear",
    "gives the answer away",
)  # fmt: skip
JUDGED: dict[str, Any] = {
    "type": "object",
    "properties": {
        "why": {"type": "string"},
        "problem": {"type": "string", "enum": list(PROBLEMS)},
        "decision": {"type": "string", "enum": ["accept", "rewrite", "reject"]},
        "text": {"type": "string"},  # the new text of a rewrite, else empty
    },
    "required": ["why", "problem", "decision", "text"],
    "additionalProperties": False,
}


def said(count: int) -> dict[str, Any]:
    """Return the schema of a text for each of some cases, by number.

    >>> said(2)["required"]
    ['1', '2']
    """
    names = [str(number) for number in range(1, count + 1)]
    return {
        "type": "object",
        "properties": {name: {"type": "string"} for name in names},
        "required": names,
        "additionalProperties": False,
    }


def response_format(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return what asks an endpoint to keep to a schema."""
    wanted = {"name": name, "strict": True, "schema": schema}
    return {"type": "json_schema", "json_schema": wanted}


@cache
def _validator(schema: str) -> Any:
    import fastjsonschema  # jsonschema takes seconds to import where Jupyter is

    return fastjsonschema.compile(json.loads(schema), use_default=False)


def check(value: Any, schema: dict[str, Any]) -> None:
    """Raise `ValueError` that says where a value is not as its schema says.

    >>> check({"1": 2}, said(1))
    Traceback (most recent call last):
    ValueError: 1 must be string; mend it
    """
    from fastjsonschema import JsonSchemaValueException

    try:
        _validator(json.dumps(schema))(value)
    except JsonSchemaValueException as error:
        message = one_line(error.message.removeprefix("data").removeprefix("."))[:SHOWN]
        raise ValueError(f"{message.strip()}; mend it") from None


def read(text: str, schema: dict[str, Any]) -> Any:
    """Return the value that a model wrote; a fence around it is taken off.

    Raises `ValueError` for what is no JSON, or not as the schema says.

    >>> read('```json\\n{"1": "list files"}\\n```', said(1))
    {'1': 'list files'}
    """
    fenced = FENCE.fullmatch(text)
    try:
        value = json.loads(fenced[1] if fenced else text, object_pairs_hook=unique)
    except RecursionError as error:
        raise ValueError("is nested too deeply to read") from error
    check(value, schema)
    return value
