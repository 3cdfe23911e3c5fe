"""A grid of runs: written in YAML, resumed after a kill, carried out in parallel, put in a table.

`run("data/sweeps/dictated_bash.yaml", jobs=2)` carries out the cells that are not finished. Each
lies in a folder of its own in `runs/`, named by its content, and is finished when its record is
there. joblib hands the cells out: inside its `parallel_config` another backend does.
"""

from __future__ import annotations

from helpers.sweep.cells import Cell, read
from helpers.sweep.grid import SweepError
from helpers.sweep.running import run
from helpers.sweep.table import shown

__all__ = ["Cell", "SweepError", "read", "run", "shown"]
