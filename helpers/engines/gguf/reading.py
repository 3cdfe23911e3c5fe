"""Lists of answers read by llama.cpp: a prompt once, then what the answers begin with once.

llama.cpp's server gives no logits of tokens that it did not choose, so this is cyllama's context.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.core.examples import EngineError, RowError
from helpers.engines.decoding.contest import Climb, Contest, Step, rounds
from helpers.engines.decoding.prefix_tree import ROOT, trees_of
from helpers.engines.decoding.reading import Tokens

if TYPE_CHECKING:
    import numpy as np

PORTION = 32  # tokens of a prompt read at once: the same portions, whatever was read before
NODES = 250  # of a tree; each answer is a sequence of its own, and llama.cpp keeps 256
SURE = 2.0  # nats: a lead that is wider is known to be so, and no more
BATCH = 2048  # tokens in one step, and what the memory holds beside a prompt


class Reader:
    """A GGUF model that tells how likely texts are after a prompt.

    The beginning that a prompt has in common with the one before is not read again.
    """

    def __init__(self, file: Path, positions: int) -> None:
        """Load a model; raises `EngineError` if that cannot be, or if it reads no trees."""
        try:
            from cyllama.llama import llama_cpp
        except ModuleNotFoundError as error:
            raise EngineError(
                f"rescoring needs {error.name}, which is not installed; run pip install -r "
                "requirements.txt, or decode grammar"
            ) from error

        class Model(llama_cpp.LlamaModel):
            """cyllama 0.2.18 asks a model for what its vocabulary knows."""

            @property
            def n_vocab(self) -> int:
                return self.get_vocab().n_vocab

        llama_cpp.disable_logging()
        try:
            self._model: Any = Model(str(file))
        except ValueError as error:
            why = f"{file}: llama.cpp cannot load it ({error}); export it again"
            raise EngineError(why) from error
        if self._model.is_recurrent() or self._model.is_hybrid():
            raise EngineError(
                f"{file}: a model with a state instead of a cache reads no lists of answers; "
                "decode grammar, which allows the same"
            )
        params = llama_cpp.LlamaContextParams()
        params.n_ctx, params.n_batch, params.n_ubatch = positions + BATCH, BATCH, 512
        params.n_seq_max, params.kv_unified = NODES + 2, True
        threads = os.environ.get("OMP_NUM_THREADS", "").partition(",")[0] or os.cpu_count() or 1
        params.n_threads = params.n_threads_batch = int(threads)
        self._context: Any = llama_cpp.LlamaContext(self._model, params)
        self._batch: Any = llama_cpp.LlamaBatch(n_tokens=BATCH, embd=0, n_seq_max=NODES + 2)
        self._prompt: list[int] = []

    def totals(
        self, prompt: Tokens, texts: Sequence[Tokens], contest: Contest | None = None
    ) -> list[float]:
        """Return log P of each text that may follow a prompt; raises `RowError` for what is long.

        In a contest only the best need be right, and the second where it comes near: a text that
        cannot win any more, and lies `SURE` behind or below the second, is read no further, since a
        log-probability only falls, and has what it had until then. So a wide lead is a least one.
        """
        try:
            first = self._read(list(prompt))
            found = [0.0] * len(texts)
            complete: list[float] = []
            for tree in trees_of(0, texts, NODES):
                climb = Climb(tree, {ROOT: first})
                self._fork(len(prompt), len(tree.ways))
                whole = [list(tree.nodes)]
                steps_of = rounds(climb, contest, SURE, complete) if contest else whole
                for steps in steps_of:
                    self._step(climb, len(prompt), steps)
                for number in tree.ways:
                    found[number] = climb.total(number)
        except ValueError as error:
            self._prompt = []
            self._context.kv_cache_clear(True)
            raise RowError(
                f"a prompt of {len(prompt)} tokens and its answers are more than llama.cpp keeps "
                f"({error}); shorten the row"
            ) from error
        return found

    def _read(self, prompt: list[int]) -> np.ndarray:
        """Read a prompt, all but what the last one began with; return what may follow."""
        same = next(
            (n for n, (a, b) in enumerate(zip(prompt, self._prompt, strict=False)) if a != b),
            min(len(prompt), len(self._prompt)),
        )
        kept = min(same, len(prompt) - 1) // PORTION * PORTION
        self._context.memory_seq_keep(0)
        self._context.memory_seq_rm(0, kept, -1)
        self._prompt = []
        for at in range(kept, len(prompt), PORTION):
            part = prompt[at : at + PORTION]
            self._batch.clear()
            for n, token in enumerate(part, at):
                self._batch.add(token, n, [0], n == len(prompt) - 1)
            self._context.decode(self._batch)
        self._prompt = prompt
        return self._shares(len(part) - 1)

    def _fork(self, size: int, texts: int) -> None:
        """Let each text begin where the prompt of `size` tokens ended."""
        self._context.memory_seq_keep(0)
        self._context.memory_seq_rm(0, size, -1)
        for sequence in range(1, texts + 1):
            self._context.memory_seq_cp(0, sequence, 0, size)

    def _step(self, climb: Climb, size: int, steps: Sequence[Step]) -> None:
        """Read some nodes at once, parents first, and keep what may follow each."""
        if not steps:
            return
        nodes = climb.tree.nodes
        members: dict[int, list[int]] = {}
        depths: dict[int, int] = {}
        for sequence, way in enumerate(climb.tree.ways.values(), 1):
            for depth, step in enumerate(way[:-1]):
                members.setdefault(nodes[step], []).append(sequence)
                depths[nodes[step]] = depth
        self._batch.clear()
        for step in steps:
            node = nodes[step]
            self._batch.add(step[1], size + depths[node], members[node], True)
        self._context.decode(self._batch)
        for n, step in enumerate(steps):
            climb.shares[nodes[step]] = self._shares(n)

    def _shares(self, place: int) -> np.ndarray:
        """Return the log-probabilities of the tokens after a place in the batch."""
        import numpy as np

        logits = np.array(self._context.get_logits_ith(place), np.float64)
        highest = logits.max()
        return logits - highest - np.log(np.exp(logits - highest).sum())
