"""What imports what: arrows point one way, and nothing heavy is loaded before it is needed."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
FILES = sorted((PROJECT / "helpers").rglob("*.py"))
HEAVY = (
    "torch", "transformers", "mlx", "unsloth", "trl", "peft", "datasets", "xllamacpp", "cyllama",
    "ctranslate2", "faster_whisper", "onnxruntime", "av", "soundfile",
    "fastapi", "starlette", "uvicorn", "prometheus_client",
)  # fmt: skip

# The rooms, from the ground up: each may import those that stand before it.
ROOMS = (
    "core", "models", "evaluation", "profiles", "plots", "tasks", "speech", "corpora", "engines",
    "scoring", "finetune", "pretrain", "pipeline", "export", "factory", "course", "sweep", "remote",
    "serve", "cli",
)  # fmt: skip
MOST = 250  # lines of a file


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


def room(file: Path) -> str:
    """Return the room that a file of helpers stands in; the program's first file is the cli's."""
    name = file.relative_to(PROJECT / "helpers").parts[0].removesuffix(".py")
    return {"__main__": "cli", "__init__": "core"}.get(name, name)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PROJECT)))
def test_arrows_point_one_way(file):
    """A new room needs a place in the row above; whoever stands before it cannot import it."""
    modules = imported(ast.parse(file.read_text(encoding="utf-8")))
    own = room(file)
    below = set(ROOMS[: ROOMS.index(own) + 1])
    assert {part(module) for module in modules} - {""} <= below


def test_the_rooms_are_few_and_the_map_has_a_word_for_each():
    """Twenty are as many as a newcomer can hold in mind."""
    assert {room(file) for file in FILES} == set(ROOMS) and len(ROOMS) <= 20
    readme = (PROJECT / "helpers" / "README.md").read_text(encoding="utf-8")
    assert [name for name in ROOMS if f"`{name}`" not in readme] == []


def test_no_file_is_longer_than_a_reader_bears():
    """Tables of words are no code: they are text files, which their generator reads."""
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    assert {str(file.relative_to(PROJECT)): n for file, n in lengths.items() if n > MOST} == {}


def test_the_parts_of_a_task_are_found_by_its_folder_alone():
    """A fourth task is one folder: nothing else in helpers names a task's own module."""
    own = re.compile(r"helpers\.tasks\.(dictation|labels|desktop)\.task\b")
    naming = {
        room(file)
        for file in FILES
        if any(own.match(module) for module in imported(ast.parse(file.read_text("utf-8"))))
    }
    assert naming <= {"tasks", "corpora"}


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
