"""Mend what a model that decodes freely gets wrong in ways code can see; report every mending.

The dictation is the witness: it says how often a thing was said, how a word is cased, and how many
quotes there are. An answer that the dictation supports is never touched. Where spaces are spoken,
numbers and capitals are, too, so neither is mended there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass

from helpers.tasks.dictation import lattice, protocol
from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.verbalize import Unspeakable, verbalize

LOOP = re.compile(r"(.{1,24}?)\1{2,}")
FENCE = re.compile(r"^```\w*\n|\n?```\s*$|<\|[a-z_]+\|>.*", re.DOTALL)
CLOSING = {")": "(", "]": "[", "}": "{", "'": "'", '"': '"'}


@dataclass(frozen=True)
class Repair:
    """One mending: its kind, and the text before and after."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True)
class Repaired:
    """A mended answer and what was done to it, in order."""

    text: str
    repairs: tuple[Repair, ...] = ()


def repair(text: str, dictation: str, domain: Domain) -> Repaired:
    """Mend an answer to a dictation: artefacts, loops, letter case, then quotes and brackets.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> repair("ping 8.8.8.8.8.8.8.8", "ping eight dot eight dot eight dot eight", BASH).text
    'ping 8.8.8.8'
    >>> [r.kind for r in repair("cat readme.md", "cat README dot md", BASH).repairs]
    ['case']
    >>> repair("wc -l", "wc dash L", BASH).repairs
    ()
    """
    steps: dict[str, Callable[[str, str, Domain], str]] = {"artefact": without_artefacts}
    if not protocol.follows_protocol(dictation, domain):
        literals = lattice.literals_in([text], domain)
        if text in lattice.build(dictation, domain, literals) and text == text.strip():
            return Repaired(text)
        steps |= {"loop": without_loops, "case": with_case_said}
    elif text == protocol.write(dictation, domain):
        return Repaired(text)
    steps["balance"] = balanced
    repairs: list[Repair] = []
    for kind, step in steps.items():
        mended = step(text, dictation, domain)
        if mended != text:
            repairs.append(Repair(kind, text, mended))
            text = mended
    return Repaired(text, tuple(repairs))


def without_artefacts(text: str, dictation: str, domain: Domain) -> str:
    """Return the first line that says something, without code fences and control tokens.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> without_artefacts("```bash\\nls -l\\n```", "", BASH)
    'ls -l'
    """
    lines = [line.strip() for line in FENCE.sub("", text).splitlines()]
    return next((line for line in lines if line), "")


def without_loops(text: str, dictation: str, domain: Domain, spared: Container[str] = ()) -> str:
    """Cut what stands three times or more in a row down to as often as it was said or written.

    Words and numbers in `spared`, in small letters, stay whole.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> without_loops("seq 1000000000", "seq one zero zero zero", BASH)
    'seq 1000'
    >>> without_loops("sleep 1000", "sleep a thousand", BASH, spared=["1000"])
    'sleep 1000'
    """

    def cut(match: re.Match[str]) -> str:
        unit, count = match.group(1), len(match.group()) // len(match.group(1))
        if _around(match).lower() in spared:
            return match.group()
        said = max(_said_in_a_row(unit, dictation, domain), _in_a_row(unit, dictation))
        return unit * min(count, max(1, said))

    return LOOP.sub(cut, text)


def _around(match: re.Match[str]) -> str:
    """Return a match, with the letters and digits beside it if it is of such itself."""
    if not match.group().isalnum():
        return match.group()
    before = re.search(r"[^\W_]*$", match.string[: match.start()])
    after = re.match(r"[^\W_]*", match.string[match.end() :])
    return before.group() + match.group() + after.group()


def _in_a_row(unit: str, dictation: str) -> int:
    """How often in a row `unit` itself stands in a dictation, whose spaces do not count."""
    runs = re.findall(f"(?:{re.escape(unit)})+", "".join(dictation.split()))
    return max(map(len, runs), default=0) // len(unit)


def _said_in_a_row(unit: str, dictation: str, domain: Domain) -> int:
    """How often in a row the words of `unit` were said, whatever number form they took."""
    spoken = []
    for character in unit.split() or [unit]:
        try:
            spoken.append(verbalize(character, domain))
        except Unspeakable:
            return 1 if unit.strip() else 0
    phrase = re.escape(" ".join(spoken))
    runs = re.findall(rf"(?:(?<!\S){phrase}(?:\s+|$))+", dictation)
    words = len(" ".join(spoken).split())
    return max((len(run.split()) // words for run in runs), default=1)


def with_case_said(text: str, dictation: str, domain: Domain) -> str:
    """Give words of two letters and more the case in which the dictation has them.

    A keyword is written in one way, however it is said.
    """
    keywords = {word.spoken: word.written for word in domain.keywords}
    said: dict[str, set[str]] = {}
    for word in dictation.split():
        if len(word) > 1:
            said.setdefault(word.lower(), set()).add(keywords.get(word, word))

    def cased(match: re.Match[str]) -> str:
        forms = said.get(match.group().lower(), set())
        return next(iter(forms)) if len(forms) == 1 else match.group()

    return re.sub(r"[A-Za-z]{2,}", cased, text)


def balanced(text: str, dictation: str, domain: Domain) -> str:
    """Close the quote or bracket with which the dictation ends and the text does not.

    One that is missing further inside is left alone: where it belongs cannot be seen.

    >>> from helpers.tasks.dictation.bash import BASH
    >>> balanced("echo 'hi", "echo single quote hi single quote", BASH)
    "echo 'hi'"
    >>> balanced("(ls", "open paren ls close paren", BASH)
    '(ls)'
    """
    said = _symbols_said(dictation, domain)
    last = said[-1] if said else ""
    if last not in CLOSING or not dictation.endswith(domain.by_written[last].spoken):
        return text
    missing = said.count(last) - text.count(last)
    opened = text.count(CLOSING[last])
    open_now = opened % 2 if CLOSING[last] == last else opened - text.count(last)
    return text + last if missing == 1 and open_now == 1 else text


def _symbols_said(dictation: str, domain: Domain) -> list[str]:
    """List the symbols of a dictation, the longest spoken form at each place."""
    words = tuple(dictation.split())
    found, at = [], 0
    while at < len(words):
        for end in range(min(at + domain.longest, len(words)), at, -1):
            if symbols := domain.by_spoken.get(words[at:end]):
                found.append(symbols[0])
                at = end
                break
        else:
            at += 1
    return found
