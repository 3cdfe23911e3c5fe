"""Whether made rows help: one base, trained with and without them, and with others instead.

`python -m helpers.course.made_rows` trains all of it on rows of `dictated_bash` as people speak,
and keeps the record that notebook 03 reads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from helpers import engines, factory, profiles, scoring, tasks
from helpers.core import paths, runs
from helpers.core.examples import Example
from helpers.core.files import replace_file
from helpers.engines.causal import Causal
from helpers.evaluation import statistics
from helpers.evaluation.comparison import System
from helpers.factory import languages
from helpers.finetune.config import FinetuneConfig
from helpers.finetune.run import finetune
from helpers.pipeline import engine as pipeline
from helpers.tasks import noise, splits
from helpers.tasks.base import Task

BASE = "data/tiny_base/2m"
WITHOUT = "no made rows"
TIER = "natural"  # the rows that choose and grade, where rows have tiers
OTHERS = ("plain", "heard")  # the tiers to learn from beside what was made
TOGETHER = 16  # rows whose answers are read at once
RIGHT = {"exact": ("exact",), "effective": ("exact", "near")}  # buckets


@dataclass(frozen=True)
class Plan:
    """How every training of a comparison is done."""

    rows: int = 600  # training rows there were before
    steps: int = 60
    batch: int = 16
    seeds: tuple[int, ...] = (0, 1)
    eval_rows: int = 20  # validation rows whose answers choose the checkpoint
    graded: int = 0  # test rows; 0 takes all
    backend: str = "unsloth"  # what trains


def kept(task: Task) -> Path:
    """Return the file of what SmolLM2 wrote for a task."""
    return paths.data("factory") / f"{task.name}.jsonl"


def record_of(task: Task) -> Path:
    """Return the file of a task's committed comparison."""
    return paths.data("factory") / f"{task.name}-comparison.json"


def spoken(task: Task) -> Task:
    """Return the task on the rows that made ones are like: its own, or those its brief names."""
    return tasks.get(task.name, paths.data(task.brief.rows)) if task.brief.rows else task


def arms(task: Task, output: factory.Output) -> dict[str, list[Example]]:
    """Return what is added to the training rows, by name.

    "By rules" is what a program says of the same answers: of the accepted ones, and of all.
    """
    accepted = {f"made-{draft.case.id}": draft.case for draft in output.drafts if not draft.lost}
    rejected = [draft.case.example(task, draft.text) for draft in output.rejected]
    cases = [draft.case for draft in output.drafts]
    count = len(output.rows)
    found = {
        WITHOUT: [],
        "accepted": list(output.rows),
        "turned down, as many": splits.sample(rejected, count) if count else [],
        "by rules, as many": factory.plain_rows([accepted[row.id] for row in output.rows], task),
        "turned down, all": rejected,
        "by rules, all": factory.plain_rows(cases, task),
    }
    return {name: rows for name, rows in found.items() if rows or name == WITHOUT}


def before(task: Task, count: int) -> list[Example]:
    """Return the training rows there were before: of other tiers, where rows have tiers."""
    rows = [row for row in task.load("train") if row.extra.get("tier") in (None, *OTHERS)]
    return splits.sample(rows, min(count, len(rows)))


def of_tier(rows: Sequence[Example]) -> list[Example]:
    """Return the rows that choose or grade."""
    return [row for row in rows if row.extra.get("tier", TIER) == TIER]


def train(task: Task, added: Sequence[Example], name: str, seed: int, plan: Plan) -> dict[str, Any]:
    """Train the base once, and grade it.

    Return which rows it got right, and how probable it found each right answer: a base that gets
    hardly any row right can still come nearer to it.
    """
    own = [replace(row, id=f"added-{n}", extra={}) for n, row in enumerate(added)]
    rows = [*before(task, plan.rows), *own]
    larger = noise.with_train(task, rows, {"added": name}, of_tier(task.load("valid")))
    changes = {"base": BASE, "steps": plan.steps, "batch": plan.batch, "backend": plan.backend}
    profile = profiles.get("cpu", task.name, **changes)
    every = max(1, plan.steps // 2)
    run = finetune(
        larger, profile, FinetuneConfig(seed=seed, eval_every=every, eval_rows=plan.eval_rows)
    )
    graded = of_tier(task.load("test"))[: plan.graded or None]
    engine = engines.create("torch", larger, model=run, decode="free", repair=False)
    scored = scoring.score(larger, engine, graded, "test")
    right = {name: [g.bucket in buckets for g in scored.grades] for name, buckets in RIGHT.items()}
    marks = {name: "".join("01"[hit] for hit in hits) for name, hits in right.items()}
    likely = [round(one, 3) for one in log_probabilities(engine, graded)]
    step = runs.read(run)["best_step"]
    return {"seed": seed, "best_step": step} | marks | {"log_probability": likely}


def log_probabilities(engine: Causal, rows: Sequence[Example]) -> list[float]:
    """Return the logarithm of how probable a model finds each row's right answer, to its end."""
    found, loaded = [], engine.loaded
    with loaded.answering():
        for part in runs.batches(rows, TOGETHER):
            ids = loaded.encode_plain([row.target for row in part])
            reading, rest = loaded.begin(engine.prompts(part))
            found += reading.totals(rest, [[[*one, loaded.end]] for one in ids])
    return [total for (total,) in found]


def compare(task: Task, output: factory.Output, plan: Plan) -> dict[str, Any]:
    """Train every arm with every seed; return the record, whose systems `systems` reads."""
    there = spoken(task)
    added = arms(there, output)
    found: dict[str, Any] = {name: {"added": len(rows), "runs": []} for name, rows in added.items()}
    for seed in plan.seeds:
        for name, rows in added.items():
            found[name]["runs"].append(train(there, rows, name, seed, plan))
    graded = of_tier(there.load("test"))[: plan.graded or None]
    settings = vars(plan) | {"task": task.name, "base": BASE, "tier": TIER}
    settings["before"] = len(before(there, plan.rows))
    return settings | {"ids": [row.id for row in graded], "arms": found} | runs.environment()


def systems(record: Mapping[str, Any], what: str = "exact") -> list[System]:
    """Return the arms of a record as systems: which rows each seed got right."""
    return [
        System(name, 0, tuple(tuple(mark == "1" for mark in run[what]) for run in arm["runs"]))
        for name, arm in record["arms"].items()
    ]


def nearer(record: Mapping[str, Any], task: Task) -> list[dict[str, Any]]:
    """Return how much more probable each arm finds the right answers than the one without.

    In nats a row, the mean of the seeds. The intervals are as wide as their number asks
    (Bonferroni), so that all of them together hold at 95 %.
    """
    of_arm = {
        name: np.mean([run["log_probability"] for run in arm["runs"]], axis=0)
        for name, arm in record["arms"].items()
    }
    own, without = groups(record, task), of_arm.pop(WITHOUT)
    level = 1 - 0.05 / len(of_arm)
    return [
        {
            "name": name,
            "score": float(np.mean(values - without)),
            "ci": statistics.grouped_bootstrap(values - without, own, level=level),
        }
        for name, values in of_arm.items()
    ]


def groups(record: Mapping[str, Any], task: Task) -> list[str]:
    """Return the groups of the graded rows; raises `KeyError` for a row that is there no more."""
    by_id = {row.id: row.group for row in spoken(task).load("test")}
    return [by_id[one] for one in record["ids"]]


def repeat(task: Task, count: int = 0) -> factory.Repeat:
    """Return a generator that repeats what SmolLM2 wrote for a task, `count` drafts or all.

    Where nothing was kept, as for rows of one's own, the rows' own texts stand in, and it says so.
    """
    if not task.folder and kept(task).exists():
        drafts = factory.read_drafts(kept(task), task)[: count or None]
        return factory.Repeat(task, factory.Model("smollm2-135m"), drafts)
    drafts = of_rows(task)[: count or None]
    return factory.Repeat(task, factory.Model("whoever wrote the rows"), drafts, of_train=True)


def of_rows(task: Task) -> list[factory.Draft]:
    """Return the training rows as drafts: each for its answer, in its own words."""
    rows = [row for row in task.load("train") if not row.no_answer]
    cases = [
        factory.Case(
            r.id, r.target, context=r.context, group=r.group, language=languages.guess(r.prompt)
        )
        for r in rows
    ]
    pairs = zip(cases, rows, strict=True)
    return [factory.Draft(case).step("generate", "kept", row.prompt) for case, row in pairs]


def judged(task: Task, judges: Sequence[factory.Judge]) -> factory.Output:
    """Return what judges make of what was written for a task."""
    writer = repeat(task)
    cases = [draft.case for draft in writer.drafts]
    return factory.Factory(writer, judges, batch_size=1).run(cases)


def main() -> None:
    """Train all of it and keep the record; raises `ValueError` with uncommitted changes."""
    runs.check_committed()
    task = tasks.get("dictated_bash")
    trip = factory.RoundTrip(task, {"pipeline": pipeline.create(task, "pipeline")})
    record = compare(task, judged(task, [trip]), Plan())
    replace_file(record_of(task), json.dumps(record, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
