"""Checks of the exercises of notebook 03."""

from __future__ import annotations

from collections.abc import Callable

from helpers.course.exercises.checking import run

STAGES = ["generate", "check", "judge", "deduplicate"]


def check_left_after(left_after: Callable[[list[str], list[str]], list[int]]) -> bool:
    """Check `left_after(fates, stages)`: how many drafts are left after each stage.

    >>> def left_after(fates, stages):
    ...     lost = [sum(fates.count(s) for s in stages[: n + 1]) for n in range(len(stages))]
    ...     return [len(fates) - gone for gone in lost]
    >>> check_left_after(left_after)
    correct
    True
    """
    left = "What an earlier stage lost is not there any more: take it off, too."
    count = "Count what is left, not what was lost."
    every = "Return a number for every stage, also for one that loses nothing."
    return run(
        left_after,
        [
            ((["judge", "accepted", "accepted"], ["judge"]), [2], count),
            ((["check", "judge", "accepted", "judge"], ["check", "judge"]), [3, 1], left),
            ((["judge", "accepted"], STAGES), [2, 2, 1, 1], every),
            (([], ["check"]), [0], "No draft came in, so none is left."),
        ],
    )


def check_keep_new(keep_new: Callable[[list[str], list[str]], list[str]]) -> bool:
    """Check `keep_new(texts, known)`: the texts that are near no known one and no kept one.

    >>> from rapidfuzz import fuzz
    >>> def keep_new(texts, known):
    ...     kept = []
    ...     for text in texts:
    ...         others = [*known, *kept]
    ...         if all(fuzz.ratio(text.lower(), one.lower()) < 90 for one in others):
    ...             kept.append(text)
    ...     return kept
    >>> check_keep_new(keep_new)
    correct
    True
    """
    near = "Near counts as well as equal: from 90 on, `fuzz.ratio` says that it is the same again."
    among = "Two new texts may be near each other: compare with what you have kept, too."
    folded = "Compare in small letters: a capital makes no new text."
    gone = "A text that is not kept is no reason to drop another one."
    steps = [f"my card was charged{more}" for more in ("", " now", " nowadays")]
    return run(
        keep_new,
        [
            ((["where is my order"], ["my screen is black"]), ["where is my order"],
             "It is near nothing: keep it, as it stands."),
            ((["where is my order?"], ["where is my order"]), [], near),
            ((["it broke", "it broke"], []), ["it broke"], among),
            ((["WHERE IS MY ORDER"], ["where is my order"]), [], folded),
            ((steps, []), [steps[0], steps[2]], gone),
        ],
    )  # fmt: skip


def check_kappa_of(kappa_of: Callable[[list[bool], list[bool]], float]) -> bool:
    """Check `kappa_of(judge, labels)`: Cohen's kappa of a judge and the labels.

    >>> def kappa_of(judge, labels):
    ...     n = len(labels)
    ...     same = sum(a == b for a, b in zip(judge, labels)) / n
    ...     yes = sum(judge) / n * sum(labels) / n
    ...     chance = yes + (1 - sum(judge) / n) * (1 - sum(labels) / n)
    ...     return (same - chance) / (1 - chance) if chance < 1 else 0.0
    >>> check_kappa_of(kappa_of)
    correct
    True
    """
    yes, no = [True], [False]
    share = "That is how often they agree. Take off what chance would do, and divide by 1 - chance."
    chance = "By chance both say yes, or both say no: multiply the two shares of each, and add."
    sure = "Both say the same of all pairs: there is nothing to agree on beyond chance, so 0.0."
    return run(
        kappa_of,
        [
            ((yes * 2 + no * 2, yes * 2 + no * 2), 1.0, "They agree on all pairs: kappa is 1."),
            ((yes * 3 + no, yes * 2 + no * 2), 0.5, share),
            ((yes * 8 + no * 2, yes * 8 + no + yes), 1 - 0.1 / (1 - 0.2 * 0.1 - 0.8 * 0.9),
             chance),
            ((yes * 4, yes * 2 + no * 2), 0.0, "A judge that always says yes judges nothing."),
            ((yes + no, no + yes), -1.0, "Where they never agree, kappa is below 0."),
            ((yes * 3, yes * 3), 0.0, sure),
        ],
    )  # fmt: skip
