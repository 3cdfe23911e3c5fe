"""Score an engine on examples: answers kept as they come, one record at the end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from helpers import cache, records
from helpers.engines.base import Engine, Prediction
from helpers.evaluation import buckets, statistics
from helpers.evaluation.buckets import Grade
from helpers.evaluation.errors import Error
from helpers.rows import Example, replace_file
from helpers.tasks.base import Progress, Step, Task


def answer_all(
    engine: Engine, examples: Sequence[Example], folder: Path, progress: Progress = iter
) -> list[Prediction]:
    """Answer all examples, resuming from the run in `folder`.

    Batches are fixed from all examples before finished ones are skipped, so a batch holds the
    same rows, and gives the same answers, whether or not the run was interrupted.
    """
    done = records.finished(folder)
    for batch in progress(records.batches(examples, engine.batch_size)):
        missing = {example.id for example in batch} - done.keys()
        if missing:
            new = [p for p in engine.answer(batch) if p.id in missing]
            records.append(folder, new)
            done |= {p.id: p for p in new}
    return [done[example.id] for example in examples]


def score(
    task: Task,
    engine: Engine,
    examples: Sequence[Example],
    split: str,
    progress: Progress = iter,
    fresh: bool = False,
) -> tuple[dict[str, Any], Path]:
    """Score `engine` on `examples`; return the record and the run's folder.

    The run is named by task, engine and rows: started again it goes on where it stopped, or
    returns what it found; `fresh` forgets earlier answers first.
    """
    content = cache.digest([example.row() for example in examples])
    config = {"task": task.name, "engine": engine.name, "fingerprint": engine.fingerprint}
    config |= {"split": split, "content": content}
    folder = records.run_folder(f"score-{task.name}-{engine.name}", **config)
    with records.only_one(folder):
        if fresh:
            (folder / "predictions.jsonl").unlink(missing_ok=True)
        predictions = answer_all(engine, examples, folder, progress)
    grades = task.grade([p.text for p in predictions], examples)
    record = config | {"run": folder.name, "settings": engine.settings}
    record |= summarize(grades, predictions, [example.group for example in examples])
    record |= aspect_shares(task, predictions, examples)
    record |= records.surroundings()
    records.write(folder, record)
    return record, folder


def summarize(
    grades: Sequence[Grade], predictions: Sequence[Prediction], groups: Sequence[str]
) -> dict[str, Any]:
    """Return scores as fractions with 95 % intervals, and seconds an answer.

    Where rows share groups the intervals come from a bootstrap that resamples groups, because
    rows of a group succeed and fail together; else they are Wilson's. A score of 0 or 1, which no
    resampling changes, gets Wilson's with a group for a row; one group alone tells next to nothing.
    """
    exact = [grade.bucket == "exact" for grade in grades]
    effective = [grade.bucket in ("exact", "near") for grade in grades]
    independent = len(set(groups))
    grouped = independent < len(groups)

    def interval(hits: list[bool]) -> list[float]:
        if grouped and len(set(hits)) == 1:
            low, high = statistics.wilson(independent * hits[0], independent)
        elif grouped and independent == 1:
            low, high = 0.0, 1.0
        elif grouped:
            low, high = statistics.grouped_bootstrap(hits, groups)
        else:
            low, high = statistics.wilson(sum(hits), len(hits))
        return [round(float(low), 6), round(float(high), 6)]

    seconds = sorted(prediction.seconds for prediction in predictions)
    return buckets.summary(grades) | {
        "exact_ci": interval(exact),
        "effective_ci": interval(effective),
        "interval": "bootstrap over groups" if grouped else "Wilson",
        "seconds_median": quantile(seconds, 0.5),
        "seconds_p95": quantile(seconds, 0.95),
    }


def compare(
    first: Sequence[Grade], second: Sequence[Grade], groups: Sequence[str]
) -> dict[str, Any]:
    """Compare two steps on the same rows: difference of exact as a fraction, interval, p.

    One group alone tells next to nothing: the interval is then all there is.

    >>> grades = buckets.grade_all(["a", "b"], ["a", "a"])
    >>> compare(grades, grades[::-1], ["1", "2"])["difference"]
    0.0
    """
    return paired([g.exact for g in first], [g.exact for g in second], groups)


def paired(one: Sequence[bool], other: Sequence[bool], groups: Sequence[str]) -> dict[str, Any]:
    """Compare right and wrong answers to the same rows, as `compare` does."""
    pair = statistics.mcnemar(one, other)
    several = len(set(groups)) > 1
    low, high = statistics.paired_bootstrap(one, other, groups) if several else (-1.0, 1.0)
    return {
        "difference": pair.difference,
        "ci": [low, high],
        "only_first": pair.only_a,
        "only_second": pair.only_b,
        "p": pair.p_value,
    }


def compare_files(first: Path, second: Path) -> dict[str, Any]:
    """Compare two files of `write_predictions`, row by row.

    Raises `ValueError` for another file, and unless both answer the same rows.
    """
    files = [_predictions(path) for path in (first, second)]
    rows = [[(row["id"], row["target"]) for row in found] for found in files]
    if rows[0] != rows[1]:
        raise ValueError(
            f"{first} and {second} do not answer the same rows; score both on the same split"
        )
    hits = [[row["bucket"] == "exact" for row in found] for found in files]
    shares = {"first": sum(hits[0]) / len(rows[0]), "second": sum(hits[1]) / len(rows[0])}
    groups = [row["group"] for row in files[0]]
    return {"n": len(groups)} | shares | paired(hits[0], hits[1], groups)


def _predictions(path: Path) -> list[dict[str, Any]]:
    """Read a file of `write_predictions`; raises `ValueError` that names the line of another."""
    found = []
    for number, line in enumerate(path.read_bytes().splitlines() or [b""], 1):
        try:
            found.append(json.loads(line))
            whole = {"id", "group", "target", "bucket"} <= found[-1].keys()
        except (ValueError, AttributeError):
            whole = False
        if not whole:
            what = f"{path} line {number}: is no graded answer"
            raise ValueError(f"{what}; give a file that 'score --out' wrote")
    return found


def ranks(step: Step, examples: Sequence[Example], k: int) -> list[int | None]:
    """Return the place of each target among a step's `k` best answers; None if not there.

    Raises `ValueError` for a step that ranks no answers.
    """
    if step.candidates is None:
        raise ValueError(f"{step.name} lists no candidates; ask a step that does")
    found: list[int | None] = []
    for example in examples:
        target = buckets.collapse(example.target)
        listed = [buckets.collapse(text) for text in step.candidates(example, k)]
        found.append(listed.index(target) + 1 if target in listed else None)
    return found


def within(places: Sequence[int | None], k: int) -> dict[int, float]:
    """Return, for 1 to `k`, the share of rows whose target is among that many best answers.

    >>> within([1, 2, None, 1], 2)
    {1: 0.5, 2: 0.75}
    """
    best = [sum(place is not None and place <= n for place in places) for n in range(1, k + 1)]
    return {n: count / len(places) for n, count in enumerate(best, 1)}


def outside(task: Task, examples: Sequence[Example]) -> list[Example]:
    """Return the examples whose target their own grammar does not allow: none can be answered.

    llguidance checks them byte by byte, as it checks the tokens of a model.
    """
    from llguidance import LLMatcher, LLTokenizer

    letters = LLTokenizer("byte")
    found = []
    for example in examples:
        matcher = LLMatcher(
            letters, LLMatcher.grammar_from_lark(task.grammar(example)), log_level=0
        )
        target = buckets.collapse(example.target).encode("utf-8", "replace")
        if not (matcher.consume_tokens(list(target)) and matcher.is_accepting()):
            found.append(example)
    return found


def kind_of(task: Task, error: Error) -> str:
    """Name an error's kind: what to mend in a text, or the label or action that was missed."""
    if task.open_targets:
        return error.kind
    facts = task.measures(error.example)
    return next((fact for fact in facts.values() if isinstance(fact, str)), error.kind)


def aspect_shares(
    task: Task, predictions: Sequence[Prediction], examples: Sequence[Example]
) -> dict[str, dict[str, float]]:
    """Return, under "aspects", the share of answers right in each aspect the task names."""
    pairs = zip(predictions, examples, strict=True)
    found = [task.aspects(prediction.text, example) for prediction, example in pairs]
    shares = {name: sum(row[name] for row in found) / len(found) for name in found[0]}
    return {"aspects": shares} if shares else {}


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the ordered values lie (nearest rank).

    >>> quantile([1.0, 2.0, 3.0, 4.0], 0.5)
    2.0
    """
    return ordered[max(0, -(-round(share * 100) * len(ordered) // 100) - 1)]


def prediction_rows(
    task: Task, examples: Sequence[Example], predictions: Sequence[Prediction]
) -> list[dict[str, Any]]:
    """Return a row for each answer: id, prompt, target, prediction, bucket, seconds, details."""
    grades = task.grade([p.text for p in predictions], examples)
    return [
        {
            "id": example.id,
            "group": example.group,
            "prompt": example.prompt,
            "target": example.target,
            "prediction": prediction.text,
            "bucket": grade.bucket,
            "seconds": prediction.seconds,
        }
        | prediction.details
        for example, prediction, grade in zip(examples, predictions, grades, strict=True)
    ]


def write_predictions(path: Path, found: list[dict[str, Any]]) -> None:
    """Write prediction rows as JSON lines: a file in one step, a device or a pipe as it is."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8")
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, text)
