"""From the grammar to a command: its text, its skeleton, its choices, in one writer's hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from helpers.corpora.bash_commands import filters, grammar, pipes
from helpers.corpora.bash_commands.catalog import BY_NAME, PROGRAMS, RULES, SWITCHES, glues
from helpers.corpora.bash_commands.grammar import SLOT, Slot, expand
from helpers.corpora.bash_commands.mends import possible
from helpers.corpora.bash_commands.streams import COMPOUND, NOTHING, SCREEN, printed
from helpers.corpora.bash_commands.values import CASED, DISTINCT, LABELS, LOWER, VALUES
from helpers.corpora.bash_commands.writer import EITHER, GAP, PIPE, QUOTE, SNUG, Writer, draw_writer

INK = re.compile(f"({SLOT.pattern}|[·°¬¨]| \\| )")
LETTER_NAME = re.compile(r"(?:^|/)[A-Za-z](?:\.|$)")
LONE = re.compile(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z])")
BEFORE = re.compile(r"^([\w<>]+=(\$\(|\S* )|[({] ?)+")
SPELLED = re.compile(r"(?<![\w-])-([A-Za-z]{1,3})(?![A-Za-z])")


@dataclass(frozen=True)
class Command:
    """A command, the skeleton it was drawn as, its first program and the choices in it."""

    text: str
    skeleton: str
    program: str
    choice: tuple[str, ...]


# What a place in a shape asks of the form that fills it, by the kind of what the form prints.
NEEDS: dict[str, Callable[[str], bool]] = {
    "any": lambda kind: True,
    "printer": lambda kind: kind not in (NOTHING, SCREEN),
    "lines": lambda kind: kind in filters.KINDS,
    "doer": lambda kind: kind == NOTHING,
}
_WEIGHTS = tuple(accumulate(program.weight for program in PROGRAMS))


def draw_form(rng: Random, need: str = "any") -> str:
    """Draw a form of a program that meets a need; all but `any` are single, open commands."""
    while True:
        program = rng.choices(PROGRAMS, cum_weights=_WEIGHTS)[0]
        form = expand(program.rule, RULES, rng)
        if need == "any" or (NEEDS[need](printed(form)) and not COMPOUND.search(form)):
            return form


def draw_shape(rng: Random) -> str:
    """Draw a whole command as a flat template: choices made, values still open."""
    shape = rng.choices([s for _, s in pipes.SHAPES], [w for w, _ in pipes.SHAPES])[0]
    for need in NEEDS:
        if f"<{need}>" in shape:
            form = draw_form(rng, need)
            shape = shape.replace(f"<{need}>", form, 1).replace("<K_", f"<{printed(form)}_")
    return " ".join(expand(shape, RULES, rng).split())


def draw_command(rng: Random) -> Command:
    """Write one command.

    Where a form's alternatives add up to what no program accepts, what is written differs from
    what was drawn (see `mends`), and the skeleton tells what was drawn.

    >>> draw_command(Random(8)) == draw_command(Random(8))
    True
    """
    drawn, writer = draw_shape(rng), draw_writer(rng)
    flat = possible(drawn)
    written, choices = "", set()
    before = ""
    ties: dict[str, str] = {}
    for part in INK.split(flat):
        ink, choice = _write(part, before, writer, ties, rng)
        written, before = written + ink, before + part
        choices.add(choice)
    if _twins_in(flat):
        choices.add("case")
    skeleton = bones(drawn)
    choice = tuple(sorted(choices - {""}))
    return Command(" ".join(written.split()), skeleton, first_program(skeleton), choice)


def bones(flat: str) -> str:
    """Return the skeleton of a flat template: its values by their kinds, its gaps open.

    >>> bones("head -n¬<1..9> <text> >·<sink>")
    'head -n <n> <path> > <path>'
    """
    return " ".join("".join(_bone(part) for part in INK.split(flat)).split())


def first_program(skeleton: str) -> str:
    """Name the first program of a command, past assignments and brackets; "script" for a path.

    >>> first_program("LC_ALL=C sort <path>"), first_program("n=$(wc -l <path>)")
    ('sort', 'wc')
    """
    word = BEFORE.sub("", skeleton).split()[0].rstrip(";)")
    return "script" if "<" in word or word.startswith(("./", "/")) else word


def _bone(part: str) -> str:
    """Return what a skeleton shows for a part of a template."""
    if not SLOT.fullmatch(part):
        return {GAP: " ", SNUG: " ", EITHER: " ", QUOTE: "'"}.get(part, part)
    name = Slot(*part[1:-1].split("#")).name
    return "r" if name == "R" else f"<{LABELS.get(name, 'n')}>"


def _write(
    part: str, before: str, writer: Writer, ties: dict[str, str], rng: Random
) -> tuple[str, str]:
    """Return what the writer writes for a part of a template, and the choice made.

    `before` is the template up to the part: a gap stays open where nothing may be glued to it.
    """
    if part in (GAP, SNUG, EITHER):
        if not glues(before):
            return " ", ""
        return (" " if dict(writer.gaps)[part] else ""), "spacing"
    if part == QUOTE:
        return writer.quote, ""
    if part == PIPE:
        return writer.pipe, "spacing"
    if SLOT.fullmatch(part):
        return _fill(Slot(*part[1:-1].split("#")), writer, ties, rng)
    return part, ""


def _fill(slot: Slot, writer: Writer, ties: dict[str, str], rng: Random) -> tuple[str, str]:
    if slot.name == "R":
        return writer.recursive, "case"
    value = ties.get(str(slot)) if slot.tie else None
    if value is None:
        value = draw_value(slot.name, rng)
        while value in ties.values() and slot.name in DISTINCT:
            value = draw_value(slot.name, rng)
        ties[str(slot) if slot.tie else f"{slot} {len(ties)}"] = value
    lone = LONE if slot.name in CASED else LETTER_NAME
    pieces = [_write(part, "", writer, ties, rng) for part in INK.split(value)]
    own = "case" if lone.search(value) else ""
    choice = next((choice for _, choice in pieces if choice), own)
    return "".join(ink for ink, _ in pieces), choice


def draw_value(kind: str, rng: Random) -> str:
    """Draw a value of a kind (`file`, `host`, …) or of a range (`2..50`), marks left in it."""
    value = grammar.draw_value(kind, VALUES, rng)
    return value.lower() if kind in LOWER else value


def _twins_in(flat: str) -> bool:
    """Whether a spelled flag has a twin of the other case in the program it belongs to."""
    program, free = None, True
    for word in flat.split():
        if free and word in BY_NAME:
            program = BY_NAME[word]
            free = program.name in SWITCHES
        elif word.rstrip(";") in SWITCHES or word.endswith((";", "(")):
            free = True
        elif program:
            for letters in SPELLED.findall(word):
                if set(letters) & set(program.twins):
                    return True
    return False
