"""Formulas as pylatexenc parses LaTeX, and stricter: known commands, scripts that TeX accepts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

LONGEST = 2_000  # characters
TOKEN = re.compile(r"\\[A-Za-z]+\s*|\\.|\s+|.", re.DOTALL)
SIDE = re.compile(r"\\(left|right)(?![A-Za-z])")
WORDS = re.compile(r"(\\(?:text[a-z]*|mbox)\s*\{[^{}]*\})")  # printed as they stand, spaces too
# Commands of LaTeX and amsmath that pylatexenc's list lacks, with how many arguments they take.
FURTHER = {
    "Im": 0, "Pr": 0, "Re": 0, "arg": 0, "binom": 2, "bmod": 0, "cot": 0, "csc": 0, "deg": 0,
    "det": 0, "dfrac": 2, "dim": 0, "gcd": 0, "iff": 0, "implies": 0, "ker": 0, "land": 0,
    "left": 0, "lor": 0, "ne": 0, "neg": 0, "operatorname": 1, "overset": 2, "pmod": 1,
    "right": 0, "sec": 0, "stackrel": 2, "tfrac": 2, "underset": 2,
}  # fmt: skip
KINDS = (r"\sum", r"\prod", r"\int", r"\lim", r"\frac", r"\sqrt")


def formatted(texts: Sequence[str]) -> list[str | None]:
    r"""Return each formula without the spaces that LaTeX does not print, or None where it is none.

    pylatexenc checks braces and arguments. It takes any command, and any scripts: an unknown
    command, a script of nothing, and two of one kind are refused here, as TeX refuses them.

    >>> formatted([r"\frac{x + 1}{2}", r"\alpha x", r"\alphax", r"\frac{a}", "x^2^3", "x_", "{x"])
    ['\\frac{x+1}{2}', '\\alpha x', None, None, None, None, None]
    """
    return [_squeezed(text) if _parses(text) else None for text in texts]


def _parses(text: str) -> bool:
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerError

    if not text.strip() or len(text) > LONGEST or set("$%#&") & set(text):
        return False
    if not _paired(text):
        return False
    try:
        walker = LatexWalker(text, latex_context=_commands(), tolerant_parsing=False)
        nodes, _, length = walker.get_latex_nodes()
    except (LatexWalkerError, RecursionError):
        return False
    return length == len(text) and _is_fine(nodes)


def _paired(text: str) -> bool:
    r"""Whether each \left has its \right behind it."""
    depth = 0
    for side in SIDE.findall(text):
        depth += 1 if side == "left" else -1
        if depth < 0:
            return False
    return depth == 0


def _is_fine(nodes: Iterable[Any]) -> bool:
    """Whether commands are known, and no script is empty or comes twice."""
    script, used = "", set()
    for atom in _atoms(nodes):
        if isinstance(atom, str) and atom in "^_":
            if script or atom in used:
                return False
            script = atom
            continue
        used = used | {script} if script else set()
        script = ""
        if not isinstance(atom, str) and not all(map(_is_fine, _inside(atom))):
            return False
        command = getattr(atom, "macroname", "")
        if len(command) > 1 and command not in _names():
            return False
    return not script


def _atoms(nodes: Iterable[Any]) -> Iterator[Any]:
    """Yield single characters, but for spaces, and the other nodes whole."""
    for node in nodes:
        if hasattr(node, "chars"):
            yield from "".join(node.chars.split())
        elif node is not None:
            yield node


def _inside(node: Any) -> Iterator[Iterable[Any]]:
    """Yield the lists of nodes within a node: a group's, an environment's, arguments'."""
    if getattr(node, "nodelist", None):
        yield node.nodelist
    arguments = getattr(node, "nodeargd", None)
    if arguments is not None and arguments.argnlist:
        yield [one for one in arguments.argnlist if one is not None]


@cache
def _commands() -> Any:
    """Return pylatexenc's table of commands and arguments, with the further ones."""
    from pylatexenc.latexwalker import get_default_latex_context_db
    from pylatexenc.macrospec import std_macro

    table = get_default_latex_context_db()
    further = [std_macro(name, "{" * count) for name, count in FURTHER.items()]
    table.add_context_category("further", macros=further, prepend=True)
    return table


@cache
def _names() -> frozenset[str]:
    """Return the commands that LaTeX has, as far as pylatexenc's own list goes."""
    from pylatexenc.latex2text import get_default_latex_context_db

    listed = get_default_latex_context_db().iter_macro_specs()
    return frozenset(spec.macroname for spec in listed) | FURTHER.keys()


def _squeezed(text: str) -> str:
    r"""Leave spaces out but for those that are printed, and one that ends a command.

    >>> _squeezed(r"\text{if x} < 2 \ y"), _squeezed(r"\alpha x")
    ('\\text{if x}<2\\ y', '\\alpha x')
    """
    parts = WORDS.split(text)
    return "".join(part if number % 2 else _closed(part) for number, part in enumerate(parts))


def _closed(text: str) -> str:
    tokens = TOKEN.findall(text)
    kept = []
    for token, after in zip(tokens, [*tokens, ""][1:], strict=True):
        if re.fullmatch(r"\\\s", token):  # a space that is printed
            kept.append(token)
            continue
        ended = token.startswith("\\") and token[-1:].isspace() and after[:1].isalpha()
        kept.append(token.rstrip() + " " * ended)
    return "".join(kept)


def shape(text: str) -> str:
    r"""Return a formula with `x` for every letter and `n` for every number; commands stay.

    >>> shape(r"\frac{a + 12}{b}")
    '\\frac{x + n}{x}'
    """
    letters = re.sub(r"(\\[A-Za-z]+)|[A-Za-z]", lambda match: match[1] or "x", text)
    return re.sub("[0-9]+", "n", letters)


def kind(text: str) -> str:
    r"""Return the first large thing that a formula holds.

    >>> kind(r"\int_0^1 x dx"), kind("a + b"), kind(r"\frac{a}{b} = \sum_i x")
    ('int', 'plain', 'frac')
    """
    found = [(text.index(name), name[1:]) for name in KINDS if name in text]
    return min(found)[1] if found else "plain"
