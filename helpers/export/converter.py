"""Fetch llama.cpp's own converter, once: `python -m helpers.export.converter`.

`convert_hf_to_gguf.py` is in no wheel, and the gguf package of the registry lags behind it. With
all it imports it lies in the source archive of llama-cpp-python, which pip fetches and checks.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

from helpers.core import fetch
from helpers.core.fetch import Archive, FetchError
from helpers.export.steps import ExportError

VERSION = "0.3.36"
ARCHIVE = Archive(
    "llama-cpp-python",
    VERSION,
    sha256="832db0699007f1be95a7e41ef12e88926b02ba836461e36a36372db2760c1a2e",
    megabytes=77,
    source=True,
    inside=f"llama_cpp_python-{VERSION}/vendor/llama.cpp/",
    needed=("convert_hf_to_gguf.py", "conversion/", "gguf-py/gguf/", "LICENSE"),
)
SCRIPT = "e9a1da876330bbce9687541ab31736542a01b4ac43c6686126514a50f122fb7f"  # sha256


def folder() -> Path:
    """Return where the converter lies: in the environment, which `make clean` removes."""
    return fetch.home("llama.cpp")


def script() -> Path:
    """Return the converter; raises `ExportError` if it is missing or not the one pinned."""
    path = folder() / "convert_hf_to_gguf.py"
    fix = "run python -m helpers.export.converter, which fetches it"
    if not path.exists():
        raise ExportError(f"convert: llama.cpp's converter is missing ({path}); {fix}")
    if hashlib.sha256(path.read_bytes()).hexdigest() != SCRIPT:
        raise ExportError(f"convert: {path} is not the converter of {ARCHIVE}; {fix}")
    return path


def ready() -> Path:
    """Return the converter, fetched first if it is not there; raises `FetchError`."""
    try:
        return script()
    except ExportError:
        shutil.rmtree(folder(), ignore_errors=True)
        fetch.fetch(ARCHIVE, folder())
        return script()


def main() -> None:
    """Fetch the converter unless it is there."""
    try:
        ready()
    except (ExportError, FetchError) as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit("interrupted; start the same command again, which fetches all of it")


if __name__ == "__main__":
    main()
