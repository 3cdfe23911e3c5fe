"""Make GGUF files for llama.cpp: a fused Hugging Face folder, converted, then quantized.

Both steps are llama.cpp's own programs, run beside this process. Where the way through
`convert` and `quantize` fails, the log they leave begins with the command to repeat by hand.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from helpers.core.files import replace_file
from helpers.engines.gguf.loading import TOKENIZER, fallback_file
from helpers.export import converter, steps
from helpers.export.steps import ExportError
from helpers.models import configuration, folders, text_part
from helpers.models.loading import tokenizer_of
from helpers.pretrain.tiny_base import QWEN2

OUTTYPES = ("f32", "f16", "bf16")
KINDS = {"Q8_0": 7, "Q6_K": 18, "Q5_K_M": 17, "Q4_K_M": 15, "Q4_0": 2}  # llama.cpp's file types
FALLBACK = re.compile(r"ncols +\d+ not divisible by .*type +(\w+)\) -> falling back to +(\w+)")


def convert(folder: str | Path, out: str | Path, outtype: str = "f16") -> Path:
    """Write a model's folder as the GGUF file `out`, its tokenizer's files beside it; return `out`.

    The chat template goes in as it is, which is checked by reading it back. All that the converter
    says is kept in `<out>.log`. Raises `ExportError` or `EngineError`, one line each.
    """
    folder, out = Path(folder), Path(out)
    if outtype not in OUTTYPES:
        raise ExportError(f"there is no type {outtype!r}; choose one of {', '.join(OUTTYPES)}")
    folders.check(folder)
    config = configuration.read(folder / "config.json")
    if why := text_part.reason_against(config, "llama.cpp's converter"):
        raise ExportError(f"convert: {folder} {why}")
    _check_tokenizer(folder)
    beside = _beside("convert", folder, out.parent)
    program = [sys.executable, "-P", Path(__file__).with_name("run_converter.py")]
    with steps.written("convert", out) as part:
        words = [converter.script(), pre_tokenizer(folder), folder]
        options = ["--outfile", part, "--outtype", outtype]
        steps.run("convert", [*program, *words, *options], log_of(out))
        _check_template(part, folder)
        _write_all(beside)
    return out


def quantize(source: str | Path, out: str | Path, kind: str) -> Path:
    """Quantize a GGUF file of 16- or 32-bit weights to one of `KINDS`; return `out`.

    What lies beside the source lies beside the new file too. For rows of a width that the wanted
    type cannot cut into blocks (of 256 in Q4_K) llama.cpp takes another, of more bits: how many
    matrices have which is kept in `<out>.fallback.json`, and a score's record repeats it.
    Raises `ExportError`; all that llama.cpp says is kept in `<out>.log`.
    """
    source, out = Path(source), Path(out)
    if kind not in KINDS:
        raise ExportError(f"there is no type {kind!r}; choose one of {', '.join(KINDS)}")
    if not source.is_file():
        raise ExportError(f"quantize: there is no file {source}; convert the model first")
    beside = _beside("quantize", source.parent, out.parent)
    program = [sys.executable, "-P", Path(__file__).with_name("run_quantizer.py")]
    with steps.written("quantize", out) as part:
        log = steps.run("quantize", [*program, source, part, str(KINDS[kind])], log_of(out))
        _write_all(beside)
        _keep_fallback(log, fallback_file(out))
    return out


def _keep_fallback(log: str, file: Path) -> None:
    """Write which types were taken for which, and how often; no file where none was."""
    counts = Counter(f"{wanted} as {taken}" for wanted, taken in FALLBACK.findall(log))
    if counts:
        replace_file(file, json.dumps(counts, indent=1) + "\n")
    else:
        file.unlink(missing_ok=True)


def log_of(out: Path) -> Path:
    """Return where the log of making a file is kept.

    >>> log_of(Path("model.gguf")).name
    'model.gguf.log'
    """
    return out.with_name(f"{out.name}.log")


def metadata_of(file: str | Path, key: str) -> Any:
    """Return what a GGUF file's metadata has under a key; None if nothing."""
    from cyllama.llama.llama_cpp import GGUFContext

    content = GGUFContext.from_file(str(file))
    return content.get_value(key) if content.find_key(key) >= 0 else None


def pre_tokenizer(folder: Path) -> str:
    """Return "qwen2" if a tokenizer cuts text exactly as Qwen2's does, else "".

    llama.cpp knows that way of cutting by this name; what is learned upon it may be any.
    """
    tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    split = {"type": "Split", "pattern": {"Regex": QWEN2}, "behavior": "Isolated", "invert": False}
    bytewise = {"type": "ByteLevel", "add_prefix_space": False, "use_regex": False}
    cutting = tokenizer.get("pre_tokenizer") or {}
    parts = [dict(part) for part in cutting.get("pretokenizers", [])]
    for part in parts:
        part.pop("trim_offsets", None)  # where a token lies in the text, not what it is
    known = parts == [split, bytewise] and tokenizer["model"]["type"] == "BPE"
    return "qwen2" if known else ""


def _beside(step: str, source: Path, to: Path) -> dict[Path, str]:
    """Return the texts to write beside a GGUF: its tokenizer, and the record of its run.

    Raises `ExportError` where they would replace those of another model or run.
    """
    texts = {}
    for name in (*TOKENIZER, "record.json"):
        if (source / name).exists():
            texts[to / name] = (source / name).read_text(encoding="utf-8")
    for path, text in texts.items():
        if path.exists() and path.read_text(encoding="utf-8") != text:
            raise ExportError(
                f"{step}: {path} belongs to something else; name another folder, or remove this one"
            )
    return texts


def _write_all(texts: dict[Path, str]) -> None:
    for path, text in texts.items():
        if not path.exists():
            replace_file(path, text)


def _check_tokenizer(folder: Path) -> None:
    """Raise `ExportError` for a tokenizer that brings its own code: the converter would run it."""
    path = folder / "tokenizer_config.json"
    if path.exists() and "auto_map" in json.loads(path.read_text(encoding="utf-8")):
        raise ExportError(
            f"convert: {path} needs code of its own (auto_map), and no remote code is run; choose "
            "a model whose tokenizer transformers knows"
        )


def _check_template(file: Path, folder: Path) -> None:
    """Raise `ExportError` unless a GGUF carries its folder's chat template, to the letter."""
    template = tokenizer_of(folder).chat_template
    if not template or metadata_of(file, "tokenizer.chat_template") != template:
        raise ExportError(
            f"convert: the chat template in the GGUF is not that of {folder}; "
            "write the template as text to its chat_template.jinja"
        )
