"""Everyday commands, names, paths and addresses, drawn from tables: texts and their patterns.

The tables are written in the grammar of the bash commands, and a slot may hold one of their kinds
of value as well as one of `tables/values.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from helpers.core import fingerprints
from helpers.core.tables import table
from helpers.corpora.bash_commands import grammar
from helpers.corpora.bash_commands.grammar import SLOT, Slot, expand
from helpers.corpora.bash_commands.values import LABELS as BASH_LABELS
from helpers.corpora.bash_commands.values import VALUES as BASH_VALUES
from helpers.tasks.dictation.bash import program_of

ROOM = "corpora.spoken_commands"
CASED = {
    "Word": "word", "WORD": "word", "Verb": "verb", "Thing": "thing", "State": "state",
    "Plural": "plural",
}  # fmt: skip


def _kinds() -> tuple[dict[str, str], dict[str, str]]:
    """Return the rules of all kinds of value, and what a pattern shows for each."""
    values, labels = dict(BASH_VALUES), dict(BASH_LABELS)
    for title, lines in table(ROOM, "values").items():
        kind, _, label = title.partition(": ")
        values[kind], labels[kind] = "".join(lines), label
    for kind, small in CASED.items():
        write = str.upper if kind.isupper() else str.capitalize
        values[kind] = "¦".join(map(write, values[small].split("¦")))
        labels[kind] = labels[small]
    for case in ("camel", "snake"):
        values[f"identifier_{case}"], labels[f"identifier_{case}"] = values[case], "identifier"
    return values, labels


VALUES, LABELS = _kinds()


@dataclass(frozen=True)
class Drawn:
    """A text, its pattern (the group of its rows), its program, and the values of its slots."""

    text: str
    group: str
    program: str
    values: Mapping[str, str]
    flat: str = ""


def dealt(group: str) -> str:
    """Return the split of a group by its name: one of twelve for valid, one for test.

    >>> dealt("ls -la"), dealt("ls -la") == dealt("ls -la")
    ('train', True)
    """
    return {0: "valid", 1: "test"}.get(int(fingerprints.digest(group)[:8], 16) % 12, "train")


def families(name: str) -> tuple[tuple[str, ...], tuple[float, ...], tuple[str, ...]]:
    """Return the rules of a table's sections, their weights, and their names."""
    sections = table(ROOM, name)
    titles = [title.rpartition(" ") for title in sections]
    rules = tuple("¦".join(lines) for lines in sections.values())
    return rules, tuple(float(w) for *_, w in titles), tuple(n for n, *_ in titles)


def draw_command(rng: Random) -> Drawn:
    """Draw an everyday command.

    >>> draw_command(Random(4)) == draw_command(Random(4))
    True
    """
    rules, weights, _ = families("commands")
    (rule,) = rng.choices(rules, weights)
    return fill(choose(rule, rng), rng)


def draw_bare(rng: Random) -> Drawn:
    """Draw an identifier, a path or an address; an identifier is a pattern of its own."""
    rules, weights, names = families("bare")
    ((rule, name),) = rng.choices([*zip(rules, names, strict=True)], weights)
    drawn = fill(choose(rule, rng), rng)
    group = f"{name} {drawn.text if name == 'identifier' else drawn.group}"
    return Drawn(drawn.text, group, name, drawn.values, drawn.flat)


def choose(rule: str, rng: Random) -> str:
    """Choose a form of a rule: the first ones oftener, though less than the grammar does."""
    forms = rule.split("¦") if "«" not in rule else _parted(rule)
    return expand(forms[int(rng.random() ** 1.15 * len(forms))], {}, rng)


def _parted(rule: str) -> list[str]:
    """Part a rule at its outer alternatives.

    >>> _parted("ls «-l¦-a»¦pwd")
    ['ls «-l¦-a»', 'pwd']
    """
    forms, depth = [""], 0
    for sign in rule:
        depth += (sign == "«") - (sign == "»")
        if sign == "¦" and not depth:
            forms.append("")
        else:
            forms[-1] += sign
    return forms


def fill(flat: str, rng: Random, tied: bool = False) -> Drawn:
    """Fill the slots of a template whose choices are made.

    Two slots of one name get two values; with `tied`, or with one number after `#`, they get one.

    >>> fill("mkdir -p <few>/<few>", Random(1), tied=True).group
    'mkdir -p <n>/<n>'
    """
    values: dict[str, str] = {}
    text = pattern = ""
    for part in _parts(flat):
        if not SLOT.fullmatch(part):
            text, pattern = text + part, pattern + part
            continue
        slot = Slot(*part[1:-1].split("#"))
        known = values.get(part) if tied or slot.tie else None
        value = known or draw_value(slot.name, rng)
        while known is None and value in values.values() and len(VALUES.get(slot.name, "")) > 60:
            value = draw_value(slot.name, rng)
        values[part if tied or slot.tie else f"{part}{len(values)}"] = value
        text, pattern = text + value, pattern + f"<{LABELS.get(slot.name, 'n')}>"
    program = program_of(text)
    return Drawn(text, " ".join(pattern.replace('"', "'").split()), program, values, flat)


def _parts(flat: str) -> Iterable[str]:
    return (part for part in re.split(f"({SLOT.pattern})", flat) if part)


def draw_value(kind: str, rng: Random) -> str:
    """Draw a value of a kind, or a number of a range such as `2..50`."""
    return grammar.draw_value(kind, VALUES, rng)
