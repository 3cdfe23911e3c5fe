"""A base to train on, whatever framework trains: its place, its content's digest, its tokenizer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from helpers.core import fingerprints
from helpers.core.examples import EngineError
from helpers.models import digests, folders
from helpers.models.bases import UnsuitableBase, multimodal_reason
from helpers.models.folders import Place
from helpers.models.template import template_of


def place(base: str) -> Place:
    """Return where a base lies, a base of the hub once it is fetched.

    Raises `UnsuitableBase` for one that is not there or that the course does not train.
    """
    with _unsuitable():
        return folders.resolve(base)


def source(base: str) -> str:
    """Return the folder a base is loaded from; raises `UnsuitableBase`."""
    return str(place(base).folder)


def configuration(base: str) -> dict[str, Any]:
    """Return a base's configuration; of one of the hub nothing else is fetched.

    Raises `UnsuitableBase` for one that is not there or that the course does not train.
    """
    with _unsuitable():
        return folders.config_of(base)


def digest_of(base: str) -> str:
    """Return a name for a base's content."""
    return fingerprints.digest(digests.contents(place(base).folder))


def load_tokenizer(base: str) -> Any:
    """Load a base's tokenizer for training, padded on the right; raises `UnsuitableBase`."""
    folder = place(base).folder
    with _unsuitable():
        tokenizer = tokenizer_of(folder)
        if why := multimodal_reason({}, processor=hasattr(tokenizer, "image_processor")):
            raise UnsuitableBase(f"{base} {why}")
        check_template(tokenizer, base)
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    tokenizer.padding_side = "right"  # in training; answering pads on the left
    return tokenizer


@contextmanager
def _unsuitable() -> Iterator[None]:
    """Say that a base which cannot be had is none to train on."""
    try:
        yield
    except EngineError as error:
        raise UnsuitableBase(str(error)) from error


def tokenizer_of(folder: Path) -> Any:
    """Load the tokenizer in a folder; raises `EngineError`, one line that names what is at fault.

    That may be the model's configuration, which the library reads first.
    """
    from transformers import AutoTokenizer

    try:
        return AutoTokenizer.from_pretrained(
            folder, trust_remote_code=False, local_files_only=True
        )
    except Exception as error:  # the library beneath raises mere `Exception`s, too
        if fault := _fault(folder):
            raise EngineError(
                f"{folder / 'config.json'}: cannot be read ({fault}); copy it again, or mend it"
            ) from error
        raise EngineError(
            f"{folder}: its tokenizer cannot be loaded ({_reason(error)}); copy tokenizer.json and "
            "tokenizer_config.json again"
        ) from error


def _fault(folder: Path) -> str:
    """Return what is wrong with a model's configuration; empty if nothing is, or none is there."""
    from transformers import AutoConfig

    if not (folder / "config.json").exists():
        return ""
    try:
        AutoConfig.from_pretrained(folder, trust_remote_code=False, local_files_only=True)
    except Exception as error:  # as above
        return _reason(error)
    return ""


def _reason(error: Exception) -> str:
    """Return an error's first sentence on one line.

    >>> _reason(ValueError("field 'width':\\n    it is a text\\nsee the manual"))
    "field 'width': it is a text"
    """
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return " ".join(lines[: 2 if lines[0].endswith(":") else 1]) if lines else type(error).__name__


def check_template(tokenizer: Any, shown: str) -> None:
    """Raise `EngineError` for a tokenizer without a chat template, or with one of no use."""
    if not tokenizer.chat_template:
        raise EngineError(
            f"{shown} has no chat template, so a prompt cannot be rendered for it; take an "
            "instruct model, or put a chat_template.jinja beside its tokenizer"
        )
    template_of(tokenizer)
