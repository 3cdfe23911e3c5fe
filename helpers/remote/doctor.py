"""Look at a host before anything is sent: what is wrong there, and how to mend it, a line each."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.core import paths
from helpers.remote import ssh
from helpers.remote.job import shown
from helpers.remote.ssh import Host, RemoteError

PINNED = ("torch", "transformers", "peft", "trl", "datasets", "accelerate", "numpy")
PYTHON = (3, 11)
SETUP_MB, RUN_MB = 6_000, 1_000  # free on the disk: for an environment, for a run
CLOCK = 60  # seconds it may be off: make and rsync go by times of files


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; a fix is there only where something is wrong."""

    name: str
    value: str
    fix: str = ""

    def __str__(self) -> str:
        """The line that is printed."""
        return f"{'WRONG' if self.fix else 'ok':6} {self.name:12} {shown(self.value)}" + (
            f"; fix: {self.fix}" if self.fix else ""
        )


def examine(host: Host, python: str = "") -> list[Check]:
    """Return what was found on a host; one that cannot be reached is a single check."""
    began = time.time()
    try:
        script = Path(__file__).with_name("probe.sh").read_bytes()
        said = ssh.run(host, ssh.arguments(host, "probe"), f"{python}\n".encode() + script)
    except RemoteError as error:
        why, _, fix = str(error).partition("; ")
        return [Check("connection", why, fix)]
    lines = said.decode("utf-8", "replace").splitlines()
    found = dict(line.split("=", 1) for line in lines if re.match(r"[a-z0-9_.-]+=", line))
    return checks(found, (began + time.time()) / 2, pins(paths.root()), python)


def pins(root: Path) -> dict[str, str]:
    """Return the versions that live together, of the packages that matter most."""
    text = (root / "requirements.txt").read_text(encoding="utf-8")
    found = dict(re.findall(r"^([\w-]+)==([\w.]+)", text, re.MULTILINE))
    return {name: found[name] for name in PINNED}


def checks(
    found: Mapping[str, str], now: float, wanted: Mapping[str, str], python: str = ""
) -> list[Check]:
    """Return all that a host's own words come to.

    >>> [check.name for check in checks({}, 0, {}) if check.fix]
    ['python3', 'rsync', 'tmux', 'make', 'folder', 'clock']
    """
    made = bool(found.get("environment"))
    return [
        Check("connection", f"{found.get('system', '?')}, as {found.get('user', '?')}"),
        *([] if python else [_python3(found)]),
        Check("python", _version(found, "python") or "none, and none is needed"),
        *(_program(name, found) for name in ("rsync", "tmux", *([] if python else ["make"]))),
        folder := _folder(found),
        *([] if folder.fix else [_disk(found, RUN_MB if made or python else SETUP_MB)]),
        _clock(found, now),
        *_environment(found, wanted, python),
        _gpu(found),
    ]


def _version(found: Mapping[str, str], program: str) -> str:
    """Return an interpreter's version and place; empty if a shell had to say it is missing."""
    said = found.get(program, "")
    return said if re.match(r"\d+\.\d+", said) else ""


def _python3(found: Mapping[str, str]) -> Check:
    said = _version(found, "python3")
    version = re.match(r"(\d+)\.(\d+)", said)
    name = f"python{PYTHON[0]}.{PYTHON[1]}"
    if not version:
        fix = f"install {name} or newer there (Debian: apt-get install python3 python3-venv)"
        return Check("python3", "it has no python3", fix)
    old = tuple(map(int, version.groups())) < PYTHON
    fix = f"let python3 be {name} or newer on its PATH, or name one that has all with --python"
    return Check("python3", said, fix if old else "")


def _program(name: str, found: Mapping[str, str]) -> Check:
    path = found.get(name, "")
    fix = "" if path else f"install it there (Debian: apt-get install {name})"
    return Check(name, path or f"it has no {name}", fix)


def _folder(found: Mapping[str, str]) -> Check:
    place = found.get("folder", "")
    if place.startswith("/"):
        return Check("folder", place)
    fix = f"let your user write to its home there: {ssh.FOLDER} is made in it"
    return Check("folder", place or "it cannot be written to", fix)


def _disk(found: Mapping[str, str], need: int) -> Check:
    free = int(found["free_kb"]) // 1024 if found.get("free_kb", "").isdigit() else 0
    fix = f"make room there: {need:,} MB are needed" if free < need else ""
    return Check("disk", f"{free:,} MB free", fix)


def _clock(found: Mapping[str, str], now: float) -> Check:
    if not found.get("clock", "").isdigit():
        return Check("clock", "it does not tell the time", "mend `date` there")
    off = round(int(found["clock"]) - now)
    fix = "set its clock (timedatectl set-ntp true)" if abs(off) > CLOCK else ""
    return Check("clock", f"{off:+,} s from this one" if fix else "agrees with this one", fix)


def _environment(found: Mapping[str, str], wanted: Mapping[str, str], python: str) -> list[Check]:
    if not found.get("environment"):
        fix = "name an interpreter that is there" if python else ""
        value = f"there is no {python}" if python else "not there yet; train sets it up"
        return [Check("environment", value, fix)]
    anew = f"remove {ssh.FOLDER}/venv there; the next train sets it up anew"
    tell = "install requirements.txt into it" if python else anew
    other = [
        f"{name} {found.get(f'package.{name}', 'missing')} (pinned: {version})"
        for name, version in wanted.items()
        if found.get(f"package.{name}", "").partition("+")[0] != version
    ]
    value = ", ".join(other) or f"{found['environment']}, packages as pinned"
    return [Check("environment", value, tell if other else "")]


def _gpu(found: Mapping[str, str]) -> Check:
    card = found.get("gpu", "")
    if not card:
        return Check("gpu", "none seen; it trains on the CPU")
    if "cuda" not in found or found["cuda"] == "True":
        return Check("gpu", card)
    return Check("gpu", f"{card}, but torch has no CUDA", "install a torch for its driver's CUDA")
