"""Whisper's words weighed together with how people dictate: a beam search with two opinions.

Whisper alone knows no "grep dash r" and writes "grip dash are". Here each token's score is its
log-probability by Whisper, plus a share of that by a character n-gram of dictations ("shallow
fusion": Gulcehre et al., "On Using Monolingual Corpora in Neural Machine Translation", 2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from helpers.speech.decoder import Decoder
from helpers.tasks.dictation.decode import Scorer

WIDTH = 8  # texts that are followed at a time
TRIED = 24  # tokens that are tried after each
SHARE = 0.5  # of the n-gram's log-probability
LETTER = 0.45  # nats for each character, since the n-gram alone likes short texts best
SPAN = (0.75, 1.3)  # times the letters that Whisper writes by itself: no word falls by the way
UNLIKELY = -2.2  # nats for each of its words, by Whisper
BEHIND = 4.0  # nats by which what is still followed may lie behind what has ended


class Heard(NamedTuple):
    """A text: its score, and its log-probability by Whisper among the words of dictations."""

    score: float
    by_whisper: float
    text: str

    @property
    def is_sure(self) -> bool:
        """Whether Whisper itself could have written it; of talk that is no dictation it cannot.

        Each word counts once, since a beam that is led astray goes in circles.
        """
        return self.by_whisper > UNLIKELY * len(set(self.text.split()))


class Partial(NamedTuple):
    """A beginning of a text: its score, Whisper's part of it, and the n-gram's state."""

    score: float
    by_whisper: float
    text: str
    state: object
    row: int = 0
    token: int = 0


@dataclass(frozen=True)
class Steering:
    """A decoder, the text of each token that it may write (the end's last), and the n-gram."""

    decoder: Decoder
    pieces: tuple[str, ...]
    scorer: Scorer
    fingerprint: str = ""

    def search(
        self, encoded: np.ndarray, prompt: Sequence[int], letters: int, longest: int
    ) -> list[Heard]:
        """Return the texts that may have been said, best first; none if nothing was.

        They have about as many letters as told, and at most so many tokens.
        """
        sound = self.decoder.listen(encoded)
        logits, past = self.decoder.read(prompt, sound)
        partial = [Partial(0.0, 0.0, "", self.scorer.start)]
        ended: dict[str, Heard] = {}
        for _ in range(longest):
            likely = _log_softmax(logits)
            for one, row in zip(partial, likely, strict=True):
                if SPAN[0] * letters <= len(one.text.replace(" ", "")) <= SPAN[1] * letters + 1:
                    self._end(one, float(row[-1]), ended)
            partial = self._longer(partial, likely)
            best = max((text.score for text in ended.values()), default=-np.inf)
            if not partial or partial[0].score < best - BEHIND:
                break
            past = past.of([one.row for one in partial])
            logits, past = self.decoder.step([one.token for one in partial], past, sound)
        return sorted(ended.values(), reverse=True)

    def _end(self, one: Partial, end: float, ended: dict[str, Heard]) -> None:
        score = one.score + end + SHARE * self.scorer.finish(one.state)
        if one.text not in ended or score > ended[one.text].score:
            ended[one.text] = Heard(score, one.by_whisper + end, one.text)

    def _longer(self, partial: Sequence[Partial], likely: np.ndarray) -> list[Partial]:
        """Return the best texts that are one token longer, each of them once."""
        found = []
        tokens = self.decoder.writes
        for number, (one, row) in enumerate(zip(partial, likely[:, :-1], strict=True)):
            for index in np.argpartition(row, -TRIED)[-TRIED:]:
                piece = self.pieces[index] if one.text else self.pieces[index].lstrip()
                gain, state = self.scorer.extend(one.state, piece)
                by_whisper = float(row[index])
                score = one.score + by_whisper + SHARE * gain + LETTER * len(piece)
                found.append(Partial(score, one.by_whisper + by_whisper, one.text + piece,
                                     state, number, int(tokens[index])))  # fmt: skip
        best: dict[str, Partial] = {}
        for one in sorted(found, key=lambda one: -one.score):
            best.setdefault(one.text, one)
            if len(best) == WIDTH:
                break
        return list(best.values())


def _log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
