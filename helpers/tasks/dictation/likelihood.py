"""How likely is a text? Two n-grams say it together: of its characters, and of its shape.

Eight characters reach back over a word or two, so a rare name hides what stands before it. In a
*shape* every word is one sign, and eight signs reach over most of a command:
`find . -name "*.txt"` is `w . -w "*.w"`. Characters know names, shapes know where spaces go. Each
makes up for what the other cannot see, as a class n-gram does for one of words (Brown et al.,
"Class-Based n-gram Models of Natural Language", 1992). Their log-probabilities are added with
weights, which makes a product of experts: the sum is a score, and no log-probability any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from helpers.tasks.dictation import ngram
from helpers.tasks.dictation.ngram import MEMORY, NGram, ShortStates

WORD, LETTER, CAPITAL, NUMBER = "w", "a", "A", "9"
LETTERS = (WORD, LETTER, CAPITAL)
ORDER = 8  # signs that the n-gram of shapes looks at
# On folds of two corpora's training rows any weight of shapes from 0.6 to 1 of that of characters
# is as good. Both together leave a score about as large as the characters' log-probability.
OF_CHARACTERS, OF_SHAPES = 0.7, 0.56

State = tuple[str, str, str]
"""The states of both n-grams, and the sign of a word or number that has not ended yet."""


def shape(text: str) -> str:
    """Return a text with one sign for each word, lone letter and number; the rest as it is.

    >>> shape("ls -lR / | head -20 > Out.txt")
    'w -w / | w -9 > w.w'
    >>> shape("tar -x -C a1")
    'w -a -A a9'
    """
    signs, last = signs_of("", text)
    return signs + last


def signs_of(last: str, text: str) -> tuple[str, str]:
    """Return the signs that a text adds, and its last sign where that may still change.

    `last` is such a sign of the text before it.

    >>> signs_of("a", "s -l")
    ('w -', 'a')
    """
    signs = ""
    for character in text:
        if character.isalpha():
            if last in LETTERS:
                last = WORD
                continue
            signs, last = signs + last, CAPITAL if character.isupper() else LETTER
        elif character.isdigit():
            if last != NUMBER:
                signs, last = signs + last, NUMBER
        else:
            signs, last = signs + last + character, ""
    return signs, last


@dataclass(frozen=True)
class Likelihood:
    """Scores texts by their characters and their shapes; beam search extends it piece by piece."""

    characters: ShortStates
    shapes: ShortStates
    memory: dict[tuple[State, str], tuple[float, State]] = field(default_factory=dict, repr=False)

    @property
    def start(self) -> State:
        """The state before the first character."""
        return self.characters.start, self.shapes.start, ""

    def amid(self) -> Amid:
        """Return the same, of texts that begin in the middle of another, after a space."""
        return Amid(self)

    @property
    def order(self) -> int:
        """How many characters are looked at."""
        return self.characters.model.order

    def extend(self, state: State, text: str) -> tuple[float, State]:
        """Return the score of `text` after a state, and the state after it."""
        known = self.memory.get((state, text))
        if known is None:
            of_characters, of_shapes, last = state
            signs, last = signs_of(last, text)
            own, of_characters = self.characters.extend(of_characters, text)
            gain, of_shapes = self.shapes.extend(of_shapes, signs)
            if len(self.memory) > MEMORY:
                self.memory.clear()
            score = OF_CHARACTERS * own + OF_SHAPES * gain
            known = self.memory[state, text] = (score, (of_characters, of_shapes, last))
        return known

    def finish(self, state: State) -> float:
        """Return the score of ending at a state."""
        of_characters, of_shapes, last = state
        gain, of_shapes = self.shapes.extend(of_shapes, last)
        ends = self.characters.finish(of_characters), gain + self.shapes.finish(of_shapes)
        return OF_CHARACTERS * ends[0] + OF_SHAPES * ends[1]

    def score_of(self, text: str) -> float:
        """Return the score of a whole text, its end included."""
        total, state = self.extend(self.start, text)
        return total + self.finish(state)


@dataclass(frozen=True)
class Amid:
    """Scores pieces of texts: `| sort`, `--force`."""

    whole: Likelihood

    @property
    def start(self) -> State:
        """The state after a space, and after nothing that is known."""
        _, characters = self.whole.characters.extend("", " ")
        _, shapes = self.whole.shapes.extend("", " ")
        return characters, shapes, ""

    def extend(self, state: State, text: str) -> tuple[float, State]:
        """Return the score of `text` after a state, and the state after it."""
        return self.whole.extend(state, text)

    def finish(self, state: State) -> float:
        """Return the score of ending at a state."""
        return self.whole.finish(state)


def of(characters: NGram, shapes: NGram) -> Likelihood:
    """Return the likelihood that two fitted n-grams say together."""
    return Likelihood(ShortStates(characters), ShortStates(shapes))


def fit(texts: Iterable[str], order: int = 8, cutoff: int = 0) -> Likelihood:
    """Fit both n-grams on texts; `order` and `cutoff` are those of the characters'.

    >>> known = fit(["find src -name a.py", "find lib -name b.py", "ls -l"])
    >>> known.score_of("find tmp -name c.py") > known.score_of("find tmp - name c.py")
    True
    """
    lines: Sequence[str] = [*texts]
    return of(ngram.fit(lines, order, cutoff), ngram.fit(map(shape, lines), ORDER, cutoff))
