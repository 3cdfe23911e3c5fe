"""Rows as tokens, with the mask of what is learned: made by us, and proved before the first step.

A trainer that masks, adds an end, or cuts for you can do so silently and wrongly: every check
here has failed somewhere on a run that looked fine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from helpers.core.examples import Example
from helpers.models import tokens
from helpers.tasks.base import Task
from helpers.tasks.prompts import Rendered, render, turn_end

IGNORED = -100  # PyTorch's label for a token that is read but not learned


class MaskError(ValueError):
    """A row that would be learned wrongly; the message names the row and the fix."""


@dataclass(frozen=True)
class Encoded:
    """One row as tokens: `labels` repeats what is learned and has `IGNORED` for the rest."""

    id: str
    input_ids: tuple[int, ...]
    labels: tuple[int, ...]

    @property
    def learned(self) -> list[int]:
        """The supervised tokens: the answer and the end of its turn, all if `unmasked`."""
        return [label for label in self.labels if label != IGNORED]


@dataclass(frozen=True)
class Piece:
    """A token of a drawn mask: its text, and whether it is learned."""

    text: str
    learned: bool


def encode(tokenizer: Any, rendered: Rendered, id: str) -> Encoded:
    """Tokenize prompt and completion together; learn what comes after the prompt's own tokens.

    The template has written all special tokens; in a row's own texts they are plain text. Raises
    `MaskError` if the answer's first characters melt into the prompt's last token, for then a
    model would be asked with other tokens than it was trained on.
    """
    prompt, whole = _tokens(
        tokenizer,
        id,
        rendered.guarded_prompt,
        rendered.guarded_prompt + rendered.guarded_completion,
    )
    if whole[: len(prompt)] != prompt:
        start = rendered.completion[:20]
        raise MaskError(
            f"row {id!r}: its prompt's tokens are not how prompt and answer together begin: "
            f"{start!r} melts into the prompt; take white space off the answer's beginning"
        )
    return Encoded(id, whole, (IGNORED,) * len(prompt) + whole[len(prompt) :])


def _tokens(tokenizer: Any, id: str, *texts: str) -> list[tuple[int, ...]]:
    try:
        return list(map(tuple, tokens.encode(tokenizer, texts)))
    except ValueError as error:
        raise MaskError(f"row {id!r} {error}; take it out of the row") from error


def check(tokenizer: Any, row: Encoded, rendered: Rendered, max_length: int) -> None:
    """Raise `MaskError` unless a row is whole and teaches its answer, its end and nothing else."""
    learned, end = row.learned, tokenizer.convert_tokens_to_ids(turn_end(tokenizer))
    begin = tokenizer.bos_token_id
    if len(row.input_ids) > max_length:
        raise MaskError(
            f"row {row.id!r} has {len(row.input_ids)} tokens and max_length is {max_length}: its "
            f"answer would be cut; set max_length to {len(row.input_ids)}, or shorten the row"
        )
    begun = rendered.guarded_prompt.count(tokenizer.bos_token) if tokenizer.bos_token else 0
    if begin not in (None, end) and row.input_ids.count(begin) != begun:
        raise MaskError(
            f"row {row.id!r} has {row.input_ids.count(begin)} beginning-of-text tokens, and its "
            f"template writes {begun}; tokenize without special tokens"
        )
    if not learned or learned[-1] != end:
        raise MaskError(
            f"row {row.id!r}: the last token learned is not the turn's end "
            f"{turn_end(tokenizer)!r}, so the model would never stop; end the completion with it"
        )
    if learned.count(end) > 1:
        raise MaskError(
            f"row {row.id!r}: its answer has the turn's end {turn_end(tokenizer)!r} inside; take "
            "it out of the row"
        )
    text = decode(tokenizer, learned)
    if text != rendered.completion:
        raise MaskError(
            f"row {row.id!r}: what is learned reads {text!r}, not {rendered.completion!r}; the "
            "tokenizer changes this text: normalize the row, or take another base"
        )


def unmasked(row: Encoded) -> Encoded:
    """Return a checked row with its prompt learned too: all tokens but the first.

    Nothing comes before the first to tell it by. The last is still the turn's end, for `check`
    saw to it while the row taught its answer alone.

    >>> unmasked(Encoded("7", (5, 6, 7, 2), (IGNORED, IGNORED, 7, 2))).labels
    (-100, 6, 7, 2)
    """
    return replace(row, labels=(IGNORED, *row.input_ids[1:]))


def encode_all(
    tokenizer: Any, task: Task, examples: Sequence[Example], max_length: int
) -> list[Encoded]:
    """Encode rows and check every one; raises `MaskError` for the first that fails.

    Rows that are too long are counted, so that one message is enough to choose a `max_length`.
    """
    rendered = [render(tokenizer, task, example) for example in examples]
    rows = [encode(tokenizer, r, e.id) for r, e in zip(rendered, examples, strict=True)]
    long = [row for row in rows if len(row.input_ids) > max_length]
    if len(long) > 1:
        longest = max(long, key=lambda row: len(row.input_ids))
        raise MaskError(
            f"{len(long)} rows have more than max_length = {max_length} tokens, the longest, "
            f"{longest.id!r}, {len(longest.input_ids)}: their answers would be cut; set "
            f"max_length to {len(longest.input_ids)}, or shorten them"
        )
    for row, text in zip(rows, rendered, strict=True):
        check(tokenizer, row, text, max_length)
    return rows


def check_batch(
    ids: Sequence[Sequence[int]], labels: Sequence[Sequence[int]], rows: Sequence[Encoded]
) -> None:
    """Raise `RuntimeError` unless a batch on its way into the model is what was asserted.

    Whatever library prepared it: no row cut, packed, shuffled or masked otherwise.
    """
    for given, learned, row in zip(ids, labels, rows, strict=True):
        size = len(row.input_ids)
        same = tuple(given[:size]) == row.input_ids and tuple(learned[:size]) == row.labels
        if not same or set(learned[size:]) - {IGNORED}:
            raise RuntimeError(
                f"the trainer feeds the model other tokens than row {row.id!r} has; its version "
                "prepares rows in a way this course does not know: install the pinned versions"
            )


def decode(tokenizer: Any, tokens: Sequence[int]) -> str:
    """Return tokens as the exact text they stand for."""
    return tokenizer.decode(
        list(tokens), skip_special_tokens=False, clean_up_tokenization_spaces=False
    )


def draw(tokenizer: Any, row: Encoded) -> list[Piece]:
    """Return a row token by token, as text, with what is learned, to be drawn.

    Bytes of one character that are split over tokens are drawn with the last of them, so that
    the pieces together are the text.
    """
    pieces: list[Piece] = []
    for learned, run in groupby(zip(row.input_ids, row.labels, strict=True), _is_learned):
        tokens, shown = [token for token, _ in run], ""
        for count in range(1, len(tokens) + 1):
            text = decode(tokenizer, tokens[:count])
            whole = not text.endswith("\ufffd") or count == len(tokens)
            pieces.append(Piece(text[len(shown) :] if whole else "", learned))
            shown = text if whole else shown
    return pieces


def _is_learned(pair: tuple[int, int]) -> bool:
    return pair[1] != IGNORED
