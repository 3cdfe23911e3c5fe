"""The whole loop against a real server: once through, cut on the way, and the same at the end.

`CHECK_REMOTE_CUTS` is how often the client is killed or the connection cut (make check-remote: 20).
"""

import io
import json
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from ssh_server import Server

from helpers.cli.main import main
from helpers.core import paths, runs
from helpers.core.examples import Example, write_rows
from helpers.finetune import checkpoints
from helpers.finetune.run import finetune
from helpers.remote import bundle, job, loop, ssh, there, work
from helpers.remote.pull import fetch, pull
from helpers.remote.ssh import Host, RemoteError
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.verbalize import verbalize

CUTS = int(os.environ.get("CHECK_REMOTE_CUTS", 0))


@pytest.fixture
def rows(tmp_path: Path, commands: list[str]) -> Path:
    """A data folder of the reader's own, with a file in it that is nobody's business."""
    folder = tmp_path / "my rows; touch x"
    made = [Example(f"{n:05d}", verbalize(c, BASH), c) for n, c in enumerate(commands)]
    for split, part in (("train", made[:20]), ("valid", made[20:25]), ("test", made[25:])):
        write_rows(folder / f"{split}.jsonl", part)
    (folder / "customers.csv").write_text("private")
    return folder


@pytest.fixture
def values(rows: Path) -> dict[str, str]:
    """Parameters of a run of two steps on the tiny base."""
    return {
        "TASK": "dictated_bash", "BASE": "tiny-1m", "PROFILE": "cpu", "BACKEND": "transformers",
        "STEPS": "2", "EVAL_ROWS": "5", "DATA_DIR": str(rows),
    }  # fmt: skip


def command(server: Server, values: dict[str, str], *words: str) -> list[str]:
    """The command line that trains on the server."""
    named = [word for name, value in values.items() for word in ("-p", f"{name}={value}")]
    config = ["--ssh-config", str(server.config), "--python", sys.executable]
    return ["remote", "train", server.name, *named, "--name", "mine", *config, *words]


def by_itself(values: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Train the same on this machine; return the run."""
    monkeypatch.setenv("TINY_SPECIALISTS_RUNS", str(folder))
    made = job.Job(job.parameters(values), "", "", "", {})
    task, profile, config = job.training(made, folder)
    return finetune(job.tasks.get(task.name, values["DATA_DIR"]), profile, config, lambda _: None)


def assert_same_run(one: Path, other: Path) -> None:
    """Two runs are one result: the record to the digit, and the adapter's weights."""
    records = [runs.without_times(runs.read(run)) for run in (one, other)]
    for record in records:
        for point in record["curve"]:
            for name in [name for name in point if name.startswith("seconds")]:
                del point[name]
    assert records[0] == records[1]
    weights = [run / checkpoints.ADAPTER / "adapter_model.safetensors" for run in (one, other)]
    assert there.sha256(weights[0]) == there.sha256(weights[1])


def went_over(server: Server) -> set[str]:
    """Every file on the server that was sent: not what it made itself."""
    home = server.home / "tiny-specialists"
    return {
        str(file.relative_to(home))
        for top in ("code", "inputs")
        for file in (home / top).rglob("*")
        if (file.is_file() or file.is_symlink()) and "__pycache__" not in file.parts
    }


def test_once_through_with_the_connection_cut(
    server, values, rows, tmp_path, runs_dir, monkeypatch, capsysbinary
):
    host, told = Host(server.name, server.config), []
    assert main(command(server, values, "--detach")) == 0
    shown = capsysbinary.readouterr().out.decode()
    assert f"remote logs {server.name} mine -f --ssh-config" in shown  # what comes next

    out, cuts = io.BytesIO(), []

    def cut() -> None:
        while not out.getvalue():  # it is being followed
            time.sleep(0.05)
        cuts.append(server.cut())

    cutter = threading.Thread(target=cut)
    cutter.start()
    loop.follow(host, "mine", out, told.append)
    cutter.join()
    assert cuts[0] >= 1
    folder = server.home / "tiny-specialists" / "jobs" / "mine"
    assert out.getvalue() == (folder / "log").read_bytes()  # no byte lost, none twice
    assert loop.ended(host, "mine", told.append) == "finished"

    found = pull(host, "mine", told.append, data=str(rows))
    assert found["rows"] == found["same"] == 5
    pulled = paths.root() / found["run"]
    assert_same_run(pulled, by_itself(values, tmp_path / "here", monkeypatch))

    code = bundle.code(paths.root())
    data = bundle.rows(rows)
    expected = {f"code/{code.digest}/{name}" for name in code.files}
    expected |= {f"inputs/{data.digest}/{split}.jsonl" for split in ("test", "train", "valid")}
    assert went_over(server) == expected
    assert not [name for name in expected if "customers" in name or ".env" in name]

    with pytest.raises(RemoteError, match="a run mine is there already, with another STEPS"):
        other = job.prepare(values | {"STEPS": "3"}, "mine")
        loop.train(host, other, sys.executable, told.append)
    with pytest.raises(RemoteError, match="result.json is not what it was on there; pull it again"):
        fetch(host, "mine", {"result.json": "0" * 64}, tmp_path / "again", told.append)


def test_where_the_export_fails_the_log_says_which_path_was_taken(
    tmp_path, tuned, monkeypatch, capsys
):
    monkeypatch.setattr(work.converter, "folder", lambda: tmp_path / "nowhere")
    assert work.export(tuned, tmp_path) == ""
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("gguf: the export on this machine failed (convert: llama.cpp's conv")
    assert lines[1].startswith("gguf: fallback: the adapter is pulled, then fused")


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"STEP": "2"}, "has no parameter 'STEP'"),
        ({"BACKUP_DIR": "/mnt"}, "BACKUP_DIR is for this machine; leave it out"),
        ({"SPLIT": "valid"}, "valid cannot both choose and grade"),
    ],
)
def test_wrong_parameters_are_refused_before_anything_is_sent(change, line, values):
    with pytest.raises(ValueError, match=line):
        job.prepare(values | change)


def test_a_bad_row_is_found_before_anything_is_sent(values, rows):
    with (rows / "valid.jsonl").open("a") as file:
        file.write('{"messages": []}\n')
    with pytest.raises(ValueError, match=r"valid\.jsonl line 6"):
        job.prepare(values)


@pytest.mark.parametrize("number", range(min(CUTS, 1)))
def test_killed_and_cut_at_random_moments_it_is_one_result(
    number, server, values, tmp_path, runs_dir, monkeypatch
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
