"""Checks of the exercises of notebook 04."""

from __future__ import annotations

from collections.abc import Callable

from helpers.course.exercises.checking import run


def check_lora_weights(lora_weights: Callable[[list[tuple[int, int]], int], int]) -> bool:
    """Check `lora_weights(matrices, rank)`: the weights that LoRA trains for them.

    >>> check_lora_weights(lambda matrices, rank: sum(rank * (m + n) for m, n in matrices))
    correct
    True
    """
    thin = "Two thin matrices stand beside a matrix: rows × rank and rank × columns."
    every = "Add up over all matrices of the list; an empty list trains nothing."
    return run(
        lora_weights,
        [
            (([(256, 256)], 8), 4096, thin),
            (([(256, 64)], 8), 2560, f"{thin} Rows and columns may differ."),
            (([(256, 64), (4, 4)], 2), 656, every),
            (([], 4), 0, every),
        ],
    )


def check_labels_of(labels_of: Callable[[list[int], list[int]], list[int]]) -> bool:
    """Check `labels_of(prompt, completion)`: -100 for what is read, the token for what is learned.

    >>> check_labels_of(lambda prompt, completion: prompt + completion)
    not yet: ... The prompt is only read: ...
    False
    """
    read = "The prompt is only read: give each of its tokens masks.IGNORED, which is -100."
    size = "Labels are as many as tokens, prompt and completion together."
    end = "The last token of the completion ends the turn; it is learned like the rest."
    return run(
        labels_of,
        [
            (([5, 6], [7, 2]), [-100, -100, 7, 2], f"{read} {size}"),
            (([5], [7, 7, 2]), [-100, 7, 7, 2], end),
            (([7, 2], [7, 2]), [-100, -100, 7, 2], "Go by the place of a token, not by its value."),
        ],
    )


def check_best_checkpoint(
    best_checkpoint: Callable[[list[tuple[int, float, float]]], int],
) -> bool:
    """Check `best_checkpoint(points)`: the step of the (step, exact, loss) to keep.

    >>> check_best_checkpoint(lambda points: min(points, key=lambda point: point[2])[0])
    not yet: ... The score decides first, ...
    False
    """
    score = "The score decides first, whatever the losses are."
    loss = "At the same score the lower loss wins."
    early = "At the same score and loss the earlier step wins, in whatever order they come."
    return run(
        best_checkpoint,
        [
            (([(80, 0.70, 0.10), (160, 0.75, 0.12)],), 160, score),
            (([(80, 0.75, 0.10), (160, 0.75, 0.12)],), 80, loss),
            (([(80, 0.75, 0.12), (160, 0.75, 0.10)],), 160, loss),
            (([(160, 0.75, 0.1), (80, 0.75, 0.1)],), 80, early),
        ],
    )


def check_mixed_best(
    mixed_best: Callable[[list[tuple[str, float, float]], float], str],
) -> bool:
    """Check `mixed_best(candidates, w)`: the text that wins at the model's weight w.

    >>> check_mixed_best(lambda candidates, w: max(candidates, key=lambda c: c[1])[0])
    not yet: ... w = 0 leaves the model out: ...
    False
    """
    pair = [("ls -L", -2.0, -9.0), ("ls -l", -3.0, -4.0)]
    none = "w = 0 leaves the model out: only the list's own score counts."
    alone = "w = 1 leaves the list's own score out."
    half = "Weigh the model's log-probability by w and the list's own by 1 - w, then add."
    tie = "Of equals the one that is listed first wins."
    return run(
        mixed_best,
        [
            ((pair, 0.0), "ls -l", none),
            ((pair, 1.0), "ls -L", alone),
            ((pair, 0.5), "ls -l", half),
            ((pair, 0.9), "ls -L", half),
            (([("a", -1.0, -1.0), ("b", -1.0, -1.0)], 0.5), "a", tie),
            (([("b", -1.0, -1.0), ("a", -1.0, -1.0)], 0.5), "b", tie),
        ],
    )
