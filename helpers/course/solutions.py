"""Solution notebooks: a page's exercises, filled in with the solutions that the tests try."""

from __future__ import annotations

import ast
import io
import json
import re
from collections.abc import Iterable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from helpers.core import paths
from helpers.course import address

STUB = re.compile(r"^# exercises\.check_(\w+)\(\w+\)$", re.MULTILINE)
WARNING = "Try for yourself before you look. There is more than one way; these are ours."


def solutions() -> dict[str, str]:
    """Return the source of each tested solution, with the imports that it needs above it.

    >>> print(solutions()["scale_of"])
    def scale_of(alpha: float, rank: int) -> float:
        return alpha / rank
    """
    text = (paths.root() / "tests/course/exercises/solutions.py").read_text(encoding="utf-8")
    tree = ast.parse(text)
    imports = {
        alias.asname or alias.name: _import(node, alias)
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            used = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
            needed = sorted(line for name, line in imports.items() if name in used)
            parts = ["\n".join(needed), ast.get_source_segment(text, node)]
            found[node.name] = "\n\n\n".join(filter(None, parts))
    return found


def _import(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> str:
    if isinstance(node, ast.Import):
        return ast.unparse(ast.Import([alias]))
    return ast.unparse(ast.ImportFrom(node.module, [alias], 0))


def solved(notebook: Path) -> Any:
    """Return the exercises of a notebook with their solutions, run: each says "correct".

    Raises `ValueError` for an exercise without a solution, and for a solution that is not right.
    """
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells]
    title = sources[0].splitlines()[0].removeprefix("# ")
    (asked,) = (text for text in sources if "## Exercises" in text)
    known = solutions()
    made = [
        new_markdown_cell(f"# Solutions of {title}\n\n{WARNING}"),
        new_code_cell(address.setup_cell(address.address())),
        new_code_cell("from helpers.course import exercises"),
        new_markdown_cell(asked[asked.index("## Exercises") :]),
    ]
    for name in STUB.findall("\n".join(sources)):
        if name not in known:
            raise ValueError(f"{notebook.name}: {name} has no solution; write it in solutions.py")
        code = f"{known[name]}\n\n\nexercises.check_{name}({name})"
        output = new_output("stream", name="stdout", text=_run(name, code))
        made.append(new_code_cell(code, outputs=[output]))
    for number, cell in enumerate(made):
        cell.id = f"solution-{number}"  # the same at each making
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return new_notebook(cells=made, metadata={"kernelspec": kernel})


def _run(name: str, code: str) -> str:
    """Run a solution's cell and return what it prints; raises `ValueError` unless it is right."""
    from helpers.course import exercises

    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(code, name, "exec"), {"exercises": exercises})
    if printed.getvalue() != "correct\n":
        raise ValueError(f"the solution of {name} is not right: {printed.getvalue().strip()}")
    return printed.getvalue()


def write(target: Path) -> Iterable[Path]:
    """Write a solution notebook for every page into a folder; yield the files."""
    import nbformat

    target.mkdir(parents=True, exist_ok=True)
    for notebook in sorted((paths.root() / "notebooks").glob("*.ipynb")):
        file = target / notebook.name
        nbformat.write(solved(notebook), str(file))
        yield file
