"""Build the page's folder: whatever it loads is packed in it, and nothing comes from elsewhere.

Large files are packed with gzip here and unpacked by the page, so that they are small on hosts that
compress nothing, too. Their names end in `.bin`, which no host takes for anything.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.core.source import followed
from helpers.export import steps
from helpers.export.steps import ExportError
from helpers.export.web import packages
from helpers.export.web.model import Model

PAGE = Path(__file__).with_name("page")
SHELL = ("index.html", "style.css", "app.js", "parts.js", "worker.js", "LICENCES.txt")
INSIDE = "helpers.export.web.inside"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a zip: the same files make the same archive


@dataclass(frozen=True)
class Part:
    """A packed file, what the page calls it, and its content."""

    name: str
    about: str
    content: bytes


@dataclass(frozen=True)
class Site:
    """A page's folder, its parts with their bytes, and the bytes of all that a visitor loads.

    The small files count as a host sends them that packs with gzip.
    """

    out: Path
    parts: list[dict[str, Any]]
    bytes: int


def build(out: Path, table: str, model: Model | None = None) -> Site:
    """Write the page's folder, in place of an earlier page's.

    Raises `ExportError` where a package is missing, or the folder holds something else.
    """
    parts = [*_python(), Part("sources.zip", "the course's code", sources())]
    parts.append(Part("learned.json", "what it has learned", table.encode()))
    shell = {name: (PAGE / name).read_bytes() for name in SHELL}
    shell["pyodide.mjs"] = (packages.located(packages.PYODIDE) / "pyodide.mjs").read_bytes()
    if model:
        parts += _llama(model)
        shell |= _rescoring()
    files = {f"{part.name}.bin": compressed(part.content) for part in parts}
    sizes = [
        {"name": part.name, "about": part.about, "bytes": len(files[f"{part.name}.bin"])}
        for part in parts
    ]
    about = {"parts": sizes, "lock": _lock(), "model": model.options if model else None}
    shell["page.json"] = json.dumps(about, ensure_ascii=False, indent=1).encode()
    shell["sw.js"] = _service_worker(files | shell, shell)
    _check(out)
    with steps.folder("web", out) as folder:
        for name, content in (files | shell).items():
            (folder / name).write_bytes(content)
    small = sum(len(compressed(content)) for content in shell.values())
    return Site(out, sizes, small + sum(part["bytes"] for part in sizes))


def _check(out: Path) -> None:
    """Raise `ExportError` for a folder that holds more than a page: it will be replaced."""
    if out.is_dir() and (files := sorted(file.name for file in out.iterdir())):
        own = {file.name for file in PAGE.iterdir()} | {"pyodide.mjs", "wllama.js", "page.json"}
        others = [name for name in files if name not in own and not name.endswith(".bin")]
        if others or "page.json" not in files:
            what = others[0] if others else files[0]
            raise ExportError(f"web: {out} holds {what}, which no page has; name a new folder")


def compressed(content: bytes) -> bytes:
    """Return bytes in gzip's form, the same ones on every day."""
    return gzip.compress(content, 9, mtime=0)


def sources() -> bytes:
    """Return a zip of the course's own files that the page's Python reads, as they are."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:  # stored: all of it is packed at once
        for name, file in sorted(_files().items()):
            opened.writestr(zipfile.ZipInfo(name, EARLIEST), file.read_bytes())
    return made.getvalue()


def _files() -> dict[str, Path]:
    """Return the modules that the page's Python imports, and the tables beside them."""
    top = Path(__file__).parents[3]
    files = [top.joinpath(*module.split(".")).with_suffix(".py") for module in followed(INSIDE)]
    tables = {table for file in files for table in file.parent.glob("*.toml")}
    return {file.relative_to(top).as_posix(): file for file in (*files, *tables)}


def _python() -> list[Part]:
    folder = packages.located(packages.PYODIDE)
    wasm, script = ((folder / f"pyodide.asm.{kind}").read_bytes() for kind in ("wasm", "mjs"))
    library = _without_compression(folder / "python_stdlib.zip")
    return [
        Part("pyodide.asm.wasm", "Python", wasm),
        Part("pyodide.asm.mjs", "Python's way into a browser", script),
        Part("python_stdlib.zip", "Python's library", library),
    ]


def _without_compression(archive: Path) -> bytes:
    """Return a zip with its files as they are: packed as one they take less than one by one."""
    made = io.BytesIO()
    with zipfile.ZipFile(archive) as opened, zipfile.ZipFile(made, "w") as stored:
        for member in opened.infolist():
            stored.writestr(zipfile.ZipInfo(member.filename, EARLIEST), opened.read(member))
    return made.getvalue()


def _lock() -> str:
    """Return Pyodide's list of packages for this page, which uses none."""
    file = packages.located(packages.PYODIDE) / "pyodide-lock.json"
    info = json.loads(file.read_text(encoding="utf-8"))["info"]
    return json.dumps({"info": info, "packages": {}})


def _llama(model: Model) -> list[Part]:
    wasm = packages.located(packages.WLLAMA) / "esm" / "single-thread" / "wllama.wasm"
    return [
        Part("wllama.wasm", "llama.cpp", wasm.read_bytes()),
        Part("model.gguf", "the model", model.file.read_bytes()),
    ]


def _rescoring() -> dict[str, bytes]:
    library = packages.located(packages.WLLAMA) / "esm" / "index.min.js"
    return {"rescore.js": (PAGE / "rescore.js").read_bytes(), "wllama.js": library.read_bytes()}


def _service_worker(files: Mapping[str, bytes], shell: Mapping[str, bytes]) -> bytes:
    """Return the service worker, which keeps these files; other files make it another one."""
    digests = [[name, hashlib.sha256(files[name]).hexdigest()] for name in sorted(files)]
    version = hashlib.sha256(json.dumps(digests).encode()).hexdigest()[:16]
    text = (PAGE / "sw.js").read_text(encoding="utf-8")
    named = {
        '"VERSION"': json.dumps(version),
        '["SHELL"]': json.dumps(sorted(shell)),
        '["PARTS"]': json.dumps(sorted(set(files) - set(shell))),
    }
    for mark, value in named.items():
        text = text.replace(mark, value)
    return text.encode()
