"""What the setup cell installs on Colab. It fails there only, so a Colab is played here."""

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.course import colab

PROJECT = Path(__file__).parents[2]
PINS = ("unsloth==2026.", "unsloth_zoo==2026.")


class Machine:
    """A machine with some packages, and pip, which installs what it is asked for."""

    def __init__(self, packages: dict[str, str]) -> None:
        """Begin with Colab's packages."""
        self.packages, self.calls, self.said, self.fails = packages, [], [], ""

    def run(self, command: list[str], check: bool) -> subprocess.CompletedProcess:
        """Play pip: read its constraints and requirement files, refuse what is to fail."""
        assert command[:5] == [sys.executable, "-m", "pip", "install", "-q"]
        assert command[5] == "--constraint"
        asked, words = list(command[7:]), []
        while asked:
            word = asked.pop(0)
            words += Path(asked.pop(0)).read_text().splitlines() if word == "-r" else [word]
        words = [word for word in words if word and not word.startswith("#")]
        self.calls.append((Path(command[6]).read_text().splitlines(), words))
        failed = any(self.fails and word.startswith(self.fails) for word in words)
        if not failed:
            pins = (word.split("==") for word in words if "==" in word)
            self.packages |= dict(pins)
        elif check:
            raise subprocess.CalledProcessError(1, command)
        return subprocess.CompletedProcess(command, int(failed))

    def install(self) -> list[str]:
        """Run the setup; return what was said."""
        self.said.clear()
        colab.install(self.said.append)
        return self.said


@pytest.fixture
def machine(monkeypatch, request):
    """Colab, with a GPU if the test asks for one."""
    there = {"torch": "2.9.0+cu126", "protobuf": "5.29.5", "numpy": "2.0.2", "psutil": "5.9.5"}
    found = Machine(there)
    monkeypatch.setattr(colab, "version_of", found.packages.get)
    monkeypatch.setattr(subprocess, "run", found.run)
    gpu = getattr(request, "param", False)
    monkeypatch.setattr(colab.shutil, "which", lambda name: f"/usr/bin/{name}" if gpu else None)
    monkeypatch.setattr(importlib.metadata, "packages_distributions", dict)
    return found


def test_without_a_gpu_unsloth_comes_without_what_gpus_need(machine):
    said = machine.install()
    (fixed, words), (_, unsloth) = machine.calls
    assert any(word.startswith("rapidfuzz==") for word in words)
    assert any(word.startswith("structlog==") for word in words)
    assert unsloth[0] == "--no-deps" and all(map(str.startswith, unsloth[1:], PINS))
    assert "torch==2.9.0+cu126" in fixed
    assert len(said) == 1 and "Unsloth for a CPU: this takes some minutes" in said[0]


@pytest.mark.parametrize("machine", [True], indirect=True)
def test_on_a_gpu_unsloth_comes_with_its_kernels_and_torch_stays(machine):
    """A resolver left alone put another torch in place of the one built for Colab's driver."""
    machine.install()
    (fixed, words), (also_fixed, unsloth) = machine.calls
    assert len(unsloth) == 2 and all(map(str.startswith, unsloth, PINS))
    assert fixed == also_fixed and fixed[0] == "torch==2.9.0+cu126"
    assert any(line.startswith("transformers==") for line in fixed)
    assert not any(word.startswith("structlog") for word in words)  # it comes along


@pytest.mark.parametrize("machine", [False, True], indirect=True)
def test_what_colab_brings_is_not_replaced(machine):
    """Colab's own packages need its protobuf; a kernel of its own it has as well."""
    machine.install()
    asked = {colab.name_of(word) for _, words in machine.calls for word in words}
    assert not asked & {"torch", "protobuf", "psutil", "mlx", "jupyterlab", "ipykernel"}
    assert machine.packages["protobuf"] == "5.29.5"


def test_after_a_restart_nothing_is_installed_twice(machine):
    machine.install()
    machine.calls.clear()
    assert machine.install() == ["everything is installed"]
    assert machine.calls == []
    machine.packages["unsloth"] = "2025.1.1"
    machine.install()
    assert len(machine.calls) == 2


def test_without_unsloth_the_course_goes_on(machine):
    machine.fails = "unsloth"
    said = machine.install()
    assert "fine-tune with engine='transformers'" in said[1]
    assert "rapidfuzz" in machine.packages
    machine.fails = "rapidfuzz"
    machine.packages.pop("rapidfuzz")
    with pytest.raises(subprocess.CalledProcessError):
        machine.install()


def test_what_was_loaded_before_it_was_replaced_is_told(machine, monkeypatch):
    """numpy's old half beside its new half: an error that no reader can read."""
    owners = {"json": ["NumPy"], "sys": ["tqdm"], "nowhere": ["psutil"]}
    monkeypatch.setattr(importlib.metadata, "packages_distributions", lambda: owners)
    said = machine.install()
    assert said[1].startswith("numpy: replaced, but the old one is loaded; restart the session")


def test_every_line_is_understood():
    """A line that is read as no package is never installed, and nobody is told."""
    for name in ("requirements.txt", colab.UNSLOTH):
        for lines in colab.sections((PROJECT / name).read_text()):
            assert lines
            assert all(colab.name_of(line).strip("-_.") for line in lines)
    everywhere, light, own = colab.sections((PROJECT / "requirements.txt").read_text())
    assert all("==" in line and ";" not in line and "[" not in line for line in everywhere)
    assert "torch" in map(colab.name_of, own)
    assert {"tyro", "protobuf"} <= set(map(colab.name_of, light))


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
