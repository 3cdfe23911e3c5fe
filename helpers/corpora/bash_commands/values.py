"""Plausible values: file names, paths, hosts, ports, modes, patterns, one rule a kind.

The rules are written in the same grammar as the commands, but a command's skeleton shows only
`LABELS[kind]`, so that all kinds of path look the same there.
"""

from __future__ import annotations

from collections.abc import Iterable

from helpers.corpora.bash_commands.grammar import read_rules
from helpers.corpora.bash_commands.kinds import KINDS
from helpers.corpora.bash_commands.patterns import PATTERNS
from helpers.corpora.tables import sections


def listed(lines: Iterable[str]) -> str:
    """Turn lines of words, or of phrases parted by ¦ and line ends, into a rule.

    >>> listed(["red green", "blue"]), listed(["dark red¦green", "blue"])
    ('red¦green¦blue', 'dark red¦green¦blue')
    """
    rows = list(lines)
    return "¦".join(rows if "¦" in "".join(rows) else " ".join(rows).split())


WORDS: dict[str, str] = {
    name: listed(lines) for name, lines in sections("bash_commands", "words").items()
}
LISTS: dict[str, str] = WORDS | {
    "W": "¦".join(word.capitalize() for word in WORDS["w"].split("¦")),
    "known_dirs": WORDS["d"],
}

PARTS: dict[str, str] = read_rules(r"""
    year
        2019¦2020¦2021¦2022¦2023¦2024¦2025
    mm
        01¦02¦03¦04¦05¦06¦07¦08¦09¦10¦11¦12
    dd
        <mm>¦<mm>¦13¦15¦17¦20¦22¦24¦26¦28
    stem
        <w>¦<w>¦<w>¦<w>_<w>¦<w>-<w>¦<w><1..12>¦<w>_<year>¦<w>-<year>-<mm>¦<w>_v<1..9>¦<W><W>¦
        <w>.<year><mm><dd>¦<letter>¦<w>_<letter>
    textext
        txt¦txt¦csv¦log¦md¦tsv¦dat¦out¦list
    codeext
        py¦py¦js¦c¦cpp¦java¦go¦rs¦sh¦rb¦php¦ts¦html¦css¦h¦pl
    confext
        conf¦yml¦yaml¦json¦ini¦xml¦cfg¦toml¦env
    anyext
        <textext>¦<textext>¦<codeext>¦<confext>¦pdf¦jpg¦png¦bak¦tmp¦gz¦zip¦sql¦doc¦mp3¦JPG
    sub
        <d>¦<d>¦<d>/<d>¦<d>/<w>¦<name>/<d>¦<d>/<name>/<d>¦<d>/<year>¦<d>/<year>/<mm>
    root
        /var/log¦/etc¦/usr/local¦/opt¦/home/<user>¦/srv¦/tmp¦/mnt/<d>¦/var/www¦/data¦/usr/share¦
        /var/lib¦/media/<user>¦/srv/www¦~¦~¦~¦$HOME¦/opt/<name>¦/home/<user>/<d>
""")

_RULES = read_rules(KINDS) | read_rules(PATTERNS)
LABELS: dict[str, str] = dict.fromkeys(LISTS | PARTS, "name")
LABELS |= {"root": "path", "sub": "path", "mixed": "path", "year": "n", "mm": "n", "dd": "n"}
LABELS |= {name: "ext" for name in PARTS if name.endswith("ext")}
LABELS |= dict(kind.split(": ") for kind in _RULES)
VALUES: dict[str, str] = LISTS | PARTS | {kind.split(": ")[0]: r for kind, r in _RULES.items()}

# Kinds as some programs want them: the same draws, written in another way.
VARIANTS: dict[str, str] = {
    "find_size": VALUES["size"].replace("K", "k").replace("10m", "10M"),
    "journal_size": VALUES["size"].upper(),
    "journal_date": VALUES["date"].replace("<year><mm><dd>", "<year>-<mm>-<dd>"),
    "image_name": VALUES["name"],
    "extended_regex": VALUES["regex"].replace("¦<w>(¦", r"¦<w>\(¦"),
    "extended_sed": VALUES["sed"].replace(r"\(<w>\)", "(<w>)"),
}
VALUES |= VARIANTS
LABELS |= {kind: LABELS[kind.partition("_")[2]] for kind in VARIANTS}
CASED = frozenset(  # a lone letter in them has no case when it is spoken
    {"letter", "loop", "size", "blocks", "find_size", "journal_size"}
)
LOWER = frozenset({"image", "image_name"})  # docker refuses capitals in the name of an image
DISTINCT = frozenset(  # values of one command that must not be the same
    {"d", "w", "letter", "text", "sink", "file", "dir", "user", "host", "logfile", "package"}
)
