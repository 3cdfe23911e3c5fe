"""Pull a finished run, verify each file by its digest, and answer fifty rows with it here."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helpers.core import paths, runs
from helpers.export import ollama
from helpers.finetune import checkpoints
from helpers.models import folders
from helpers.remote import job as jobs
from helpers.remote import loop, ssh, there, work
from helpers.remote.loop import Say
from helpers.remote.ssh import Host, RemoteError


def pull(host: Host, name: str, say: Say, base: str = "", data: str = "") -> dict[str, Any]:
    """Fetch a run and what was made of it; return where it lies and how alike it answers here.

    `base` and `data` are the reader's own folders, if it was trained on such. Raises
    `RemoteError` for a file that is not what it was there.
    """
    folder = loop.here(name)
    wanted = ssh.call(host, say, do="files", name=name)["files"]
    fetch(host, name, wanted, folder, say)
    result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    job = jobs.read(json.loads((folder / "job.json").read_text(encoding="utf-8")))
    run = settle(folder, result["run"], job, base)
    found = {"run": paths.shown(run)} | parity(run, job, result, data)
    if "scores" in result:
        found["scores"] = result["scores"]
    if "gguf" in job.then:
        found["gguf"] = paths.shown(gguf_of(folder, run, result["gguf"], say))
    return found


def fetch(host: Host, name: str, wanted: Mapping[str, str], folder: Path, say: Say) -> None:
    """Fetch files, and make sure of each by its digest; what is here and right is not fetched."""
    for file in wanted:
        if Path(file).is_absolute() or ".." in Path(file).parts:
            raise RemoteError(f"{host.name} names a file outside of the run: {jobs.shown(file)}")
    missing = [file for file in wanted if not same(folder / file, wanted[file])]
    for file in missing:
        (folder / file).unlink(missing_ok=True)  # rsync goes by size and time
    folder.mkdir(parents=True, exist_ok=True)
    if missing:
        words = ssh.fetching(host, f"jobs/{name}", folder)
        names = b"".join(file.encode() + b"\0" for file in missing)
        ssh.again(lambda: ssh.run(host, words, names), say)
    for file in missing:
        if not same(folder / file, wanted[file]):
            raise RemoteError(f"{file} is not what it was on {host.name}; pull it again")
    say(f"{len(wanted)} files verified by digest, {len(missing)} of them fetched")


def same(file: Path, digest: str) -> bool:
    """Return whether a file is here with this content."""
    return file.is_file() and not file.is_symlink() and there.sha256(file) == digest


def settle(folder: Path, name: str, job: jobs.Job, base: str = "") -> Path:
    """Put a pulled run where runs lie, an ordinary one; return its folder.

    Raises `RemoteError` if another run is there under its name, or if it has no run's name.
    """
    if not re.fullmatch(r"finetune-\w+(?:-\w+)*", name, re.ASCII):
        raise RemoteError(f"the host calls its run {jobs.shown(name)}; that is no run's name")
    source, run = folder / "runs" / name, paths.runs() / name
    record = runs.read(source)
    if checkpoints.finished(run):
        if runs.read(run)["adapter_digest"] != record["adapter_digest"]:
            raise RemoteError(f"{paths.shown(run)} is another run of that name; move it away")
        return run
    if job.base:
        record["base"] = paths.shown(_own(base, "BASE"))
    with runs.only_one(_made(run)):
        (run / checkpoints.RECORD).unlink(missing_ok=True)  # its adapter was lost
        shutil.copytree(source, run, dirs_exist_ok=True, ignore=lambda *_: [checkpoints.RECORD])
        runs.write(run, record)  # last: with it the run is finished
    folders.verified(run)
    return run


def _made(run: Path) -> Path:
    run.mkdir(parents=True, exist_ok=True)
    return run


def _own(folder: str, parameter: str) -> Path:
    """Return the reader's own folder; raises `ValueError` if it was not named."""
    if not folder or not Path(folder).is_dir():
        raise ValueError(f"it was trained on a folder of your own; name it with -p {parameter}=…")
    return Path(folder)


def parity(run: Path, job: jobs.Job, result: Mapping[str, Any], data: str) -> dict[str, Any]:
    """Answer the rows again that were answered there; return how many answers are the same."""
    from helpers import tasks

    own = str(_own(data, "DATA_DIR")) if job.data else None
    task = tasks.get(job.values["TASK"], own, job.values["VARIANT"])
    rows = work.parity_rows(task, job.values["CHOOSE_ON"])
    ours = work.answers(task, run, rows)
    equal = sum(one == other for one, other in zip(ours, result["parity"], strict=True))
    exact = [sum(g.exact for g in task.grade(texts, rows)) for texts in (result["parity"], ours)]
    return {"rows": len(rows), "same": equal, "exact_there": exact[0], "exact_here": exact[1]}


def gguf_of(folder: Path, run: Path, made: str, say: Say) -> Path:
    """Return the GGUF that was pulled; where none could be made there, make it here."""
    if made:
        say(f"gguf: made over there: {made}")
        file = (folder / "out" / made).resolve()
        if not (file.is_file() and file.is_relative_to((folder / "out").resolve())):
            raise RemoteError(f"the host names {jobs.shown(made)}, which is not among its files")
        return file
    say("gguf: the export over there failed (the log says why); fallback: made here")
    return work.make_gguf(run, folder / "out")


def to_ollama(file: Path, run: Path) -> str:
    """Write a Modelfile beside a GGUF and have Ollama make a model; return what to type next."""
    record = runs.read(run)
    modelfile = ollama.write_modelfile(file, record.get("system") or "")
    return ollama.create(f"tiny-{record['task'].replace('_', '-')}", modelfile)
