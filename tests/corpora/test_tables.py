"""Tables of words: text files that are read, installed, and hold no entry twice by accident."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from helpers.corpora.tables import read_sections, sections

PROJECT = Path(__file__).parents[2]
CORPORA = PROJECT / "helpers" / "corpora"
TABLES = sorted(CORPORA.glob("*/tables/*.txt"))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.parts[-3]}-{table.stem}")
def test_a_table_explains_itself_and_has_no_empty_section(table: Path) -> None:
    text = table.read_text(encoding="utf-8")
    assert not text.startswith("# ") and text.endswith("\n")
    for name, lines in sections(table.parts[-3], table.stem).items():
        assert lines and len(set(lines)) == len(lines), name


def test_an_installed_package_brings_its_tables() -> None:
    """What is not declared stays behind when the package is installed, and Colab installs it."""
    config = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    (pattern,) = config["tool"]["setuptools"]["package-data"]["helpers.corpora"]
    assert TABLES and all(fnmatch(str(t.relative_to(CORPORA)), pattern) for t in TABLES)


def test_two_sections_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="'red'"):
        read_sections("# red\none\n# red\ntwo\n")


def test_a_table_that_is_not_there_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"tables.nothing\.txt"):
        sections("bash_commands", "nothing")
