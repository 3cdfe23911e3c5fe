"""Models of the hub: refused before their weights are fetched, and one line for what fails.

Nothing here leaves the machine: the hub is a folder laid out as its cache, or a server on loopback.
"""

import json
import os
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from helpers import engines, tasks
from helpers.core.examples import EngineError
from helpers.models import hub as fetching
from helpers.models import loading
from helpers.models.folders import locate, resolve
from helpers.profiles import UnsuitableBase

PROJECT = Path(__file__).parents[2]
SEEING = {"config.json": json.dumps({"model_type": "qwen3_5", "vision_config": {}})}
SCRIPTED = {"config.json": json.dumps({"auto_map": {"AutoModel": "theirs.Model"}})}


def test_a_hub_name_is_a_model_to_score(hub, tiny):
    commit = hub.put("someone/tiny", tiny)
    found = locate("someone/tiny")
    assert found.digest == locate(tiny).digest and found.place.revision == commit
    assert found.base == hub.folder / "models--someone--tiny" / "snapshots" / commit
    task = tasks.get("support_label")
    engine = engines.create("torch", task, model=Path("someone/tiny"), decode="grammar")
    assert engine.settings["model"] == engine.settings["base"] == "someone/tiny"
    assert engine.settings["base_revision"] == commit
    assert engine.answer(task.load("valid")[:1])[0].text in task.labels


def test_a_run_is_scored_on_the_commit_it_was_trained_on(hub, tiny, tuned, tmp_path):
    first = hub.put("someone/tiny", tiny)
    run = tmp_path / "run"
    run.mkdir()
    (run / "adapter").symlink_to(tuned / "adapter")
    record = {"base": "someone/tiny", "base_revision": first}
    (run / "record.json").write_text(json.dumps(record))
    hub.put("someone/tiny", **SEEING)
    assert locate(run).place.revision == first
    record.pop("base_revision")
    (run / "record.json").write_text(json.dumps(record))
    with pytest.raises(EngineError, match="run: its base cannot be had: someone/tiny is a vision"):
        locate(run)


def test_the_cache_of_another_process_is_found_offline(hub, tiny):
    """As a reader has it: HF_HOME and HF_HUB_OFFLINE in the environment."""
    commit = hub.put("someone/tiny", tiny)
    code = (
        "from helpers.models.folders import locate\n"
        "print(locate('someone/tiny').place.revision)\n"
        "locate('someone/other')"
    )
    env = os.environ | {"HF_HOME": str(hub.folder.parent), "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT, env=env
    )
    assert done.stdout.strip() == commit
    assert "EngineError: someone/other: is not, or not whole, in this machine's" in done.stderr


@pytest.mark.parametrize(
    ("files", "message"),
    [(SEEING, ".*vision-language.*text-only base"), (SCRIPTED, ".*no remote code is run")],
)
def test_no_weights_are_fetched_of_a_model_that_is_refused(hub, monkeypatch, files, message):
    hub.put("someone/large", **files)
    monkeypatch.setattr("huggingface_hub.snapshot_download", _never)
    with pytest.raises(EngineError, match=f"^someone/large{message}"):
        locate("someone/large")
    with pytest.raises(UnsuitableBase, match=message):
        loading.load_tokenizer("someone/large")


def test_what_is_not_whole_says_so(hub, tiny):
    hub.put("someone/texts", **{"config.json": "{}", "tokenizer.json": "{}"})
    with pytest.raises(EngineError, match=r"^someone/texts: has no \*\.safetensors"):
        resolve("someone/texts")
    for name, problem in (("someone/none", "is not, or not whole"), ("qwen", "no such folder")):
        with pytest.raises(EngineError, match=f"^{name}: .*{problem}") as caught:
            resolve(name)
        assert "\n" not in str(caught.value)
    with pytest.raises(UnsuitableBase, match="^someone/none: is not, or not whole"):
        loading.digest_of("someone/none")


def test_a_path_with_a_slip_never_asks_the_hub(tmp_path, monkeypatch):
    """A slip of the pen in a folder's name must not send that name away."""
    monkeypatch.setattr("huggingface_hub.hf_hub_download", _never)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "models").mkdir()
    (tmp_path / "runs" / "x").mkdir(parents=True)
    slips = ["models/tiny", "runs/finetune-x", "data/tiny_bases", "./someone/tiny", "~/tiny"]
    slips += ["/someone/tiny", "helpers/tiny", "data/tiny_base/9m", "someone/tiny/", "a/b/c"]
    for name in (*slips, Path("models/tiny")):
        with pytest.raises(EngineError, match="there is no such folder"):
            locate(name)
        with pytest.raises(UnsuitableBase, match="there is no such folder"):
            loading.source(str(name))


def _never(*args, **kwargs):
    raise AssertionError("this was not to be called")


class Answers(BaseHTTPRequestHandler):
    """A hub that has one model behind a gate, one that is an adapter alone, and no other."""

    def do_HEAD(self) -> None:
        owner, name = self.path.split("/")[1:3]
        status, code = {
            "gated": (403, "GatedRepo"), "adapter": (404, "EntryNotFound"), "down": (503, ""),
        }.get(name, (404, "RepoNotFound"))  # fmt: skip
        self.send_response(status)
        self.send_header("X-Error-Code", code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def loopback(hub, monkeypatch):
    """Send what would go to the hub to this machine; return where to."""
    from huggingface_hub import constants

    def send(port: int) -> None:
        url = f"http://127.0.0.1:{port}"
        monkeypatch.setattr(constants, "ENDPOINT", url)
        template = url + "/{repo_id}/resolve/{revision}/{filename}"
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "HF_HUB_DISABLE_IMPLICIT_TOKEN", True)

    monkeypatch.setattr("time.sleep", lambda seconds: None)  # the library waits before it retries
    for proxy in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(proxy, raising=False)
    return send


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gated", "is gated; accept its terms on https://huggingface.co/someone/gated, then log"),
        ("nowhere", "no such folder here and no such model on the hub, .*check the name"),
        ("adapter", "has no config.json on the hub, so it is no model"),
        ("down", "the hub cannot be reached; connect and try again, or name a folder"),
    ],
)
def test_what_the_hub_refuses_is_one_line_with_the_fix(loopback, name, message):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        loopback(server.server_port)
        with pytest.raises(EngineError, match=f"^someone/{name}: .*{message}") as caught:
            resolve(f"someone/{name}")
    finally:
        server.shutdown()
        server.server_close()
    assert "\n" not in str(caught.value)


def test_without_a_network_it_says_so_and_what_is_here_still_loads(loopback, hub, tiny):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    loopback(port)
    with pytest.raises(EngineError, match="^someone/tiny: the hub cannot be reached; connect"):
        resolve("someone/tiny")
    commit = hub.put("someone/tiny", tiny)
    assert resolve("someone/tiny").revision == commit


def test_a_full_disk_is_told_as_it_is():
    said = fetching.problem("a/b", OSError(28, "No space left on device"))
    assert said.startswith("could not be fetched from the hub ([Errno 28] No space left")


def test_only_what_is_needed_is_fetched():
    from huggingface_hub.utils import filter_repo_objects

    files = ["config.json", "model.safetensors", "model-00001-of-00002.safetensors", "README.md"]
    files += ["model.safetensors.index.json", "tokenizer.json", "adapter_config.json"]
    files += ["pytorch_model.bin", "consolidated.safetensors", "onnx/model.onnx", "code.py"]
    found = set(filter_repo_objects(files, allow_patterns=list(fetching.FETCHED)))
    assert found == {
        "config.json", "model.safetensors", "model-00001-of-00002.safetensors",
        "model.safetensors.index.json", "tokenizer.json",
    }  # fmt: skip
