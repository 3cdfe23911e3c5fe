"""A step of an export: a file or a folder, whole or not at all."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from safetensors import SafetensorError

# What a program says when it fails, and what helps.
FIXES = {
    r"No space left|File too large|Disk quota|requested and \d+ written|iostream error": (
        "make room on the disk"
    ),
    r"File not found: .*tokenizer\.model": (
        "copy the base's own tokenizer.model into the folder: of this family the converter reads "
        "no other tokenizer"
    ),
    r"BPE pre-tokenizer was not recognized": "export a model whose tokenizer llama.cpp knows",
    r"is not supported|unknown model architecture": (
        "export a model of an architecture that llama.cpp knows"
    ),
    r"No module named": "install what is missing with pip install -r requirements.txt",
    r"requantizing from type": "quantize a file of F16 or F32 weights",
}
LAST = 10  # lines of a log that tell of its failure; before them are warnings that came to nothing


class ExportError(ValueError):
    """A step of an export that failed; the message names the step, the reason and the fix."""


@contextmanager
def written(step: str, out: Path) -> Iterator[Path]:
    """Give a name beside `out` to write to; the file becomes `out` once all has gone well.

    Raises `ExportError` if the folder cannot be written to, and leaves nothing half-written.
    """
    part = out.with_name(f".{out.name}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        yield part
        part.replace(out)
    except OSError as error:
        raise ExportError(
            f"{step}: {out} cannot be written ({error.strerror}); make room, or name another folder"
        ) from error
    finally:
        if part.exists():
            part.unlink()


@contextmanager
def folder(step: str, out: Path) -> Iterator[Path]:
    """Give a folder beside `out` to fill; it becomes `out` once all has gone well.

    Raises `ExportError` if it cannot be written to, or holds what no export made, and leaves
    nothing half-written.
    """
    there = [file.name for file in sorted(out.iterdir())] if out.is_dir() else []
    if there and not made_here(out):
        raise ExportError(f"{step}: {out} holds {there[0]}, which no export made; name another")
    part = out.with_name(f".{out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        yield part
        shutil.rmtree(out, ignore_errors=True)
        part.replace(out)
    except (OSError, SafetensorError) as error:
        why = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise ExportError(
            f"{step}: {out} cannot be written ({why}); make room, or name another folder"
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def made_here(folder: Path) -> bool:
    """Whether an export made a folder: its record says so, or it is a page or mlx-lm's adapter.

    A run has a record, too, and anybody's adapter a configuration.
    """
    if (folder / "page.json").exists():
        return True
    names = {"record.json": "made", "adapter_config.json": "fine_tune_type"}
    return any(mark in _fields(folder / name) for name, mark in names.items())


def _fields(file: Path) -> Collection[str]:
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    return known if isinstance(known, dict) else ()


def run(step: str, command: Sequence[str | Path], log: Path) -> str:
    """Run a program and return what it says; `log` keeps that, below the command as typed.

    Raises `ExportError` if it fails: one line with the step, the program's reason and the fix.
    """
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=os.environ | {"HF_HUB_OFFLINE": "1"},  # all it needs lies in folders
        check=False,
    )
    log.write_text(f"{shlex.join(words)}\n{done.stdout}", encoding="utf-8")
    if done.returncode:
        why, fix = reason(done.stdout, done.returncode)
        raise ExportError(f"{step} failed: {why}; {fix} (all it said is in {log})")
    return done.stdout


def reason(log: str, status: int) -> tuple[str, str]:
    """Return the line of a failed program's log that says why, and the fix.

    >>> reason("reading\\nOSError: [Errno 28] No space left on device\\n", 1)
    ('OSError: [Errno 28] No space left on device', 'make room on the disk')
    >>> reason("reading\\n", -9)
    ('it was ended by signal 9', 'close other programs, as memory may be short')
    """
    lines = [line.strip() for line in log.splitlines() if line.strip()][: -LAST - 1 : -1]
    if status < 0:
        return f"it was ended by signal {-status}", "close other programs, as memory may be short"
    for line in lines:
        for pattern, fix in FIXES.items():
            if re.search(pattern, line):
                return line, fix
    errors = [line for line in lines if re.search("error", line, re.IGNORECASE)]
    return next(iter(errors + lines), f"it ended with status {status}"), "read what it said"
