"""Eight broken remotes, each made by the test on a real server; a line says how to mend it."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.cli.main import main
from helpers.remote import doctor
from helpers.remote.loopback import Server
from helpers.remote.ssh import Host

SYSTEM = ("sh", "uname", "id", "date", "mkdir", "rm", "df", "awk", "tail", "head", "tmux", "make")


def no_python3(server: Server) -> None:
    """Take it away."""
    (server.bin / "python3").unlink()
    server.only(*SYSTEM, "rsync")


def old_python3(server: Server) -> None:
    """Have another one first."""
    server.program("python3", "echo 3.9.2 /usr/bin/python3")


def no_rsync(server: Server) -> None:
    """Take it away."""
    server.only(*SYSTEM)


def full_disk(server: Server) -> None:
    """Have df say so."""
    server.program("df", 'echo "Filesystem"; echo "/dev/sda1 100 100 0 100% /"')


def other_torch(server: Server) -> None:
    """Make an environment of another torch."""
    place = server.home / "tiny-specialists" / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    packages = next(place.glob("lib/python*/site-packages"))
    for name, version in doctor.pins(Path(__file__).parents[2]).items():
        folder = packages / f"{name}-{version}.dist-info"
        folder.mkdir()
        version = "2.1.0+cu121" if name == "torch" else version
        (folder / "METADATA").write_text(f"Name: {name}\nVersion: {version}\n")


def changed_key(server: Server) -> None:
    """Know it by another key."""
    server.know(server.folder / "key.pub")


def no_write(server: Server) -> None:
    """Land where nobody can write, root neither."""
    server.login(Path("/sys") if Path("/sys").exists() else Path("/"))


def slow_clock(server: Server) -> None:
    """Have date say an hour ago."""
    server.program("date", f"echo {int(time.time()) - 3600}")


@pytest.mark.parametrize(
    ("break_it", "name", "line"),
    [
        (no_python3, "python3", "it has no python3; fix: install python3.11 or newer there"),
        (old_python3, "python3", "3.9.2 /usr/bin/python3; fix: let python3 be python3.11 or newer"),
        (no_rsync, "rsync", "it has no rsync; fix: install it there (Debian: apt-get"),
        (full_disk, "disk", "0 MB free; fix: make room there: 6,000 MB are needed"),
        (other_torch, "environment", "torch 2.1.0+cu121 (pinned: "),
        (changed_key, "connection", "its host key is not the one known; fix: ask its owner why"),
        (no_write, "folder", "it cannot be written to; fix: let your user write to its home"),
        (slow_clock, "clock", " s from this one; fix: set its clock"),
    ],
)
def test_a_broken_remote_is_found_and_its_fix_is_one_line(break_it, name, line, server, capsys):
    break_it(server)
    wrong = [c for c in doctor.examine(Host(server.name, server.config)) if c.fix]
    assert [check.name for check in wrong] == [name]
    assert line in str(wrong[0]) and "\n" not in str(wrong[0])
    assert main(["remote", "doctor", server.name, "--ssh-config", str(server.config)]) == 2
    told = capsys.readouterr()
    assert line in told.out  # a second later the clock is off by as much
    assert told.err.startswith(f"error: {server.name} is not ready: 1 of ")


def test_a_healthy_remote_is_ready(server, capsys):
    words = ["remote", "doctor", server.name, "--ssh-config", str(server.config)]
    assert main([*words, "--python", sys.executable]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("ok ") for line in lines)
    assert any("packages as pinned" in line for line in lines)


def test_a_key_that_changed_is_forgotten_as_ssh_spells_it(server):
    changed_key(server)
    (check,) = doctor.examine(Host(server.name, server.config))
    assert f"[127.0.0.1]:{server.port}" in check.fix


def test_an_unknown_key_and_a_foreign_user_are_told_apart(server):
    (server.folder / "known_hosts").write_text("")
    (check,) = doctor.examine(Host(server.name, server.config))
    assert check.value.endswith("its host key is not known here")
    server.know(server.folder / "host_key.pub")
    (server.folder / "key.pub").write_text("")
    (check,) = doctor.examine(Host(server.name, server.config))
    assert check.value.endswith("it does not accept your key")
