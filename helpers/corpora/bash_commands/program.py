"""What a family of programs tells about each of them."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent


@dataclass(frozen=True)
class Program:
    """A program: how often it is used, its forms (one template a line), and what they are like.

    `values` are the flags of one letter (or digit) that take a value, which may be glued to them:
    `n` in `head -n5`; to no other flag is anything ever glued. `bsd` are flags that only the
    program of BSD and macOS has, or that take a value only there. A program whose flags are whole
    `words`, as `-name`, reads no bundle of letters (`-rf`). `twins` are the flags it knows as
    small and as capital letters. A program of `subcommands` reads `diff` in `git diff` as its own
    word, not as another program. What a form prints is told by `streams`.
    """

    name: str
    weight: float
    forms: str
    values: str = ""
    bsd: str = ""
    words: bool = False
    twins: str = ""
    subcommands: bool = False

    @property
    def rule(self) -> str:
        """The forms as one rule; a line that is indented deeper continues the one before.

        >>> Program("wc", 1, '''
        ...     wc -l <file>
        ...     wc «-c¦
        ...         -w» <file>
        ... ''').rule
        'wc -l <file>¦wc «-c¦-w» <file>'
        """
        lines = dedent(self.forms).strip().splitlines()
        return "".join(
            line.strip() if line[0] == " " else f"¦{line.strip()}" for line in lines
        ).removeprefix("¦")
