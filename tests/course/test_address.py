"""The repository's address: one place, and everything that a reader clicks is written from it."""

import json
import re
import tomllib

from helpers.cli.main import main
from helpers.core import paths
from helpers.course import address, notebooks

THERE = "https://github.com/somebody/narrow-models"


def test_no_other_file_of_the_code_names_the_address():
    """A fork's badges opened the original, and its set-up cell cloned it."""
    slug = "/".join(address.address().split("/")[-2:])
    files = [*(paths.root() / "helpers").rglob("*.py"), *paths.root().glob("requirements*.txt")]
    assert [file for file in files if slug in file.read_text("utf-8")] == []


def test_a_new_address_reaches_badge_and_setup_cell(tmp_path, monkeypatch):
    path = tmp_path / "01_inspect_the_data.ipynb"
    source = paths.root() / "notebooks" / path.name
    path.write_bytes(source.read_bytes())
    address.write(path)
    assert path.read_bytes() == source.read_bytes()  # written as it stands
    monkeypatch.setattr(address, "address", lambda: THERE)
    assert main(["refresh", "--address", str(path)]) == 0
    before, after = (json.loads(p.read_text("utf-8"))["cells"] for p in (source, path))
    changed = [n for n, (one, two) in enumerate(zip(before, after, strict=True)) if one != two]
    assert changed == [0, 1]
    opened = re.findall(r"\]\(https://colab[^)]+/github/([^)]+)\)", "".join(after[0]["source"]))
    assert opened == [f"somebody/narrow-models/blob/main/notebooks/{path.name}"]
    compile("".join(after[1]["source"]), "setup", "exec")
    assert f'url = "{THERE}"' in "".join(after[1]["source"])
    assert '"narrow-models"' in "".join(after[1]["source"])


def test_outputs_stay_true_when_the_address_changes(tmp_path, monkeypatch):
    """A new address would have asked for hours of training, only to show the same outputs."""
    path = tmp_path / "02_write_the_rules.ipynb"
    path.write_bytes((paths.root() / "notebooks" / path.name).read_bytes())
    before = notebooks.code_hash(path)
    monkeypatch.setattr(address, "address", lambda: THERE)
    address.write(path)
    assert notebooks.code_hash(path) == before


def test_pyproject_has_it():
    project = tomllib.loads((paths.root() / "pyproject.toml").read_text("utf-8"))["project"]
    assert address.address() == project["urls"]["Repository"]
    assert re.fullmatch(r"https://github\.com/[\w-]+/[\w.-]+", address.address())
