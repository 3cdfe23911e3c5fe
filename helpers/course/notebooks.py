"""Run a notebook with checked parameters, and keep committed outputs true to their code.

papermill only warns of a parameter that a notebook does not have; here it is an error that lists
the right ones.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers import tasks
from helpers.core import paths, runs
from helpers.course import address, outputs

TYPES = {"str": str, "int": int, "float": float, "bool": bool}
# A kernel on this machine alone says at each start that its pipes are not encrypted, and at each
# end that it was interrupted, as all are. What a cell raises does not come by this way.
QUIET = {"extra_arguments": ["--IPKernelApp.log_level=CRITICAL"]}
DIED = "its kernel died, most likely for want of memory; close other programs or take fewer rows"


class ParameterError(ValueError):
    """A parameter that the notebook does not have, or a value of the wrong type."""


class NotebookFailed(RuntimeError):
    """A notebook whose cell raised; the message names the cell, the error and the kept copy."""


@dataclass(frozen=True)
class Parameter:
    """A line of a notebook's parameters cell: `NAME: type = default  # help`."""

    name: str
    type: str
    default: str
    help: str


def resolve(notebook: str | Path) -> Path:
    """Return the path of a notebook named by path, by file name, or by its first characters.

    >>> resolve("01").name
    '01_inspect_the_data.ipynb'
    """
    path = Path(notebook)
    if path.is_file():
        return path
    folder = paths.root() / "notebooks"
    found = sorted(folder.glob(f"{path.name.removesuffix('.ipynb')}*.ipynb"))
    if len(found) != 1:
        names = ", ".join(p.name for p in found or sorted(folder.glob("*.ipynb")))
        raise FileNotFoundError(f"{notebook}: no such notebook; choose one of {names}")
    return found[0]


def parameters(notebook: Path) -> dict[str, Parameter]:
    """Return a notebook's parameters, read from the cell tagged `parameters`."""
    import papermill

    found = papermill.inspect_notebook(_literal(notebook))
    return {
        name: Parameter(name, p["inferred_type_name"], p["default"], p["help"])
        for name, p in found.items()
    }


def check(notebook: Path, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values in the notebook's types; raises `ParameterError` listing what is right.

    Texts are read as the parameter's type, so "3" is fine for an int.
    """
    known = parameters(notebook)
    checked = {}
    for name, value in values.items():
        if name not in known:
            raise ParameterError(f"{notebook.name} has no parameter {name!r}; {_listed(known)}")
        try:
            checked[name] = _as_type(value, known[name].type)
        except ValueError as error:
            raise ParameterError(
                f"{notebook.name}: {name}={value!r} is not of type {known[name].type}; "
                f"{_listed(known)}"
            ) from error
    return checked


def _listed(known: Mapping[str, Parameter]) -> str:
    lines = [f"  {p.name}: {p.type} = {p.default}  # {p.help}" for p in known.values()]
    return "\n".join(["its parameters are:", *lines])


def _as_type(value: Any, name: str) -> Any:
    wanted = TYPES.get(name)
    if wanted is None:
        raise ValueError(name)
    if wanted is bool and isinstance(value, str):
        words = {"true": True, "1": True, "false": False, "0": False}
        if value.lower() not in words:
            raise ValueError(value)
        return words[value.lower()]
    if isinstance(value, str) or (wanted is float and type(value) is int):
        return wanted(value)
    if type(value) is not wanted:
        raise ValueError(value)
    return value


def prepare(notebook: Path, values: Mapping[str, Any], target: Path) -> Path:
    """Write a copy of the notebook with checked parameters to `target`, not yet run."""
    import papermill

    checked = check(notebook, values)
    target.parent.mkdir(parents=True, exist_ok=True)
    papermill.execute_notebook(
        _literal(notebook), _literal(target), checked, prepare_only=True, progress_bar=False
    )
    return target


def _literal(path: Path) -> str:
    """Return a path as papermill takes it, which fills in what stands in braces."""
    return str(path).replace("{", "{{").replace("}", "}}")


def run(notebook: str | Path, values: Mapping[str, Any]) -> Path:
    """Run a notebook top to bottom; return the executed copy in the run's folder.

    Raises `ParameterError` or `ValueError` for wrong parameters before anything runs, and
    `NotebookFailed` if a cell fails; the copy is kept, with the failure in it.
    """
    source = resolve(notebook)
    checked = {name: _from_here(name, value) for name, value in check(source, values).items()}
    if "TASK" in checked:
        tasks.get(checked["TASK"])
    import papermill
    from nbclient.exceptions import DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    folder = runs.run_folder(f"notebook-{source.stem}", code=code_hash(source), values=checked)
    target = folder / source.name
    try:
        papermill.execute_notebook(
            _literal(source),
            _literal(target),
            checked,
            cwd=str(paths.root()),
            stdout_file=sys.stderr,  # a cell that trains for minutes says how far it is
            **QUIET,
        )
    except PapermillExecutionError as error:
        raise NotebookFailed(
            f"{source.name} cell {error.exec_count}: {error.ename}: {error.evalue}; "
            f"the executed copy is {paths.shown(target)}"
        ) from error
    except DeadKernelError as error:
        raise NotebookFailed(f"{source.name}: {DIED}; then run it again") from error
    return target


def named_record(executed: Path) -> Path | None:
    """Return the path that an executed notebook printed after "record:"; None if it did not."""
    cells = json.loads(executed.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    lines = "".join("".join(o["text"]) for o in outputs if o.get("name") == "stdout").splitlines()
    told = [line.removeprefix("record:").strip() for line in lines if line.startswith("record:")]
    return paths.root() / told[-1] if told else None


def _from_here(name: str, value: Any) -> Any:
    """Return a folder named relative to where the reader stands as a path that holds anywhere."""
    named = name.endswith("_DIR") and isinstance(value, str) and value
    return str(Path(value).resolve()) if named and Path(value).exists() else value


def code_hash(notebook: Path) -> str:
    """Return a digest of the code cells that have a say in the outputs.

    The set-up cell has none, and a cell that papermill injected is no part of the notebook.
    """
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = [
        source
        for cell in cells
        for source in ["".join(cell["source"])]
        if cell["cell_type"] == "code"
        and "injected-parameters" not in cell["metadata"].get("tags", [])
        and not address.is_setup(source)
    ]
    return hashlib.sha256("\0".join(code).encode("utf-8")).hexdigest()[:16]


def refresh(notebook: Path) -> None:
    """Run a notebook in place with its own parameters and keep outputs fit to be committed.

    Widgets, progress bars, colours and absolute paths are taken out; the metadata says which
    code the outputs belong to; badge and set-up cell get the repository's address. Raises
    `NotebookFailed`, the file untouched, if a cell fails.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    content = nbformat.read(str(notebook), as_version=4)
    for cell in content.cells:
        cell.source = address.with_address(cell.source, address.address(), notebook.name)
    where = {"metadata": {"path": str(paths.root())}}
    client = NotebookClient(content, resources=where, coalesce_streams=True, **QUIET)
    try:
        client.execute()
    except CellExecutionError as error:
        raise NotebookFailed(f"{notebook.name}: {error.ename}: {error.evalue}") from error
    except DeadKernelError as error:
        raise NotebookFailed(f"{notebook.name}: {DIED}") from error
    for number, cell in enumerate(c for c in content.cells if c.cell_type == "code"):
        cell.execution_count = number + 1
        cell.metadata.pop("execution", None)
        cell.outputs = [
            outputs.tidy(output, number + 1) for output in cell.outputs if outputs.shows(output)
        ]
    content.metadata.pop("widgets", None)
    content.metadata["kernelspec"] = {
        "display_name": "Python 3", "language": "python", "name": "python3"
    }
    content.metadata["language_info"] = {"name": "python"}
    content.metadata["outputs_of"] = code_hash(notebook)
    nbformat.write(content, str(notebook))
