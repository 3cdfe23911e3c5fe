"""The card of the data: every number on it is counted from the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from helpers.core.examples import Example
from helpers.corpora.cards import SPLITS

CARD = """---
license: apache-2.0
language:
- en
task_categories:
- text-generation
pretty_name: Dictated bash (composed)
size_categories:
- 1K<n<10K
tags:
- bash
- shell
- dictation
- synthetic
""" + SPLITS + """---

# Dictated bash, composed

Shell commands as somebody would dictate them, and as they are written. "find dot dash name star
dot txt" is `find . -name *.txt`: spaces are not spoken and spelled letters lose their case, so a
reader has to put both back.

| split | rows | groups | programs | rows with a choice |
|---|---|---|---|---|
{table}

Together {rows} rows, {groups} groups (none larger than {largest} rows), {programs} first programs.
The most frequent first programs:
{frequent}.
Commands are {shortest}–{longest} characters long, dictations
{fewest}–{most} words.

## Columns

- `id`: the split and a number, stable for a seed.
- `messages`: `system` (the same in every row), `user` (the dictation), `assistant` (the command).
- `group`: the command's skeleton, its values replaced by `<path>`, `<name>`, `<n>`, …, its spaces
  and quotes made uniform. A group lies in one split only. It shows what was drawn; if no program
  would accept that, the command differs (see *Mended*).
- `program`: the first program of the command (`script` for a path).
- `choice`: what a reader has to choose. `spacing`: the corpus writes the construct both open and
  closed (`-n 5` and `-n5`, `> file` and `>file`, `a | b` and `a|b`); {spacing} rows. `case`: a
  spelled letter that the program knows in both cases, or a name of one letter; {case} rows.

## How it was made

A program made it, with no model and no text from elsewhere: a grammar of {known} programs
with their usual flags, filled with made-up names, paths, hosts (documentation domains and private
or documentation addresses) and put together with pipes, redirects and chains. One *writer* is
drawn for each command and keeps the same style in it: somebody who writes `-n5` also writes `-f1`,
`>file` and often `a|b`. So part of a command tells how the rest of it is spaced. Dictations come
from `helpers.tasks.dictation.verbalize`, in the plain convention. Groups were dealt to the splits
at random; no command and no dictation occurs twice.

```
python -m helpers.corpora.bash_commands data/dictated_bash --seed {seed}
```

writes these files again, byte for byte.

## Mended

Every command is one that the parser of its program accepts; the files and hosts in it are made up.
The table of each program tells which of its flags take a value, and nothing is glued to any other.
An earlier version of this data had 29 commands that no program accepts (22 in train, 4 in valid,
3 in test). They were mended in place: their ids, groups and splits are the same, and so are the
texts of all other rows.

| what no program accepts | what stands there now | rows |
|---|---|---|
| `ls -d/srv/www/*/`, `tree -L1`, `screen -Sledger` | a space after the flag | 8 |
| `docker tag MyHello …`: the name of an image with capitals | `docker tag myhello …` | 8 |
| `iptables -t nat -A PREROUTING … -j MASQUERADE` | `-j ACCEPT` | 4 |
| `git merge --abortmaster` | `git merge --no-commit master` | 2 |
| `find -size +5K` | `+5k` | 2 |
| `find -exec touch {{}}/.keep +` | `\\;` at the end | 1 |
| `sed -E 's/\\(w\\)/\\1s/g'` | bare brackets | 1 |
| `ssh -f` without a command | `ssh -fN` | 1 |
| `npx jest --fix` | `npx eslint --fix` | 1 |
| `rpm -qf` without a file | `rpm -qa` | 1 |

In 18 more rows the column `choice` no longer has `spacing`: they are spelled as before, but the
blank in `ls -d */` or `seq -w 70` was never a choice. A few commands are macOS's (`sed -i ''`,
`stat -f %z`, `base64 -D`, `dd bs=1m`) and not Linux's.

## Limits

- The commands are plausible, not collected: frequencies are the author's guess at shell use.
- A server may still refuse what the program accepts, such as SQL or the names of pods.
- Values are drawn independently of each other, so a log file may hold recipes.
- Dictation is perfect: no hesitation, no recognition errors, no synonyms ("period", "hyphen").
- Whole words keep their capitals in the dictation ("cat README dot md"), which real speech would
  not give: a recogniser would have to guess them.
- Some choices cannot be known from the dictation; no reader reaches 100 %.
- The commands are for reading. Do not run them.
"""


def card(splits: Mapping[str, list[Example]], seed: int, known: int) -> str:
    """Write the card of these splits; `known` is the number of programs of the grammar."""
    rows = [row for split in splits.values() for row in split]
    choices = [row.extra["choice"] for row in rows]
    lengths = [len(row.target) for row in rows]
    words = [len(row.prompt.split()) for row in rows]
    programs = Counter(row.extra["program"] for row in rows)
    groups = Counter(row.group for row in rows)
    return CARD.format(
        table="\n".join(_line(name, split) for name, split in splits.items()),
        rows=f"{len(rows):,}",
        groups=f"{len(groups):,}",
        largest=max(groups.values()),
        programs=len(programs),
        frequent=", ".join(f"`{name}` {n}" for name, n in programs.most_common(12)),
        shortest=min(lengths),
        longest=max(lengths),
        fewest=min(words),
        most=max(words),
        spacing=f"{sum('spacing' in choice for choice in choices):,}",
        case=f"{sum('case' in choice for choice in choices):,}",
        known=known,
        seed=seed,
    )


def _line(name: str, rows: list[Example]) -> str:
    groups = {row.group for row in rows}
    programs = {row.extra["program"] for row in rows}
    choices = sum(bool(row.extra["choice"]) for row in rows)
    share = f"{choices:,} ({choices / len(rows):.0%})"
    return f"| {name} | {len(rows):,} | {len(groups):,} | {len(programs)} | {share} |"
