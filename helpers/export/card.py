"""A Hugging Face model card from records, and an upload that happens only when asked for."""

from __future__ import annotations

import glob
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from helpers.core import runs
from helpers.core.files import replace_file
from helpers.export.steps import ExportError
from helpers.models import bases, hub
from helpers.tasks.base import Task
from helpers.tasks.prompts import turns

MADE = {
    "fuse": "fused in {dtype}",
    "quantize": "quantized to {bits} bits, a scale for {group} weights",
}
HOW = {
    "free": "Decode greedily.",
    "free + repair": "Decode greedily, and let the job's own code repair the answer.",
    "grammar": "Decode greedily, inside the job's grammar.",
    "rescore": "Let it choose from the job's list of possible answers, at a weight of {mix:g}.",
}
SHARED = ("*.safetensors", "*.gguf", "*.json", "*.jinja", "README.md", "Modelfile")


def write(
    folder: str | Path, task: Task, scores: Sequence[dict[str, Any]], license: str = ""
) -> Path:
    """Write the card of a fused folder, or of one with a GGUF, as its README.md; return its path.

    `scores` are records of scoring what lies there on the task's rows. `license` is the model's,
    which its base decides; empty, it is the one that the record names. Raises `ExportError` if
    the folder does not tell what it was made from.
    """
    folder = Path(folder)
    if not (folder / "record.json").exists():
        raise ExportError(f"card: {folder} has no record.json; export it from a run")
    record = runs.read(folder)
    if missing := [name for name in ("task", "base") if name not in record]:
        raise ExportError(f"card: {folder}'s record names no {missing[0]}; export it from a run")
    way = "free" if (folder / "Modelfile").exists() else record.get("decode", "free")
    head, body = _data(record, task.title, scores, license), _text(record, task, scores, way)
    text = f"---\n{head}\n---\n\n{body}"
    replace_file(folder / "README.md", text)
    return folder / "README.md"


def _data(
    record: dict[str, Any], title: str, scores: Sequence[dict[str, Any]], license: str
) -> str:
    """Return the card's metadata, which the hub shows and searches."""
    from huggingface_hub import EvalResult, ModelCardData

    results = [
        EvalResult(
            task_type="text-generation",
            dataset_type=record["task"],
            dataset_name=f"{title}, {score['split']}, {score['settings']['decode']}",
            metric_type="exact_match",
            metric_value=round(100 * score["exact"], 1),
        )
        for score in scores
    ]
    base = bases.repo_id(record["base"])
    return ModelCardData(
        language="en",
        license=license or record.get("base_license"),
        library_name="transformers",
        pipeline_tag="text-generation",
        base_model=base or None,
        tags=["tiny-specialists", "lora"],
        model_name=f"{record['task']} on {Path(record['base']).name}",
        eval_results=results or None,
    ).to_yaml()


def _text(
    record: dict[str, Any], task: Task, scores: Sequence[dict[str, Any]], way: str
) -> str:
    """Return what a reader should know: the job, how to ask, and how often it is right.

    `way` is how it will be asked: what stands first is the score of that. Ollama decodes freely.
    """
    example = next(row for row in task.load("train") if not row.no_answer)
    asked = json.dumps(turns(task, example), ensure_ascii=False, indent=2)
    head = "| decoding | rows | exact % | 95 % interval | commit |\n|---|---|---|---|---|"
    lines = [
        f"| {_way(s)} | {s['n']:,} of {s['split']} | {100 * s['exact']:.1f} "
        f"| {100 * s['exact_ci'][0]:.1f}–{100 * s['exact_ci'][1]:.1f} | {s['commit']} |"
        for s in scores
    ]
    made = ", then ".join(MADE[step["step"]].format_map(step) for step in record.get("made", []))
    return "\n".join([
        f"# {task.title}",
        "",
        f"A small language model that does one job: {task.title.lower()}. Tuned with LoRA on "
        f"`{record['base']}`; {made}. {_recipe(record)}".rstrip(),
        "",
        "## How to ask it",
        "",
        f"```json\n{asked}\n```",
        "",
        f"Answer: `{example.target}`. {HOW[way].format(mix=record.get('mix', 1.0))}",
        "",
        "## How often it is right",
        "",
        *_headline(scores, way),
        *([head, *lines] if lines else ["It has not been scored."]),
        "",
        "## Limits",
        "",
        "It knows the rows it was tuned on and little else. Nothing it writes should be run, sent "
        "or obeyed unread.",
        "",
    ])  # fmt: skip


def _headline(scores: Sequence[dict[str, Any]], way: str) -> list[str]:
    """Return a line with the score of the way in which it will be asked, where there is one."""
    for score in scores:
        if _way(score) == way:
            share = f"**{100 * score['exact']:.1f} %** of {score['n']:,} rows"
            return [f"Asked that way, it answers {share} of {score['split']} exactly.", ""]
    return []


def _way(score: dict[str, Any]) -> str:
    """Return how a score was made: its decoding, and whether code mended the answers."""
    settings = score["settings"]
    return settings["decode"] + (" + repair" if settings.get("repair") else "")


def _recipe(record: dict[str, Any]) -> str:
    """Tell what was trained, and how the checkpoint was chosen, where the record knows."""
    if "rank" not in record:
        return ""
    return (
        f"Rank {record['rank']}, alpha {record['alpha']}, {record['train_rows']:,} rows, seed "
        f"{record['seed']}. The checkpoint of step {record['best_step']:,} is kept: it answered "
        f"best on the rows to choose by ({record['choose_on']})."
    )


def push(
    folder: str | Path,
    name: str,
    token: str = "",
    really: bool = False,
    report: Callable[[str], None] = print,
) -> list[str]:
    """Upload a folder to the hub as a private model, or only list what would be uploaded.

    Returns the files' names. Raises `ExportError` for a name that is none, weights in a form that
    can hold code, or an upload without a token of the reader's own.
    """
    folder = Path(folder)
    if not hub.is_name(name):
        raise ExportError(f"push: {name!r} is no name on the hub; write it as owner/name")
    if unsafe := sorted(f.name for s in ("*.bin", "*.pt", "*.pkl") for f in folder.glob(s)):
        raise ExportError(f"push: {unsafe[0]} can hold code; save the weights as safetensors")
    files = sorted({file for pattern in SHARED for file in folder.glob(pattern)})
    for file in files:
        report(f"{file.stat().st_size:>12,}  {file.name}")
    if not really:
        report(f"nothing was uploaded; with really=True and a token it goes to {name}, private")
        return [file.name for file in files]
    if not token:
        raise ExportError("push: a token is needed, your own, with the right to write")
    from huggingface_hub import HfApi

    api = HfApi(token=token)
    api.create_repo(name, private=True, exist_ok=True)
    listed = [glob.escape(file.name) for file in files]  # on the hub a * matches folders, too
    api.upload_folder(repo_id=name, folder_path=folder, allow_patterns=listed)
    return [file.name for file in files]
