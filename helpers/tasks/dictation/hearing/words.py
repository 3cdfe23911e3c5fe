"""What is known of words before anything is heard: how they are written, and which are programs.

Known words come from target texts, and from a reader's own list: a line a word, or
"heard = written", as voice coders keep them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LETTERS = re.compile("[A-Za-z]+")
WORDS = re.compile("[A-Za-z]+[0-9]*")
FLAGS = re.compile("(?<= -)[A-Za-z]+")
COMMENT = re.compile(r"^\s*#.*|(?<![=\s])\s+#(?!\S).*")


@dataclass(frozen=True)
class Words:
    """Known words by their small letters: `casings` as they are written, and how often.

    `heads` are the words that texts begin with (a shell's programs), and how often. `own` are
    the reader's: what is heard, and what to write for it. `flags` are words
    that follow a space and a dash.
    """

    casings: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    heads: Mapping[str, int] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    own: Mapping[str, str] = field(default_factory=dict)

    def count(self, word: str) -> int:
        """How often a word, in whatever case, was seen."""
        return sum(self.casings.get(word.lower(), {}).values())


def words_in(texts: Sequence[str]) -> Words:
    """Count the words of texts.

    >>> words = words_in(["ls README.md", "cat readme"])
    >>> words.casings["readme"], sorted(words.heads)
    ({'README': 1, 'readme': 1}, ['cat', 'ls'])
    """
    counts = Counter(word for text in texts for word in LETTERS.findall(text))
    counts.update(word for text in texts for word in WORDS.findall(text) if not word.isalpha())
    casings: dict[str, dict[str, int]] = {}
    for word, count in counts.items():
        casings.setdefault(word.lower(), {})[word] = count
    heads = Counter(text.split()[0] for text in texts if text.strip())
    flags = frozenset(flag for text in texts for flag in FLAGS.findall(text))
    return Words(casings, heads, flags)


def own_words(lines: Iterable[str], name: str = "words") -> dict[str, str]:
    """Read a reader's list: what is heard, and what to write for it.

    A line holds a word, or "heard = written". `#` begins a comment at the beginning of a line, and
    between spaces that do not follow the `=`. Raises `ValueError` that names the line and the fix.

    >>> own_words(["# mine", "orderbook", "order book = orderbook # often"])
    {'orderbook': 'orderbook', 'order book': 'orderbook'}
    >>> own_words(["c sharp = C# # a language", "hash = #", "issue = #12"])
    {'c sharp': 'C#', 'hash': '#', 'issue': '#12'}
    """
    own: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        heard, equals, written = (part.strip() for part in COMMENT.sub("", line).partition("="))
        if not heard and not equals:
            continue
        if not heard or (equals and not written):
            raise ValueError(f"{name}, line {number}: is half a line; write heard = written")
        own[heard] = written or heard
    return own


def read_words(path: str | Path) -> dict[str, str]:
    """Read a reader's list from a file; raises `ValueError` that names it, the line and the fix."""
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", "") or "it is not UTF-8"
        raise ValueError(f"{path}: cannot be read ({why}); name a text file") from error
    return own_words(lines, str(path))
