"""What a page runs on, fetched once from npm: `python -m helpers.export.web.packages`.

Pyodide is CPython compiled to WebAssembly, wllama is llama.cpp. Both are pinned by their digests
and kept in the environment; nothing of them is run here, and no package of theirs is installed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from helpers.core import fetch, npm
from helpers.core.fetch import Archive, FetchError
from helpers.export.steps import ExportError

PYODIDE = Archive(
    "pyodide",
    "314.0.7",
    sha512="0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A==",
    megabytes=6.5,
    inside="package/",
    needed=(
        "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip",
        "pyodide-lock.json", "package.json",
    ),
)  # fmt: skip
WLLAMA = Archive(
    "@wllama/wllama",
    "2.4.0",  # the last that tokenizes, and tells the logits
    sha512="KuVHeTUXcqHF01d85q3nWaRSVLpszULNGjO+nx4cyZ8sBjZvKSMViWNCfcs/1w2bqjyegERJzWsrdQSHSEoSlQ==",
    megabytes=4,
    inside="package/",
    needed=("esm/index.min.js", "esm/single-thread/wllama.wasm", "LICENCE", "package.json"),
)
PACKAGES = (PYODIDE, WLLAMA)
COMMAND = "python -m helpers.export.web.packages"


def folder(package: Archive) -> Path:
    """Return where a package lies: in the environment, which `make clean` removes."""
    return fetch.home("web") / package.package.rpartition("/")[2]


def are_there() -> bool:
    """Return whether all packages are here, whole."""
    return all(fetch.is_there(package, folder(package)) for package in PACKAGES)


def located(package: Archive) -> Path:
    """Return a package's folder; raises `ExportError` with the fix if it is not there, whole."""
    if not fetch.is_there(package, folder(package)):
        raise ExportError(f"web: {package} is not here ({folder(package)}); run {COMMAND}")
    return folder(package)


def ready() -> list[Path]:
    """Return the packages' folders, fetched if they are not there; raises `FetchError`."""
    return [fetch.fetch(one, folder(one), download=npm.download) for one in PACKAGES]


def main() -> None:
    """Fetch the packages unless they are there; without npm that is said, and is no failure."""
    if not are_there() and not npm.is_there():
        print(f"left out: the page without a server, for want of npm; install it and run {COMMAND}")
        return
    try:
        print(*ready(), sep="\n")
    except FetchError as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit("interrupted; start the same command again, which fetches all of it")


if __name__ == "__main__":
    main()
