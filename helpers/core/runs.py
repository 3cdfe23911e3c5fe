"""Runs: a folder each, with a record of what was done and the predictions it rests on.

`runs/<id>/record.json` says what ran, on what, with which scores; `predictions.jsonl` holds the
answers and is appended to, so a killed run goes on where it stopped. Records worth showing are
committed in `data/records/`.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from helpers.core import fingerprints, paths, records
from helpers.core.examples import Prediction, margin_in
from helpers.core.files import replace_file

SHOWN_PACKAGES = (
    "numpy", "rapidfuzz", "scipy", "scikit-learn", "torch", "transformers", "peft", "trl",
    "llguidance", "mlx", "mlx-lm", "xllamacpp", "cyllama",
)  # fmt: skip
VARYING = frozenset(
    {
        "commit", "created", "graded_commit", "hardware", "peak_gpu_memory_mb", "peak_memory_mb",
        "peak_mlx_memory_mb", "resumed", "tokens_per_second", "versions",
    }
)  # fmt: skip


def run_folder(kind: str, **config: Any) -> Path:
    """Return the folder of the run with this configuration: the same again resumes there."""
    folder = paths.runs() / f"{kind}-{fingerprints.digest(config)}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def environment() -> dict[str, Any]:
    """Return what a result may depend on beside its configuration: commit, versions, machine."""
    return {
        "commit": commit(),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {"python": platform.python_version()} | _versions(),
        "hardware": {"machine": platform.machine(), "system": platform.system(), "cpus": _cpus()},
        "peak_memory_mb": peak_memory_mb(),
    }


def _versions() -> dict[str, str]:
    found = {}
    for package in SHOWN_PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _cpus() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def peak_memory_mb() -> int:
    """Return the most memory this process ever held, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS, else kilobytes
    return peak // (1024 * 1024 if sys.platform == "darwin" else 1024)


def commit() -> str | None:
    """Return the clone's commit, marked if code or data differ from it; None outside of git.

    Where the code was sent without its git, `TINY_SPECIALISTS_COMMIT` says which one it is.
    """
    if sent := os.environ.get("TINY_SPECIALISTS_COMMIT"):
        return sent
    git = shutil.which("git")
    if not git:
        return None
    found, changed = (
        subprocess.run(
            [git, "-C", str(paths.root()), *words], capture_output=True, text=True, check=False
        ).stdout.strip()
        for words in (
            ["rev-parse", "--short=12", "HEAD"],
            ["status", "--porcelain", "--", "helpers", "data", ":!data/records"],
        )
    )
    return f"{found}-dirty" if found and changed else found or None


def check_committed() -> None:
    """Raise `ValueError` if no commit holds code and data: what they make is not to be published.

    Asked before the work begins, it saves the work.
    """
    if "dirty" in (commit() or "dirty"):
        raise ValueError("helpers or data have uncommitted changes; commit them, then start again")


def write(folder: Path, record: dict[str, Any]) -> None:
    """Write a run's record in one step."""
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    replace_file(folder / "record.json", text)


def read(folder: str | os.PathLike[str]) -> dict[str, Any]:
    """Read a run's record.

    Raises `FileNotFoundError` that says what a run is, and `ValueError` for a damaged record.
    """
    path = Path(folder)
    path = path / "record.json" if path.is_dir() else path
    if not path.exists():
        raise FileNotFoundError(f"{path}: no record there; name the folder of a finished run")
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path}: is not JSON ({error}); make that run again") from error
    return records.checked(record, path)


def committed() -> list[dict[str, Any]]:
    """Read the records in `data/records/`, by name."""
    return [read(path) for path in sorted((paths.root() / "data" / "records").glob("*.json"))]


def publish(folder: Path, name: str) -> Path:
    """Copy a scored run's record to `data/records/<name>.json`, to be committed.

    Raises `ValueError` for a name that is not a plain file name, and for a record made with code
    or data that no commit holds, or on rows of your own: nobody could make it again.
    """
    if Path(name).name != name or not name:
        raise ValueError(f"{name!r} is not a name for a record; use letters, digits and dashes")
    record = read(folder)
    if records.uncommitted(record):
        raise ValueError(
            f"{folder.name} was made with uncommitted changes; commit, then score it with --fresh"
        )
    if not records.on_bundled_rows(record):
        theirs = paths.shown(paths.data(record["task"]))
        raise ValueError(f"{folder.name} is of other rows than {theirs}'s; leave --data-dir out")
    path = paths.root() / "data" / "records" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, (folder / "record.json").read_text(encoding="utf-8"))
    return path


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold a run's folder for this process; raises `RuntimeError` if another one holds it.

    `TINY_SPECIALISTS_WAIT` is how many seconds to wait for it first; -1 waits as long as it takes.
    """
    from filelock import FileLock, Timeout

    wait = float(os.environ.get("TINY_SPECIALISTS_WAIT", 0))
    try:
        with FileLock(folder / ".lock", timeout=wait):
            yield
    except Timeout as error:
        raise RuntimeError(f"{folder.name} is at work elsewhere; wait until it ends") from error


def finished(folder: Path) -> dict[str, Prediction]:
    """Read a run's predictions so far, by row id; a broken line counts as unanswered.

    A last line that was cut short is taken off, so that the next one starts on its own.
    """
    path = folder / "predictions.jsonl"
    if not path.exists():
        return {}
    content = path.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if whole != content:
        os.truncate(path, len(whole))
    return {p.id: p for p in map(_prediction, whole.splitlines()) if p}


def _prediction(line: bytes) -> Prediction | None:
    try:
        row = json.loads(line)
        answer = row["id"], row["text"], row["seconds"]
        return records.prediction(*answer, margin_in(row), row["details"])
    except (ValueError, TypeError, LookupError):
        return None


def append(folder: Path, predictions: Iterable[Prediction]) -> None:
    """Append predictions to a run and make sure that they are on the disk."""
    lines = [json.dumps(_row(p), ensure_ascii=False) + "\n" for p in predictions]
    with (folder / "predictions.jsonl").open("a", encoding="utf-8") as file:
        file.write("".join(lines))
        file.flush()
        os.fsync(file.fileno())


def _row(prediction: Prediction) -> dict[str, Any]:
    kept = {"id": prediction.id, "text": prediction.text, "details": prediction.details}
    return replace(prediction, details={}).row | kept


def without_times(record: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a record that the same run always repeats: all but times and machine.

    >>> without_times({"exact": 0.5, "seconds_median": 0.1, "created": "now"})
    {'exact': 0.5}
    """
    return {
        key: value
        for key, value in record.items()
        if key not in VARYING and not key.startswith("seconds")
    }


def batches(items: Sequence[Any], size: int) -> list[Sequence[Any]]:
    """Cut items into batches of `size`.

    >>> batches("abcde", 2)
    ['ab', 'cd', 'e']
    """
    return [items[at : at + size] for at in range(0, len(items), size)]
