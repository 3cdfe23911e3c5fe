"""Dictation as a transcriber wrote it: what a model may answer to it, and what mends the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from helpers.core.examples import Candidate, Example
from helpers.tasks.base import Answer
from helpers.tasks.dictation import pattern
from helpers.tasks.dictation.hearing import copying, mending
from helpers.tasks.dictation.hearing.talk import Talk
from helpers.tasks.dictation.hearing.writer import Listener
from helpers.tasks.dictation.task import Dictation


@dataclass(frozen=True)
class HeardDictation(Dictation):
    """The job on heard speech: its grammar is the lattice that hears, or one that copies words.

    `known` are the words that nobody has to say; `further` are texts that are listed beside the
    lattice's, by dictation.
    """

    listener: Listener = field(kw_only=True, repr=False, compare=False)
    known: tuple[str, ...] = field(default=(), repr=False, kw_only=True)
    copies: bool = field(default=False, kw_only=True)
    further: Mapping[str, str] = field(
        default_factory=dict, repr=False, compare=False, kw_only=True
    )

    def grammar(self, example: Example) -> str:
        """Allow what the utterance may mean, or what can be made of its words."""
        if self.copies:
            return copying.lark(example.prompt, self.listener.reader, self.known)
        return pattern.lark(self.listener.lattice(example.prompt))

    def candidates(self, example: Example, k: int = 40) -> list[Candidate]:
        """List the best texts of the lattice that hears, and the further one."""
        found = self.listener.candidates(example.prompt, k)
        text = self.further.get(example.prompt)
        if not text or text in {one.text for one in found}:
            return found
        reader, talk = self.listener.reader, self.listener.talk or Talk()
        price = copying.left_out(text, example.prompt, reader, talk)
        return [*found, Candidate(self.listener.scorer.score_of(text) - price, text)]

    def repair(self, text: str, example: Example) -> Answer:
        """Mend what the utterance itself shows to be wrong."""
        mended = mending.repair(text, example.prompt, self.listener.reader, self.known)
        if not mended.repairs:
            return Answer(text)
        return Answer(mended.text, {"raw": text, "repairs": [r.kind for r in mended.repairs]})


def heard(
    task: Dictation, listener: Listener, known: tuple[str, ...], copies: bool = False
) -> HeardDictation:
    """Return a dictation job as one on heard speech."""
    own = {one.name: getattr(task, one.name) for one in fields(Dictation)}
    return HeardDictation(**own, listener=listener, known=known, copies=copies)
