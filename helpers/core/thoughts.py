"""Thoughts that a model writes before its answer, such as `<think>…</think>`."""

from __future__ import annotations

import re

TAG = r"(?:think|thinking|thoughts?|reasoning)"
OPENS = re.compile(rf"\s*<{TAG}>", re.IGNORECASE)
BLOCK = re.compile(rf"(?:<{TAG}>|\A)(?:(?!<{TAG}>).)*?</{TAG}>", re.IGNORECASE | re.DOTALL)


def present(text: str) -> bool:
    """Return whether a text begins with thoughts, or holds the end of some.

    >>> [present(text) for text in ("<think>hm</think>ls", "hm</think>ls", "cat <think.txt")]
    [True, True, False]
    """
    return bool(OPENS.match(text) or re.search(rf"</{TAG}>", text, re.IGNORECASE))


def without(text: str) -> str:
    """Return a text without its thoughts; raises `ValueError` where they never end.

    Templates that open the block themselves leave only its end in the answer.

    >>> without("<think>a count</think> wc -l"), without("a count</think>wc -l")
    ('wc -l', 'wc -l')
    >>> without("cat a <think>a pipe?</think>| wc -l")
    'cat a | wc -l'
    """
    if not present(text):
        return text
    rest = BLOCK.sub("", text)
    if OPENS.match(rest):
        raise ValueError("the answer ends inside a think block; ask again with more tokens")
    return rest.strip()
