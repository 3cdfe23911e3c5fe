"""What a dictation leaves open: which words have one meaning, and how many choices remain."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from helpers.tasks.dictation.lattice import Lattice


@dataclass(frozen=True)
class SpokenForm:
    """A spoken form, how often it occurs, and what it stood for each time."""

    spoken: str
    written: Counter[str]

    @property
    def count(self) -> int:
        """How often the form was said."""
        return self.written.total()

    @property
    def certainty(self) -> float:
        """Share of the most frequent meaning: 1.0 needs no model."""
        return max(self.written.values()) / self.count


@dataclass(frozen=True)
class Decisions:
    """Choices along the true path of one dictation: all gaps and letters, and the open ones."""

    gaps: int
    open_gaps: int
    letters: int


def spoken_forms(pairs: Iterable[tuple[Lattice, str]]) -> list[SpokenForm]:
    """Count what each spoken form stood for, most frequent first; plain words are lumped.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> from helpers.tasks.dictation.lattice import build
    >>> [(f.spoken, dict(f.written)) for f in spoken_forms([(build("wc dash L", BASH), "wc -l")])]
    [('(a word)', {'(itself)': 1}), ('dash', {'-': 1}), ('(a letter)', {'small': 1})]
    """
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for lattice, text in pairs:
        for step in lattice.path_of(text) or ():
            spoken = " ".join(lattice.words[step.start : step.arc.end])
            written = step.arc.text
            if len(spoken) == 1 and spoken.isalpha():
                spoken, written = "(a letter)", "small" if written.islower() else "capital"
            elif spoken == written and len(lattice.arcs[step.start]) == 1:
                spoken, written = "(a word)", "(itself)"
            table[spoken][written] += 1
    return [SpokenForm(s, w) for s, w in sorted(table.items(), key=lambda i: -i[1].total())]


def decisions(lattice: Lattice, text: str) -> Decisions | None:
    """Count the choices on the way to `text`; None if the lattice does not contain it.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> from helpers.tasks.dictation.lattice import build
    >>> decisions(build("wc dash L", BASH), "wc -l")
    Decisions(gaps=2, open_gaps=2, letters=1)
    """
    path = lattice.path_of(text)
    if path is None:
        return None
    letters = sum(len(lattice.words[s.start]) == 1 and s.arc.text.isalpha() for s in path)
    return Decisions(len(path) - 1, sum(s.gap_open for s in path), letters)
