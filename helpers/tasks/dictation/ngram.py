"""A character n-gram model: how likely is this text, judged by the texts it was fitted on?

Interpolated modified Kneser–Ney smoothing (Chen & Goodman, "An Empirical Study of Smoothing
Techniques for Language Modeling", 1999): three discounts an order, estimated in closed form from
how many n-grams occur once, twice, three and four times, and lower orders that count in how many
*different* contexts an n-gram occurs instead of how often.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

BEGIN, END = "\x02", "\x03"  # stand before the first and after the last character
PRINTABLE = frozenset(map(chr, range(32, 127)))
SHORT = 4  # characters; n-grams up to this length are all kept
MEMORY = 500_000  # remembered extensions; cleared when full, so odd input cannot grow it for ever


@dataclass(frozen=True)
class NGram:
    """A fitted model: natural-log probabilities of n-grams and back-off weights of contexts.

    Its state is the last `order - 1` characters.
    """

    order: int
    log_probability: dict[str, float]
    log_backoff: dict[str, float]
    alphabet: int  # characters of the uniform last resort
    memory: dict[tuple[str, str], tuple[float, str]] = field(default_factory=dict, repr=False)

    @property
    def start(self) -> str:
        """The state before the first character."""
        return BEGIN * (self.order - 1)

    def extend(self, state: str, text: str) -> tuple[float, str]:
        """Return the log-probability of `text` after `state`, and the state after it."""
        key = (state, text)
        known = self.memory.get(key)
        if known is None:
            total = 0.0
            for character in text:
                total += self.character(state, character)
                state = (state + character)[1:] if state else state
            if len(self.memory) > MEMORY:
                self.memory.clear()
            known = self.memory[key] = (total, state)
        return known

    def finish(self, state: str) -> float:
        """Return the log-probability that the text ends at `state`."""
        return self.extend(state, END)[0]

    def character(self, context: str, character: str) -> float:
        """Return the log-probability of one character after a context, at most `order` - 1 long."""
        total = 0.0
        while True:
            found = self.log_probability.get(context + character)
            if found is not None:
                return total + found
            total += self.log_backoff.get(context, 0.0)
            if not context:
                return total - math.log(self.alphabet)
            context = context[1:]

    def log_probability_of(self, text: str) -> float:
        """Return the natural-log probability of a whole text, its end included."""
        total, state = self.extend(self.start, text)
        return total + self.finish(state)


@dataclass(frozen=True)
class ShortStates:
    """The same model, with states cut to what still matters: the longest context that was seen.

    Probabilities are the same. Partial texts with the same future fall together sooner, so a beam
    of the same width holds more of them.
    """

    model: NGram
    start: str = field(init=False)
    memory: dict[tuple[str, str], tuple[float, str]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Cut the first state, too."""
        object.__setattr__(self, "start", self._cut(self.model.start))

    def extend(self, state: str, text: str) -> tuple[float, str]:
        """Return the log-probability of `text` after `state`, and the state after it."""
        known = self.memory.get((state, text))
        if known is None:
            total, following = 0.0, state
            for character in text:
                total += self.model.character(following, character)
                following = self._cut((following + character)[1 - self.model.order :])
            if len(self.memory) > MEMORY:
                self.memory.clear()
            known = self.memory[state, text] = (total, following)
        return known

    def finish(self, state: str) -> float:
        """Return the log-probability that the text ends at `state`."""
        return self.extend(state, END)[0]

    def _cut(self, state: str) -> str:
        contexts = self.model.log_backoff
        while state and state not in contexts:
            state = state[1:]
        return state


def fit(texts: Iterable[str], order: int = 8, cutoff: int = 0) -> NGram:
    """Fit a model of `order` characters; raises `ValueError` without texts or for order < 1.

    `cutoff` forgets n-grams longer than `SHORT` that occur no more often than that: their
    probability goes to the shorter ones. Large texts need it, for memory.

    >>> model = fit(["ls -l", "ls -a", "ls -la"], order=4)
    >>> model.log_probability_of("ls -l") > model.log_probability_of("ls -L")
    True
    """
    if order < 1:
        raise ValueError(f"order is {order}; an n-gram needs at least 1 character")
    padded = [BEGIN * (order - 1) + text + END for text in texts]
    if not padded:
        raise ValueError("there are no texts to fit an n-gram on; give at least one")
    plain = _count(padded, 1, order)
    # What may come next: printable ASCII, END, what the texts have, and one for all the rest.
    alphabet = len(PRINTABLE | {END} | set(plain)) + 1
    probability: dict[str, float] = {}
    backoff: dict[str, float] = {}
    for length in range(1, order + 1):
        longer = _count(padded, length + 1, order) if length < order else Counter()
        grams = _continuations(plain, longer) if longer else plain
        known = plain if cutoff and length > SHORT else None
        _add(grams, known, cutoff, alphabet, probability, backoff)
        plain = longer
    return NGram(
        order,
        {gram: math.log(value) for gram, value in probability.items()},
        {context: math.log(value) for context, value in backoff.items()},
        alphabet,
    )


def _add(
    grams: Counter[str],
    plain: Counter[str] | None,
    cutoff: int,
    alphabet: int,
    probability: dict[str, float],
    backoff: dict[str, float],
) -> None:
    """Add the n-grams of one length to those of the shorter ones; `plain` counts tell the rare.

    A rare one gives all of its count to the shorter ones. If an n-gram is kept so is its end,
    which occurs at least as often.
    """
    discounts = discounts_of(grams)
    total, freed = Counter(), Counter()
    for gram, count in grams.items():
        rare = plain is not None and plain[gram] <= cutoff
        total[gram[:-1]] += count
        freed[gram[:-1]] += count if rare else discounts[min(count, 3)]
    for context, count in total.items():
        if freed[context] < count:  # else nothing is known after it, and the weight is one
            backoff[context] = freed[context] / count
    for gram, count in grams.items():
        if plain is not None and plain[gram] <= cutoff:
            continue
        context = gram[:-1]
        lower = probability[gram[1:]] if len(gram) > 1 else 1 / alphabet
        kept = (count - discounts[min(count, 3)]) / total[context]
        probability[gram] = kept + backoff[context] * lower


def _count(padded: Sequence[str], length: int, order: int) -> Counter[str]:
    """Count the n-grams of one length in texts that begin with `order` - 1 times BEGIN."""
    counts: Counter[str] = Counter()
    for text in padded:
        counts.update([text[end - length : end] for end in range(order, len(text) + 1)])
    return counts


def _continuations(plain: Counter[str], longer: Counter[str]) -> Counter[str]:
    """Count the different characters seen before each n-gram, by those one character longer.

    Nothing can stand before the beginning, so n-grams that start there keep their plain count.
    """
    before = Counter(gram[1:] for gram in longer)
    for gram in before:
        if gram[0] == BEGIN:
            before[gram] = plain[gram]
    return before


def discounts_of(grams: Counter[str]) -> tuple[float, float, float, float]:
    """Return what is taken off an n-gram seen (0), 1, 2, or 3 and more times.

    Chen & Goodman's estimates D_k = k − (k+1)·Y·n_{k+1}/n_k with Y = n_1/(n_1 + 2·n_2), where
    n_k is how many n-grams occur k times; kept inside (0, k) where so few texts were counted
    that an estimate falls outside.

    >>> [round(d, 2) for d in discounts_of(Counter({"a": 1, "b": 1, "c": 1, "d": 2, "e": 3}))]
    [0.0, 0.6, 0.2, 2.95]
    """
    how_many = Counter(grams.values())
    n = [how_many[k] for k in range(5)]
    y = n[1] / (n[1] + 2 * n[2]) if n[1] else 0.5
    discounts = [0.0]
    for k in (1, 2, 3):
        estimate = k - (k + 1) * y * n[k + 1] / n[k] if n[k] else k * y
        discounts.append(min(max(estimate, 0.05), k - 0.05))
    return tuple(discounts)
