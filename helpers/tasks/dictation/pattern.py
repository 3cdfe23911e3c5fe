"""A lattice as a grammar text: what a model's decoder reads to stay inside it.

The text is Lark as llguidance reads it, which transformers, MLX and llama.cpp can all be masked
with. Every state of the lattice is one terminal that names the next ones; terminals without
recursion are one regular expression, so shared endings stay shared and nothing blows up.
"""

from __future__ import annotations

from helpers.tasks.dictation.lattice import Lattice
from helpers.tasks.lark import quoted

NOTHING = 'start: ""'


def lark(lattice: Lattice) -> str:
    """Return the grammar of exactly the lattice's texts.

    >>> from helpers.tasks.dictation.lattice import build
    >>> from helpers.tasks.dictation.bash import BASH
    >>> print(lark(build("wc dash L", BASH)))
    start: N0
    N0: "wc" N1
    N1: "-" N2 | " -" N2
    N2: "l" | " l" | "L" | " L"
    """
    if not lattice.words:
        return NOTHING
    names = {(0, ""): "N0"}
    waiting = [(0, "")]
    lines = []
    while waiting:
        at, tail = state = waiting.pop()
        choices = []
        for arc in lattice.arcs[at]:
            for gap, after, _ in lattice.gaps(tail, arc):
                choice = quoted(gap + arc.text)
                if arc.end < len(lattice.words):
                    following = (arc.end, after)
                    if following not in names:
                        names[following] = f"N{len(names)}"
                        waiting.append(following)
                    choice += f" {names[following]}"
                choices.append(choice)
        lines.append(f"{names[state]}: {' | '.join(dict.fromkeys(choices))}")
    return "\n".join(["start: N0", *lines])
