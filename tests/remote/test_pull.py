"""What a host says of its own files is checked before anything is put anywhere."""

import json
import shutil

import pytest

from helpers.core import paths
from helpers.models import digests
from helpers.remote import pull
from helpers.remote.job import Job
from helpers.remote.ssh import RemoteError


@pytest.mark.parametrize(
    "name", ["../helpers", "finetune-a/../../helpers", "", "score-x", "finetune-é"]
)
def test_a_run_is_put_nowhere_but_among_the_runs(clone, tmp_path, name):
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "code.py").write_text("evil")
    (tmp_path / "runs").mkdir()
    with pytest.raises(RemoteError, match="the host calls its run .*; that is no run's name"):
        pull.settle(tmp_path, name, None)
    assert not (paths.root() / "helpers" / "code.py").exists()


@pytest.mark.parametrize("made", ["../settings", "/etc/hostname", "absent.gguf"])
def test_a_gguf_is_one_that_was_pulled(tmp_path, made):
    (tmp_path / "out").mkdir()
    (tmp_path / "settings").write_text("mine")
    with pytest.raises(RemoteError, match="which is not among its files"):
        pull.gguf_of(tmp_path, tmp_path, made, print)


def test_a_pulled_run_whose_adapter_was_lost_is_put_there_again(tuned, tmp_path, monkeypatch):
    monkeypatch.setenv("TINY_SPECIALISTS_RUNS", str(tmp_path / "here"))
    pulled = shutil.copytree(tuned, tmp_path / "runs" / tuned.name)
    record = json.loads((pulled / "record.json").read_text())
    record["adapter_digest"] = digests.adapter_digest(pulled / "adapter")
    (pulled / "record.json").write_text(json.dumps(record))
    job = Job({}, "", "", "", {})
    run = pull.settle(tmp_path, tuned.name, job)
    shutil.rmtree(run / "adapter")
    assert pull.settle(tmp_path, tuned.name, job) == run
    assert digests.adapter_digest(run / "adapter") == record["adapter_digest"]
