"""Fetch llama.cpp's own converter, once: `python -m helpers.export.converter`.

`convert_hf_to_gguf.py` is in no wheel, and the gguf package of the registry lags behind it. With
all it imports it lies in the source archive of llama-cpp-python, which pip fetches and checks.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.export.steps import ExportError

PACKAGE = "llama-cpp-python"
VERSION = "0.3.36"
ARCHIVE = "832db0699007f1be95a7e41ef12e88926b02ba836461e36a36372db2760c1a2e"  # sha256
SCRIPT = "e9a1da876330bbce9687541ab31736542a01b4ac43c6686126514a50f122fb7f"  # sha256
INSIDE = f"llama_cpp_python-{VERSION}/vendor/llama.cpp/"
NEEDED = ("convert_hf_to_gguf.py", "conversion/", "gguf-py/gguf/", "LICENSE")


def folder() -> Path:
    """Return where the converter lies: in the environment, which `make clean` removes."""
    return Path(sys.prefix) / "share" / "llama.cpp"


def script() -> Path:
    """Return the converter; raises `ExportError` if it is missing or not the one pinned."""
    path = folder() / "convert_hf_to_gguf.py"
    fix = "run python -m helpers.export.converter, which fetches it"
    if not path.exists():
        raise ExportError(f"convert: llama.cpp's converter is missing ({path}); {fix}")
    if hashlib.sha256(path.read_bytes()).hexdigest() != SCRIPT:
        raise ExportError(f"convert: {path} is not the converter of {PACKAGE} {VERSION}; {fix}")
    return path


def fetch() -> Path:
    """Fetch the converter with pip (77 MB, of which 2 are kept) and return it.

    Raises `ExportError` if pip cannot have the archive, or had another one than is pinned.
    """
    with TemporaryDirectory() as temporary:
        wanted = Path(temporary) / "requirements.txt"
        wanted.write_text(f"{PACKAGE}=={VERSION} --hash=sha256:{ARCHIVE}\n", encoding="utf-8")
        words = ["download", "--quiet", "--no-deps", "--no-binary", PACKAGE, "--require-hashes"]
        pip = [sys.executable, "-m", "pip", *words, "--dest", temporary, "-r", str(wanted)]
        done = subprocess.run(pip, capture_output=True, text=True, check=False)
        if done.returncode:
            told = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
            why = told[0] if told else done.stderr.strip()[-200:]
            raise ExportError(
                f"fetch the converter: pip cannot have {PACKAGE} {VERSION} ({why}); "
                "check the network and the package index, then run it again"
            )
        unpack(next(Path(temporary).glob("*.tar.gz")), folder())
    return script()


def unpack(archive: Path, to: Path) -> None:
    """Unpack what the converter needs into the folder `to`, replacing it as a whole.

    Raises `ExportError` for a file that would leave the folder. (`extractall` has a filter for
    that from Python 3.11.4 on, and Debian 12 has 3.11.2.)
    """
    part = to.with_name(f".{to.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    with tarfile.open(archive) as opened:
        for member in opened:
            if member.isfile() and _needed(member.name):
                path = part / member.name.removeprefix(INSIDE)
                if ".." in path.parts:
                    raise ExportError(f"fetch the converter: {member.name} leaves the archive")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(opened.extractfile(member).read())
    shutil.rmtree(to, ignore_errors=True)
    part.replace(to)


def _needed(name: str) -> bool:
    return name.startswith(tuple(INSIDE + needed for needed in NEEDED))


def ready() -> Path:
    """Return the converter, fetched first if it is not there."""
    try:
        return script()
    except ExportError:
        print(f"fetching llama.cpp's converter from {PACKAGE} {VERSION}, 77 MB, once")
        return fetch()


def main() -> None:
    """Fetch the converter unless it is there."""
    try:
        ready()
    except ExportError as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
