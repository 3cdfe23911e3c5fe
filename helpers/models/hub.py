"""Fetch a model from the hub: its configuration first, then the texts and weights it needs."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from helpers.core import paths
from helpers.core.examples import EngineError

NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", re.ASCII)
OURS = ("data/", "runs/")  # folders of the project, there or not
# An adapter_config.json is left out: beside a base it would make transformers fetch another base.
FETCHED = (
    "config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "chat_template.jinja",
    "model.safetensors.index.json",
    "model*.safetensors",
)


def is_name(text: str) -> bool:
    """Return whether a text names a model of the hub, and not a folder that is missing here.

    >>> is_name("Qwen/Qwen3-0.6B"), is_name("gpt2"), is_name("./Qwen/Qwen3-0.6B")
    (True, False, False)
    >>> is_name("data/tiny_base"), is_name("helpers/nowhere")  # the parent folder is here
    (False, False)
    """
    if not NAME.fullmatch(text) or text.startswith(OURS):
        return False
    owner = text.partition("/")[0]
    return not any((folder / owner).is_dir() for folder in (Path(), paths.root()))


@cache
def configuration(name: str, revision: str = "") -> Path:
    """Fetch a model's `config.json` alone and return its path; raises `EngineError`."""
    from httpx import HTTPError
    from huggingface_hub import hf_hub_download

    try:
        return Path(hf_hub_download(name, "config.json", revision=revision or None))
    except (OSError, HTTPError) as error:
        raise EngineError(f"{name}: {problem(name, error)}") from error


@cache
def snapshot(name: str, revision: str = "") -> Path:
    """Fetch a model's texts and weights and return their folder; raises `EngineError`.

    The folder is in the hub's cache and has the name of the commit it holds. What is there
    already is not fetched again, and what was cut short goes on.
    """
    from httpx import HTTPError
    from huggingface_hub import is_offline_mode, snapshot_download

    try:
        found = snapshot_download(
            name,
            revision=revision or None,
            allow_patterns=list(FETCHED),
            # a commit that is here already is found without asking for its list of files
            local_files_only=is_offline_mode(),
        )
    except (OSError, HTTPError) as error:
        raise EngineError(f"{name}: {problem(name, error)}") from error
    return Path(found)


def cached(name: str) -> Path | None:
    """Return the folder of a model as this machine last fetched it; None if it has no weights.

    Nothing is asked of the hub.
    """
    from huggingface_hub import errors, snapshot_download

    try:
        folder = Path(snapshot_download(name, local_files_only=True))
    except errors.LocalEntryNotFoundError:
        return None
    return folder if any(folder.glob("*.safetensors")) else None


def problem(name: str, error: Exception) -> str:
    """Return what went wrong with a model of the hub, and the fix, in one line."""
    from huggingface_hub import errors, is_offline_mode

    if isinstance(error, errors.GatedRepoError):
        return (
            f"is gated; accept its terms on https://huggingface.co/{name}, then log in with: "
            "hf auth login"
        )
    if isinstance(error, errors.RepositoryNotFoundError):
        return (
            "there is no such folder here and no such model on the hub, unless it is private; "
            "check the name, or log in with: hf auth login"
        )
    if isinstance(error, errors.RevisionNotFoundError):
        return "the hub no longer has the commit that was trained on; train again"
    if isinstance(error, errors.RemoteEntryNotFoundError):
        return "has no config.json on the hub, so it is no model; name the base it belongs to"
    if isinstance(error, (errors.LocalEntryNotFoundError, errors.OfflineModeIsEnabled)):
        if is_offline_mode():
            return (
                "is not, or not whole, in this machine's cache of the hub, and HF_HUB_OFFLINE is "
                "set; unset it once to fetch the model, or name a folder such as data/tiny_base/2m"
            )
        return (
            "the hub cannot be reached; connect and try again, or name a folder such as "
            "data/tiny_base/2m"
        )
    reason = (str(error).strip() or type(error).__name__).splitlines()[0]
    return f"could not be fetched from the hub ({reason}); try again"
