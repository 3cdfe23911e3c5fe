"""Train as a workstation does, by as many processes as started this: base, data, runs are named."""

import sys

import small_runs

from helpers import profiles, tasks
from helpers.finetune.config import FinetuneConfig
from helpers.finetune.run import finetune


def main(base: str, data: str) -> None:
    """Eight steps of eight rows, in exact arithmetic, evaluated twice."""
    profile = profiles.get(
        "workstation", base=base, backend="transformers", precision="fp32", batch=4, steps=8,
        gradient_accumulation_steps=2, learning_rate=1e-2, max_length=128,
    )  # fmt: skip
    config = FinetuneConfig(eval_every=4, eval_rows=3)
    finetune(tasks.get("dictated_bash", data), profile, config, small_runs.silent)


if __name__ == "__main__":
    main(*sys.argv[1:])
