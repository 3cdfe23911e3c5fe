"""Batches of notebooks: a CSV checked before anything runs, a page, and a status for cron."""

import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from helpers import sweep
from helpers.cli.main import main
from helpers.sweep import SweepError, batch

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


@pytest.fixture
def grid(tmp_path, runs_dir) -> Path:
    """A batch of three runs of a notebook that bears no nine."""
    cells = [
        new_code_cell("LIMIT: int = 5  # rows", metadata={"tags": ["parameters"]}),
        new_code_cell('assert LIMIT < 9, "nine <b>is</b> too many"\nprint(LIMIT)'),
    ]
    content = new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.write(content, str(tmp_path / "look.ipynb"))
    file = tmp_path / "nightly.csv"
    file.write_text(f"notebook,LIMIT\n{tmp_path}/look.ipynb,3\n{tmp_path}/look.ipynb,\n")
    return file


def test_a_batch_has_a_page_of_its_outputs_and_a_status_for_cron(grid, tmp_path, capsys):
    assert main(["batch", str(grid), "--jobs", "2"]) == 0
    page = Path(capsys.readouterr().out.splitlines()[-1].removeprefix("page: "))
    text = page.read_text(encoding="utf-8")
    assert "2 of 2 runs finished." in text and "<th>LIMIT</th>" in text
    links = re.findall(r'href="([^"]+)"', text)
    outputs = [nbformat.read(page.parent / link, as_version=4) for link in links]
    assert [o.cells[-1].outputs[0].text for o in outputs] == ["3\n", "5\n"]
    before = [cell.record()["created"] for cell in sweep.read(grid)]

    grid.write_text(grid.read_text() + f"{tmp_path}/look.ipynb,9\n")
    assert main(["batch", str(grid)]) == 1
    page = Path(capsys.readouterr().out.splitlines()[-1].removeprefix("page: "))
    text = page.read_text(encoding="utf-8")
    assert "2 of 3 runs finished, 1 failed." in text
    assert "AssertionError: nine &lt;b&gt;is&lt;/b&gt; too many" in text
    (log,) = [link for link in re.findall(r'href="([^"]+)"', text) if link.endswith("log.txt")]
    assert "nine" in (page.parent / log).read_text()
    done = [cell.record()["created"] for cell in sweep.read(grid) if cell.finished]
    assert done == before  # what is finished is not run again


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("LIMIT\n3\n", r"line 1: name each column once, one of them 'notebook'"),
        ("notebook,LIMIT,LIMIT\n", "line 1: name each column once"),
        ("notebook,LIMIT\n", "has no rows; write one for each run"),
        ("notebook,LIMIT\nlook,1,2\n", "line 2: has not as many values as there are columns"),
        ("notebook,LIMIT\n,1\n", "line 2: names no notebook; fill it in"),
        ("notebook,LIMIT\nno_such,1\n", "no_such: no such notebook; choose one of 01_"),
        ("notebook,LIMITS\nLOOK,1\n", "look.ipynb has no parameter 'LIMITS'"),
        ("notebook,LIMIT\nLOOK,many\n", "LIMIT='many' is not of type int"),
        (f"notebook,LIMIT\nLOOK,{'9' * 200_000}\n", r"line 2: is no table \(field larger than"),
    ],
)
def test_what_is_wrong_is_said_before_anything_runs(grid, tmp_path, runs_dir, text, line):
    grid.write_text(text.replace("LOOK", str(tmp_path / "look.ipynb")))
    with pytest.raises(SweepError, match=line):
        sweep.read(grid)
    assert main(["batch", str(grid)]) == 2
    assert not runs_dir.exists()


def test_a_table_saved_by_a_spreadsheet_is_read(tmp_path):
    """It begins with a mark of its encoding, and its lines may end as on an old Macintosh."""
    (tmp_path / "a.csv").write_bytes("notebook, TASK\r01, support_label\r".encode("utf-8-sig"))
    found = [{"notebook": "01", "parameters": {"TASK": "support_label"}}]
    assert batch.grids(tmp_path / "a.csv") == found
