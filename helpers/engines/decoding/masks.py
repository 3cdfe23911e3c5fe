"""Grammars as token masks: which tokens may come next, and which must.

llguidance reads the grammar and the tokenizer; what comes out are plain lists and numpy arrays, so
any framework that has logits can decode inside a grammar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from helpers.core.examples import RowError
from helpers.models import tokens

if TYPE_CHECKING:
    from llguidance import LLMatcher


@dataclass(frozen=True)
class Guides:
    """Makes a guide for each row's grammar.

    `vocabulary` counts the model's tokens, which may be padded past the tokenizer's; `end` is the
    token that ends an answer.
    """

    reader: Any  # llguidance.LLTokenizer
    vocabulary: int
    end: int

    def guide(self, grammar: str, row: str) -> Guide:
        """Compile a grammar; raises `RowError`."""
        from llguidance import LLMatcher

        guide = Guide(LLMatcher(self.reader, grammar, log_level=0), self.vocabulary, self.end, row)
        guide.check()
        return guide


def guides_for(tokenizer: Any, vocabulary: int, end: int) -> Guides:
    """Return the maker of guides for a fast tokenizer of transformers.

    A control token in a grammar's text is text: the answer does not end there.
    """
    from llguidance import LLTokenizer

    vocabulary = max(vocabulary, len(tokenizer))
    reader = tokens.text_reader(tokenizer).to_str()
    return Guides(LLTokenizer(reader, n_vocab=vocabulary, eos_token=end), vocabulary, end)


@dataclass
class Guide:
    """Follows one answer through its grammar."""

    matcher: LLMatcher
    vocabulary: int
    end: int
    row: str

    def forced(self) -> list[int]:
        """Take the tokens that must come next, the end among them where nothing else may follow.

        The stretch is tokenized as a whole, as in training: characters at its edge that could be
        one token with what is chosen next are left to the choice.
        """
        forced = list(self.matcher.compute_ff_tokens())
        self.matcher.consume_tokens(forced)
        ended = self.matcher.is_stopped()
        self.check()
        return [*forced, self.end] if ended else forced

    def take(self, token: int) -> None:
        """Take a token that the mask allowed."""
        self.matcher.consume_token(token)
        self.check()

    def check(self) -> None:
        """Raise `RowError` if the grammar cannot be compiled or followed."""
        problem = self.matcher.get_error()
        if problem:
            first = problem.strip().splitlines()[0]
            raise RowError(
                f"row {self.row!r}: its grammar cannot be used ({first}); "
                "mend what the task writes as this row's grammar, or decode free"
            )


def allowed(guides: Sequence[Guide], width: int) -> np.ndarray:
    """Return which of the first `width` tokens each guide allows next, as booleans [guides, width].

    The end is among them only where the grammar is satisfied.
    """
    from llguidance.numpy import allocate_token_bitmask, fill_next_token_bitmask

    bits = allocate_token_bitmask(len(guides), guides[0].vocabulary)
    for number, guide in enumerate(guides):
        fill_next_token_bitmask(guide.matcher, bits, number)
        guide.check()
    octets = bits.view(np.uint8)  # little-endian, on every machine that torch and MLX run on
    return np.unpackbits(octets, axis=1, bitorder="little")[:, :width].astype(bool)
