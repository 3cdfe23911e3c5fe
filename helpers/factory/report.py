"""What became of every case: yield, reasons, tokens, cost, seconds and examples, to read and keep.

`build` returns it as JSON has it, `page` as a page; only what stands under "start" is of this start
of the command, and all else is the same however often it was stopped.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from helpers.core import runs
from helpers.core.files import replace_file
from helpers.core.markdown import table
from helpers.core.text import one_line
from helpers.factory.deduplicate import Known
from helpers.factory.drafts import BUDGET, STAGES, Draft
from helpers.factory.ledger import PrivateLedger
from helpers.factory.run import Factory, Output

EXAMPLES = 3  # of each fate


def build(
    factory: Factory, output: Output, known: Known, ledger: PrivateLedger | None = None
) -> dict[str, Any]:
    """Return the report of a run."""
    drafts, rows = output.drafts, output.rows
    usage = {name: one.row for name, one in sorted(ledger.usage.items())} if ledger else {}
    stages = stages_of(drafts)
    return factory.settings | {
        "commit": runs.commit(),
        "cases": len(drafts),
        "accepted": len(rows),
        "yield": round(len(rows) / len(drafts), 4) if drafts else 0.0,
        "train": len(output.train),
        "eval": len(output.evaluation),
        "stages": stages,
        "rewritten": sum(draft.rewrites > 0 and not draft.lost for draft in drafts),
        "scenarios": _by_scenario(drafts),
        "near_duplicates_of_test": sum(s == "test" for s in known.near_held_out(rows).values()),
        "stopped": BUDGET if any(BUDGET in stage["reasons"] for stage in stages) else "",
        "usage": usage,
        "dollars": round(sum(one["dollars"] for one in usage.values()), 6),
        "examples": list(_examples(drafts)),
        "start": {
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(output.seconds, 1),
            "tries": dict(sorted(ledger.tries.items())) if ledger else {},
            "kept_before": sum(one.answers for one in ledger.earlier.values()) if ledger else 0,
        },
    }


def stages_of(drafts: Sequence[Draft]) -> list[dict[str, Any]]:
    """Return, for each stage, how many drafts came in and went on, and why the others did not."""
    found, left = [], len(drafts)
    for stage in STAGES:
        reasons = Counter(draft.fate[1] for draft in drafts if draft.fate[0] == stage)
        came, left = left, left - sum(reasons.values())
        found.append({"stage": stage, "in": came, "out": left, "reasons": dict(_ranked(reasons))})
    return found


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _by_scenario(drafts: Sequence[Draft]) -> dict[str, dict[str, int]]:
    names = dict.fromkeys(draft.case.scenario.name for draft in drafts)
    own = {name: [d for d in drafts if d.case.scenario.name == name] for name in names}
    return {
        name: {"cases": len(some), "accepted": sum(not draft.lost for draft in some)}
        for name, some in own.items()
    }


def _examples(drafts: Sequence[Draft]) -> Iterator[dict[str, Any]]:
    """Yield some drafts of each fate, with all their steps."""
    shown: Counter[tuple[str, str]] = Counter()
    for draft in drafts:
        fate = ("accepted", "rewritten") if draft.rewrites and not draft.lost else draft.fate
        shown[fate] += 1
        if shown[fate] <= EXAMPLES:
            case = draft.case
            yield {
                "fate": ": ".join(filter(None, fate)),
                "id": case.id,
                "answer": case.answer,
                "text": draft.text,
                "steps": draft.rows(),
            }


def page(report: Mapping[str, Any]) -> str:
    """Return the report as a page in Markdown."""
    start, usage = report["start"], report["usage"]
    judges = " and by ".join(judge["judge"] for judge in report["judges"])
    first = (
        f"# Rows made for {report['task']}\n\n"
        f"Written by {report['generator']['model']}, judged by {judges}: "
        f"**{report['accepted']:,} of {report['cases']:,} cases became rows** "
        f"({100 * report['yield']:.1f} %), {report['train']:,} to train on and "
        f"{report['eval']:,} to grade on. Rewritten by a judge: {report['rewritten']:,}. "
        f"Near a test row: {report['near_duplicates_of_test']}.\n\n"
        f"May its answers be trained on? {report['generator']['distillable']}."
    )
    if report["stopped"]:
        first += f"\n\n**It was stopped: {report['stopped']}.** Allow more, and start it again."
    stages = [
        (s["stage"], f"{s['in']:,}", f"{s['out']:,}", _line(s["reasons"])) for s in report["stages"]
    ]
    scenarios = [
        (name, f"{n['cases']:,}", f"{n['accepted']:,}") for name, n in report["scenarios"].items()
    ]
    models = [
        (name, *(f"{one[key]:,}" for key in ("answers", "prompt_tokens", "tokens")),
         f"{one['seconds']:,.1f}", _dollars(one))
        for name, one in usage.items()
    ]  # fmt: skip
    parts = [
        first,
        "## Stage by stage",
        table(("stage", "in", "out", "lost, and why"), stages),
        "## Scenarios",
        table(("scenario", "cases", "rows"), scenarios),
        "## What it took",
        table(("model", "answers", "tokens read", "tokens written", "seconds", "dollars"), models),
        f"This start took {start['seconds']:,.0f} seconds; {start['kept_before']:,} answers were "
        f"there before. Requests: {_line(start['tries']) or 'none'}.",
        "## Examples of each fate",
        *map(_example, report["examples"]),
        f"Commit {report['commit']}, templates {report['template']}, {start['created']}.",
    ]
    return "\n\n".join(parts) + "\n"


def _line(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())


def _dollars(usage: Mapping[str, Any]) -> str:
    if usage["unpriced"] == usage["answers"]:
        return "not known"
    unknown = f", and {usage['unpriced']:,} not known" if usage["unpriced"] else ""
    return f"{usage['dollars']:.4f}{unknown}"


def _example(one: Mapping[str, Any]) -> str:
    steps = [
        f"- {step['stage']}, {step['outcome']}: "
        + " · ".join(step[key] if key == "reason" else _code(step[key])
                     for key in ("text", "reason", "why") if step[key])
        for step in one["steps"]
    ]  # fmt: skip
    return "\n".join([f"**{one['fate']}**, for {_code(one['answer'])}\n", *steps])


def _code(text: str) -> str:
    """Return a text as code in Markdown, whatever back quotes it has.

    >>> print(_code("ls"), _code("echo `date`"))
    `ls` `` echo `date` ``
    """
    line = one_line(text)
    return f"`` {line} ``" if "`" in line else f"`{line}`"


def write(report: Mapping[str, Any], path: Path) -> Path:
    """Write the report, and its page beside it; return where the page lies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    beside = path.with_suffix(".md")
    replace_file(beside, page(report))
    return beside
