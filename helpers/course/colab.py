"""Make Colab ready for the course: install what it lacks, mount Drive; the notebooks call it.

What is installed stands in a lock, resolved beforehand against Colab's own packages
(`python -m helpers lock-colab`). So nothing is resolved here, and nothing that Colab has loaded
can be replaced. Only the standard library: nothing else of the course is sure to be there yet.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

CLONE = Path(__file__).parents[2]
LIST = CLONE / "data" / "colab" / "packages.txt"
LOCK = CLONE / "data" / "colab" / "lock.txt"
GPU_ONLY = ("bitsandbytes", "cut-cross-entropy", "xformers")  # Unsloth's kernels: large, no use
MAIN = ("numpy", "pandas", "scipy", "scikit-learn", "torch", "transformers", "peft", "accelerate")
DRIVE = Path("/content/drive")


def install(say: Callable[[str], None] = print) -> None:
    """Install the lock's packages, each in its version, and nothing else.

    Raises `RuntimeError`, one line, if pip fails, if a package outside the lock has changed, or if
    one that this session had already imported was replaced: then a restart is needed.
    """
    lock = pins(LOCK.read_text("utf-8"))
    if shutil.which("nvidia-smi") is None:
        lock = {name: version for name, version in lock.items() if name not in GPU_ONLY}
    before = versions()
    missing = {name: version for name, version in lock.items() if before.get(name) != version}
    if not missing:
        say("everything is installed")
        return
    if drift := moves(pins(LIST.read_text("utf-8")), before):
        say(f"Colab has changed since its packages were locked: {', '.join(drift)}")
    say(f"installing {len(missing)} packages: this takes a minute or two")
    stale = in_use(name for name in missing if name in before)
    pip([f"{name}=={version}" for name, version in missing.items()])
    importlib.invalidate_caches()
    after = versions()
    if others := [n for n in before if n not in missing and before[n] != after.get(n)]:
        raise RuntimeError(
            f"{', '.join(others)}: changed, though the lock does not name it; delete this runtime "
            "(Runtime, Disconnect and delete runtime) and begin again"
        )
    if stale:
        raise RuntimeError(
            f"{', '.join(stale)}: replaced, but the old version is loaded; restart the session "
            "(Runtime, Restart session) and run all cells again: nothing is installed twice"
        )


def pip(requirements: Iterable[str]) -> None:
    """Let pip install exactly these; raises `RuntimeError` if it cannot."""
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", *requirements]
    if subprocess.run(command, check=False).returncode:
        raise RuntimeError(
            "pip could not install the course's packages (it says why above); run this cell again"
        )


def pins(text: str) -> dict[str, str]:
    """Return the packages that a list of pins names, with their versions.

    >>> pins("# why\\nPyYAML==6.0.3  # a reason\\nhf_xet==1.6.0\\nno-version\\n")
    {'pyyaml': '6.0.3', 'hf-xet': '1.6.0'}
    """
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    pairs = (line.split("==") for line in lines if "==" in line)
    return {plain(name): version for name, version in pairs}


def plain(name: str) -> str:
    """Return a package's name as package indexes compare it.

    >>> plain("Hf_Xet")
    'hf-xet'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def versions() -> dict[str, str]:
    """Return the packages that are installed here, with their versions."""
    return {plain(one.name): one.version for one in importlib.metadata.distributions()}


def in_use(names: Iterable[str]) -> list[str]:
    """Return those of the packages of which this session has imported a module.

    >>> in_use(["pytest", "no-such-package"])
    ['pytest']
    """
    owners = importlib.metadata.packages_distributions()
    here = {plain(owner) for module in {*sys.modules} & {*owners} for owner in owners[module]}
    return sorted({*names} & here)


def moves(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Tell which of the main packages have another version than when the lock was made.

    Builds of one version count as one: Colab's torch is another without a GPU.

    >>> moves({"numpy": "2.1.3", "torch": "2.11.0+cu128"}, {"numpy": "2.3", "torch": "2.11.0+cpu"})
    ['numpy 2.1.3 is now 2.3']
    """
    pairs = [(name, then.get(name, ""), now.get(name, "nothing")) for name in MAIN]
    return [f"{n} {a} is now {b}" for n, a, b in pairs if a.split("+")[0] != b.split("+")[0] and a]


def mount(*folders: str) -> None:
    """Mount Drive if this is Colab and one of the folders lies on it; else do nothing.

    Raises `RuntimeError`, one line, if Drive is refused.

    >>> mount("", "/content/drive/MyDrive/runs")
    """
    on_drive = [name for name in folders if Path(name).is_relative_to(DRIVE)]
    if not on_drive or "google.colab" not in sys.modules:
        return
    from google.colab import drive

    try:
        drive.mount(str(DRIVE))  # mounted already: it says so, and does nothing
    except Exception as error:  # Colab raises several kinds of its own
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise RuntimeError(
            f"{on_drive[0]}: Drive could not be mounted ({reason}); run this cell again and allow "
            "it, or name no folder on Drive"
        ) from error
