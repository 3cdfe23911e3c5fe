"""The offline kit: all that set-up fetches, its licences, and a set-up that asks no network."""

import hashlib
import io
import re
import subprocess
import tarfile
import zipfile

import pytest

from helpers.core import paths
from helpers.core.fetch import Archive, FetchError
from helpers.course import kit

MAKEFILE = (paths.root() / "Makefile").read_text("utf-8")
WHEEL = "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def wheel(folder, name: str, licence: str):
    """A wheel of one empty module, as the package index would have it."""
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}-1.0-py3-none-any.whl"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{licence}\n\nA text.\n"
    inside = {f"{name}.py": "", f"{name}-1.0.dist-info/METADATA": metadata}
    inside |= {f"{name}-1.0.dist-info/WHEEL": WHEEL}
    record = "".join(f"{path},,\n" for path in [*inside, f"{name}-1.0.dist-info/RECORD"])
    with zipfile.ZipFile(file, "w") as opened:
        for path, text in (inside | {f"{name}-1.0.dist-info/RECORD": record}).items():
            opened.writestr(path, text)
    return file


def test_a_kit_holds_whatever_set_up_fetches():
    """A new room brought its requirements, and a class without a network could not set up."""
    recipes = MAKEFILE.partition("\nrun:")[0]
    asked = set(re.findall(r"--requirement (\S+)", recipes))
    assert asked == {*kit.TOGETHER, *kit.ALONE}
    alone = set(re.findall(r"--no-deps --requirement (\S+)", recipes))
    assert alone == set(kit.ALONE)
    modules = set(re.findall(r"-m (helpers\.[\w.]+)", recipes))
    named = (kit.converter, kit.smollm2, kit.weights, kit.packages, kit.browsing)
    assert modules == {module.__name__ for module in named}


def test_a_kit_is_made_by_pip_and_lists_its_licences(clone, tmp_path, monkeypatch):
    index = tmp_path / "index"
    for name, licence in (("one", "License-Expression: MIT"), ("two", "License: BSD"), ("six", "")):
        found = wheel(index, name, licence)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))
    (clone / "all.txt").write_text("one==1.0\n", "utf-8")
    (clone / "alone.txt").write_text("two==1.0\n", "utf-8")
    monkeypatch.setattr(kit, "TOGETHER", ("all.txt",))
    monkeypatch.setattr(kit, "ALONE", ("alone.txt",))
    monkeypatch.setattr(kit, "BUILDERS", ("one",))
    digest = hashlib.sha256(found.read_bytes()).hexdigest()
    monkeypatch.setattr(kit, "ARCHIVES", (Archive("six", "1.0", sha256=digest),))
    monkeypatch.setattr(kit.npm, "is_there", lambda: False)
    for _ in range(2):  # the second time it goes on with what is there
        page = kit.make(tmp_path / "kit")
    names = sorted(file.name.partition("-")[0] for file in (tmp_path / "kit" / "wheels").iterdir())
    assert names == ["one", "six", "two"]
    text = page.read_text("utf-8")
    assert f"| one | 1.0 | MIT |\n| six | 1.0 | {kit.UNKNOWN} |\n| two | 1.0 | BSD |" in text
    assert "make setup KIT=/path/to/kit " in text and str(tmp_path) not in text


def test_a_package_that_pip_cannot_have_is_said(clone, tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    (clone / "all.txt").write_text("no-such-package-here==1.0\n", "utf-8")
    monkeypatch.setattr(kit, "TOGETHER", ("all.txt",))
    with pytest.raises(FetchError, match="all.txt: pip could not fetch all of it"):
        kit.make(tmp_path / "kit")


@pytest.mark.parametrize(
    ("lines", "licence"),
    [
        ("License-Expression: Apache-2.0 OR MIT\nLicense: x", "Apache-2.0 OR MIT"),
        ("Classifier: License :: OSI Approved :: BSD License\nLicense: BSD 3", "BSD License"),
        ("Classifier: License :: A\nClassifier: License :: B", "A, B"),
        ("License: MIT", "MIT"),
        ("License: " + 30 * "of all that was ever said ", kit.UNKNOWN),
        ("License: UNKNOWN", kit.UNKNOWN),
        ("Summary: none", kit.UNKNOWN),
    ],
)
def test_a_licence_is_what_the_package_states(lines, licence):
    assert kit.named(f"Name: a\nVersion: 1\n{lines}\n\nLicense: nothing") == ("a", "1", licence)


def test_a_source_archive_states_its_licence_too(tmp_path):
    with tarfile.open(tmp_path / "a-1.tar.gz", "w:gz") as source:
        for name in ("a-1/inner/PKG-INFO", "a-1/PKG-INFO"):
            text = f"Name: a\nVersion: 1\nLicense: {name.count('/')}\n".encode()
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            source.addfile(entry, io.BytesIO(text))
    assert kit.stated(tmp_path / "a-1.tar.gz") == ("a", "1", "1")


@pytest.mark.parametrize("name", ["a-1-py3-none-any.whl", "a-1.tar.gz"])
def test_a_broken_package_is_named(tmp_path, name):
    (tmp_path / name).write_bytes(b"half")
    with pytest.raises(FetchError, match=f"^{name}: no package can be read in it; delete it"):
        kit.stated(tmp_path / name)


def asked_of_make(*words: str):
    show = "show: ; @echo $$PIP_NO_INDEX $$PIP_FIND_LINKS $$npm_config_offline $$npm_config_cache"
    command = ["make", "--no-print-directory", f"--eval={show}", "show", *words]
    return subprocess.run(command, cwd=paths.root(), capture_output=True, text=True, check=False)


def test_with_a_kit_nothing_is_asked_of_a_network(tmp_path, monkeypatch):
    for name in ("PIP_NO_INDEX", "PIP_FIND_LINKS", "npm_config_offline", "npm_config_cache"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "wheels").mkdir()
    done = asked_of_make(f"KIT={tmp_path}")
    assert done.stdout.split() == ["1", f"{tmp_path}/wheels", "true", f"{tmp_path}/npm"]
    assert asked_of_make().stdout.split() == []


@pytest.mark.parametrize(
    ("folder", "said"),
    [("kit", 'no folder "wheels" in there; `make offline-kit` makes'), ("my kit", "spaces in")],
)
def test_what_is_no_kit_is_said_at_once(tmp_path, folder, said):
    done = asked_of_make(f"KIT={tmp_path / folder}")
    assert done.returncode == 2 and said in done.stderr
