"""The program on the remote machine, run here: names, locks, states."""

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.remote import there
from helpers.remote.there import Refusal

PROJECT = Path(__file__).parents[2]
HOLDING = """
import sys, time
from pathlib import Path
from helpers.remote import there
with there.hold(Path(sys.argv[1])) as free:
    print(free, flush=True)
    time.sleep(60)
"""
JOB = {"values": {"TASK": "dictated_bash", "STEPS": 2}, "code": "c", "then": ["eval"]}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with the code of one job, and a tmux of its own."""
    code = tmp_path / "code" / "c" / "helpers" / "remote"
    code.mkdir(parents=True)
    text = 'cd "$(dirname "$0")"; echo $$ > process; echo trained >> log; echo 0 > exit\n'
    (code / "run.sh").write_text(text)
    monkeypatch.setenv("TMUX_TMPDIR", str(tmp_path))
    return tmp_path


def test_the_same_run_is_welcome_and_another_of_its_name_is_not(home):
    assert there.put(home, "mine", JOB)["state"] == "waiting"
    there.put(home, "mine", JOB)
    other = JOB | {"values": JOB["values"] | {"STEPS": 3}}
    with pytest.raises(Refusal, match="a run mine is there already, with another STEPS; choose"):
        there.put(home, "mine", other)


def test_what_follows_may_be_added(home):
    there.put(home, "mine", JOB)
    (home / "jobs" / "mine" / "exit").write_text("0")
    there.put(home, "mine", JOB | {"then": ["gguf"]})
    folder = home / "jobs" / "mine"
    assert json.loads((folder / "job.json").read_text())["then"] == ["eval", "gguf"]
    assert not (folder / "exit").exists()  # there is something left to do


def test_a_held_run_runs_and_a_lock_that_is_left_is_free(home):
    """A process that was killed leaves the lock's file, and who it was; neither holds anything."""
    there.put(home, "mine", JOB)
    folder = home / "jobs" / "mine"
    words = [sys.executable, "-c", HOLDING, str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "True\n"
        (folder / "process").write_text(f"{holder.pid}\n")
        (folder / "log").write_text("step 1\n")
        with there.hold(folder) as free:
            assert not free
        assert there.start(home, "mine")["before"] == "running"
        with pytest.raises(Refusal, match="mine is at work; let it end"):
            there.put(home, "mine", JOB | {"then": ["gguf"]})
        holder.kill()
    state = there.state_of(folder)
    assert (state["state"], state["stale"], state["last"]) == (
        "interrupted", str(holder.pid), "step 1",
    )  # fmt: skip


def test_a_run_is_started_in_tmux_and_found_finished(home):
    there.put(home, "mine", JOB)
    there.start(home, "mine")
    out = io.BytesIO()
    there.log(home, "mine", out, begin=2, follow=True)
    assert out.getvalue() == b"ained\n"
    assert there.start(home, "mine")["before"] == "finished"
    assert there.status(home)["runs"][0]["state"] == "finished"


def test_a_run_is_stopped_and_can_be_started_again(home):
    (home / "hold.py").write_text(HOLDING)
    script = home / "code" / "c" / "helpers" / "remote" / "run.sh"
    script.write_text(
        f'cd "$(dirname "$0")"; export PYTHONPATH={PROJECT}\n'
        f"{sys.executable} {home}/hold.py . > log 2>&1 &\n"
        "echo $! > process; wait $!; echo $? > exit\n"
    )
    there.put(home, "mine", JOB)
    there.start(home, "mine")
    folder = home / "jobs" / "mine"
    while not (folder / "log").exists() or "True" not in (folder / "log").read_text():
        time.sleep(0.05)
    assert there.stop(home, "mine", patience=1)["state"] == "stopped"
    assert there.start(home, "mine")["before"] == "stopped"
    assert there.stop(home, "mine", patience=1)["state"] in ("stopped", "interrupted")


def test_a_run_that_is_not_there_is_named_with_those_that_are(home):
    there.put(home, "mine", JOB)
    with pytest.raises(Refusal, match="there is no run ../code; there are: mine"):
        there.stop(home, "../code")


def test_what_is_pulled_is_what_a_run_made(home):
    there.put(home, "mine", JOB)
    folder = home / "jobs" / "mine"
    with pytest.raises(Refusal, match="mine is waiting, not finished"):
        there.files(home, "mine")
    for name in ("result.json", "log", "runs/one/record.json", "runs/one/checkpoints/a",
                 "runs/cache/b", "runs/one/.lock", "out/fused/c", "out/gguf/d"):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    (folder / "exit").write_text("0")
    found = set(there.files(home, "mine")["files"])
    made = {"result.json", "log", "job.json", "runs/one/record.json", "out/gguf/d"}
    assert found == made


def test_it_needs_the_standard_library_alone(home):
    """It is run by itself, before anybody knows which packages are there."""
    words = [sys.executable, "-I", "-S", there.__file__]
    done = subprocess.run(
        words, input=b'{"do": "status"}', capture_output=True, cwd=home, check=True,
        env=os.environ | {"PYTHONPATH": ""},
    )  # fmt: skip
    assert json.loads(done.stdout) == {"runs": []}
