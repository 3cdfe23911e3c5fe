"""Install what the course needs on Colab, upon what Colab brings; the setup cell calls it.

Only the standard library: nothing else of the course is sure to be there yet.
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
from tempfile import TemporaryDirectory

CLONE = Path(__file__).parents[2]
UNSLOTH = "requirements-unsloth.txt"


def install(say: Callable[[str], None] = print) -> None:
    """Install the course's packages and Unsloth; what is there already is left alone.

    Raises `subprocess.CalledProcessError` if the packages cannot be had. Without Unsloth most of
    the course runs, so its failure is told and stops nothing.
    """
    everywhere, light, *_ = sections((CLONE / "requirements.txt").read_text("utf-8"))
    unsloth = sections((CLONE / UNSLOTH).read_text("utf-8"))[0]
    if all(map(fulfilled, everywhere + unsloth)):
        say("everything is installed")
        return
    gpu = shutil.which("nvidia-smi") is not None
    kind = "with its kernels for the GPU" if gpu else "for a CPU"
    say(f"installing {len(everywhere)} packages, and Unsloth {kind}: this takes some minutes")
    before = versions(everywhere + light + unsloth)
    with TemporaryDirectory() as folder:
        fixed = Path(folder) / "constraints.txt"
        fixed.write_text("\n".join([*torch_as_it_is(), *everywhere]), encoding="utf-8")
        if not gpu:  # all that Unsloth needs without a GPU, in Colab's own versions if it has any
            everywhere = everywhere + [line for line in light if not version_of(name_of(line))]
        pip(*everywhere, constraints=fixed)
        wanted = ["-r", str(CLONE / UNSLOTH)]
        done = pip(*wanted if gpu else ["--no-deps", *wanted], constraints=fixed, check=False)
    importlib.invalidate_caches()
    if not done:
        say(
            f"Unsloth could not be installed (pip says why): mend {UNSLOTH} and run this cell "
            "again, or fine-tune with engine='transformers'"
        )
    if late := loaded_before(before, versions(before)):
        say(
            f"{', '.join(late)}: replaced, but the old one is loaded; restart the session "
            "(Runtime, Restart session) and run the cells again: nothing is installed twice"
        )


def pip(*words: str, constraints: Path, check: bool = True) -> bool:
    """Run pip in this Python and return whether it succeeded."""
    command = [sys.executable, "-m", "pip", "install", "-q", "--constraint", str(constraints)]
    return subprocess.run([*command, *words], check=check).returncode == 0


def torch_as_it_is() -> list[str]:
    """Return a constraint that keeps the torch that is here, such as `torch==2.9.0+cu126`.

    Colab's torch is built for its driver and fits the torchvision beside it. Unsloth asks for
    packages that each name a torch of their own: left alone, the resolver takes the newest of
    them and replaces torch by some gigabytes of another, which may not know this GPU's driver.
    With the constraint it takes versions of them that fit the torch that is here.
    """
    version = version_of("torch")
    return [f"torch=={version}"] if version else []


def sections(text: str) -> list[list[str]]:
    """Return the lines of a requirements file that name packages, cut at its `# ----` headings.

    >>> sections("# why\\na==1\\n\\n# ---- More. ----\\nb>=2\\n")
    [['a==1'], ['b>=2']]
    """
    parts = re.split(r"^# ----.*$", text, flags=re.MULTILINE)
    return [[n for n in part.splitlines() if n and not n.startswith("#")] for part in parts]


def name_of(line: str) -> str:
    """Return the package of a requirement.

    >>> name_of("mlx[cpu]==0.32.4"), name_of("certifi>=2026.10.18")
    ('mlx', 'certifi')
    """
    return re.split(r"[=<>!~\[; ]", line)[0]


def version_of(name: str) -> str | None:
    """Return the version of a package that is installed, None without it."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def versions(names: Iterable[str]) -> dict[str, str | None]:
    """Return the installed version of each requirement's package."""
    return {name: version_of(name) for name in map(name_of, names)}


def fulfilled(line: str) -> bool:
    """Return whether a requirement is installed, in its version if it pins one.

    >>> fulfilled("pytest"), fulfilled("pytest==0.0.1"), fulfilled("no-such-package==1")
    (True, False, False)
    """
    found, pinned = version_of(name_of(line)), line.partition("==")[2]
    return found is not None and pinned in ("", found)


def loaded_before(before: Mapping[str, str | None], after: Mapping[str, str | None]) -> list[str]:
    """Return the packages that are loaded in another version than is now installed.

    >>> loaded_before({"pytest": "1", "a": None}, {"pytest": "2", "a": "1"})
    ['pytest']
    >>> loaded_before({"pytest": "2", "wheel": "1"}, {"pytest": "2", "wheel": "2"})
    []
    """
    replaced = {name for name, was in before.items() if was and was != after[name]}
    if not replaced:
        return []
    owners = importlib.metadata.packages_distributions()
    loaded = {_plain(owner) for name in {*sys.modules} & {*owners} for owner in owners[name]}
    return sorted(name for name in replaced if _plain(name) in loaded)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
