"""Whisper's words weighed together with how people dictate: a beam search with two opinions.

Whisper alone knows no "grep dash r" and writes "grip dash are". Here each token's score is its
log-probability by Whisper, plus a share of that by a character n-gram of dictations ("shallow
fusion": Gulcehre et al., "On Using Monolingual Corpora in Neural Machine Translation", 2015), less
a share of what Whisper would have guessed without any sound: its own idea of what people say
(Meng et al., "Internal Language Model Estimation for Domain-Adaptive End-to-End Speech
Recognition", 2021).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from helpers.speech.decoder import DEAF, Decoder, Past
from helpers.tasks.dictation.decode import Scorer

WIDTH = 8  # texts that are followed at a time
TRIED = 24  # tokens that are tried after each
SHARE = 0.5  # of the n-gram's log-probability
GUESS = 0.25  # of the log-probability by Whisper without any sound, taken away
LETTER = 0.35  # nats for each character, since the n-gram alone likes short texts best
SPAN = (0.75, 1.3)  # times the letters that Whisper writes by itself: no word falls by the way
UNLIKELY = -2.8  # nats for each of its words, by Whisper
TWICE = 0.3  # of the n-gram's part, taken away where the command's own likelihood says it again
ASTRAY = 0.1  # nats for each letter more or fewer than Whisper writes by itself
BEHIND = 4.0  # nats by which what is still followed may lie behind what has ended


class Heard(NamedTuple):
    """A text: its score, and its log-probability by Whisper with the sound, and without any."""

    score: float
    by_whisper: float
    guessed: float
    text: str

    @property
    def is_sure(self) -> bool:
        """Whether Whisper itself could have written it; of talk that is no dictation it cannot.

        Each word counts once, since a beam that is led astray goes in circles.
        """
        return self.by_whisper > UNLIKELY * len(set(self.text.split()))

    def beside_command(self, letters: int) -> float:
        """Return the score that counts beside the likelihood of the command read from the text.

        `letters` is about how many it should have.

        >>> heard = Heard(-10.0, -12.0, -8.0, "ls dash l")
        >>> [round(heard.beside_command(letters), 3) for letters in (7, 9)]
        [-9.055, -9.255]
        """
        by_ngram = self.score - self.by_whisper + GUESS * self.guessed - LETTER * len(self.text)
        astray = abs(_letters(self.text) - letters)
        return self.score - TWICE * by_ngram - ASTRAY * astray


class Partial(NamedTuple):
    """A beginning of a text: its score, Whisper's part of it, and the n-gram's state."""

    score: float
    by_whisper: float
    guessed: float
    text: str
    state: object
    row: int = 0
    token: int = 0

    @property
    def letters(self) -> int:
        """How many letters it has, spaces aside."""
        return _letters(self.text)


@dataclass(frozen=True)
class Steering:
    """A decoder, the text of each token that it may write (the end's last), and the n-gram."""

    decoder: Decoder
    pieces: tuple[str, ...]
    scorer: Scorer
    fingerprint: str = ""
    unheard: dict[tuple[int, ...], tuple[np.ndarray, Past]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def search(
        self, encoded: np.ndarray, prompt: Sequence[int], letters: int, longest: int
    ) -> list[Heard]:
        """Return the texts that may have been said, best first; none if nothing was.

        They have about so many letters, and at most so many tokens.
        """
        fewest, most = SPAN[0] * letters, SPAN[1] * letters + 1
        sound = self.decoder.listen(encoded)
        logits, past = self.decoder.read(prompt, sound)
        guesses, deaf = self._without_sound(tuple(prompt))
        both, past = np.stack([logits, guesses]), past.beside(deaf)
        partial = [Partial(0.0, 0.0, 0.0, "", self.scorer.start)]
        ended: dict[str, Heard] = {}
        for _ in range(longest):
            likely, guessed = _log_softmax(both)
            for one, row in zip(partial, likely, strict=True):
                if fewest <= one.letters <= most:
                    self._end(one, float(row[-1]), ended)
            partial = self._longer(partial, likely[:, :-1], guessed[:, :-1])
            best = max((text.score for text in ended.values()), default=-np.inf)
            if all(one.letters > most for one in partial) or partial[0].score < best - BEHIND:
                break  # a text only grows: what is too long by now can never end
            rows, ids = [one.row for one in partial], [one.token for one in partial]
            both, past = self.decoder.step(ids, past.of(rows), sound)
        return sorted(ended.values(), reverse=True)

    def _without_sound(self, prompt: tuple[int, ...]) -> tuple[np.ndarray, Past]:
        """Read a prompt without any sound; it is the same for all that is heard with it."""
        if prompt not in self.unheard:
            self.unheard.clear()
            self.unheard[prompt] = self.decoder.read(prompt, DEAF)
        return self.unheard[prompt]

    def _end(self, one: Partial, end: float, ended: dict[str, Heard]) -> None:
        score = one.score + end + SHARE * self.scorer.finish(one.state)
        if one.text not in ended or score > ended[one.text].score:
            ended[one.text] = Heard(score, one.by_whisper + end, one.guessed, one.text)

    def _longer(
        self, partial: Sequence[Partial], likely: np.ndarray, guessed: np.ndarray
    ) -> list[Partial]:
        """Return the best texts that are one token longer, each of them once."""
        longer = []
        tokens, heard = self.decoder.writes, likely - GUESS * guessed
        for number, (one, row) in enumerate(zip(partial, heard, strict=True)):
            for index in np.argpartition(row, -TRIED)[-TRIED:]:
                piece = self.pieces[index] if one.text else self.pieces[index].lstrip()
                gain, state = self.scorer.extend(one.state, piece)
                longer.append(Partial(
                    one.score + float(row[index]) + SHARE * gain + LETTER * len(piece),
                    one.by_whisper + float(likely[number, index]),
                    one.guessed + float(guessed[number, index]),
                    one.text + piece, state, number, int(tokens[index]),
                ))  # fmt: skip
        best: dict[str, Partial] = {}
        for one in sorted(longer, key=lambda one: -one.score):
            best.setdefault(one.text, one)
            if len(best) == WIDTH:
                break
        return list(best.values())


def _letters(text: str) -> int:
    return len(text.replace(" ", ""))


def _log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
