"""The card of the data: every number on it is counted from the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from helpers.core.examples import Example
from helpers.corpora.cards import SPLITS
from helpers.corpora.spoken_commands.dataset import programs

ABOUT = {
    "plain": "the convention of `data/dictated_bash`: spaces unsaid, spelled letters in capitals",
    "protocol": 'spaces and capitals are said ("space", "capital x", "camel case get user name")',
    "heard": "said as people say it, and written by a model of a transcriber",
    "audio": "really spoken by a synthesizer and heard by Whisper (rows of `data/dictated_bash`)",
    "natural": 'asked for in a sentence ("push my changes"), or dictated with a lead-in',
    "chaotic": 'with fillers, stutters, corrections ("no wait", "scratch that") and talk around it',
    "none": "no command: talk, questions, what Whisper writes for silence; the answer is nothing",
}

CARD = """---
license: apache-2.0
language:
- en
task_categories:
- text-generation
pretty_name: Spoken bash (composed)
size_categories:
- 1K<n<10K
tags:
- bash
- shell
- dictation
- speech
- synthetic
""" + SPLITS + """---

# Spoken bash, composed

Shell commands as people say them and as a transcriber writes that down, and talk that is no
command. "Git diff dot." is `git diff .`, "LS dash LA" is `ls -la`, and "I'll ping you after lunch"
is nothing.

| split | rows | groups | programs | no command |
|---|---|---|---|---|
{table}

Together {rows} rows and {groups} groups (none larger than {largest} rows). The most frequent
first programs: {frequent}.

## Tiers

| tier | train | valid | test | what it is | for example |
|---|---|---|---|---|---|
{tiers}

## Columns

- `id`: the split and a number, stable for a seed.
- `messages`: `system` (as in `data/dictated_bash`), `user` (what was heard), `assistant` (the
  command; empty if there is none).
- `group`: the command's pattern, its values replaced by `<path>`, `<name>`, `<n>`, …; for a row
  without a command, the pattern of the talk. A group lies in one split only.
- `tier`: how it was said, as above.
- `program`: the first program of the command; `identifier`, `path` or `url` if it is no command.
- `spoken`, `voice`: for a row that was really heard, what was said and which voice said it.
- `no_answer`: true if the right answer is nothing.

## How it was made

A program made it, with no model and no text from elsewhere. What is said comes from tables: this
folder's own everyday commands, names, paths, addresses and talk; commands drawn like those of
`data/dictated_bash`; and, for talk that is no command, messages and notes drawn like those of
`data/support_label` and `data/voice_command`. `helpers.speech.saying` says them (numbers in
pairs, "engine x", "forward slash"), and `helpers.speech.channel` writes what a transcriber hears,
at the rates of `data/speech/rates.json`, for three listeners: a large transcriber, and Whisper
tiny.en with and without a line of dictated shell shown.

```
python -m helpers.corpora.spoken_commands data/spoken_bash --seed {seed}
```

writes these files again, byte for byte. The rows of the tier `audio` are read from
`data/speech/heard.jsonl`: commands of `data/dictated_bash`, said by espeak-ng and flite, some with
noise, and heard by Whisper tiny.en with and without a line of dictated shell. Rows that nobody
could make out were left out. Nobody's voice was recorded.

No group, command or prompt is in two splits. Groups and commands of `data/dictated_bash` are in
the same split as there, so an n-gram fitted on both train files has seen nothing of either's test.

## Limits

- People, hosts and repositories are made up; the names of public services (github.com) are not.
- The commands are plausible, not collected: frequencies are the author's guess at shell use.
- The transcriber is only a model. A real one makes other mistakes, and several at a time.
- Some rows cannot be answered from what was heard: the space of `-n 5`, the name in another case.
- The commands are for reading. Do not run them.
"""


def card(splits: Mapping[str, list[Example]], seed: int) -> str:
    """Write the card of these splits."""
    rows = [row for split in splits.values() for row in split]
    groups = Counter(row.group for row in rows)
    frequent = [pair for pair in programs(splits).most_common(16) if pair[0].isalnum()]
    return CARD.format(
        table="\n".join(_line(name, split) for name, split in splits.items()),
        rows=f"{len(rows):,}",
        groups=f"{len(groups):,}",
        largest=max(groups.values()),
        frequent=", ".join(f"`{name}` {n}" for name, n in frequent),
        tiers="\n".join(_tier(name, about, splits) for name, about in ABOUT.items()),
        seed=seed,
    )


def _line(name: str, rows: list[Example]) -> str:
    groups = {row.group for row in rows}
    known = {row.extra["program"] for row in rows}
    silent = sum(row.no_answer for row in rows)
    share = f"{silent:,} ({silent / len(rows):.0%})"
    return f"| {name} | {len(rows):,} | {len(groups):,} | {len(known)} | {share} |"


def _tier(name: str, about: str, splits: Mapping[str, list[Example]]) -> str:
    rows = {split: [r for r in found if r.extra["tier"] == name] for split, found in splits.items()}
    if not rows["train"]:
        return f"| `{name}` | 0 | 0 | 0 | {about} | |"
    counts = " | ".join(f"{len(found):,}" for found in rows.values())
    shown = min(rows["train"], key=lambda row: abs(len(row.prompt) - 40))
    said, target = (text.replace("|", "\\|") for text in (shown.prompt, shown.target))
    written = f"`{target}`" if target else "nothing"
    return f'| `{name}` | {counts} | {about} | "{said}" → {written} |'
