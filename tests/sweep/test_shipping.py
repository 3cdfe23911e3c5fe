"""What travels to a node and comes home, without a cluster: by content, and nothing private."""

import shutil
import sys
import tarfile
from importlib import reload
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from sweep_files import TRAINED, TWELVE, write

from helpers import sweep
from helpers.core import bundle, paths, runs
from helpers.sweep import SweepError, cluster, node, shipping

BASE = Path(__file__).parents[2] / "data" / "tiny_base" / "1m"


@pytest.fixture
def code() -> bundle.Bundle:
    """The clone, as it travels."""
    return bundle.code(paths.root())


def test_of_the_readers_own_rows_and_base_travel_by_content(tmp_path, my_rows, here, code):
    here("here")
    base = shutil.copytree(BASE, tmp_path / "my base")
    (base / "notes.txt").write_text("private")
    cell = sweep.read(write(tmp_path / "some.yaml", TRAINED, my_rows, base))[0].training
    sent = shipping.shipment(cell, code, threads=2)
    files = {name for one in sent.folders.values() for name in one.files}
    assert files >= {"train.jsonl", "model.safetensors", "tokenizer.json"}
    assert not files & {"customers.csv", "notes.txt"}
    assert str(tmp_path) not in str(sent.order)
    rows = sent.order["values"]["data.folder"]
    assert sent.folders[rows].digest == bundle.rows(my_rows).digest
    assert sent.folders[sent.order["profile"]["base"]].files == bundle.model(base).files
    assert sent.order["commit"] == runs.commit() and sent.order["threads"] == 2


def test_what_is_in_every_clone_is_not_sent(tmp_path, here, code):
    here("here")
    bundled = paths.root() / "data" / "dictated_bash"
    cells = sweep.read(write(tmp_path / "some.yaml", TRAINED, bundled, BASE))
    sent = shipping.shipment(cells[0].training, code, threads=1)
    assert sent.folders == {} and sent.order["values"]["data.folder"] == "data/dictated_bash"
    assert sent.order["profile"]["base"] == "data/tiny_base/1m"


def test_a_run_comes_home_with_the_names_it_has_here(tmp_path, here):
    """Its record last: a cell whose files are half there is not finished."""
    here("here")
    (tmp_path / "cell-1").mkdir()
    runs.write(tmp_path / "cell-1", {"model": "/node/runs/finetune-2", "base": "inputs/ab"})
    (tmp_path / "cell-1" / "log.txt").write_text("well")
    for hidden in (".lock", "cache/fit.json", "finetune-2/checkpoint-4/x", "finetune-3/y"):
        (tmp_path / hidden).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / hidden).write_text("")
    names = node.made(tmp_path, {"finetune-3"})
    assert names == ["cell-1/log.txt", "cell-1/record.json"]
    packed = node.pack(tmp_path, names)
    shipping.unpack(packed, {"/node/runs": "runs", "inputs/ab": "my base"})
    home = paths.runs() / "cell-1"
    assert runs.read(home) == {"model": "runs/finetune-2", "base": "my base"}
    assert (home / "log.txt").read_text() == "well"
    assert [file.name for file in paths.runs().iterdir()] == ["cell-1"]


def test_a_node_cannot_write_elsewhere(tmp_path, here):
    here("here")
    with BytesIO() as packed:
        with tarfile.open(fileobj=packed, mode="w:gz") as archive:
            archive.addfile(tarfile.TarInfo("../outside"), BytesIO(b""))
        with pytest.raises(tarfile.OutsideDestinationError):
            shipping.unpack(packed.getvalue(), {})


@pytest.mark.parametrize(
    ("address", "more", "line"),
    [
        ("10.0.0.1:6379", {}, r"--cluster '10.0.0.1:6379': write ray://HOST:10001, or local"),
        ("ray://there:10001", {"gpus": -1}, r"1 CPUs and -1 GPUs a cell; take 1 CPU or more"),
    ],
)
def test_a_wrong_address_or_size_is_refused(address, more, line):
    with pytest.raises(SweepError, match=line):
        cluster.carry(address, **more)


def test_what_needs_a_key_stays_here(tmp_path, here):
    here("here")
    file = write(tmp_path / "some.yaml", "task: dictated_bash\nscore: {engine: api, model: x}", "")
    with pytest.raises(SweepError, match="asks an endpoint with a key, and no key travels"):
        sweep.run(file, carry=cluster.carry("ray://there:10001"))


def test_what_is_in_the_environment_stays_here(monkeypatch):
    """The function that travels once held a copy of it, as a default of an argument."""
    import cloudpickle

    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-private")
    reload(node)
    cloudpickle.register_pickle_by_value(node)
    try:
        sent = cloudpickle.dumps(node.carry_out)
    finally:
        cloudpickle.unregister_pickle_by_value(node)
    assert b"helpers.sweep.work" in sent and b"very-private" not in sent


def test_without_ray_one_line_says_how_to_have_it(tmp_path, my_rows, here, monkeypatch):
    here("here")
    monkeypatch.setitem(sys.modules, "ray", None)
    file = write(tmp_path / "some.yaml", TWELVE, my_rows)
    with pytest.raises(RuntimeError, match="pip install -r requirements-cluster.txt"):
        sweep.run(file, carry=cluster.carry("ray://there:10001"))


@pytest.mark.parametrize(
    ("failure", "tries", "line"),
    [
        (ConnectionAbortedError("Initialization failure\nProxy failed to connect!"), 4, "Proxy f"),
        (ConnectionError("ray client connection timeout"), 1, "ray client connection timeout; see"),
    ],
)
def test_a_head_that_is_slow_is_asked_again_and_one_that_is_not_there_is_not(
    monkeypatch, failure, tries, line
):
    """A busy head had no server for us within Ray's half minute, and a sweep of hours ended."""
    tried = []

    def init(*_, **__):
        tried.append(1)
        raise failure

    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace(init=init))
    said = pytest.raises(RuntimeError, match=f"^ray://there:10001: {line}")
    with said as raised, cluster._connected("ray://there:10001"):
        pass
    assert len(tried) == tries and "\n" not in str(raised.value)
