"""What alternatives of a form may add up to that no program accepts, and what is written instead.

A mend changes a flat template: choices made, values still open, the same number of them in the
same order. What was drawn stays the group of the row.
"""

from __future__ import annotations

import re

MENDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        # find: units are small k and large M; `+` comes right after the braces.
        (r"(-size [+-]?<[\d.]+>)K", r"\1k"),
        (r"-size <size>", "-size <find_size>"),
        (r"(-exec (?:cp|mv)) \{\} (<\w+>) \+", r"\1 -t \2 {} +"),
        (r"(\{\}/\S+) \+", r"\1 \\;"),
        # An extended expression groups by bare brackets.
        (r"(\bsed (?:-\S+ )*-\w*[Er]\w* )'<sed>'", r"\1'<extended_sed>'"),
        (r"(\be?grep (?:-\S+ )*-\w*[EP]\w* )'<regex>'", r"\1'<extended_regex>'"),
        (r"(\begrep (?:-\S+ )*)'<regex>'", r"\1'<extended_regex>'"),
        # A group of processes is a number; into the background goes what asks for no shell.
        (r"(pkill) -P <user>", r"\1 -U <user>"),
        (r"(ssh) -f (-L·\S+ <login>|<login>$)", r"\1 -fN \2"),
        # Addresses are masked after the route is known; the other chain can only redirect.
        (r"(-t nat -A PREROUTING) -\w <nic> -j MASQUERADE", r"\1 -i <nic> -j ACCEPT"),
        (r"(-t nat -A POSTROUTING) -i", r"\1 -o"),
        # Flags that a subcommand does not know, or that take no operand.
        (r"(docker (?:container|network) prune) -a", r"\1 -f"),
        (r"(aws s3) cp --recursive (.*--delete)", r"\1 sync \2"),
        (r"(git merge) --abort<branch>", r"\1 --no-commit <branch>"),
        (r"(apt show) -y", r"\1 -a"),
        (r"(mkfs\.vfat) -L", r"\1 -n"),
        (r"npx (?:tsc|jest|prettier) --fix", "npx eslint --fix"),
        (r"npx (?:tsc|jest|eslint) --write", "npx prettier --write"),
        (r"npx (?:eslint|prettier) --watch", "npx jest --watch"),
        (r"npx prettier --init", "npx eslint --init"),
        (r"(redis-cli) hgetall (<\w+>) 0 -1", r"\1 lrange \2 0 -1"),
        (r"(redis-cli) lrange (<\w+>)(?! 0)", r"\1 hgetall \2"),
        (r"(rpm) -\w+ (\| grep)", r"\1 -qa \2"),
        # The name of an image has no capitals.
        (r"(docker build -t) <name(#1)?>", r"\1 <image_name\2>"),
        (r"(docker run --rm (?:-it )?)<name#1>", r"\1<image_name#1>"),
        (r"(docker save -o) <name#1>\.tar <name#1>", r"\1 <image_name#1>.tar <image_name#1>"),
        (
            r"(docker tag) <name#1> (registry\.<domain>)/<name#1>",
            r"\1 <image_name#1> \2/<image_name#1>",
        ),
        # The journal wants capital units, and dashes in a date.
        (r"(journalctl .*--vacuum-size=)<size>", r"\1<journal_size>"),
        (r"(journalctl .*--since ¨?)<date>", r"\1<journal_date>"),
        # The shell's own command is no program that sudo could start.
        (r"(sudo (?:-\w+ )?)cd ", r"\1ls "),
    )
)


def possible(flat: str) -> str:
    """Return a flat template that some program accepts.

    >>> possible("find <where> -type d -exec touch {}/.keep +")
    'find <where> -type d -exec touch {}/.keep \\\\;'
    >>> possible("ls -l <dir>")
    'ls -l <dir>'
    """
    for pattern, instead in MENDS:
        flat = pattern.sub(instead, flat)
    return flat
