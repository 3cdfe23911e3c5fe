"""What is installed: shown first, written only when asked, and readable by what reads it."""

import configparser
import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.cli.main import main
from helpers.serve import units
from helpers.serve.config import Config, ServeError

ODD = "/home/a b/100%/$HOME/it's.json"


def complaints(files: list[Path]) -> list[str]:
    """Return what systemd's own reader says of these units; nothing where there is no systemd."""
    if not shutil.which("systemd-analyze"):
        return []
    words = ["systemd-analyze", "--user", "--man=no", "verify", *files]
    environment = os.environ | {"XDG_RUNTIME_DIR": "/tmp"}  # it reads this machine's own units, too
    done = subprocess.run(words, capture_output=True, text=True, env=environment)
    return [line for line in done.stderr.splitlines() if units.NAME in line]


def test_a_dry_run_writes_nothing_and_an_install_does(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TINY_SPECIALISTS_TOKEN", "correct horse battery")
    command = ["serve", "--task", "voice_command", "--idle", "30", "--port", "8899", "--install"]
    assert main([*command, "--dry-run"]) == 2  # what is installed would not know it
    assert "write the secret into a file, and name it by --token-file" in capsys.readouterr().err
    secret = tmp_path / "secret"
    secret.write_text("correct horse battery")
    secret.chmod(0o600)
    command += ["--token-file", str(secret)]
    assert main([*command, "--dry-run"]) == 0
    shown = capsys.readouterr().out
    assert "ListenStream=127.0.0.1:8899" in shown and "--idle 30" in shown
    assert "correct horse" not in shown and not [*tmp_path.rglob("*.service")]
    assert main(command) == 0
    written = [file for file in tmp_path.rglob("*") if file.is_file() and file != secret]
    assert all(file.read_text() in shown for file in written) and len(written) == 2
    assert "systemctl --user" in capsys.readouterr().out and complaints(written) == []
    assert main(["serve", "--dry-run"]) == 2


def test_systemd_reads_back_the_words_of_the_command(tmp_path):
    options = ["--pipeline", ODD, "--token-file", "/home/o'neil/secret"]
    made = units.units(Config({}), options, tmp_path, "linux")
    units.install(made, True, "linux")
    assert complaints([*made]) == []
    service = next(text for place, text in made.items() if place.suffix == ".service")
    parser = configparser.RawConfigParser()
    parser.optionxform = str
    parser.read_string(service)
    line = parser["Service"]["ExecStart"]
    words = [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(line)]
    assert words == [sys.executable, "-m", "helpers", "serve", *options]
    assert parser["Unit"]["Requires"] == "tiny-specialists.socket"
    spoilt = next(place for place in made if place.suffix == ".service")
    spoilt.write_text(service.replace(sys.executable, "/nowhere/python"))
    assert bool(complaints([*made])) == bool(shutil.which("systemd-analyze"))


def test_launchd_gets_a_list_with_a_socket():
    config = Config({}, host="::1", port=1234)
    ((place, text),) = units.units(config, ["--pipeline", ODD], Path("/me"), "darwin").items()
    table = plistlib.loads(text.encode())
    assert place.parts[-2:] == ("LaunchAgents", f"{table['Label']}.plist")
    assert table["ProgramArguments"][-1] == ODD
    assert table["Sockets"][units.SOCKET] == {"SockNodeName": "::1", "SockServiceName": "1234"}


def test_what_others_reach_is_not_installed():
    with pytest.raises(ServeError, match="this machine alone"):
        units.units(Config({}, host="0.0.0.0", token="x" * 16), [], Path("/me"), "linux")
