"""A sixth domain is one folder: what README shows, copied beside the five, and nothing changed."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import factory, tasks
from helpers.cli.main import main
from helpers.core import paths
from helpers.corpora import generate
from helpers.corpora.dictated_domains.__main__ import main as draw
from helpers.tasks import domains, reach
from helpers.tasks.dictation import tables

ROOT = paths.root()
README = (ROOT / "helpers" / "tasks" / "domains" / "README.md").read_text(encoding="utf-8")
NAME = "dictated_recipes"
FILES = ("table.toml", "check.py", "templates.txt", "values.txt")


def shown(file: str) -> str:
    """Return the block of README that begins with the name of a file."""
    block = rf"```\w+\n(# helpers/tasks/domains/recipes/{re.escape(file)}\n.*?)```"
    (text,) = re.findall(block, README, re.DOTALL)
    return text


@pytest.fixture
def folder(clone: Path, runs_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of domains beside the bundled one, with the one that README shows in it."""
    made = clone / "domains" / "recipes"
    made.mkdir(parents=True)
    for file in FILES:
        (made / file).write_text(shown(file), encoding="utf-8")
    monkeypatch.setattr(domains, "__path__", [*domains.__path__, str(made.parent)])
    yield made
    for name in [name for name in sys.modules if name.startswith("helpers.tasks.domains.recipes")]:
        del sys.modules[name]


def score(capsys: pytest.CaptureFixture[str], *options: str) -> dict:
    """Score the sixth domain from the command line; return the record of its last line."""
    assert main(["score", "--task", NAME, *options]) == 0
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_what_readme_shows_is_a_domain_with_rows_and_scores(
    folder: Path, clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert NAME in tasks.domain_names() and NAME not in tasks.names()
    draw([NAME, "--rows", "60"])
    written = sorted(file.name for file in (clone / "data" / NAME).iterdir())
    assert written == ["README.md", "test.jsonl", "train.jsonl", "valid.jsonl"]
    for engine, least in (("rules", 1.0), ("baseline", 0.6)):
        record = score(capsys, "--engine", engine)
        assert record["n"] == 8 and record["exact"] >= least
    task = tasks.get(NAME)
    rows = task.load("train") + task.load("test")
    assert not reach.unreachable(task, rows)
    new = generate.draw(NAME, 5, seed=1)
    assert not {row.group for row in new} & generate.held_out(NAME)
    assert {file.name for file in folder.iterdir()} - {"__pycache__"} == set(FILES)


def test_when_all_that_it_can_say_was_drawn_the_drawing_ends(
    folder: Path, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw([NAME, "--rows", "60"])
    (folder / "templates.txt").write_text("# lines\n<7..8> g «salt¦oats»\n", encoding="utf-8")
    monkeypatch.setattr(generate, "REPEATED", 50)
    with pytest.raises(ValueError, match="dictated_recipes: its program wrote no 9 new rows"):
        generate.draw(NAME, 9, seed=1)


def test_a_table_alone_will_do_for_rows_of_ones_own(
    folder: Path, clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draw([NAME, "--rows", "60"])
    for file in FILES[1:]:
        (folder / file).unlink()
    table = re.sub("formatter = .*\n", "", shown("table.toml"))
    (folder / "table.toml").write_text(table, encoding="utf-8")
    others = folder.parent.rename(folder.parent.with_name("others"))
    domains.__path__[-1] = str(others)  # another folder, so that it is read anew
    assert tasks.get(NAME).domain.formatter == ""
    for engine in ("rules", "baseline"):
        assert score(capsys, "--engine", engine)["n"] == 8
    assert NAME not in generate.streams()
    train = {row.target for row in tasks.get(NAME).load("train")}
    made = factory.make(tasks.get(NAME), 3, known=factory.Known({"valid": [], "test": []}))
    assert {case.answer for case in made} <= train  # rows of its own, for no program writes more


def test_it_is_gone_with_its_folder() -> None:
    with pytest.raises(ValueError, match="no task 'dictated_recipes'; choose one of dictated_bash"):
        tasks.get(NAME)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("sql", "table.toml: another domain is called 'sql'; rename one"),
        ("bash", "two tasks are called 'dictated_bash'; rename that of domains"),
    ],
)
def test_a_name_that_another_has_is_refused(folder: Path, name: str, message: str) -> None:
    """Whoever copies a domain's folder and leaves its name would else have replaced it."""
    table = shown("table.toml").replace('"recipes"', f'"{name}"')
    (folder / "table.toml").write_text(table, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        tasks.registry()


def test_a_mistake_in_a_table_names_its_file(folder: Path) -> None:
    (folder / "table.toml").write_text('name = "recipes"\nsymbols = [1]', encoding="utf-8")
    with pytest.raises(ValueError, match=r"recipes/table.toml: 1 is no row of symbols"):
        tables.read(folder / "table.toml")
    with pytest.raises(ValueError, match=r"recipes/table.toml: 1 is no row of symbols"):
        tasks.registry()
