"""Shell commands in one spelling, as shfmt prints them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

LONGEST = 20_000  # characters; shfmt takes a gigabyte for a million open brackets
PATIENCE = 10  # seconds one command may take to format


def shfmt_path() -> str:
    """Return where the shfmt program is: beside this Python first, then on PATH.

    Raises `FileNotFoundError` that names the package which brings it.
    """
    beside = [sysconfig.get_path("scripts"), str(Path(sys.executable).parent)]
    found = shutil.which("shfmt", path=os.pathsep.join([*beside, os.environ.get("PATH", "")]))
    if found is None:
        raise FileNotFoundError("shfmt is not installed; run: pip install shfmt-py")
    return found


def formatted(commands: Sequence[str]) -> list[str | None]:
    """Return each command as shfmt prints it, or None where shfmt cannot parse it as bash.

    Nothing is run: a command is only the standard input of a parser. Plain printing moves white
    space and picks one spelling of a syntax (`a; b` and two lines, `$(…)` for backticks). `-s`
    and `-mn` are left out, for they rewrite code: `$(($x))` to `$((x))`, comments to nothing.

    >>> formatted(["cat  a|wc >n", "cat a | wc > n", "(cat a"])
    ['cat a | wc >n', 'cat a | wc >n', None]
    """
    if not commands:
        return []
    program = shfmt_path()
    # One process a command, so that one which breaks the parser takes no other with it.
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        return list(pool.map(lambda command: _format(program, command), commands))


def _format(program: str, command: str) -> str | None:
    if len(command) > LONGEST or "\0" in command:  # shfmt would drop the NUL
        return None
    try:
        # Naming the dialect also keeps shfmt from looking for an .editorconfig.
        done = subprocess.run(
            [program, "-ln=bash"], input=command.encode(), capture_output=True, timeout=PATIENCE
        )
    except (UnicodeEncodeError, subprocess.TimeoutExpired):  # a lone surrogate is no command
        return None
    return done.stdout.decode(errors="replace").rstrip("\n") if done.returncode == 0 else None
