"""Running notebooks with checked parameters, and keeping outputs fit to be committed."""

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.course import notebooks
from helpers.course.notebooks import NotebookFailed, ParameterError

PARAMETERS = '''\
TASK: str = "dictated_bash"  # which of the jobs
LIMIT: int = 5  # rows to look at
SHARE: float = 0.5  # of the rows
FULL: bool = False  # all rows'''
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def save(path: Path, *cells: str) -> Path:
    """Write a notebook of a title, a parameters cell, and code cells."""
    tagged = new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
    content = new_notebook(
        cells=[new_markdown_cell("# Look"), tagged, *map(new_code_cell, cells)],
        metadata={"kernelspec": KERNEL},
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(content, str(path))
    return path


@pytest.fixture
def notebook(tmp_path):
    return save(tmp_path / "look.ipynb", "print(TASK, LIMIT, SHARE, FULL)")


def test_parameters_are_read_with_type_default_and_help(notebook):
    found = notebooks.parameters(notebook)
    assert [(p.name, p.type, p.default, p.help) for p in found.values()] == [
        ("TASK", "str", '"dictated_bash"', "which of the jobs"),
        ("LIMIT", "int", "5", "rows to look at"),
        ("SHARE", "float", "0.5", "of the rows"),
        ("FULL", "bool", "False", "all rows"),
    ]


@pytest.mark.parametrize(
    ("given", "checked"),
    [
        ({}, {}),
        ({"LIMIT": "3", "SHARE": "0.25", "TASK": "7", "FULL": "true"},
         {"LIMIT": 3, "SHARE": 0.25, "TASK": "7", "FULL": True}),
        ({"LIMIT": 3, "SHARE": 1, "FULL": False}, {"LIMIT": 3, "SHARE": 1.0, "FULL": False}),
        ({"FULL": "0"}, {"FULL": False}),
    ],
)  # fmt: skip
def test_values_are_read_as_the_parameters_types(notebook, given, checked):
    found = notebooks.check(notebook, given)
    assert found == checked
    assert [type(value) for value in found.values()] == [type(v) for v in checked.values()]


LISTED = r"""its parameters are:
  TASK: str = "dictated_bash"  # which of the jobs
  LIMIT: int = 5  # rows to look at
  SHARE: float = 0.5  # of the rows
  FULL: bool = False  # all rows"""


def test_an_unknown_parameter_lists_the_right_ones(notebook):
    """papermill only warns, and a smoke run with a misspelt size takes hours."""
    with pytest.raises(ParameterError) as error:
        notebooks.check(notebook, {"LIMITS": 3})
    assert str(error.value) == f"look.ipynb has no parameter 'LIMITS'; {LISTED}"


@pytest.mark.parametrize(
    ("name", "value", "type_"),
    [
        ("LIMIT", "many", "int"),
        ("LIMIT", "1.5", "int"),
        ("LIMIT", 1.5, "int"),
        ("LIMIT", True, "int"),
        ("SHARE", "half", "float"),
        ("FULL", "yes", "bool"),
        ("FULL", 1, "bool"),
        ("TASK", 3, "str"),
        ("TASK", None, "str"),
    ],
)
def test_a_value_of_another_type_lists_the_right_ones(notebook, name, value, type_):
    with pytest.raises(ParameterError) as error:
        notebooks.check(notebook, {name: value})
    assert str(error.value) == f"look.ipynb: {name}={value!r} is not of type {type_}; {LISTED}"


def test_a_prepared_copy_has_the_parameters_and_the_same_code(notebook, tmp_path):
    copy = notebooks.prepare(notebook, {"LIMIT": "3"}, tmp_path / "made" / "copy.ipynb")
    cells = nbformat.read(copy, as_version=4).cells
    (injected,) = [c for c in cells if "injected-parameters" in c.metadata.get("tags", [])]
    assert "LIMIT = 3" in injected.source
    assert not any(cell.get("outputs") for cell in cells)
    assert notebooks.code_hash(copy) == notebooks.code_hash(notebook)


def test_braces_in_a_path_are_braces(notebook, tmp_path):
    """papermill would fill them in; a folder of runs may be named in any way."""
    odd = notebook.rename(tmp_path / "look{x}.ipynb")
    copy = notebooks.prepare(odd, {"LIMIT": 3}, tmp_path / "r{x}" / "{LIMIT}.ipynb")
    assert copy == tmp_path / "r{x}" / "{LIMIT}.ipynb" and copy.exists()


def test_parameters_are_checked_before_anything_is_written(notebook, tmp_path, runs_dir):
    with pytest.raises(ParameterError):
        notebooks.prepare(notebook, {"LIMITS": 3}, tmp_path / "copy.ipynb")
    with pytest.raises(ParameterError):
        notebooks.run(notebook, {"LIMIT": "many"})
    assert list(tmp_path.iterdir()) == [notebook]


def test_the_hash_is_of_the_code_alone(notebook):
    def changed(change) -> str:
        content = nbformat.read(notebook, as_version=4)
        change(content.cells)
        nbformat.write(content, str(notebook.with_name("changed.ipynb")))
        return notebooks.code_hash(notebook.with_name("changed.ipynb"))

    before = notebooks.code_hash(notebook)
    assert changed(lambda cells: cells[0].update(source="# Other prose")) == before
    assert changed(lambda cells: cells[2].update(execution_count=9)) == before
    assert changed(lambda cells: cells[2].update(source="print(TASK)")) != before
    assert changed(lambda cells: cells.append(new_code_cell("1"))) != before
    assert changed(lambda cells: cells.reverse()) != before


def test_notebooks_are_found_by_number_name_or_path(clone):
    for name in ("01_look", "02_write", "02_write_more"):
        save(clone / "notebooks" / f"{name}.ipynb")
    first = clone / "notebooks" / "01_look.ipynb"
    assert notebooks.resolve("01") == notebooks.resolve("01_look") == first
    assert notebooks.resolve(first) == notebooks.resolve("01_look.ipynb") == first
    with pytest.raises(FileNotFoundError, match="02: .* choose one of 02_write.ipynb, 02_write_m"):
        notebooks.resolve("02")
    with pytest.raises(FileNotFoundError, match="9: no such notebook; choose one of 01_look.ipy"):
        notebooks.resolve("9")


def test_a_run_keeps_an_executed_copy_and_leaves_the_notebook_alone(clone, runs_dir):
    path = save(
        clone / "notebooks" / "01_look.ipynb",
        "from pathlib import Path\nprint(TASK, LIMIT, Path.cwd())",
    )
    before = path.read_bytes()
    executed = notebooks.run("01", {"LIMIT": "3"})
    assert executed.is_relative_to(runs_dir)
    last = nbformat.read(executed, as_version=4).cells[-1]
    assert last.outputs[0].text == f"dictated_bash 3 {clone}\n"
    assert path.read_bytes() == before


def test_a_failed_run_names_the_cell_the_error_and_the_copy(clone, runs_dir):
    save(clone / "notebooks" / "01_look.ipynb", "x = 1", "raise KeyError('gone')", "x = 2")
    with pytest.raises(NotebookFailed) as error:
        notebooks.run("01", {})
    message = str(error.value)
    assert message.startswith("01_look.ipynb cell 3: KeyError: 'gone'; the executed copy is ")
    assert message.endswith("01_look.ipynb")
    (copy,) = runs_dir.glob("*/01_look.ipynb")
    assert "KeyError" in copy.read_text(encoding="utf-8")


PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4"
    "//8/AAX+Av4N70a4AAAAAElFTkSuQmCC"
)
REFRESHED = '''\
import sys
from pathlib import Path
from IPython.display import display
here = Path.cwd()
print("\\x1b[31mred\\x1b[0m", here / "data" / "rows.jsonl", here)
print(" 50%|#####     | 1/2", file=sys.stderr)
widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "0%| |"}
display(widget, raw=True)
display({"text/html": f"<b>{here}/notebooks</b>", "text/plain": "\\x1b[1mbold"}, raw=True)
display({"image/png": "PIXEL", "text/plain": "<Figure size 640x480>"}, raw=True)
here / "data"'''.replace("PIXEL", PIXEL)


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory):
    """A notebook whose cell prints all that has no place in a commit, after a refresh."""
    from helpers.core import paths

    clone = tmp_path_factory.mktemp("clone").resolve()
    (clone / "data").mkdir()
    (clone / "pyproject.toml").write_bytes((paths.root() / "pyproject.toml").read_bytes())
    path = save(clone / "notebooks" / "01_look.ipynb", REFRESHED, "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TINY_SPECIALISTS_ROOT", str(clone))
        paths.root.cache_clear()
        notebooks.refresh(path)
    paths.root.cache_clear()
    return path


def test_a_refreshed_notebook_has_clean_outputs(refreshed):
    outputs = nbformat.read(refreshed, as_version=4).cells[2].outputs
    assert [output.output_type for output in outputs] == [
        "stream", "display_data", "display_data", "execute_result"
    ]
    assert outputs[0].text == "red data/rows.jsonl .\n"
    assert outputs[1].data == {"text/html": "<b>notebooks</b>", "text/plain": "bold"}
    assert set(outputs[2].data) == {"image/png"}
    assert outputs[3].data["text/plain"] == "PosixPath('data')"


def test_a_refreshed_notebook_holds_no_bars_colours_widgets_or_paths(refreshed):
    content = json.loads(refreshed.read_text(encoding="utf-8"))
    shown = json.dumps([cell.get("outputs") for cell in content["cells"]])
    for unwanted in ("50%", "0%|", "\\u001b", "widget", str(refreshed.parents[1]), "stderr"):
        assert unwanted not in shown


def test_a_refreshed_notebook_says_which_code_its_outputs_belong_to(refreshed):
    content = json.loads(refreshed.read_text(encoding="utf-8"))
    assert content["metadata"]["outputs_of"] == notebooks.code_hash(refreshed)
    assert content["metadata"]["kernelspec"] == KERNEL
    assert content["metadata"]["language_info"] == {"name": "python"}


def test_refreshed_cells_are_numbered_from_one_without_times(refreshed):
    """Times of execution would make every refresh a change of every line."""
    cells = nbformat.read(refreshed, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == [1, 2, 3]
    assert not any("execution" in cell.metadata for cell in code)
    assert code[1].outputs[3].execution_count == 2


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("raise KeyError('gone')", "01_look.ipynb: KeyError: 'gone'"),
        ("import os; os._exit(1)", "01_look.ipynb: its kernel died, most likely for want of mem"),
    ],
)
def test_a_notebook_that_cannot_be_refreshed_is_left_as_it_was(clone, cell, message):
    path = save(clone / "notebooks" / "01_look.ipynb", cell)
    before = path.read_bytes()
    with pytest.raises(NotebookFailed, match=message):
        notebooks.refresh(path)
    assert path.read_bytes() == before


def test_a_run_whose_kernel_dies_says_so(clone, runs_dir):
    save(clone / "notebooks" / "01_look.ipynb", "import os; os._exit(1)")
    with pytest.raises(NotebookFailed, match="01_look.ipynb: its kernel died, most likely for"):
        notebooks.run("01", {})
