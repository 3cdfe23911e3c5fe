"""What imports what: arrows point one way, and nothing heavy is loaded before it is needed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
FILES = sorted((PROJECT / "helpers").rglob("*.py"))
HEAVY = (
    "torch", "transformers", "mlx", "unsloth", "trl", "peft", "datasets", "xllamacpp", "cyllama",
)  # fmt: skip

# Each part of helpers, and the other parts of helpers that it may import.
ARROWS = {
    "paths": set(),
    "rows": set(),
    "markdown": set(),
    "cache": {"paths", "rows"},
    "dictation": set(),
    "desktop": set(),
    "evaluation": {"rows", "dictation"},
    "tasks": {"paths", "rows", "cache", "dictation", "desktop", "evaluation"},
    "prompts": {"rows", "tasks"},
    "engines": {"paths", "rows", "cache", "tasks", "prompts", "profiles"},
    "corpora": {"paths", "rows", "dictation", "desktop", "evaluation", "tasks"},
    "finetune": {
        "paths", "rows", "cache", "tasks", "prompts", "engines", "records", "profiles", "corpora",
        "dictation", "evaluation", "markdown",
    },
    "export": {"paths", "rows", "cache", "prompts", "engines", "records", "finetune", "tasks"},
    "sweep": {
        "paths", "rows", "cache", "tasks", "engines", "records", "scoring", "notebooks", "finetune",
        "profiles", "evaluation",
    },
    "profiles": {"paths", "rows", "tasks"},
    "records": {"paths", "rows", "cache", "engines"},
    "scoring": {"rows", "cache", "evaluation", "tasks", "engines", "records"},
    "answered": {"rows", "evaluation", "tasks", "engines", "records", "scoring"},
    "scoreboard": {"paths", "rows", "records", "markdown"},
    "notebooks": {"paths", "records"},
    "exercises": {"dictation", "desktop"},
    "benchmarks": {"rows", "dictation", "tasks", "engines"},
    "spine": {"paths", "records", "notebooks"},
    "colab": set(),
    "__main__": {
        "paths", "tasks", "engines", "corpora", "records", "scoring", "scoreboard", "notebooks",
        "benchmarks", "finetune", "export", "sweep", "spine",
    },
}  # fmt: skip


def part(module: str) -> str:
    """`helpers.tasks.base` belongs to `tasks`; "" for anything else than helpers."""
    top, *rest = module.split(".")
    return rest[0] if top == "helpers" and rest else ""


def imported(tree: ast.AST) -> set[str]:
    """Every module that a file imports, inside functions and for type checkers too."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_imports_are_found_wherever_they_stand():
    code = "import helpers.a.b\ndef f():\n    from helpers import c\n    from helpers.d import e"
    assert {part(module) for module in imported(ast.parse(code))} == {"a", "c", "d"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PROJECT)))
def test_arrows_point_one_way(file):
    """A new part needs a row in the table above: say there what it stands on."""
    modules = imported(ast.parse(file.read_text(encoding="utf-8")))
    of = file.relative_to(PROJECT / "helpers").parts[0].removesuffix(".py")
    others = {part(module) for module in modules} - {"", of}
    assert others <= ARROWS.get(of, set())


def test_the_arrows_have_no_circle():
    """Whoever adds an arrow cannot make two parts need each other."""
    left = dict(ARROWS)
    while free := [name for name, needs in left.items() if not needs & left.keys()]:
        for name in free:
            del left[name]
    assert left == {}


def test_corpora_are_asked_by_the_command_line_and_the_growing_base_alone():
    """Whoever can see how the rows were made can peek at the answers."""
    asking = {
        str(file.relative_to(PROJECT / "helpers"))
        for file in FILES
        if "corpora" in map(part, imported(ast.parse(file.read_text(encoding="utf-8"))))
    }
    outside = {name for name in asking if not name.startswith("corpora/")}
    names = ("tiny_base", "growing_loop", "growth", "probes", "more_rows")
    growing = {f"finetune/{name}.py" for name in names}
    assert outside == {"__main__.py"} | growing


def test_only_pictures_of_lattices_know_dictation():
    """A grader that knew how answers are made could not grade other engines' answers fairly."""
    knowing = [
        file.name
        for file in FILES
        if file.parent.name == "evaluation"
        and "dictation" in map(part, imported(ast.parse(file.read_text(encoding="utf-8"))))
    ]
    assert set(knowing) <= {"lattice_plot.py"}


def test_importing_every_module_loads_nothing_heavy():
    """Unsloth must be imported before transformers, and Colab has no MLX."""
    code = (
        "import importlib, pkgutil, sys, helpers\n"
        "found = [m.name for m in pkgutil.walk_packages(helpers.__path__, 'helpers.')]\n"
        "for name in found: importlib.import_module(name)\n"
        f"print(len(found), *(set({HEAVY}) & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT
    )
    assert done.returncode == 0, done.stderr
    count, *loaded = done.stdout.split()
    assert int(count) >= len([file for file in FILES if file.name != "__init__.py"])
    assert loaded == []
