"""A model ready to answer, whatever framework runs it: what the common decoding asks of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from helpers.engines.decoding.reading import Reading, Tokens
from helpers.models import tokens
from helpers.tasks.prompts import turn_end

LENGTH = 1 << 15  # tokens, for a model that does not say how many it reads


@dataclass(frozen=True)
class Loaded(ABC):
    """A model and its tokenizer, the digest of its files, and the record of its run.

    `metadata` is what a score's record says of the model's origin.
    """

    model: Any
    tokenizer: Any
    digest: str = ""
    merged: bool = False
    record: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """The token that ends a turn."""
        return self.tokenizer.convert_tokens_to_ids(turn_end(self.tokenizer))

    @property
    def ends(self) -> frozenset[int]:
        """The tokens that end a free answer: the turn's end and the text's."""
        return frozenset({self.end, self.tokenizer.eos_token_id} - {None})

    @property
    def alone(self) -> str:
        """Why rows must be read one by one, and no list of candidates; empty where they need not.

        It goes on after "this model ...".
        """
        return ""

    @property
    @abstractmethod
    def vocabulary(self) -> int:
        """How many tokens the model has, padding of the embedding included."""

    @property
    def width(self) -> int:
        """How many logits belong to tokens."""
        return min(len(self.tokenizer), self.vocabulary)

    @property
    @abstractmethod
    def positions(self) -> int:
        """How many tokens the model reads, prompt and answer together."""

    @property
    @abstractmethod
    def dtype(self) -> str:
        """The weights' precision, such as float32 or 4-bit."""

    @property
    @abstractmethod
    def device(self) -> str:
        """The kind of device the model is on: cpu, cuda, mps or gpu."""

    @abstractmethod
    def begin(self, prompts: Sequence[Tokens]) -> tuple[Reading, list[Tokens]]:
        """Read what all prompts begin with; return the reading and what is left of each."""

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Let the model answer, without dropout, and leave it as it was."""
        training = self.model.training
        self.model.eval()
        try:
            yield
        finally:
            self.model.train(training)

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return texts as tokens; what a template wants at the beginning it writes itself."""
        return self.tokenizer(list(texts), add_special_tokens=False)["input_ids"]

    def encode_plain(self, texts: Sequence[str]) -> list[list[int]]:
        """Return answers as tokens: control tokens in them are plain text."""
        return tokens.encode_plain(self.tokenizer, texts)

    def decode(self, ids: Sequence[int]) -> str:
        """Return tokens as text, without control tokens."""
        return self.tokenizer.decode(
            list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
