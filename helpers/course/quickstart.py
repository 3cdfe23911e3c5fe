"""The course's spine on one task, in one go: what `make run` does.

Notebooks are run one after the other, and a line is printed of what each one's record tells. What
was trained or answered before is found again, so a second start only goes on.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from helpers.core import paths, runs
from helpers.course import notebooks

Record = Mapping[str, Any]
HANDED_OVER = """
Your specialist is ready. Ask it, a line in, a line out, or serve it to OpenAI's clients:
     .venv/bin/python -m helpers predict --task {task} --engine torch --decode best --model {run}
     .venv/bin/python -m helpers serve --task {task} --model {files}/gguf/model-Q8_0.gguf"""


@dataclass(frozen=True)
class Stage:
    """A notebook of the spine, and how its record is told in a line."""

    notebook: str
    title: str
    tell: Callable[[Record], str]
    values: Mapping[str, Any] = field(default_factory=dict)


def stages(steps: int, rows: int, base: str = "") -> list[Stage]:
    """Return the spine: inspect, write rules, fine-tune, export, analyze."""
    limits = {"ROWS": rows, "TRAIN_ROWS": rows} if rows else {}
    exams = {"EVAL_ROWS": rows} if rows else {}
    trained = limits | exams | {"STEPS": steps, "BASE": base}
    return [
        Stage("01", "inspect the data", told_data),
        Stage("02", "write the rules", told_rules, limits | {"SPLIT": "test"}),
        Stage("04", "fine-tune", told_scores, trained),
        Stage("06", "fuse, quantize, export", told_artefacts, trained | {"ROWS": rows or 200}),
        Stage("07", "analyze the errors", told_errors, trained | {"ADDED": 0, "POOL": 1}),
    ]


def run(
    task: str,
    steps: int,
    rows: int = 0,
    base: str = "",
    say: Callable[[str], None] = print,
) -> None:
    """Run the spine on a task, then say what each step found, and how to ask what was trained.

    `steps` are optimizer steps, `rows` how many to learn from, to choose by and to grade on; 0
    takes all. Raises `NotebookFailed` where a notebook does.
    """
    found, told, trained, files = stages(steps, rows, base), [], "", ""
    for number, stage in enumerate(found, 1):
        values = {"TASK": task} | dict(stage.values)
        if trained:  # later pages go on with that run, and know its base by it
            values |= {"RUN": trained}
            values.pop("BASE")
        executed = notebooks.run(stage.notebook, values)
        record = runs.read(notebooks.named_record(executed))
        if stage.notebook == "04":
            trained = paths.shown(paths.runs() / record["run"])
        if stage.notebook == "06":
            files = paths.shown(notebooks.named_record(executed).parent)
        told.append(f"\n{number}/{len(found)}  {stage.title}: {stage.tell(record)}")
        told.append(f"     {paths.shown(executed)}")
        print(*told[-2:], sep="\n", file=sys.stderr)  # among all that the page prints
    say("\n".join(told))
    say(HANDED_OVER.format(task=task, run=trained, files=files))


def percent(record: Record) -> str:
    """Return a score with its interval.

    >>> percent({"exact": 0.743, "exact_ci": [0.701, 0.783]})
    '74.3 % (70.1 to 78.3)'
    """
    low, high = record["exact_ci"]
    return f"{100 * record['exact']:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def told_data(record: Record) -> str:
    """Tell of rows and leaks.

    >>> told_data({"splits": [{"split": "train", "rows": 5044}], "leaks": {"groups": 0}})
    '5,044 train rows, 0 leaks between splits'
    """
    rows = ", ".join(f"{split['rows']:,} {split['split']} rows" for split in record["splits"])
    return f"{rows}, {sum(record['leaks'].values()):,} leaks between splits"


def told_rules(record: Record) -> str:
    """Tell the best way to answer without a neural model: of train, and of a base's text, too.

    >>> steps = [{"name": "beam", "n": 9, "exact": 0.6, "exact_ci": [0.5, 0.7]}]
    >>> steps += [{"name": "same text", "n": 9, "exact": 0.8, "exact_ci": [0.7, 0.9]}]
    >>> print(told_rules({"best": "beam", "steps": steps}))
    without a model, beam: 60.0 % (50.0 to 70.0) of 9 rows right
         with the tiny base's text to read, same text: 80.0 % (70.0 to 90.0)
    """
    by_name = {step["name"]: step for step in record["steps"]}
    best, last = by_name[record["best"]], record["steps"][-1]
    told = f"without a model, {best['name']}: {percent(best)} of {best['n']:,} rows right"
    if last is best:
        return told
    return f"{told}\n     with the tiny base's text to read, {last['name']}: {percent(last)}"


def told_scores(record: Record) -> str:
    """Tell every score that a fine-tuning notebook found."""
    width = max(len(score["name"]) for score in record["scores"])
    lines = [f"\n     {score['name']:{width}}  {percent(score)}" for score in record["scores"]]
    return f"exact answers of {record['rows']:,} rows{''.join(lines)}"


def told_artefacts(record: Record) -> str:
    """Tell what each artefact weighs, and how many answers it changed."""
    width = max(len(one["name"]) for one in record["artefacts"])
    lines = [
        f"\n     {one['name']:{width}}  {one['bytes'] / 1e6:5.1f} MB  {one['flips']:3} flipped"
        for one in record["artefacts"]
    ]
    return f"answers to {record['rows']:,} rows, against the trained model's{''.join(lines)}"


def told_errors(record: Record) -> str:
    """Tell the classes of the tuned model's errors, the largest first.

    >>> told_errors({"classes": {"tuned": {"casing": 2, "spacing": 5}}})
    '7 errors: 5 spacing, 2 casing'
    """
    counts = Counter(record["classes"]["tuned"]).most_common()
    listed = ", ".join(f"{count:,} {name}" for name, count in counts)
    return f"{sum(count for _, count in counts):,} errors: {listed or 'none'}"
