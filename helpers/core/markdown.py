"""Tables on Markdown pages, between marks that say which command writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Return a table of a head and lines of cells.

    >>> print(table(("task", "rows"), [("labels", "7")]))
    | task | rows |
    | --- | --- |
    | labels | 7 |
    """
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in rows)


def insert(page: str, marks: tuple[str, str], text: str, name: str = "the page") -> str:
    """Return a page with `text` between its marks; raises `ValueError` if `name` lacks them.

    >>> insert("# Title [ old ] The end.", ("[", "]"), "new")
    '# Title [\\n\\nnew\\n\\n] The end.'
    """
    before, begin, rest = page.partition(marks[0])
    _, end, after = rest.partition(marks[1])
    if not begin or not end:
        raise ValueError(f"{name} lacks the marks {marks[0]} and {marks[1]}; put them back")
    return f"{before}{begin}\n\n{text}\n\n{end}{after}"
