"""Resolve what the course needs on Colab against what Colab has, and write the lock.

Colab's packages are constraints: none of them is replaced but those in `REPLACED`. The course's
own pins are preferences: they are kept where they can be.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.core import paths
from helpers.core.files import replace_file
from helpers.course.colab import LIST, LOCK, pins, plain

REPLACED = {  # of Colab's own packages; a fresh session has imported none of them
    "datasets": "Unsloth refuses 4.0",
    "torchao": "Unsloth and PEFT refuse 0.10",
}
UNBOUND = {  # packages of Colab's that stay, whatever others ask of them
    "certifi": "Unsloth asks for a list of certificates that is newer than its code needs",
}
PLATFORM = "x86_64-manylinux_2_35"  # Ubuntu 22.04
HEAD = """\
# What Colab lacks for this course: installed as it stands, without dependencies, by
# helpers/course/colab.py. Written by `python -m helpers lock-colab`; do not edit.
"""


class LockError(RuntimeError):
    """No set of versions satisfies the course and Colab; the message is the resolver's."""


def requirements() -> list[str]:
    """Return what the course needs: the project's dependencies and Unsloth."""
    project = tomllib.loads((paths.root() / "pyproject.toml").read_text("utf-8"))["project"]
    unsloth = pins((paths.root() / "requirements-unsloth.txt").read_text("utf-8"))
    return [*project["dependencies"], *(f"{name}=={version}" for name, version in unsloth.items())]


def python() -> str:
    """Return the Python that Colab's list is of.

    >>> python()
    '3.13'
    """
    return re.search(r"^# python: (\S+)$", LIST.read_text("utf-8"), re.MULTILINE)[1]


def write() -> Path:
    """Resolve and write the lock; return its path. Raises `LockError`."""
    there = pins(LIST.read_text("utf-8"))
    versions = resolve(requirements(), there)
    lines = [
        f"{name}=={version}" + (f"  # Colab has {there[name]}: {REPLACED[name]}" if old else "")
        for name, version in sorted(versions.items())
        if there.get(name) != version
        for old in [name in there]
    ]
    replace_file(LOCK, HEAD + "\n".join(lines) + "\n")
    return LOCK


def resolve(needs: list[str], there: Mapping[str, str]) -> dict[str, str]:
    """Return a version of each package that the needs lead to, Colab's own where it has one.

    Raises `LockError` if there is no such set, or if uv is missing.
    """
    if importlib.util.find_spec("uv") is None:
        raise LockError("uv is not installed; run: pip install -r requirements.txt")
    with TemporaryDirectory() as name:
        folder = Path(name)
        bound = [f"{n}=={v}" for n, v in there.items() if n not in REPLACED]
        (folder / "needs.in").write_text("\n".join(needs))
        (folder / "constraints.txt").write_text("\n".join(bound))
        (folder / "overrides.txt").write_text(
            "\n".join(f"{n}=={there[n]}" for n in UNBOUND if n in there)
        )
        answer = folder / "answer.txt"  # uv keeps what stands there already, where it can
        answer.write_text((paths.root() / "requirements.txt").read_text("utf-8"))
        for package, version in there.items():
            if "+" in version:
                stand_in(package, version, folder)
        command = [
            sys.executable, "-m", "uv", "pip", "compile", "needs.in", "--output-file", answer.name,
            "--constraint", "constraints.txt", "--override", "overrides.txt",
            "--find-links", ".", "--python-version", python(), "--python-platform", PLATFORM,
            "--no-config", "--no-header", "--no-annotate", "--no-python-downloads", "--quiet",
            "--only-binary", ":all:",
        ]  # fmt: skip
        process = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if process.returncode:
            reason = " ".join(process.stderr.split())
            raise LockError(f"Colab's packages and the course's do not go together: {reason}")
        return pins(answer.read_text())


def stand_in(package: str, version: str, folder: Path) -> None:
    """Write an empty wheel for a build that no index has, such as `torch==2.11.0+cu128`.

    So what others ask of its version is checked as well. It is never installed.
    """
    name = plain(package).replace("-", "_")
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        head = f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n"
        wheel.writestr(f"{info}/METADATA", head)
        kind = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        wheel.writestr(f"{info}/WHEEL", kind)
        wheel.writestr(f"{info}/RECORD", "")
