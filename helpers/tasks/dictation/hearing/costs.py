"""What each liberty of a transcriber costs, in nats, beside the n-gram's log-probabilities."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.tasks.dictation.hearing import english


@dataclass(frozen=True)
class Costs:
    """The channel's weights: how unlikely it is that what was meant was written down this way.

    They are chosen on validation rows (`fit`), one after the other.
    """

    small: float = 0.2  # a word in capitals, written small
    kept: float = 2.0  # a word in capitals that stays so
    capital: float = 0.5  # a lone letter, written as a capital
    raised: float = 1.0  # and one that the transcript has small
    casing: float = 3.0  # a small word written as it was seen elsewhere ("library", `Library`)
    spelled: float = 0.5  # letters said one by one, written as one word
    cut_short: float = 16.0  # "camel case" that ends before the words do
    cut_talk: float = 5.0  # and before a word that holds sentences together
    compound: float = 2.0  # words written as one, a known word
    homophone: float = 4.0  # a word heard as another
    digit_homophone: float = 7.0  # "to" or "for" that is a digit
    misheard: float = 2.0  # a word misheard in a way that was counted, beside how rare that is
    literal: float = 5.0  # a symbol's or a number's word that means itself
    number: float = 1.0  # numbers said in a row, written as one
    digit_word: float = 1.0  # a number straight after letters, or letters after it
    stop: float = 4.0  # a comma or a full stop that was said
    unsaid_space: float = 3.0  # a space where others are spoken
    split: float = 3.0  # a space inside what stands there as one
    quote: float = 4.0  # a space inside a quote's mark, or none outside
    open_quote: float = 6.0  # a quote that is not closed
    hyphen: float = 6.0  # a space after a hyphen inside a word
    unsaid_hyphen: float = 4.0  # a hyphen between the words of an address that nobody said
    flag: float = 4.0  # a word after a dash that is no known flag
    address: float = 3.0  # a space inside an address
    mixed: float = 3.0  # a name parted by "_" and by "-"
    filler: float = 1.0  # a word that only fills a pause
    pause: float = 5.0  # one that may be a word of the text as well
    opener: float = 2.0  # talk before and after
    stutter: float = 12.0  # a word said twice
    restart: float = 3.0  # a version that was taken back
    taken_back: float = 3.0  # each word of it
    convention: float = 4.0  # a dictation in a convention that was meant otherwise

    def cut(self, following: str) -> float:
        """Return what it costs to end a name before a word that could belong to it."""
        return self.cut_talk if following in english.GLUE else self.cut_short
