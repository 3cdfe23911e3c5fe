"""What Whisper is shown before it listens: lines as people dictate them, and names to expect.

A line of dictated shell makes it write "dash" and not "-"; a name that it has read is spelled so.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from helpers.core import fingerprints
from helpers.core.source import source_of
from helpers.tasks.base import Task

WORDS = 90  # shown at most: Whisper reads 223 tokens, and keeps the last
LINE = 20  # words of a line that is shown, at most
LOOKED_AT = 400  # lines that are weighed
NAMED = ("name", "aliases")  # keys of a context whose texts may be said


def hints(task: Task, context: Any = None, words: Sequence[str] = ()) -> str:
    """Return what a transcriber is shown for a task: its context's names, or lines of its rows.

    `words` are the reader's own. What stands last counts most, and is never cut off.
    """
    names = [*dict.fromkeys([*names_in(context), *words])]
    lines = "" if context else lines_of(task)
    return " ".join(part for part in (lines, ", ".join(names)) if part)


def lines_of(task: Task) -> str:
    """Return some of the prompts that a task is trained on, with its commonest words in them."""
    if not (task.data_dir / "train.jsonl").exists():
        return ""
    prompts = [example.prompt for example in task.load("train")]
    key = fingerprints.digest(prompts, source_of(__name__))
    return fingerprints.remember("hints", key, lambda: ", ".join(common(prompts)))


def common(prompts: Sequence[str], words: int = WORDS) -> list[str]:
    """Return short prompts, in lower case, that together hold the commonest words, a few of each.

    >>> common(["ls dash L", "ls", "wc dash L", "tar"], words=6)
    ['ls dash l', 'wc dash l']
    """
    lines = sorted({p.lower() for p in prompts if len(p.split()) <= LINE})
    lines = lines[:: 1 + len(lines) // LOOKED_AT]
    seldom = Counter(word for line in lines for word in set(line.split()))
    worth = {word: math.sqrt(count) for word, count in seldom.items()}
    shown: list[str] = []
    while words > 0 and lines:
        best = max(lines, key=lambda line: _worth(line, worth))
        lines.remove(best)
        if len(best.split()) > words or not _worth(best, worth):
            continue
        shown.append(best)
        words -= len(best.split())
        worth |= {word: worth[word] / 4 for word in set(best.split())}  # seen once is nearly enough
    return shown


def _worth(line: str, worth: dict[str, float]) -> float:
    words = line.split()
    return sum(worth[word] for word in set(words)) / math.sqrt(len(words) + 1)


def names_in(context: Any, key: str = "") -> Iterator[str]:
    """Yield the names that a row's context holds, in its order.

    >>> list(names_in({"apps": [{"name": "Slack", "aliases": ["chat"]}], "focused": "1"}))
    ['Slack', 'chat']
    """
    if isinstance(context, dict):
        for name, value in context.items():
            yield from names_in(value, name)
    elif isinstance(context, list):
        for value in context:
            yield from names_in(value, key)
    elif isinstance(context, str) and key in NAMED:
        yield context
