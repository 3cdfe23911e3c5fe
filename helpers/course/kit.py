"""The offline kit: all that `make setup` fetches, in a folder, with a list of licences.

`make setup KIT=folder` then asks no network. A kit is for machines like the one that made it: the
same system and processor, the same Python.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from email.parser import HeaderParser
from pathlib import Path

from helpers.core import fetch, npm, paths
from helpers.core.fetch import FetchError
from helpers.core.files import replace_file
from helpers.core.markdown import table
from helpers.course import browsing
from helpers.export import converter
from helpers.export.web import packages
from helpers.models import smollm2
from helpers.speech import weights

TOGETHER = ("requirements.txt", "requirements-speech.txt", "requirements-serve.txt")
ALONE = ("requirements-unsloth.txt",)  # without what they depend on, as in `make setup`
# What pip asks for when it installs the course itself, and when it fetches a source archive.
BUILDERS = ("setuptools>=69", "scikit-build-core[pyproject]>=0.9.2")
ARCHIVES = (converter.ARCHIVE, smollm2.ARCHIVE, weights.ARCHIVE)
UNKNOWN = "it does not say; see its own files"
ABOUT = """\
# The course's offline kit

Everything that `make setup` fetches, for {system} and Python {python} or a later {minor}. In a
clone of the course:

```sh
make setup KIT=/path/to/{folder}   # this folder, wherever it lies; no spaces in the path
```

Each package has a licence of its own, listed here as the package itself states it. Keep the kit
among your class: some of these licences ask more of whoever publishes a copy (LICENCES.md of the
course names those).

"""


def make(folder: Path) -> Path:
    """Fetch what `make setup` fetches into a folder; return its README. Raises `FetchError`.

    Started again, it goes on with what is there.
    """
    wheels = folder / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    _pip(wheels, [], TOGETHER, *BUILDERS)
    _pip(wheels, ["--no-deps"], ALONE)
    for archive in ARCHIVES:
        with tempfile.TemporaryDirectory(dir=folder) as beside:
            file = fetch.by_pip(archive, Path(beside))
            shutil.move(file, wheels / file.name)
    _npm(folder)
    about = ABOUT.format(
        system=f"{platform.system()} on {platform.machine()}", folder=folder.name,
        python=platform.python_version(), minor=".".join(map(str, sys.version_info[:2])),
    )  # fmt: skip
    listed = table(("package", "version", "licence"), licences(folder))
    replace_file(folder / "README.md", about + listed + "\n")
    return folder / "README.md"


def _pip(wheels: Path, words: list[str], files: Iterable[str], *more: str) -> None:
    """Fetch the packages of some requirements as wheels, and build those that have none."""
    command = [sys.executable, "-m", "pip", "wheel", "--no-input", "--wheel-dir", str(wheels)]
    command += ["--find-links", str(wheels), *words]
    command += [word for name in files for word in ("--requirement", str(paths.root() / name))]
    done = subprocess.run([*command, *more], stdout=sys.stderr, check=False)
    if done.returncode:
        raise FetchError(f"{', '.join(files)}: pip could not fetch all of it; see its words above")


def _npm(folder: Path) -> None:
    """Fetch npm's packages into a cache that npm reads without a network; without npm, say so."""
    if not npm.is_there():
        print("left out: the page without a server, for want of npm", file=sys.stderr)
        return
    for one in (*packages.PACKAGES, browsing.AXE):
        command = ["npm", "cache", "add", f"{one.package}@{one.version}"]
        command += ["--cache", str(folder.resolve() / "npm")]
        done = subprocess.run(command, stdout=sys.stderr, check=False)
        if done.returncode:
            raise FetchError(f"{one}: npm could not fetch it; see its words above")


def licences(folder: Path) -> list[tuple[str, str, str]]:
    """Return name, version and licence of each package in a kit, as the package states them."""
    found = [stated(file) for file in sorted((folder / "wheels").iterdir())]
    return sorted({one for one in found if one[0]}, key=lambda one: one[0].lower())


def stated(file: Path) -> tuple[str, str, str]:
    """Return name, version and licence of a wheel or a source archive; raises `FetchError`."""
    try:
        if file.suffix == ".whl":
            with zipfile.ZipFile(file) as wheel:
                names = [n for n in wheel.namelist() if n.endswith(".dist-info/METADATA")]
                text = wheel.read(names[0]).decode("utf-8", "replace")
        else:
            with tarfile.open(file) as source:
                names = [n for n in source.getnames() if n.count("/") == 1]
                name = next(n for n in names if n.endswith("/PKG-INFO"))
                text = source.extractfile(name).read().decode("utf-8", "replace")
    except (OSError, IndexError, StopIteration, zipfile.BadZipFile, tarfile.TarError) as error:
        what = "no package can be read in it; delete it, and start again"
        raise FetchError(f"{file.name}: {what}") from error
    return named(text)


def named(text: str) -> tuple[str, str, str]:
    r"""Return name, version and licence from a package's metadata.

    >>> named("Name: a\nVersion: 1\nClassifier: License :: OSI Approved :: MIT License\n\nText")
    ('a', '1', 'MIT License')
    """
    said = HeaderParser().parsestr(text)
    marks = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier", [])
             if one.startswith("License :: ")]  # fmt: skip
    first = [line.strip() for line in (said["License"] or "").splitlines() if line.strip()][:1]
    short = [line for line in first if len(line) <= 60 and line.upper() != "UNKNOWN"]
    marked = [", ".join(marks)] if marks else []
    (licence, *_) = [*filter(None, [said["License-Expression"]]), *marked, *short, UNKNOWN]
    return said["Name"], said["Version"], licence.replace("|", "/")
