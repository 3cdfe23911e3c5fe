"""What is installed on Colab: a lock that fits its packages, and a cell that installs just that."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import tomllib
import types
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from helpers.course import colab, colab_lock

PROJECT = Path(__file__).parents[2]
COLAB = colab.pins(colab.LIST.read_text("utf-8"))
LOCK = colab.pins(colab.LOCK.read_text("utf-8"))
THERE = COLAB | LOCK  # what a session has after the set-up cell
PINS = colab.pins((PROJECT / "requirements.txt").read_text("utf-8").replace(";", "#"))
ON_COLAB = {"python_version": "3.13", "python_full_version": "3.13.0", "extra": ""}


def unmet(requirement: str) -> str:
    """Say what is wrong with a requirement on Colab, nothing if it is met or not meant for it."""
    needed = Requirement(requirement)
    if needed.marker and not needed.marker.evaluate(default_environment() | ON_COLAB):
        return ""
    version = THERE.get(colab.plain(needed.name))
    met = version is not None and needed.specifier.contains(version, prereleases=True)
    return "" if met else f"{requirement}: there is {version}"


def test_nothing_that_a_session_has_loaded_is_replaced():
    """numpy was replaced under a running kernel, and the next import failed."""
    assert len(COLAB) > 600
    assert {"numpy", "pandas", "scipy", "torch", "pillow", "protobuf", "ipykernel"} <= {*COLAB}
    assert {*LOCK} & {*COLAB} == {*colab_lock.REPLACED}


def test_what_is_replaced_has_another_version_and_a_reason():
    lines = colab.LOCK.read_text("utf-8").splitlines()
    for name, reason in colab_lock.REPLACED.items():
        assert LOCK[name] != COLAB[name]
        assert f"{name}=={LOCK[name]}  # Colab has {COLAB[name]}: {reason}" in lines


def test_the_course_and_unsloth_find_what_they_ask_for():
    assert [why for line in colab_lock.requirements() if (why := unmet(line))] == []


@pytest.mark.parametrize("name", ["unsloth", "unsloth_zoo", "papermill", "tyro", "structlog"])
def test_a_package_of_the_lock_finds_what_it_asks_for(name):
    """Nothing is resolved on Colab, so what a package needs has to be there already."""
    assert importlib.metadata.version(name) == LOCK[colab.plain(name)]
    wrong = [why for line in importlib.metadata.requires(name) if (why := unmet(line))]
    assert {colab.plain(Requirement(why.partition(": there")[0]).name) for why in wrong} <= {
        *colab_lock.UNBOUND
    }


def test_the_check_itself_can_fail():
    assert unmet("numpy>=3") == "numpy>=3: there is 2.1.3"
    assert unmet("no-such-package") == "no-such-package: there is None"
    assert not unmet("no-such-package; sys_platform == 'win32'")


def test_colabs_python_may_run_the_course():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert SpecifierSet(project["requires-python"]).contains(f"{colab_lock.python()}.0")
    assert colab_lock.python() == ON_COLAB["python_version"]


def test_the_laptops_pins_are_versions_that_the_course_can_run_with():
    """Two lists of what is needed drift apart unless something holds them together."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    for needed in map(Requirement, project["dependencies"]):
        pinned = PINS[colab.plain(needed.name)]
        assert needed.specifier.contains(pinned), f"{needed}: requirements.txt has {pinned}"
    text = (PROJECT / "requirements.txt").read_text("utf-8").partition("# ----")[0]
    named = {colab.plain(Requirement(line).name) for line in project["dependencies"]}
    assert {*colab.pins(text)} | {"torch"} == named


def test_the_resolver_keeps_to_what_is_there(monkeypatch):
    monkeypatch.setenv("UV_OFFLINE", "1")
    there = {"one-package": "2.0+build", "other": "1.0+build"}
    assert colab_lock.resolve(["one_package>=2"], there) == {"one-package": "2.0+build"}
    with pytest.raises(colab_lock.LockError, match="do not go together: .*one-package>=3"):
        colab_lock.resolve(["one_package>=3"], there)


class Machine:
    """A machine with packages, and a pip that installs what it is handed."""

    def __init__(self) -> None:
        """Begin with Colab's packages."""
        self.packages, self.calls, self.said, self.also, self.status = {**COLAB}, [], [], {}, 0

    def run(self, command: list[str], check: bool) -> subprocess.CompletedProcess:
        """Play pip, which is to resolve nothing."""
        assert command[:6] == [sys.executable, "-m", "pip", "install", "-q", "--no-deps"]
        self.calls.append(command[6:])
        if not self.status:
            self.packages |= colab.pins("\n".join(command[6:])) | self.also
        return subprocess.CompletedProcess(command, self.status)

    def install(self) -> list[str]:
        """Run the set-up; return what was said."""
        self.said.clear()
        colab.install(self.said.append)
        return self.said


@pytest.fixture
def machine(monkeypatch, request):
    """Colab with a GPU, unless the test asks for one without."""
    found = Machine()
    monkeypatch.setattr(colab, "versions", lambda: {**found.packages})
    monkeypatch.setattr(colab, "in_use", lambda names: [])
    monkeypatch.setattr(subprocess, "run", found.run)
    gpu = getattr(request, "param", True)
    monkeypatch.setattr(colab.shutil, "which", lambda name: f"/usr/bin/{name}" if gpu else None)
    return found


def test_the_lock_is_installed_once_and_nothing_else(machine):
    said = machine.install()
    assert said == [f"installing {len(LOCK)} packages: this takes a minute or two"]
    assert machine.calls == [[f"{name}=={version}" for name, version in LOCK.items()]]
    assert machine.packages == THERE
    assert machine.install() == ["everything is installed"]
    assert len(machine.calls) == 1


@pytest.mark.parametrize("machine", [False], indirect=True)
def test_without_a_gpu_no_kernels_for_one_come(machine):
    """They are large, and nothing there can use them."""
    machine.install()
    assert {*LOCK} - {*machine.packages} == {*colab.GPU_ONLY}


def test_a_package_that_was_imported_and_replaced_stops_the_cell(machine, monkeypatch):
    """It only said so, and Run all went on to an error that no reader can read."""
    monkeypatch.setattr(colab, "in_use", lambda names: sorted({*names} & {"datasets"}))
    with pytest.raises(RuntimeError, match="^datasets: replaced, .* restart the session"):
        machine.install()
    assert machine.install() == ["everything is installed"]  # after the restart


def test_a_change_that_the_lock_does_not_name_stops_the_cell(machine):
    machine.also = {"numpy": "9.9"}
    with pytest.raises(RuntimeError, match="^numpy: changed, though the lock does not name it"):
        machine.install()


def test_a_failure_of_pip_stops_the_cell(machine):
    machine.status = 1
    with pytest.raises(RuntimeError, match="^pip could not install"):
        machine.install()


def test_a_colab_that_moved_on_is_named(machine):
    """The list is of one day: whoever meets an error on a later Colab should know where to look."""
    machine.packages |= {"numpy": "2.3.0", "torch": "2.11.0+cpu"}
    assert machine.install()[0].endswith("locked: numpy 2.1.3 is now 2.3.0")


@pytest.fixture
def drive(monkeypatch):
    """Colab's module for Drive, which keeps where it was mounted."""
    mounted: list[str] = []
    module = types.ModuleType("google.colab")
    module.drive = types.SimpleNamespace(mount=mounted.append)
    monkeypatch.setitem(sys.modules, "google", types.ModuleType("google"))
    monkeypatch.setitem(sys.modules, "google.colab", module)
    return module.drive, mounted


def test_drive_is_mounted_for_a_folder_on_it(drive):
    _, mounted = drive
    colab.mount("", "/content/elsewhere", "/content/drives", "runs/a")
    assert mounted == []
    colab.mount("runs/a", "/content/drive/MyDrive/runs")
    assert mounted == ["/content/drive"]


def test_drive_refused_is_one_line(drive):
    """Training began, and an hour later nothing could be copied out."""
    module, _ = drive

    def refuse(_: str) -> None:
        raise ValueError("mount failed\nand a long story")

    module.mount = refuse
    with pytest.raises(RuntimeError, match="^/content/drive/a: .* .mount failed.; run this cell"):
        colab.mount("/content/drive/a")


def test_it_needs_nothing_but_the_standard_library():
    """On Colab it runs before anything is installed."""
    code = (
        "import sys; before = set(sys.modules); import helpers.course.colab\n"
        "new = {m.partition('.')[0] for m in set(sys.modules) - before}\n"
        "print(*(new - set(sys.stdlib_module_names) - {'helpers'}))"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": ""},
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
