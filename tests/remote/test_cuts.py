"""make check-remote: killed, cut and rebooted at random moments, it is one result."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

from remote_runs import assert_same_run, by_itself, command

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
