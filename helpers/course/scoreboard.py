"""The scoreboard: committed records as a table, in the terminal and beside the records."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shlex import quote
from typing import Any

from helpers.core import paths, runs
from helpers.core.examples import read_split
from helpers.core.files import replace_file
from helpers.core.markdown import insert, table
from helpers.engines import spec_of

MARKS = ("<!-- scoreboard: written by `make score` -->", "<!-- scoreboard end -->")
HEAD = ("task", "engine", "size", "rows", "exact %", "95 %", "effective %", "95 %", "ms", "commit")
PARAMETERS = {  # of notebooks 04 and 05, for what a run's record tells of its training
    "backend": "BACKEND", "profile": "PROFILE", "variant": "VARIANT", "steps": "STEPS",
    "seed": "SEED", "eval_rows": "EVAL_ROWS",
}  # fmt: skip


def line(record: dict[str, Any]) -> tuple[str, ...]:
    """Return one record as the cells of a line."""
    return (
        record["task"],
        engine(record),
        size(record),
        f"{record['n']} {record['split']}",
        f"{100 * record['exact']:.1f}",
        _interval(record["exact_ci"]),
        f"{100 * record['effective']:.1f}",
        _interval(record["effective_ci"]),
        f"{1000 * record['seconds_median']:.1f}",
        (record["commit"] or "")[:12],
    )


def engine(record: dict[str, Any]) -> str:
    """Name what answered: an engine, or a model, whether it was tuned, and how it decoded.

    Raises `EngineError` for an engine that is not registered.

    >>> settings = {"base": "data/tiny_base/2m", "model": "runs/finetune-1", "decode": "grammar"}
    >>> engine({"engine": "torch", "settings": settings}), engine({"engine": "rules"})
    ('2m tuned, grammar', 'rules')
    >>> engine({"engine": "mlx", "settings": settings})
    '2m tuned, grammar, by MLX'
    """
    told = record.get("settings", {})
    if record["engine"] == "api":
        return f"{told['model']} prompted, {told['shots']} examples"
    label = spec_of(record["engine"]).label
    if "decode" not in told:
        return label
    tuned = "untuned" if told["model"] == told["base"] else "tuned"
    by = "" if record["engine"] == "torch" else f", by {label}"  # torch is what is meant else
    shown = f", {told['shots']} examples" if told.get("shots") else ""
    raw = ", not repaired" if _unrepaired(record) else ""
    return f"{Path(told['base']).name} {tuned}{shown}, {told['decode']}{raw}{by}"


def _unrepaired(record: dict[str, Any]) -> bool:
    """Whether free answers were graded as they came."""
    told = record.get("settings", {})
    return told.get("decode") == "free" and not told.get("repair")


def _model(record: dict[str, Any]) -> str:
    """Return the model's or the run's name; a pipeline's own model lies in its file."""
    name = record.get("settings", {}).get("model", "")
    return name if isinstance(name, str) else ""


def size(record: dict[str, Any]) -> str:
    """Return the weights of a model's base, in millions; empty without a model, or if untold.

    >>> size({"settings": {"base": "data/tiny_base/2m"}}), size({"engine": "rules"})
    ('2.1 M', '')
    """
    told = record.get("settings", {})
    of_base = paths.root() / told.get("base", "") / "record.json"  # the tiny bases have one
    if "weights" not in told and of_base.exists():
        told = runs.read(of_base)
    return f"{told['weights'] / 1e6:,.1f} M" if "weights" in told else ""


def command(record: dict[str, Any]) -> str:
    """Return the command that makes a record's scores again.

    What a run's own record would decide, such as `--mix`, is written out.

    >>> command({"task": "support_label", "engine": "rules", "split": "test", "n": 50})
    'python -m helpers score --task support_label --engine rules --split test --limit 50'
    """
    told = record.get("settings", {})
    options = {"task": record["task"], "engine": record["engine"]}
    if model := _model(record):
        options["model"] = model
    elif "model" in told:
        options["pipeline"] = "…"  # a file of the reader's own
    named = ("decode", "mix", "variant", "shots")
    options |= {name: told[name] for name in named if name in told}
    if _unrepaired(record):
        options["repair"] = "off"
    options["split"] = record["split"]
    if record["n"] < len(read_split(paths.data(record["task"]), record["split"])):
        options["limit"] = record["n"]
    where = f"OPENAI_BASE_URL={quote(told['endpoint'])} " if "endpoint" in told else ""
    asked = " ".join(f"--{name} {quote(str(value))}" for name, value in options.items())
    return f"{where}python -m helpers score {asked}"


def training(record: dict[str, Any]) -> str:
    """Return the command that trains the run that was scored; empty where none was.

    Notebook 05 trains with MLX, 04 with torch; a record that does not tell is taken to be scored
    by the framework that trained it.

    >>> settings = {"model": "runs/finetune-1", "base": "data/tiny_base/2m"}
    >>> settings["training"] = {"backend": "mlx", "steps": 600}
    >>> training({"task": "support_label", "engine": "torch", "settings": settings})
    'python -m helpers run 05 -p TASK=support_label -p BASE=data/tiny_base/2m -p STEPS=600'
    """
    told = record.get("settings", {})
    if not Path(_model(record)).name.startswith("finetune-"):
        return ""
    trained = told.get("training", {})
    by_mlx = trained.get("backend", record["engine"]) == "mlx"
    values = {"TASK": record["task"], "BASE": told["base"]}
    values |= {PARAMETERS[name]: value for name, value in trained.items() if name in PARAMETERS}
    if by_mlx:
        values.pop("BACKEND", None)  # notebook 05 has but one
    asked = " ".join(f"-p {name}={quote(str(value))}" for name, value in values.items())
    return f"python -m helpers run {'05' if by_mlx else '04'} {asked}"


def commands(found: Sequence[dict[str, Any]]) -> list[str]:
    """Return the commands behind records, a run's training once, above its first score."""
    lines, made = [], set()
    for record in found:
        run = _model(record)
        if run not in made and (trains := training(record)):
            lines.append(f"{trains}  # makes {run}")
        made.add(run)
        lines.append(command(record))
    return lines


def machines(found: Sequence[dict[str, Any]]) -> str:
    """Return what records were timed on.

    >>> machines([{"hardware": {"machine": "x86_64", "system": "Linux", "cpus": 2}}] * 2)
    'Linux x86_64, 2 CPUs'
    """
    told = [record["hardware"] for record in found]
    return "; ".join(
        dict.fromkeys(f"{one['system']} {one['machine']}, {one['cpus']} CPUs" for one in told)
    )


def _interval(bounds: Sequence[float]) -> str:
    return f"{100 * bounds[0]:.1f}–{100 * bounds[1]:.1f}"


def markdown(found: Sequence[dict[str, Any]]) -> str:
    """Render records as a markdown table, with the command behind each line folded away."""
    below = f"Timed on {machines(found)}."
    folded = "<details><summary>The command behind each line</summary>\n\n```sh\n"
    folded += "\n".join(commands(found)) + "\n```"
    return f"{table(HEAD, map(line, found))}\n\n{below}\n\n{folded}\n\n</details>"


def plain(found: Sequence[dict[str, Any]]) -> str:
    """Render records as aligned text."""
    lines = [HEAD, *map(line, found)]
    widths = [max(len(cells[at]) for cells in lines) for at in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
        for cells in lines
    )


def page() -> Path:
    """Return the page that shows the committed records, beside them."""
    return paths.root() / "data" / "records" / "README.md"


def update() -> Path:
    """Write the committed records' table into the page beside them."""
    text = insert(page().read_text("utf-8"), MARKS, markdown(runs.committed()), paths.shown(page()))
    replace_file(page(), text)
    return page()
