"""Checks of the exercises of notebook 01."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from helpers.course.exercises.checking import call, run, say


def check_certainty(certainty: Callable[[Counter[str]], float]) -> bool:
    """Check `certainty(written)`: the share of the commonest meaning of a spoken form.

    >>> check_certainty(lambda written: max(written.values()) / sum(written.values()))
    correct
    True
    """
    first = "Divide by how often the form was said in all, to have a share between 0 and 1."
    meanings = "Meanings are not equally likely: count how often each was meant."
    order = "The commonest meaning need not be the one that was counted first."
    return run(
        certainty,
        [
            ((Counter({"-": 4}),), 1.0, first),
            ((Counter({"1": 9, "one": 1}),), 0.9, meanings),
            ((Counter({"at": 1, "@": 3}),), 0.75, order),
        ],
    )


def check_ceiling(ceiling: Callable[[list[tuple[str, str]]], float]) -> bool:
    """Check `ceiling(pairs)`: the best exact score that any function of the prompt can reach.

    >>> check_ceiling(lambda pairs: 1.0)
    not yet: ... Two rows share a prompt: ...
    False
    """
    one = (
        "Two rows share a prompt: one answer cannot be right for both, but it is for one of them. "
        "Return a share of all rows, between 0 and 1."
    )
    rows = "Count rows, not prompts: a prompt that is said often weighs more."
    most = "For each prompt answer with the target that is commonest there, not just any."
    return run(
        ceiling,
        [
            (([("a", "1"), ("a", "2")],), 0.5, one),
            (([("a", "1"), ("a", "2"), ("a", "1"), ("b", "3")],), 0.75, rows),
            (([("a", "2"), ("a", "1"), ("a", "1"), ("a", "3"), ("b", "3")],), 0.6, most),
        ],
    )


def check_leaked(leaked: Callable[[list[str], list[str]], list[str]]) -> bool:
    """Check `leaked(train, held_out)`: prompts of both, white space collapsed, each once, sorted.

    >>> check_leaked(lambda train, held_out: sorted(set(train) & set(held_out)))
    not yet: ... Two spaces are one: ...
    False
    """
    space = 'Two spaces are one: compare " ".join(prompt.split()).'
    once = "Name each prompt once, however often it is there, and sort the names."
    case = "Letter case stays: `dash A` and `dash a` are two dictations."
    return run(
        leaked,
        [
            ((["wc", "ls"], ["ls", "df"]), ["ls"], "Keep what stands in both."),
            ((["ls  dash A"], ["ls dash A"]), ["ls dash A"], space),
            ((["ls   dash\tA "], ["ls dash A"]), ["ls dash A"], f"So are a tab, three … {space}"),
            ((["ls", "df"], ["ls", "df", "ls"]), ["df", "ls"], once),
            ((["ls dash A"], ["ls dash a"]), [], case),
        ],
    )


SIZES = [15] * 20 + [1] * 100  # rows of each group: a share of groups is no share of rows
SEEDS = range(12)


class Salted(str):
    """A text whose place in a set depends on a salt, as that of all texts does between runs."""

    salt = 0

    def __hash__(self) -> int:
        """Return a hash that another salt changes."""
        return hash((str(self), self.salt))


class Resalted(Salted):
    """The same text in another run of Python."""

    salt = 1


def check_hold_out(hold_out: Callable[[list[str], float, int], list[int]]) -> bool:
    """Check `hold_out(groups, share, seed)`: row numbers of whole groups, about `share` of all."""
    names = [f"g{group:03}" for group, size in enumerate(SIZES) for _ in range(size)]
    groups = [Salted(name) for name in names]
    hint = "Return a list of row numbers: whole numbers from 0 on."
    answer, error = call(hold_out, (groups, 0.2, 0))
    if error:
        return say(f"hold_out(groups, 0.2, 0) raised {error}. {hint}")
    if answer is None:
        return say("hold_out returns None: write its body, and end with `return`")
    rows = _row_numbers(answer)
    if rows is None:
        return say(hint)
    if rows and not 0 <= rows[0] <= rows[-1] < len(groups):
        return say(f"There is no row {rows[-1]}: rows are numbered from 0 to {len(groups) - 1}.")
    if len(set(rows)) < len(rows):
        return say("A row is held out twice; name each once.")
    problem = _torn(groups, rows) or _amount(hold_out, groups)
    return say(problem) if problem else _repeats(hold_out, groups, names, rows)


def _row_numbers(answer: Any) -> list[int] | None:
    try:
        return sorted(int(row) for row in answer)
    except (TypeError, ValueError):
        return None


def _torn(groups: list[str], rows: list[int]) -> str:
    """Name a row that stays in train while others of its group are held out."""
    held, chosen = {groups[row] for row in rows}, set(rows)
    for row, group in enumerate(groups):
        if group in held and row not in chosen:
            return (
                f"Row {row} of group {str(group)!r} is left in train while others of its "
                "group are held out. Draw groups, then take all their rows."
            )
    return ""


def _amount(hold_out: Callable, groups: list[str]) -> str:
    """Say which seed holds out too few rows, or too many."""
    wanted = round(0.2 * len(groups))
    for seed in SEEDS:
        count = len(_row_numbers(call(hold_out, (groups, 0.2, seed))[0]) or [])
        if abs(count - wanted) > max(SIZES):
            return (
                f"{count} of {len(groups)} rows are held out with seed {seed}; a share of 0.2 asks "
                f"for about {wanted}. Count rows, not groups: groups differ in size."
            )
    return ""


def _repeats(
    hold_out: Callable, groups: list[str], names: list[str], rows: list[int]
) -> bool:
    again, other = (_row_numbers(call(hold_out, (groups, 0.2, seed))[0]) for seed in (0, 1))
    if again != rows:
        return say("The same seed must give the same rows: use random.Random(seed).")
    if other == rows:
        return say("Another seed gives the same rows: shuffle the groups first.")
    elsewhere = [Resalted(name) for name in names]
    if _row_numbers(call(hold_out, (elsewhere, 0.2, 0))[0]) != rows:
        return say(
            "The next run of Python would give other rows: a set has no order of its own. Sort "
            "the names of the groups before you shuffle them."
        )
    print("correct")
    return True
