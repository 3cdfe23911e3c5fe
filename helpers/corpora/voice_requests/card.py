"""The data set's card; every number on it is counted from the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from helpers.core.examples import Example
from helpers.corpora.cards import SPLITS

HEADER = """---
license: apache-2.0
language:
- en
pretty_name: Voice requests to a desktop
size_categories:
- 1K<n<10K
task_categories:
- text-generation
tags:
- synthetic
- function-calling
- speech-commands
""" + SPLITS + """---

# Voice requests to a desktop

The input is a transcript of speech and the desktop it was said at. The output is one line of
JSON: a note, or the one command this desktop can carry out. A program writes every row from tables
of phrases, names and mishearings: nobody was recorded, and nothing was taken from another data set.

    python -m helpers.corpora.voice_requests data/voice_command --seed {seed}

writes these files again, byte for byte.

"""

ROW = """
## A row

`messages` holds the system sentence, the transcript, and the answer. `context` is the desktop as
plain JSON (saved workspaces, running apps, displays), or it is missing, and then any name is
taken from the transcript as it stands there. `group` is the phrase behind the row; all rows of a
phrase lie in one split. `action` and `traits` say what the row tests. If the desktop cannot do
what is asked, the answer is a note, and `wanted` keeps the call that was meant.

## What decides the answer

- Names on the desktop come out in the desktop's spelling, however they were said.
- "open", "launch", "start": a running app comes to the front (`app.activate`), any other is started
  (`app.launch`, its name as it stands in the transcript). Without a desktop: `app.launch`.
- "switch to …" and its like, with a bare name: the workspace of that name, else the
  app, else a note.
- "close Slack" quits the app; "close the Slack window" and "close this" close a window.
- "the browser" and its like mean the one running app of that kind; if none runs, the row is a note.
- Displays are numbered from 1; "the other screen" is the one without the focus, of two.
- After a slip ("Slack, no wait, Discord") the last name counts. A command is a note if it is taken
  back, put off ("tomorrow"), about someone else, already done, or broken off.
- New names leave out "the" and "my", and so do all names if there is no desktop.
- The wake word is "Bento" ("Bento,", "hey Bento,"): it may stand before commands and notes and
  never changes the answer.
- Only names on the desktop are misheard. A misheard name is written as real words, as recognisers
  do: split ("air mail"), joined or wrong ("deep walk").

## Limits

One author wrote the phrases by hand; real speech is wilder, and real transcribers err in
other ways. English only. Names are common apps and invented workspaces. The rates of notes,
fillers and mishearings are chosen, not measured. Valid and test hold phrases that train lacks, but
the same apps, fillers and kinds of slip, so a score here says nothing about another desktop's
action list. A command for two actions at once does not occur.
"""


def card(splits: dict[str, list[Example]], seed: int) -> str:
    """Return the text of the card."""
    parts = [
        HEADER.format(seed=seed),
        _sizes(splits),
        ROW,
        "\n## Answers\n\n",
        _counts(splits, "action", lambda row: [row.extra["action"]]),
        "\n## Traits\n\n",
        _counts(splits, "trait", lambda row: row.extra["traits"]),
    ]
    return "".join(parts)


def _sizes(splits: dict[str, list[Example]]) -> str:
    lines = ["| split | rows | groups | notes | with a desktop |", "|---|--:|--:|--:|--:|"]
    for split, rows in splits.items():
        notes = sum(row.extra["action"] == "note" for row in rows) / len(rows)
        known = sum(row.context is not None for row in rows) / len(rows)
        groups = len({row.group for row in rows})
        lines.append(f"| {split} | {len(rows)} | {groups} | {notes:.1%} | {known:.1%} |")
    return "\n".join(lines) + "\n"


def _counts(
    splits: dict[str, list[Example]], title: str, of: Callable[[Example], list[str]]
) -> str:
    counts = {
        split: Counter(key for row in rows for key in of(row)) for split, rows in splits.items()
    }
    total = sum(counts.values(), Counter())
    lines = [f"| {title} | {' | '.join(splits)} |", "|---|" + "--:|" * len(splits)]
    for key, _ in sorted(total.items(), key=lambda item: (-item[1], item[0])):
        lines.append(f"| {key} | {' | '.join(str(counts[split][key]) for split in splits)} |")
    return "\n".join(lines) + "\n"
