"""All programs of all families, their rules, and which of them a flag in a command belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.corpora.bash_commands import (
    archives,
    containers,
    databases,
    develop,
    downloads,
    files,
    filters,
    network,
    owners,
    pipes,
    printing,
    processes,
    search,
    shell,
    system,
    text,
    versions,
)
from helpers.corpora.bash_commands.program import Program

FAMILIES = (
    files, owners, search, printing, text, network, downloads, containers, versions, archives,
    system, processes, develop, databases, shell)  # fmt: skip
PROGRAMS: tuple[Program, ...] = tuple(p for family in FAMILIES for p in family.PROGRAMS)
RULES: dict[str, str] = dict(
    rule for family in (pipes, filters, *FAMILIES) for rule in getattr(family, "RULES", {}).items()
)
BY_NAME: dict[str, Program] = {program.name: program for program in PROGRAMS}

SWITCHES = {"|", "&&", "||", ";", "sudo", "xargs", "-exec", "-execdir", "-ok", "do", "then", "time"}
STARTERS = SWITCHES | {"{", "!", "--", "env", "exec", "nice", "nohup", "strace", "timeout", "watch"}
QUOTED = re.compile(r"""(?:[\w<>]+=)?([¨'"])([\w.+-]+)$""")  # a program that begins a quotation
OPERAND = re.compile(r"[-<\d]|\w*=")  # of a starter, before the program that it starts
FLAG = re.compile(r"""(?:^|[\s(¨'"])-\w+$""")


def flags(command: str) -> Iterator[tuple[Program | None, str]]:
    """Yield each word that begins with a dash, with the program it is read by, if it is known.

    >>> [(p.name, word) for p, word in flags("ls -l $(head -n¬1 <text>) | xargs -n¬1 wc -c")]
    [('ls', '-l'), ('head', '-n¬1'), ('xargs', '-n¬1'), ('wc', '-c')]
    """
    program: Program | None = None
    outer: list[Program | None] = []  # the programs whose operands are being written by others
    free = True  # the next word may be a program
    for word in re.sub(r"([$<]\(|\))", r" \1 ", command).split():
        if word in ("$(", "<("):
            outer, free = [*outer, program], True
        elif word == ")":
            program, free = (outer.pop() if outer else program), False
        elif word.startswith("-") and word not in STARTERS:
            yield program, word.rstrip(";")
            free = free or word.endswith(";")
        elif word.rstrip(";") in STARTERS or word.endswith((";", "(", "|", "&")):
            program, free = BY_NAME.get(word, program), True
        elif quoted := QUOTED.match(word):
            program, free = BY_NAME.get(quoted[2]), quoted[2] in STARTERS
        elif free and not OPERAND.match(word):
            program, free = BY_NAME.get(word), False


def glues(command: str) -> bool:
    """Whether a value may be glued to the end of a command that is not complete yet.

    It may not where that is a flag which takes none; what is no flag of a known program, as
    `2>` or `{`, leaves it to the writer.

    >>> glues("head -n"), glues("ls -l"), glues("ls | head -n"), glues("ls 2>")
    (True, False, True, True)
    """
    if not FLAG.search(command):
        return True
    *_, (program, flag) = flags(command)
    return program is None or flag[-1] in program.values
