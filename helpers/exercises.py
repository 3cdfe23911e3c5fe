"""Checks of the exercises: each takes the reader's function, prints a hint, returns a verdict.

A check never raises: an exercise that is not done yet must not stop the notebook it stands in.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from helpers.dictation import lattice

Case = tuple[tuple[Any, ...], Any, str]
"""Arguments, the right answer, and the hint for whoever gives another one."""


def _run(function: Callable, cases: Sequence[Case]) -> bool:
    """Call `function` on every case; print the first hint that applies, or "correct"."""
    for number, (arguments, right, hint) in enumerate(cases):
        answer, error = _call(function, arguments)
        if error:
            return _say(f"{_shown(function, arguments)} raised {error}. {hint}")
        if answer is None and number == 0 and right is not None:
            return _say(f"{function.__name__} returns None: write its body, and end with `return`")
        if not _equal(answer, right):
            return _say(f"{_shown(function, arguments)} is {answer!r}, not {right!r}. {hint}")
    print("correct")
    return True


def _say(hint: str) -> bool:
    print(f"not yet: {hint}")
    return False


def _call(function: Callable, arguments: tuple[Any, ...]) -> tuple[Any, str]:
    try:
        return function(*arguments), ""
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


def _shown(function: Callable, arguments: tuple[Any, ...]) -> str:
    """Write the call as the reader would; long arguments are cut."""
    inside = ", ".join(text if len(text := repr(a)) < 90 else f"{text[:87]}…" for a in arguments)
    return f"{function.__name__}({inside})"


def _equal(answer: Any, right: Any) -> bool:
    if isinstance(right, float):
        is_number = isinstance(answer, int | float) and not isinstance(answer, bool)
        return is_number and abs(answer - right) < 1e-9
    try:
        return type(answer) is type(right) and bool(answer == right)
    except Exception:  # an array, say, that cannot be compared as one
        return False


def check_certainty(certainty: Callable[[Counter[str]], float]) -> bool:
    """Check `certainty(written)`: the share of the commonest meaning of a spoken form.

    >>> check_certainty(lambda written: max(written.values()) / sum(written.values()))
    correct
    True
    """
    first = "Divide by how often the form was said in all, to have a share between 0 and 1."
    meanings = "Meanings are not equally likely: count how often each was meant."
    order = "The commonest meaning need not be the one that was counted first."
    return _run(
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
    return _run(
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
    return _run(
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
    answer, error = _call(hold_out, (groups, 0.2, 0))
    if error:
        return _say(f"hold_out(groups, 0.2, 0) raised {error}. {hint}")
    if answer is None:
        return _say("hold_out returns None: write its body, and end with `return`")
    rows = _row_numbers(answer)
    if rows is None:
        return _say(hint)
    if rows and not 0 <= rows[0] <= rows[-1] < len(groups):
        return _say(f"There is no row {rows[-1]}: rows are numbered from 0 to {len(groups) - 1}.")
    if len(set(rows)) < len(rows):
        return _say("A row is held out twice; name each once.")
    problem = _torn(groups, rows) or _amount(hold_out, groups)
    return _say(problem) if problem else _repeats(hold_out, groups, names, rows)


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
        count = len(_row_numbers(_call(hold_out, (groups, 0.2, seed))[0]) or [])
        if abs(count - wanted) > max(SIZES):
            return (
                f"{count} of {len(groups)} rows are held out with seed {seed}; a share of 0.2 asks "
                f"for about {wanted}. Count rows, not groups: groups differ in size."
            )
    return ""


def _repeats(
    hold_out: Callable, groups: list[str], names: list[str], rows: list[int]
) -> bool:
    again, other = (_row_numbers(_call(hold_out, (groups, 0.2, seed))[0]) for seed in (0, 1))
    if again != rows:
        return _say("The same seed must give the same rows: use random.Random(seed).")
    if other == rows:
        return _say("Another seed gives the same rows: shuffle the groups first.")
    elsewhere = [Resalted(name) for name in names]
    if _row_numbers(_call(hold_out, (elsewhere, 0.2, 0))[0]) != rows:
        return _say(
            "The next run of Python would give other rows: a set has no order of its own. Sort "
            "the names of the groups before you shuffle them."
        )
    print("correct")
    return True


def check_expand_digits(expand_digits: Callable[[str], str]) -> bool:
    """Check `expand_digits(dictation)`: runs of "zero" … "nine" written as one number.

    >>> check_expand_digits(lambda dictation: dictation.replace("one", "1"))
    not yet: ... put no space between them.
    False
    """
    run = "Digits said in a row are one number: put no space between them."
    zero = "A number keeps its leading zeros: it is a text, not an int."
    inside = "Only whole words are digits: go by dictation.split(), not by str.replace."
    end = "A word ends the run: `head five files` has one number and two words."
    there = "Digits that stand there already stay as they are: only words are joined."
    return _run(
        expand_digits,
        [
            (("kill dash nine one two seven",), "kill dash 9127", run),
            (("chmod zero six four four notes",), "chmod 0644 notes", zero),
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
    return _run(
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
    lattices = [lattice.build(said) for said in cases]
    for said, one in zip(cases, lattices, strict=True):
        right = sum(1 for _ in one.paths())
        answer, error = _call(count_texts, (one,))
        hint = letter if len(said) == 1 else gaps
        if error or answer is None:
            problem = f"raised {error}" if error else "is None: write the body, end with `return`"
            return _say(f"count_texts of {said!r} {problem}. {hint}")
        if answer != right:
            return _say(f"count_texts of {said!r} is {answer!r}, not {right}. {hint}")
    long = Unlisted(*vars(lattice.build(" ".join("A" * 40))).values())
    answer, error = _call(count_texts, (long,))
    if answer != 2**40:
        return _say(f"forty letters have {2**40:,} texts: {error or answer}")
    print("correct")
    return True


class Unlisted(lattice.Lattice):
    """A lattice with too many texts to list them."""

    def paths(self) -> Iterator[str]:
        """Raise instead of keeping the reader waiting for ever."""
        raise OverflowError("listing them takes years; count how many ways lead to each word")


def check_with_spaces(with_spaces: Callable[[list[str]], str]) -> bool:
    """Check `with_spaces(pieces)`: a command from its pieces, by spacing rules."""
    return _run(
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


def check_lora_weights(lora_weights: Callable[[list[tuple[int, int]], int], int]) -> bool:
    """Check `lora_weights(matrices, rank)`: the weights that LoRA trains for them.

    >>> check_lora_weights(lambda matrices, rank: sum(rank * (m + n) for m, n in matrices))
    correct
    True
    """
    thin = "Two thin matrices stand beside a matrix: rows × rank and rank × columns."
    every = "Add up over all matrices of the list; an empty list trains nothing."
    return _run(
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
    return _run(
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
    return _run(
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
    return _run(
        mixed_best,
        [
            ((pair, 0.0), "ls -l", none),
            ((pair, 1.0), "ls -L", alone),
            ((pair, 0.5), "ls -l", half),
            ((pair, 0.9), "ls -L", half),
            (([("a", -1.0, -1.0), ("b", -1.0, -1.0)], 0.5), "a", tie),
        ],
    )


def check_bits_per_byte(bits_per_byte: Callable[[float, str], float]) -> bool:
    """Check `bits_per_byte(nats, text)`: what a text costs a byte, from its cost in nats.

    >>> check_bits_per_byte(lambda nats, text: nats / len(text))
    not yet: ... A nat is 1 / ln 2 bits: ...
    False
    """
    bits = "A nat is 1 / ln 2 bits: divide by math.log(2)."
    share = "Divide by how many bytes the text has: it is the cost of one."
    units = 'Bytes are not characters: len(text.encode("utf-8")) counts bytes.'
    return _run(
        bits_per_byte,
        [
            ((4.0, "ls -"), 1 / math.log(2), f"{bits} {share}"),
            ((6 * math.log(2), "du"), 3.0, f"{share} {bits}"),
            ((5 * math.log(2), "café"), 1.0, units),
            ((8 * math.log(2), "日本"), 8 / 6, units),
        ],
    )


def check_packed(packed: Callable[[list[list[int]], int], list[list[int]]]) -> bool:
    """Check `packed(documents, length)`: documents laid end to end, cut in rows of `length`.

    >>> check_packed(lambda documents, length: [tokens[:length] for tokens in documents])
    not yet: ... A row goes on with the next document: ...
    False
    """
    on = "A row goes on with the next document: lay all of them end to end, then cut."
    rest = "What is left at the end fills no row: leave it out, do not pad it."
    long = "A long document goes on in the next row; none of its tokens is lost."
    return _run(
        packed,
        [
            (([[1, 2], [3, 4, 5, 6]], 3), [[1, 2, 3], [4, 5, 6]], on),
            (([[1, 2, 3, 4, 5, 6], [7, 8, 9]], 3), [[1, 2, 3], [4, 5, 6], [7, 8, 9]], long),
            (([[1, 2, 3], [4]], 3), [[1, 2, 3]], rest),
            (([[1]], 2), [], rest),
        ],
    )


def check_warmth(warmth: Callable[[int, int, int], float]) -> bool:
    """Check `warmth(step, warmup, steps)`: the share of the peak learning rate, steps from 0 on.

    >>> check_warmth(lambda step, warmup, steps: min(1.0, (step + 1) / warmup))
    not yet: ... After the warm-up ...
    False
    """
    first = "The first step is number 0 and must move: (step + 1) / warmup, a share up to 1."
    half = "After the warm-up go along half a cosine; halfway it is halfway between 1 and 1/50."
    shape = "A cosine falls slowly at first: 0.02 + 0.49 * (1 + cos(pi * share of what is left))."
    last = "The last step is number steps - 1, and a fiftieth of the peak is left there."
    quarter = 0.02 + 0.49 * (1 + math.cos(math.pi / 4))
    return _run(
        warmth,
        [
            ((0, 100, 1100), 0.01, first),
            ((99, 100, 1100), 1.0, first),
            ((599, 100, 1100), 0.51, half),
            ((349, 100, 1100), quarter, shape),
            ((1099, 100, 1100), 0.02, last),
        ],
    )
