"""What a task's own code reaches: the targets its grammar allows, those a baseline lists."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.core.examples import Example
from helpers.evaluation.grading import collapse
from helpers.tasks.base import Baseline, Task


def ranks(baseline: Baseline, examples: Sequence[Example], k: int) -> list[int | None]:
    """Return the place of each target among a baseline's `k` best answers; None if not there.

    Raises `ValueError` for a baseline that ranks no answers.
    """
    if baseline.candidates is None:
        raise ValueError(f"{baseline.name} lists no candidates; ask one that does")
    found: list[int | None] = []
    for example in examples:
        target = collapse(example.target)
        listed = [collapse(text) for text in baseline.candidates(example, k)]
        found.append(listed.index(target) + 1 if target in listed else None)
    return found


def top_k_accuracy(places: Sequence[int | None], k: int) -> dict[int, float]:
    """Return, for 1 to `k`, the share of rows whose target is among that many best answers.

    >>> top_k_accuracy([1, 2, None, 1], 2)
    {1: 0.5, 2: 0.75}
    """
    best = [sum(place is not None and place <= n for place in places) for n in range(1, k + 1)]
    return {n: count / len(places) for n, count in enumerate(best, 1)}


def unreachable(task: Task, examples: Sequence[Example]) -> list[Example]:
    """Return the examples whose target their own grammar does not allow: none can be answered.

    llguidance checks them byte by byte, as it checks the tokens of a model.
    """
    from llguidance import LLMatcher, LLTokenizer

    letters = LLTokenizer("byte")
    found = []
    for example in examples:
        matcher = LLMatcher(
            letters, LLMatcher.grammar_from_lark(task.grammar(example)), log_level=0
        )
        target = collapse(example.target).encode("utf-8", "replace")
        if not (matcher.consume_tokens(list(target)) and matcher.is_accepting()):
            found.append(example)
    return found
