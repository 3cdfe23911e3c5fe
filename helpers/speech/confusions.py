"""What Whisper wrote for what was said, counted: the rates of `channel`, in data/speech.

Only rows of train are counted, so that nothing learns from what is graded.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from helpers.core import paths
from helpers.core.files import replace_file
from helpers.speech import alignment, synthesize
from helpers.speech.alignment import Stretch
from helpers.speech.hallucinations import plain
from helpers.speech.heard_pairs import Pair
from helpers.speech.weights import ARCHIVE, TINY
from helpers.tasks.dictation.bash import BASH

CONDITIONS = {"bare": False, "prompt": True}
SEEN = 2  # times that a spelling was heard before the table lists it
OTHERS = "…"  # what the table calls all rarer spellings of a word together
KINDS = ("same", "case", "symbol", "digit", "joined", "split", "misheard", "dropped", "added")


def file() -> Path:
    """Return where the table lies."""
    return paths.data("speech") / "confusions.json"


def publish(pairs: Sequence[Pair]) -> Path:
    """Count pairs and write the table; return its path. Raises `ValueError` without any."""
    table = counted(pairs)
    file().parent.mkdir(exist_ok=True)
    replace_file(file(), _text(table))
    return file()


def _text(table: dict[str, Any]) -> str:
    """Return the table as JSON, a said word a line."""
    text = json.dumps(table, ensure_ascii=False, indent=1)
    return re.sub(r"\{[^{}]*\}", lambda inner: " ".join(inner[0].split()), text) + "\n"


def counted(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Return the table of the pairs of train rows; raises `ValueError` without any.

    For each condition: how many utterances and words, the word error rate, how often each kind of
    change came, and for each said word how often it was written how (`OTHERS` sums up the rare).
    """
    own = [pair for pair in pairs if pair.id.startswith("train-")]
    if not own:
        raise ValueError("there is nothing to count; speak and hear some rows of train first")
    return {
        "whisper": TINY,
        "package": str(ARCHIVE),
        "versions": versions(),
        "voices": dict(sorted(Counter(pair.voice for pair in own).items())),
        "noise": {str(k): n for k, n in Counter(pair.noise for pair in own).items()},
    } | {
        name: _condition([pair for pair in own if pair.prompt == shown])
        for name, shown in CONDITIONS.items()
    }


def versions() -> dict[str, str]:
    """Return what spoke and what listened, by version."""
    from importlib.metadata import version

    found = {name: version(name) for name in ("faster-whisper", "ctranslate2")}
    return found | synthesize.versions()


def _condition(pairs: Sequence[Pair]) -> dict[str, Any]:
    written = alignment.symbols(BASH)
    stretches = [s for pair in pairs for s in alignment.align(pair.said, pair.heard, written)]
    kinds = Counter(kind(one, written) for one in stretches)
    return {
        "utterances": len(pairs),
        "words": sum(len(pair.said.split()) for pair in pairs),
        "word_error_rate": round(word_error_rate((p.said, p.heard) for p in pairs), 4),
        "kinds": {name: kinds[name] for name in KINDS},
        "heard": _heard(stretches),
    }


def _heard(stretches: Iterable[Stretch]) -> dict[str, dict[str, int]]:
    """Return how often each said word was written how, the commonest first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for said, heard in stretches:
        counts[said][heard] += 1
    often = sorted(counts, key=lambda said: (-counts[said].total(), said))
    found = {}
    for said in often:
        spellings = {h: n for h, n in counts[said].most_common() if n >= SEEN}
        rest = counts[said].total() - sum(spellings.values())
        if spellings and set(spellings) != {said}:
            found[said] = spellings | ({OTHERS: rest} if rest else {})
    return found


def kind(stretch: Stretch, written: dict[str, str]) -> str:
    """Name the kind of a change.

    >>> kind(Stretch("ls", "LS"), {}), kind(Stretch("dash", "-"), {"dash": "-"})
    ('case', 'symbol')
    >>> kind(Stretch("max depth", "maxdepth"), {}), kind(Stretch("git", "get"), {})
    ('joined', 'misheard')
    """
    said, heard = stretch
    if not said or not heard:
        return "dropped" if said else "added"
    if said == heard:
        return "same"
    if written.get(said) == heard.replace(" ", ""):
        return "digit" if heard.isdigit() else "symbol"
    if said.lower() == heard.lower():
        return "case"
    if said.lower().replace(" ", "") == heard.lower().replace(" ", ""):
        return "joined" if len(said.split()) > len(heard.split()) else "split"
    return "misheard"


def word_error_rate(pairs: Iterable[tuple[str, str]]) -> float:
    """Return the words dropped, added or changed, for each said one; case and marks aside.

    >>> word_error_rate([("ls dash L A", "LS-LA"), ("cd tmp", "CD, tmp")])
    0.5
    """
    from rapidfuzz.distance import Levenshtein

    wrong = words = 0
    for said, heard in pairs:
        wrong += Levenshtein.distance(plain(said).split(), plain(heard).split())
        words += len(plain(said).split())
    return wrong / words if words else 0.0
