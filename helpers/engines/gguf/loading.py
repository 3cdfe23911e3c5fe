"""Load a GGUF file with llama.cpp for answering, and check that it is asked as it was trained."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from helpers.core import fingerprints, paths, runs
from helpers.core.examples import EngineError
from helpers.core.files import sha256
from helpers.engines.decoding.reading import Reading, Tokens
from helpers.engines.gguf.reading import Reader
from helpers.engines.gguf.server import LlamaServer
from helpers.engines.loaded import Loaded
from helpers.models.folders import local
from helpers.models.loading import check_template, tokenizer_of
from helpers.models.template import folded, template_of, write

TOKENIZER = (  # what lies beside a GGUF: its tokenizer, as transformers reads it
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "chat_template.jinja",
)
PROBE = (
    {"role": "system", "content": "Obey: {{ x }} {% y %} \"'\\"},
    {"role": "user", "content": "  it's 10 °C\n\n\tnaïve 日本 🙂 <|endoftext|>I'LL  "},
)


@dataclass(frozen=True)
class GgufLoaded(Loaded):
    """A GGUF model ready to answer; `model` is a `LlamaServer`."""

    @property
    def vocabulary(self) -> int:
        """How many tokens the tokenizer has; rows of padding are llama.cpp's business."""
        return len(self.tokenizer)

    @property
    def positions(self) -> int:
        """How many tokens the model reads, prompt and answer together."""
        return self.model.positions

    @property
    def dtype(self) -> str:
        """The weights' type, by llama.cpp's name, such as F16."""
        return self.model.type

    @property
    def device(self) -> str:
        """The kind of device the model is on: cpu or gpu."""
        return self.model.device

    @cached_property
    def reader(self) -> Reader:
        """The same file once more, ready to rescore; loaded when it is first asked for."""
        return Reader(self.model.file, self.positions)

    def begin(self, prompts: Sequence[Tokens]) -> tuple[Reading, list[Tokens]]:
        """Raise `EngineError`: llama.cpp answers whole rows by itself."""
        raise EngineError("llama.cpp's server answers whole rows by itself; ask its engine")

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Let the model answer: it is always ready."""
        yield


def find(model: str | Path) -> Path:
    """Return the GGUF file that `model` is, or the one in that folder; raises `EngineError`."""
    path = Path(model).expanduser()
    below = paths.root() / path
    if path.suffix == ".gguf":
        if not path.is_file() and not below.is_file():
            raise EngineError(f"{model}: there is no such file; export the model first")
        return (path if path.is_file() else below).resolve()
    folder = local(model)
    if folder is None:
        raise EngineError(f"{model}: there is no such folder; name a .gguf file")
    files = sorted(folder.glob("*.gguf"))
    if len(files) != 1:
        names = ", ".join(file.name for file in files) or "none"
        raise EngineError(f"{model}: has not one .gguf file, but {names}; name the file")
    return files[0].resolve()


def record_of(model: str | Path) -> dict[str, Any]:
    """Return the record of the run that a GGUF was made from; empty if none lies beside it."""
    path = find(model).with_name("record.json")
    return runs.read(path) if path.exists() else {}


def load(model: str | Path) -> GgufLoaded:
    """Load a GGUF file, and the tokenizer beside it; raises `EngineError`.

    The prompt as the tokenizer writes it must be the one that the template in the file writes,
    byte by byte, and both must read it as the same tokens.
    """
    file = find(model)
    for name in TOKENIZER[:2]:
        if not (file.parent / name).exists():
            raise EngineError(
                f"{file.parent / name}: is missing; copy it from the model the GGUF was made of"
            )
    tokenizer = tokenizer_of(file.parent)
    check_template(tokenizer, str(file.parent))
    server = LlamaServer(file)
    _check_prompt(server, tokenizer, file)
    record = record_of(file)
    base = {"base": record["base"]} if "base" in record else {}
    metadata = {"model": paths.shown(file)} | base | fallback_of(file)
    return GgufLoaded(server, tokenizer, digest(file), "base" in record, record, metadata)


def fallback_file(file: Path) -> Path:
    """Return where it is kept what a quantized file's matrices are, if not all are as it says.

    >>> fallback_file(Path("model.gguf")).name
    'model.gguf.fallback.json'
    """
    return file.with_name(f"{file.name}.fallback.json")


def fallback_of(file: Path) -> dict[str, dict[str, int]]:
    """Return, under "fallback", how many matrices are of another type than the file's name says."""
    kept = fallback_file(file)
    return {"fallback": json.loads(kept.read_text(encoding="utf-8"))} if kept.exists() else {}


def files_of(file: Path) -> list[Path]:
    """Return a GGUF and what lies beside it: its tokenizer, its run's record, its true types."""
    beside = [file.parent / name for name in (*TOKENIZER, "record.json")]
    return [file, *(one for one in (*beside, fallback_file(file)) if one.exists())]


def digest(file: Path) -> str:
    """Return a name for the content of a GGUF and of the tokenizer beside it."""
    beside = [file.parent / name for name in TOKENIZER]
    return fingerprints.digest(sha256(file), [p.read_text("utf-8") for p in beside if p.exists()])


def _check_prompt(server: LlamaServer, tokenizer: Any, file: Path) -> None:
    """Raise `EngineError` unless a GGUF's template and tokens are those it was trained with."""
    messages = list(PROBE) if template_of(tokenizer).has_system else folded(PROBE)
    ours = write(tokenizer, messages, ask=True)
    try:
        theirs = server.prompt(messages)
    except ValueError as error:
        raise EngineError(f"{file}: its template cannot be used ({error}); mend it") from error
    if theirs.encode() != ours.encode():
        raise EngineError(f"{file}: its template writes {theirs!r}, not {ours!r}; export it again")
    tokens = tokenizer(ours, add_special_tokens=False)["input_ids"]
    if server.tokenize(ours) != tokens:
        raise EngineError(f"{file}: reads a prompt as other tokens than the tokenizer beside it")
