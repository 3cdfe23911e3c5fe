"""What a domain's rows are drawn from: templates by family, and values for their slots.

Both are text files in the domain's folder, in the grammar of the bash commands: «a¦b» is a choice,
<kind> a value of `values.txt`, <2..50> a number, and two <kind#1> are one value. ‹ and › are
written as < and >, which a pattern's named groups need.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from random import Random

from helpers.core.tables import read_sections
from helpers.corpora.bash_commands.grammar import SLOT, Slot, draw_value, expand
from helpers.corpora.bash_commands.values import listed

SIGNS = str.maketrans("‹›", "<>")
TRIES = 20  # draws of a value that no other slot of that name may have


@dataclass(frozen=True)
class Content:
    """A domain's templates, and its kinds of value.

    Kinds whose entries hold slots are `forms`, such as a condition of a query; the others `values`.
    """

    templates: tuple[str, ...]
    forms: Mapping[str, str]
    values: Mapping[str, str]


@dataclass(frozen=True)
class Drawn:
    """A text, and the template it was drawn from: the family that never leaves its split."""

    text: str
    template: str


def read(folder: Path) -> Content:
    """Read a domain's templates and values; raises `ValueError` for a slot that nothing fills."""
    sections = read_sections((folder / "templates.txt").read_text(encoding="utf-8"))
    lines = read_sections((folder / "values.txt").read_text(encoding="utf-8"))
    kinds = {kind: listed(entries) for kind, entries in lines.items()}
    templates = tuple(dict.fromkeys(chain.from_iterable(sections.values())))
    for text in (*templates, *kinds.values()):
        for slot in map(_slot, SLOT.findall(text)):
            if slot.name not in kinds and ".." not in slot.name:
                raise ValueError(f"{folder.name}: {text!r}: values.txt has no kind {slot.name!r}")
    forms = {kind: rule for kind, rule in kinds.items() if SLOT.search(rule)}
    values = {kind: rule for kind, rule in kinds.items() if kind not in forms}
    return Content(templates, forms, values)


def draw(content: Content, template: str, rng: Random) -> Drawn:
    """Draw a text of a template: choose its forms, and fill its slots."""
    skeleton = choose(template, content.forms, rng)
    return Drawn(fill(skeleton, content.values, rng).translate(SIGNS), template)


def choose(template: str, forms: Mapping[str, str], rng: Random) -> str:
    """Make a template's choices, down to plain values and numbers; no form comes twice.

    >>> choose("<c> and <c>", {"c": "a<1..9>¦b<1..9>"}, Random(1))
    'b<1..9> and a<1..9>'
    """
    text, used = expand(template, {}, rng), set()
    while slot := next((m for m in SLOT.finditer(text) if _slot(m.group()).name in forms), None):
        for _ in range(TRIES):
            form = expand(forms[_slot(slot.group()).name], {}, rng)
            if form not in used:
                break
        used.add(form)
        text = text[: slot.start()] + form + text[slot.end() :]
    return text


def fill(skeleton: str, values: Mapping[str, str], rng: Random) -> str:
    """Fill the slots of a skeleton: two of one name get two values, unless they are tied.

    >>> fill("<w>/<w#1>/<w#1>", {"w": "a¦b¦c¦d"}, Random(1))
    'a/d/d'
    """
    drawn: dict[str, str] = {}

    def value(match: re.Match[str]) -> str:
        slot = match.group()
        if "#" in slot and slot in drawn:
            return drawn[slot]
        for _ in range(TRIES):
            text = draw_value(_slot(slot).name, values, rng)
            if text not in drawn.values():
                break
        drawn[slot if "#" in slot else f"{slot}{len(drawn)}"] = text
        return text

    return SLOT.sub(value, skeleton)


def _slot(text: str) -> Slot:
    return Slot(*text[1:-1].split("#"))
