"""Checks of the exercises of notebook 02."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from helpers.course.exercises.checking import call, run, say
from helpers.tasks.dictation import lattice
from helpers.tasks.dictation.bash import BASH


def check_expand_digits(expand_digits: Callable[[str], str]) -> bool:
    """Check `expand_digits(dictation)`: runs of "zero" … "nine" written as one number.

    >>> check_expand_digits(lambda dictation: dictation.replace("one", "1"))
    not yet: ... put no space between them.
    False
    """
    joined = "Digits said in a row are one number: put no space between them."
    zero = "A number keeps its leading zeros: it is a text, not an int."
    inside = "Only whole words are digits: go by dictation.split(), not by str.replace."
    end = "A word ends the run: `head five files` has one number and two words."
    there = "Digits that stand there already stay as they are: only words are joined."
    return run(
        expand_digits,
        [
            (("kill dash nine one two seven",), "kill dash 9127", joined),
            (("chmod zero six four four notes",), "chmod 0644 notes", zero),
            (("head three eight",), "head 38", "All ten words are digits: try each of them."),
            (("echo someone stone",), "echo someone stone", inside),
            (("head five files two",), "head 5 files 2", end),
            (("seq 1 5 two zero",), "seq 1 5 20", there),
        ],
    )


def check_share_within(share_within: Callable[[list[int | None], int], float]) -> bool:
    """Check `share_within(ranks, k)`: how often the right text is among the best k.

    A rank counts from 1; None means that the right text was not in the list.

    >>> check_share_within(lambda ranks, k: sum(rank == k for rank in ranks) / len(ranks))
    not yet: ... Rank 2 is among the best 2, ...
    False
    """
    share = "Return a fraction of all rows, between 0 and 1."
    edge = "Rank 2 is among the best 2, and so is rank 1: compare with <=."
    none = "None is a row too, one that failed: it belongs in the denominator."
    return run(
        share_within,
        [
            (([1, 1, 4, 4], 3), 0.5, f"{share} {edge}"),
            (([1, 2, 3, 4], 2), 0.5, edge),
            (([1, None, None, 2], 5), 0.5, none),
        ],
    )


def check_count_texts(count_texts: Callable[[lattice.Lattice], int]) -> bool:
    """Check `count_texts(lattice)`: the paths of a lattice, counted without writing them down."""
    gaps = "Ask one.gaps(tail, arc) which gaps are open: not every one is."
    letter = "A letter has two readings, small and capital: one.arcs[0] holds both."
    cases = ["A", "A B", "wc dash L", "one two seven", "find dot dash name star dot txt"]
    lattices = [lattice.build(said, BASH) for said in cases]
    for said, one in zip(cases, lattices, strict=True):
        right = sum(1 for _ in one.paths())
        answer, error = call(count_texts, (one,))
        hint = letter if len(said) == 1 else gaps
        if error or answer is None:
            problem = f"raised {error}" if error else "is None: write the body, end with `return`"
            return say(f"count_texts of {said!r} {problem}. {hint}")
        if answer != right:
            return say(f"count_texts of {said!r} is {answer!r}, not {right}. {hint}")
    long = Unlisted(*vars(lattice.build(" ".join("A" * 40), BASH)).values())
    answer, error = call(count_texts, (long,))
    if answer != 2**40:
        return say(f"forty letters have {2**40:,} texts: {error or answer}")
    print("correct")
    return True


class Unlisted(lattice.Lattice):
    """A lattice with too many texts to list them."""

    def paths(self) -> Iterator[str]:
        """Raise instead of keeping the reader waiting for ever."""
        raise OverflowError("listing them takes years; count how many ways lead to each word")


def check_with_spaces(with_spaces: Callable[[list[str]], str]) -> bool:
    """Check `with_spaces(pieces)`: a command from its pieces, by spacing rules."""
    return run(
        with_spaces,
        [
            ((["ls"],), "ls", "One piece has no gap: write it as it is."),
            ((["ls", "-", "l"],), "ls -l", "A dash has a space before it and none after it."),
            ((["cat", "a", ".", "txt"],), "cat a.txt", "A dot touches both its neighbours."),
            ((["ls", "|", "wc"],), "ls | wc", "A pipe has a space on both sides."),
            ((["ls", "|", "wc", "-", "l"],), "ls | wc -l", "Rules meet: a pipe, then a flag."),
            ((["cd", "..", "/", "a"],), "cd ../a", "A slash touches both its neighbours."),
            (
                (["find", ".", "-", "name", "*", ".", "txt"],),
                "find . -name *.txt",
                "After the program comes a space, whatever follows it; so it is after `-name`.",
            ),
        ],
    )
