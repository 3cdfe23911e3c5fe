"""Cells on a Ray node: the same table as here; what no node can do is said in a line."""

import pytest
from sweep_files import TWELVE, comparable, write

from helpers import sweep
from helpers.sweep import cluster, nodes


def test_a_cell_elsewhere_has_the_row_of_a_cell_here(tmp_path, my_rows, here):
    """Its rows travel, and nothing beside them; half a GPU is given, more than there is refused."""
    file = write(tmp_path / "some.yaml", TWELVE.replace("[1, 2, 3, 4, 5, 6]", "6"), my_rows)
    here("here")
    alone = comparable(sweep.run(file))
    here("there")
    with nodes.cluster(gpus=1) as made:
        with pytest.raises(RuntimeError, match="asks for 2 GPUs, and the largest node has 1"):
            sweep.run(file, carry=cluster.carry(made.address, gpus=2))
        assert comparable(sweep.run(file, carry=cluster.carry(made.address, gpus=0.5))) == alone
        sent = made.files("head")
    assert all("exact" in row for row in alone) and len(alone) == 2
    assert not [name for name in sent if "customers" in name or ".git/" in name]
    assert [cell.finished for cell in sweep.read(file)] == [True] * 2
    spans = [cell.span() for cell in sweep.read(file)]
    assert len({span["node"] for span in spans}) == 1 and spans[0]["began"] < spans[0]["ended"]
