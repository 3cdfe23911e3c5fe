"""make check-remote: killed, cut and rebooted at random moments, it is one result.

And what may follow a training: scores, a GGUF where none can be made there, a model of Ollama's.
"""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

from remote_runs import assert_same_run, by_itself, command

from helpers.cli.main import main
from helpers.remote import ssh
from helpers.remote.ssh import Host

CUTS = int(os.environ.get("CHECK_REMOTE_CUTS", 2))


def test_killed_and_cut_at_random_moments_it_is_one_result(
    server, values, tmp_path, runs_dir, monkeypatch
):
    """The client is killed, the connection cut, or the machine rebooted; all in turn."""
    rng, words = random.Random(11), [sys.executable, "-m", "helpers"]
    words += command(server, values, "--pull", "gguf")
    for turn in range(CUTS):
        with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=2) as client:
            time.sleep(rng.uniform(0, 20))
            if turn % 3 == 0:
                client.kill()
            elif turn % 3 == 1:
                server.cut()
                time.sleep(rng.uniform(0, 5))
                client.kill()
            else:
                server.reboot()
                client.kill()
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["rows"] == found["same"] == 5
    assert Path(found["gguf"]).stat().st_size > 1_000_000
    pulled = Path(found["run"])
    assert_same_run(pulled, by_itself(values, tmp_path / "here", monkeypatch))
    states = ssh.call(Host(server.name, server.config), print, do="status")["runs"]
    assert [state["name"] for state in states] == ["mine"]


def test_set_up_stopped_gone_on_with_and_the_gguf_made_here(
    server, values, tmp_path, runs_dir, monkeypatch, capfdbinary
):
    """Where the export over there fails, the log and the command say which way was taken."""
    home = server.home / "tiny-specialists"
    script(home / "venv" / "bin" / "python", f'exec {sys.executable} "$@"')  # as if set up
    server.program("make", f'echo "$@" > {tmp_path}/made')
    (home / "jobs" / "mine").mkdir(parents=True)
    (home / "jobs" / "mine" / "out").write_text("in the way of the export")
    script(tmp_path / "bin" / "ollama", f'echo "$@" > {tmp_path}/asked')
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:{os.environ['PATH']}")

    words = command(server, values, "--eval", "--pull", "gguf", "--ollama", python="")
    assert main([*words, "--detach"]) == 0
    (code,) = (home / "code").iterdir()
    made = (tmp_path / "made").read_text()
    assert made == f"-C code/{code.name} setup VENV={home}/venv\n"
    assert main(["remote", "stop", server.name, "mine", "--ssh-config", str(server.config)]) == 0
    assert capfdbinary.readouterr().out.endswith(b"mine\tstopped\n")
    assert main(words) == 0
    told = capfdbinary.readouterr()
    assert b"gguf: fallback: the adapter is pulled, then fused and converted" in told.out
    assert b"gguf: the export over there failed (the log says why); fallback: made" in told.err
    found = json.loads(told.out.splitlines()[-1])
    assert found["same"] == found["rows"] == 5
    assert [score["decode"] for score in found["scores"]] == ["free", "grammar"]
    assert Path(found["gguf"]).stat().st_size > 1_000_000
    asked = (tmp_path / "asked").read_text()
    assert asked.startswith("create tiny-dictated-bash -f ") and "Modelfile" in asked


def script(file: Path, line: str) -> None:
    """Write a program of one line."""
    file.parent.mkdir(parents=True)
    file.write_text(f"#!/bin/sh\n{line}\n")
    file.chmod(0o755)
