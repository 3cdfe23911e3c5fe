"""make check-cluster: nodes, workers and cells die, and the table is that of a sweep here."""

import shutil
import threading
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from sweep_files import TRAINED, TWELVE, comparable, write

from helpers import sweep
from helpers.sweep import cluster, nodes, table

BASE = Path(__file__).parents[2] / "data" / "tiny_base" / "1m"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
DEADLY = """\
if DEPTH >= 0:
    import psutil, time
    psutil.Process().parents()[DEPTH].kill()
    time.sleep(60)"""


def test_twelve_cells_and_a_node_killed_in_the_middle(tmp_path, my_rows, here, capsys):
    """The dead node costs its running cell; one node's time over that of two is printed."""
    file = write(tmp_path / "twelve.yaml", TWELVE, my_rows)
    here("here")
    alone, times = comparable(sweep.run(file)), {}
    with nodes.cluster() as made:
        carry = cluster.carry(made.address)
        for count in (1, 2):
            here(f"there{count}")
            began = time.monotonic()
            assert comparable(sweep.run(file, carry=carry)) == alone
            times[count] = time.monotonic() - began
            if count == 1:
                made.add("other")
        here("killed")
        cells = sweep.read(file)

        def kill() -> None:
            while sum(cell.finished for cell in cells) < 4 or not made.at_work("other"):
                time.sleep(0.05)
            made.kill("other")

        killer = threading.Thread(target=kill)
        killer.start()
        assert comparable(sweep.run(file, carry=carry)) == alone
        killer.join()
    said = capsys.readouterr().err
    assert said.count("its node died (1 of 10)") == 1 and "failed" not in said
    with capsys.disabled():
        ratio = times[1] / times[2]
        print(f"\n12 cells: one node {times[1]:.0f} s, two nodes {times[2]:.0f} s, {ratio:.2f}")


@pytest.mark.parametrize(("depth", "how"), [(0, "signal 9"), (1, "its worker died")])
def test_a_cell_that_kills_its_worker_three_times_is_given_up(tmp_path, here, capsys, depth, how):
    """Whether it ends its own process, or Ray's above it; the cell beside it is finished."""
    cells = [
        new_code_cell("DEPTH: int = -1  # whom", metadata={"tags": ["parameters"]}),
        new_code_cell(DEADLY),
    ]
    content = new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.write(content, str(tmp_path / "deadly.ipynb"))
    text = f"notebook: {tmp_path}/deadly.ipynb\nparameters: {{DEPTH: [{depth}, -1]}}"
    here("there")
    with nodes.cluster() as made:
        file = write(tmp_path / "deadly.yaml", text, tmp_path)
        found = table.read(sweep.run(file, carry=cluster.carry(made.address)))
    assert found[0]["error"].startswith("given up after 3 tries: ") and how in found[0]["error"]
    assert "error" not in found[1]
    assert capsys.readouterr().err.count("again: DEPTH=") == 2


def test_a_training_elsewhere_is_scored_elsewhere(tmp_path, my_rows, here):
    """On a base of the reader's own, which travels once; records name it as it is here."""
    base = shutil.copytree(BASE, tmp_path / "my base")
    file = write(tmp_path / "trained.yaml", TRAINED, my_rows, base)
    here("here")
    alone = comparable(sweep.run(file))
    here("there")
    with nodes.cluster() as made:
        found = comparable(sweep.run(file, carry=cluster.carry(made.address)))
    for row in (*alone, *found):
        del row["training.run"], row["run"]  # a base of one's own names a run by its path
    assert found == alone
    training = sweep.read(file)[0].training
    assert training.record()["base"] == str(base)
