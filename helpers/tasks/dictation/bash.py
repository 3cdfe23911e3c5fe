"""Dictated bash: its table, and what is particular about reading commands."""

from __future__ import annotations

import re
from pathlib import Path

from helpers.tasks.dictation import tables

BASH = tables.read(Path(__file__).with_name("bash.toml"))

APART = re.compile(r"(\|\||&&|[|;])")  # what ends a command
WRAPPERS = frozenset(
    ["sudo", "nohup", "time", "env", "nice", "exec", "command", "if", "while", "until", "do"]
)
SETTING = re.compile(r"\w+=(?:\$\(.*?\)|`.*?`|\S)*\s*")


def program_of(command: str) -> str:
    """Return the first program of a command, past `sudo`, brackets and variable settings.

    A command that only sets a variable has none: it is a "setting"; a path is a "script".

    >>> program_of("sudo -n16 tar -xf a.tar"), program_of("LC_ALL=C sort names.txt")
    ('tar', 'sort')
    >>> program_of("(cat a; ls)"), program_of("count=$(date)"), program_of("./run.sh a")
    ('cat', 'setting', 'script')
    """
    rest = command.strip()
    while rest:
        if setting := SETTING.match(rest):
            rest = rest[setting.end() :].lstrip("; ")
            continue
        rest = rest.lstrip("({! ")
        word, _, after = rest.partition(" ")
        if word not in WRAPPERS and not word.startswith("-"):
            name = word.rstrip(";|&)")
            return ("script" if "/" in name else name) or "other"
        rest = after.strip()
    return "setting" if "=" in command else command.split()[0]


def command_shape(command: str) -> str:
    """Return a command's programs, flags and what ties them; the values are left out.

    >>> command_shape("sudo find . -type f -mtime -2|xargs wc -l")
    'sudo find -type -mtime | xargs -l'
    """
    kept, starts = [], True
    for word in APART.sub(r" \1 ", command).split():
        apart = APART.fullmatch(word) is not None
        if apart or starts or re.match(r"-+[A-Za-z]", word):
            kept.append(word)
        starts = apart or (starts and word == "sudo")
    return " ".join(kept)
