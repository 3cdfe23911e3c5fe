"""A small grammar language: templates with choices, slots, and gaps a writer may close.

    «a¦b¦»      one of the alternatives (the last one is empty); ¦ also parts a whole rule
    <file>      a slot: another rule, expanded, or a value, drawn and hidden in the skeleton
    <file#1>    the value that the command's other `<file#1>` has
    <2..50>     a number of that range
    ·  °  ¬     a gap that is usually a space, usually nothing, either
    ¨           the writer's quotation mark

The marks are not ASCII, so that nothing a shell knows needs escaping.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from textwrap import dedent

TOKEN = re.compile(r"[«¦»]|<[a-zA-Z][\w]*(?:#\d)?>|<\d+\.\.\d+(?:#\d)?>|[^«¦»<]+|<")
SLOT = re.compile(r"<[a-zA-Z]\w*(?:#\d)?>|<\d+\.\.\d+(?:#\d)?>")
NAMES = 40  # a choice of more alternatives is a list of names
FORMS = 5  # a choice of more is a list of forms, the common ones first


@dataclass(frozen=True)
class Slot:
    """A place to fill; slots of one name and one `tie` in a command get one value."""

    name: str
    tie: str = ""

    def __str__(self) -> str:
        return f"<{self.name}#{self.tie}>" if self.tie else f"<{self.name}>"


@dataclass(frozen=True)
class Choice:
    """Alternatives, each a sequence of texts, slots and choices."""

    options: tuple[tuple[str | Slot | Choice, ...], ...]


@cache
def parse(template: str) -> Choice:
    """Read a template; raises `ValueError` when its guillemets do not match.

    >>> parse("ls «-l¦» <dir#1>").options[0][-1]
    Slot(name='dir', tie='1')
    """
    stack: list[list[list[str | Slot | Choice]]] = [[[]]]
    for token in TOKEN.findall(template):
        if token == "«":
            stack.append([[]])
        elif token == "¦":
            stack[-1].append([])
        elif token == "»":
            if len(stack) == 1:
                raise ValueError(f"{template!r} closes a choice it never opened; remove a »")
            done = Choice(tuple(tuple(option) for option in stack.pop()))
            stack[-1][-1].append(done)
        elif SLOT.fullmatch(token):
            stack[-1][-1].append(Slot(*token[1:-1].split("#")))
        else:
            stack[-1][-1].append(token)
    if len(stack) > 1:
        raise ValueError(f"{template!r} leaves a choice open; add a »")
    return Choice(tuple(tuple(option) for option in stack[0]))


def read_rules(text: str) -> dict[str, str]:
    r"""Read rules: a line with the name, then its alternatives, indented, on any number of lines.

    >>> read_rules("size: n\n    big¦\n    small")
    {'size: n': 'big¦small'}
    """
    rules: dict[str, str] = {}
    name = ""
    for line in dedent(text).strip("\n").splitlines():
        if line.startswith(" "):
            rules[name] += line.strip()
        else:
            name = line
            rules[name] = ""
    return rules


def expand(template: str, rules: Mapping[str, str], rng: Random) -> str:
    """Choose among the alternatives and write out the rules; other slots stay as they are.

    >>> expand("wc «-l» <input>", {"input": "<file>"}, Random(0))
    'wc -l <file>'
    """
    return _expand(parse(template), rules, rng)


def _expand(choice: Choice, rules: Mapping[str, str], rng: Random) -> str:
    options = choice.options
    # People use some names far more often than others, and the forms listed first most.
    skew = 1.7 if len(options) > NAMES else 1.3 if len(options) > FORMS else 1
    option = options[int(rng.random() ** skew * len(options))]
    parts = []
    for node in option:
        if isinstance(node, Choice):
            parts.append(_expand(node, rules, rng))
        elif isinstance(node, Slot) and node.name in rules:
            parts.append(_expand(parse(rules[node.name]), rules, rng))
        else:
            parts.append(str(node))
    return "".join(parts)


def number(name: str, rng: Random) -> str | None:
    """Draw from a range such as `2..50`, round numbers a little more often; else None.

    >>> number("7..7", Random(0)), number("file", Random(0))
    ('7', None)
    """
    low, dots, high = name.partition("..")
    if not dots:
        return None
    value = rng.randint(int(low), int(high))
    rounded = value - value % 10
    return str(rounded if value > 20 and rounded >= int(low) and rng.random() < 0.4 else value)


def draw_value(kind: str, rules: Mapping[str, str], rng: Random) -> str:
    """Draw a value of a kind of `rules`, or a number of a range such as `2..50`."""
    drawn = number(kind, rng)
    if drawn is not None:
        return drawn
    value = expand(rules[kind], rules, rng)
    for slot in sorted(set(SLOT.findall(value))):  # what is left are ranges
        while slot in value:
            value = value.replace(slot, number(slot[1:-1], rng) or "", 1)
    return value
