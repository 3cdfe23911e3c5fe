"""The parameters that a grid may name, read from the functions that take them."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import fields
from reprlib import repr as shown
from typing import Any

from helpers import engines
from helpers.finetune.config import OF_THE_CALL, FinetuneConfig
from helpers.profiles import Profile
from helpers.tasks import noise

TYPES = {
    "str": (str,), "int": (int,), "float": (int, float), "bool": (bool,), "None": (type(None),),
}  # fmt: skip
ANY = ".*"  # a section whose parameters only a notebook knows
OF_TRAINING = ("rows", *OF_THE_CALL)  # a sweep sees to these; for rows there is `data.rows`
OF_ENGINES = ("name", "task", "progress", "options")


def known(notebook: bool) -> dict[str, str]:
    """Return the dotted names that a grid may have, each with its type, of notebooks or scores.

    >>> known(notebook=True)
    {'notebook': 'str', 'parameters.*': ''}
    >>> known(notebook=False)["data.rows"], known(notebook=False)["train.rank"]
    ('int | None', 'int')
    """
    if notebook:
        return {"notebook": "str", f"parameters{ANY}": ""}
    sections = {
        "data": {"folder": "str"} | _of(noise.prepared, "task"),
        "train": {"profile": "str", "size": "str"} | _fields(FinetuneConfig, *OF_TRAINING)
        | _fields(Profile, "name"),
        "score": {"engine": "str"} | _of(engines.create, *OF_ENGINES)
        | {"split": "str", "limit": "int | None"},
    }  # fmt: skip
    dotted = {f"{s}.{name}": kind for s, found in sections.items() for name, kind in found.items()}
    return {"task": "str", "variant": "str"} | dotted


def _of(function: Callable, *but: str) -> dict[str, str]:
    found = inspect.signature(function).parameters.values()
    return {p.name: str(p.annotation) for p in found if p.name not in but}


def _fields(kind: type, *but: str) -> dict[str, str]:
    return {field.name: str(field.type) for field in fields(kind) if field.name not in but}


def check(name: str, value: Any, known: Mapping[str, str]) -> None:
    """Raise `ValueError` for a parameter that there is not, or a value of another type.

    >>> check("train.sede", 1, {"train.seed": "int", "train.size": "str", "task": "str"})
    Traceback (most recent call last):
    ValueError: there is no train.sede; train has seed, size
    >>> check("train.seed", "one", {"train.seed": "int"})
    Traceback (most recent call last):
    ValueError: train.seed is 'one'; it is of type int
    """
    section = name.partition(".")[0]
    if section + ANY in known:
        return
    if name not in known:
        right = [other.partition(".")[2] for other in known if other.startswith(f"{section}.")]
        raise ValueError(f"there is no {name}; {section} has {', '.join(right)}")
    types = [type_ for part in known[name].split(" | ") for type_ in TYPES.get(part, ())]
    wrong = isinstance(value, bool) and bool not in types  # to Python it is an int
    if types and (wrong or not isinstance(value, tuple(types))):
        raise ValueError(
            f"{name} is {shown(value)}; it is of type {known[name]}{_hint(value, types)}"
        )
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{name} is {value}; give it a number")


def _hint(value: Any, types: list[type]) -> str:
    """Return how a value of another type may have been meant; empty where nothing tells."""
    if isinstance(value, bool):
        return "; put it in quotes" if str in types else ""  # YAML reads no and off as false
    if isinstance(value, float) and value.is_integer():
        return f"; write {value:.0f}" if int in types else ""
    if isinstance(value, str) and _is_number(value) and str not in types:
        return f"; write {value.replace('_', '')} without quotes" if int in types else ""
    return ""


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
