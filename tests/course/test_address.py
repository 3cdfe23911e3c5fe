"""The repository's address: one place, and everything that a reader clicks is written from it."""

import json
import re
import subprocess
import tomllib

import pytest

from helpers.cli.main import main
from helpers.core import paths
from helpers.course import address, notebooks

THERE = "https://github.com/somebody/narrow-models"
PAGES = paths.root() / "notebooks"


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


@pytest.mark.parametrize(
    "remote",
    [
        f"{THERE}",
        f"{THERE}.git",
        f"{THERE}/",
        "git@github.com:somebody/narrow-models.git",
        "ssh://git@github.com/somebody/narrow-models.git",
        "https://somebody:ghp_secret@github.com/somebody/narrow-models.git",
    ],
)
def test_however_git_calls_a_fork_it_is_found(remote):
    """A token that stood in a remote's address must not end in a notebook that is published."""
    assert address.fork(remote) == THERE


def test_a_repository_that_colab_cannot_open_is_refused(capsys):
    with pytest.raises(ValueError, match="^https://example.org/a/b: Colab opens GitHub alone; na"):
        address.fork("https://me:secret@example.org/a/b")
    assert main(["badges", "/home/me/course"]) == 2
    assert capsys.readouterr().err.startswith("error: /home/me/course: Colab opens GitHub alone")


@pytest.fixture
def fork(clone):
    """A clone of two pages, with git."""
    for name in ("01_inspect_the_data", "02_write_the_rules"):
        copy = clone / "notebooks" / f"{name}.ipynb"
        copy.write_bytes((PAGES / copy.name).read_bytes())
    subprocess.run(["git", "init", "--quiet", str(clone)], check=True)
    return clone


def test_badges_lead_to_the_clones_own_origin(fork, capsys):
    """Whoever forked had to know of a line in pyproject.toml, and of a command beside it."""
    remote = ["git", "-C", str(fork), "remote", "add", "origin", f"{THERE}.git"]
    subprocess.run(remote, check=True)
    assert main(["badges"]) == 0
    said = capsys.readouterr().out.splitlines()[-1]
    assert said.startswith(f"badges and set-up cells lead to {THERE};")
    assert address.address() == THERE
    for path in sorted((fork / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        assert address.badge(THERE, path.name) in "".join(cells[0]["source"])
        assert "".join(cells[1]["source"]) == address.setup_cell(THERE)
        assert cells[2:] == json.loads((PAGES / path.name).read_text("utf-8"))["cells"][2:]
    assert main(["badges", THERE]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1  # no file changed


def test_a_clone_without_an_origin_asks_for_the_address(fork, capsys):
    assert main(["badges"]) == 2
    assert "no remote called origin; name your fork" in capsys.readouterr().err
