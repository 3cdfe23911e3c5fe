"""A server that is started beside a program: it is asked, measured, and ends with that program."""

import subprocess
import sys

import psutil
import pytest
from served import DESKTOP, OPEN_SLACK, wait_until

from helpers.serve import local, measuring
from helpers.serve.config import ServeError

ONE = ["--task", "voice_command"]
PARENT = """\
import os, signal
from helpers.serve import local
server = local.serve("--task", "voice_command")
local.Client(server.url).post("/v1/command", {"text": "open slack"})
print(server.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_it_is_asked_followed_and_measured_and_leaves_nothing():
    with local.serve(*ONE) as server:
        client, body = local.Client(server.url), local.body("open slack", DESKTOP)
        asleep = measuring.memory(server.pid)
        assert client.post("/v1/command", body)["text"] == OPEN_SLACK
        names = [name for name, _ in client.events("/v1/command", body)]
        assert names == ["heard", "stage", "stage", "answer"]
        with measuring.watching(server.pid) as watch:
            watch.mark("a crowd")
            load = measuring.load(server.url, _ask, [body], 3, 10)
        assert load.count == 10 and load.within(0.5) <= load.within(1.0) == max(load.milliseconds)
        assert watch.megabytes[0] > asleep > 1 and watch.marks[0][1] == "a crowd"
        with pytest.raises(ServeError, match="/v1/command: 422, x: Extra inputs"):
            client.post("/v1/command", {"x": 1})
        with pytest.raises(ServeError, match="404"):
            next(client.events("/v1/label", local.body("where is it")))
        with pytest.raises(ServeError, match="404"):
            measuring.load(server.url, _ask_for_a_label, [body], 2, 4)
        assert "POST /v1/command 200" in server.log() and "slack" not in server.log()
        processes = psutil.Process(server.pid).children(recursive=True)
        assert processes
    server.stop()
    assert server.process.returncode == 0
    assert not any(one.is_running() for one in processes)


def _ask(client: local.Client, body: dict) -> None:
    assert client.post("/v1/command", body)["text"] == OPEN_SLACK


def _ask_for_a_label(client: local.Client, body: dict) -> None:
    client.post("/v1/label", {"text": body["text"]})


def test_it_ends_with_a_program_that_is_killed():
    """A page whose kernel was killed left a service behind, and nobody knew its port."""
    found = subprocess.run([sys.executable, "-c", PARENT], capture_output=True, text=True)
    pid = int(found.stdout)
    wait_until(lambda: not psutil.pid_exists(pid) or not _running(pid))


def _running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_one_that_does_not_start_says_why_in_a_line():
    with pytest.raises(ServeError, match="there is no such file; fit it again") as found:
        local.serve("--task", "dictated_sql")
    assert "\n" not in str(found.value)
    with pytest.raises(ServeError, match="there is no such file; export the model first"):
        local.llama("missing.gguf")
