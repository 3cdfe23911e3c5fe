"""Checks of the exercises of notebook 09."""

from __future__ import annotations

from collections.abc import Callable

from helpers.course.exercises.checking import run


def check_kind_of(kind_of: Callable[[dict[str, float], float], str]) -> bool:
    """Check `kind_of(shares, hold_back)`: the kind of speech that a gate decides on.

    >>> def kind_of(shares, hold_back):
    ...     if shares["none"] >= hold_back:
    ...         return "none"
    ...     return max((k for k in shares if k != "none"), key=shares.get)
    >>> check_kind_of(kind_of)
    correct
    True
    """
    back = "It is none only if none has at least `hold_back`, even where none has the most."
    rest = "Where none has less, take the likeliest among the other kinds, and never none."
    return run(
        kind_of,
        [
            (({"dictated": 0.7, "talk": 0.2, "none": 0.1}, 0.5), "dictated", rest),
            (({"dictated": 0.1, "talk": 0.2, "none": 0.7}, 0.5), "none", back),
            (({"dictated": 0.3, "talk": 0.1, "none": 0.6}, 0.8), "dictated", f"{back} {rest}"),
            (({"dictated": 0.6, "talk": 0.1, "none": 0.3}, 0.2), "none", back),
            (({"dictated": 0.2, "talk": 0.7, "none": 0.1}, 0.5), "talk", rest),
            (({"talk": 0.5, "none": 0.5}, 0.5), "none", "A share that is equal counts, too."),
        ],
    )


def check_words_wrong(words_wrong: Callable[[str, str], int]) -> bool:
    """Check `words_wrong(said, heard)`: the fewest words to drop, add or change.

    >>> from rapidfuzz.distance import Levenshtein
    >>> check_words_wrong(lambda said, heard: Levenshtein.distance(said.split(), heard.split()))
    correct
    True
    """
    words = "Count words, not letters: one word changed is one, however different it is."
    moved = "A word that is missing moves all that follow: do not compare place by place."
    return run(
        words_wrong,
        [
            (("git push", "git push"), 0, words),
            (("grep dash r", "grip dash r"), 1, words),
            (("grep dash r", "grip dash are"), 2, words),
            (("ls dash l pipe wc", "dash l pipe wc"), 1, moved),
            (("cd tmp", "cd the tmp now"), 2, "A word that nobody said is wrong, too."),
            (("dash dash dash", "dash"), 2, "A word that was said twice must be heard twice."),
            (("ls dash l", "dash l ls"), 2, "The order counts: the same words are not enough."),
            (("", "you"), 1, "Nothing was said, and one word heard."),
        ],
    )


def check_ask_below(
    ask_below: Callable[[list[float], list[bool], float, float], float],
) -> bool:
    """Check `ask_below(sure, right, wrong, asked)`: the cheapest threshold below which to ask.

    >>> def ask_below(sure, right, wrong, asked):
    ...     def cost(least):
    ...         return sum(asked if s < least else wrong * (not r) for s, r in zip(sure, right))
    ...     return min([0.0, *sorted(sure), 1.1], key=cost)
    >>> check_ask_below(ask_below)
    correct
    True
    """
    each = "Try each: 0.0, every confidence, and 1.1, which asks always; add up the costs."
    costs = "Asking costs as much whether the answer was right or wrong."
    first = "Where two cost the same, take the lower: the one that asks less."
    return run(
        ask_below,
        [
            (([0.9, 0.8, 0.3, 0.2], [True, True, False, False], 2.0, 0.5), 0.8, each),
            (([0.9, 0.4], [True, True], 2.0, 0.5), 0.0, f"Nothing is wrong: ask nothing. {first}"),
            (([0.9, 0.4], [False, False], 2.0, 0.5), 1.1, f"All is wrong here. {each}"),
            (([0.9, 0.5, 0.4], [True, False, True], 2.0, 3.0), 0.0, f"Asking is dear. {costs}"),
            (([0.6], [False], 2.0, 2.0), 0.0, first),
        ],
    )
