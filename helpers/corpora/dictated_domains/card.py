"""The card of a domain's data: every number on it is counted from the rows."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.core.examples import Example
from helpers.corpora.cards import SPLITS
from helpers.tasks.domains import registry

CARD = """---
license: apache-2.0
language:
- en
task_categories:
- text-generation
pretty_name: {title} (composed)
size_categories:
- 1K<n<10K
tags:
- dictation
- synthetic
""" + SPLITS + """---

# {title}, composed

Each row is one {what} as somebody would dictate it and as it is written. Spaces are not spoken.

| split | rows | templates | longest, in characters | longest, in words said |
|---|---|---|---|---|
{table}

{shown}

## Columns

- `id`: the split and a number, stable for a seed.
- `messages`: `system` (the same in every row), `user` (the dictation), `assistant` (the {what}).
- `group`: the template that the row was drawn from. A template lies in one split only, and no
  {what} and no dictation occurs twice; no template has more than {largest} rows.

## How it was made

A program made it, with no model and no text from elsewhere, from templates and values of
`helpers/tasks/domains/{folder}`, written for this course. `helpers.tasks.dictation.verbalize` says
them by the words of `table.toml` in that folder, and `check.py` there parses every {what}: if it
refuses one, there is no row. Templates were dealt to the splits at random.

```
python -m helpers.corpora.dictated_domains {name} --rows {rows} --seed {seed}
```

writes these files again, byte for byte.

## Limits

- The rows are plausible, not collected, and their values are drawn independently of each other.
- Dictation is perfect: no hesitation, no recognition errors, no synonyms.
- Numbers above 99 are said digit by digit.
- Whole words keep their capitals in the dictation, which real speech would not give.
"""
SHOWN = 4  # rows on the card


def card(name: str, splits: Mapping[str, list[Example]], seed: int) -> str:
    """Write the card of a domain's splits."""
    task, folder = registry.task_of(name), registry.folder_of(name)
    groups = [row.group for rows in splits.values() for row in rows]
    step = len(splits["train"]) // SHOWN
    return CARD.format(
        name=name,
        title=task.title,
        what=task.domain.what,
        folder=folder.name,
        seed=seed,
        rows=len(splits["train"]),
        largest=max(map(groups.count, set(groups))),
        table="\n".join(_line(part, rows) for part, rows in splits.items()),
        shown="\n".join(
            f'- "{row.prompt}" is `{row.target}`.' for row in splits["train"][::step][:SHOWN]
        ),
    )


def _line(part: str, rows: list[Example]) -> str:
    templates = len({row.group for row in rows})
    longest = max(len(row.target) for row in rows)
    words = max(len(row.prompt.split()) for row in rows)
    return f"| {part} | {len(rows):,} | {templates} | {longest} | {words} |"
