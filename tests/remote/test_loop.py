"""The whole loop against a real server: once through, cut on the way, and the same at the end."""

import io
import json
import sys
import threading
import time

import pytest
from remote_runs import assert_same_run, by_itself, command

from helpers.cli.main import main
from helpers.core import bundle, paths
from helpers.remote import job, loop, work
from helpers.remote.loopback import Server
from helpers.remote.pull import fetch
from helpers.remote.ssh import Host, RemoteError


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

    there = [server.name, "mine", "--ssh-config", str(server.config)]
    assert main(["remote", "status", server.name, *there[2:]]) == 0
    assert capsysbinary.readouterr().out.startswith(b"mine\tfinished\tfinished: finetune-")
    assert main(["remote", "logs", *there]) == 0
    assert capsysbinary.readouterr().out == out.getvalue()
    assert main(["remote", "pull", *there, "-p", f"DATA_DIR={rows}"]) == 0
    found = json.loads(capsysbinary.readouterr().out)
    assert found["rows"] == found["same"] == 5
    pulled = paths.root() / found["run"]
    assert_same_run(pulled, by_itself(values, tmp_path / "here", monkeypatch))

    code, data = bundle.code(paths.root()), bundle.rows(rows)
    (place,) = (server.home / "tiny-specialists" / "code").iterdir()
    expected = {f"code/{place.name}/{name}" for name in code.files}
    expected |= {f"inputs/{data.digest}/{split}.jsonl" for split in ("test", "train", "valid")}
    assert went_over(server) == expected
    assert not [name for name in expected if "customers" in name or ".env" in name]

    with pytest.raises(RemoteError, match="a run mine is there already, with another STEPS"):
        other = job.prepare(values | {"STEPS": "3"}, "mine")
        loop.train(host, other, sys.executable, told.append)
    changed = f"result.json is not what it was on {server.name}; pull it again"
    with pytest.raises(RemoteError, match=changed):
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
