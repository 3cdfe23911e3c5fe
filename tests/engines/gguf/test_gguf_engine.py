"""A GGUF in llama.cpp is asked what torch is asked, and answers the same."""

import json
import shutil
import subprocess
import sys
import weakref
from pathlib import Path

import psutil
import pytest

from helpers import tasks
from helpers.core import paths
from helpers.core.examples import EngineError, Example
from helpers.engines.decoding import rescoring
from helpers.engines.gguf import engine as gguf
from helpers.engines.gguf.loading import find, load, record_of
from helpers.engines.gguf.reading import SURE
from helpers.engines.gguf.server import LlamaServer
from helpers.engines.repair import Repaired
from helpers.engines.torch.engine import Torch
from helpers.engines.torch.engine import create as create_torch
from helpers.export.gguf import convert

BASE = paths.root() / "data" / "tiny_base" / "2m"
LENGTH = 16  # tokens of a free answer


@pytest.fixture(scope="module")
def f16(tmp_path_factory) -> Path:
    """The bundled base as a GGUF of 16-bit weights."""
    return convert(BASE, tmp_path_factory.mktemp("gguf") / "base.gguf")


@pytest.fixture(scope="module")
def converted(f16):
    """That file in llama.cpp."""
    return load(f16)


@pytest.fixture(scope="module")
def torchs():
    """The bundled base in torch, float32."""
    return create_torch(tasks.get("dictated_bash"), BASE).loaded


@pytest.fixture
def beside(f16, tmp_path) -> Path:
    """A copy of the file and what lies beside it, to be spoilt."""
    return Path(shutil.copytree(f16.parent, tmp_path / "copy"))


@pytest.mark.parametrize("decode", ["free", "grammar"])
def test_it_answers_as_torch_does(task, some, converted, torchs, decode):
    length = LENGTH if decode == "free" else None
    wanted = Torch(task, torchs, decode, max_new_tokens=length).answer(some)
    engine = gguf.Gguf(task, converted, decode, max_new_tokens=length)
    found = engine.answer(some)
    assert [p.id for p in found] == [e.id for e in some]
    assert [p.text for p in found] == [p.text for p in wanted]
    for ours, theirs in zip(found, wanted, strict=True):
        assert ours.details["ended"] == theirs.details["ended"]
        if decode == "free":
            assert ours.details["tokens"] == theirs.details["tokens"]
            log_probability = pytest.approx(theirs.details["log_probability"], abs=0.1)
            assert ours.details["log_probability"] == log_probability
            assert ours.margin == pytest.approx(theirs.margin, abs=0.1)


def test_it_rescores_as_torch_does(task, some, converted, torchs):
    fitted = task.fitted_on(task.load("train")[:200])
    rows = sorted(some, key=lambda row: len(row.prompt))[:3]
    ours, theirs = (
        make(fitted, loaded, "rescore", mix=0.2)
        for make, loaded in ((gguf.Gguf, converted), (Torch, torchs))
    )
    for found, wanted in zip(ours.scored(rows), theirs.scored(rows), strict=True):
        assert [c.text for c in found] == [c.text for c in wanted]
        for one, other in zip(found, wanted, strict=True):
            assert one.model == pytest.approx(other.model, abs=0.3)
    for found, wanted in zip(ours.answer(rows), theirs.answer(rows), strict=True):
        assert found.text == wanted.text and found.details.keys() == wanted.details.keys()
        assert min(found.margin, SURE) == pytest.approx(min(wanted.margin, SURE), abs=0.1)


def test_what_cannot_win_is_not_read_and_changes_no_answer(converted, monkeypatch):
    task = tasks.get("dictated_bash")
    engine = gguf.Gguf(task.fitted_on(task.load("train")[:200]), converted, "rescore", mix=0.2)
    rows = task.load("valid")[:6]
    nodes = []
    step = type(converted.reader)._step
    monkeypatch.setattr(
        type(converted.reader), "_step", lambda *args: (nodes.append(len(args[3])), step(*args))
    )
    whole = [rescoring.best_of(listed, 0.2) for listed in engine.scored(rows)]
    all_nodes = sum(nodes)
    nodes.clear()
    pruned = engine.answer(rows)
    assert sum(nodes) < all_nodes * 2 / 3  # fitted on few rows the n-gram decides less
    for found, (text, margin, _) in zip(pruned, whole, strict=True):
        assert found.text == text
        assert min(found.margin, SURE) == pytest.approx(min(margin, SURE), abs=0.02)
    assert [engine.answer([row])[0].margin for row in reversed(rows)][::-1] == [
        found.margin for found in pruned
    ]


def first_shares(server: LlamaServer, prompts, count: int) -> list[dict[int, float]]:
    """Return the log-probabilities of the likeliest first tokens of each answer."""
    found = []
    for prompt in prompts:
        choice = server.complete(prompt, 1, n_probs=count)["choices"][0]
        likeliest = choice["logprobs"]["content"][0]["top_logprobs"]
        found.append({token["id"]: token["logprob"] for token in likeliest})
    return found


@pytest.fixture
def shares(torchs, some, task):
    """Some rows' prompts, and torch's log-probabilities of the tokens that may follow."""
    import torch

    prompts = Torch(task, torchs).prompts(some)
    with torch.inference_mode():
        logits = [torchs.model(torch.tensor([prompt])).logits[0, -1] for prompt in prompts]
    return prompts, [row.log_softmax(-1).tolist() for row in logits]


def test_the_first_token_is_as_likely_as_in_torch(converted, shares):
    """llama.cpp rounds what it multiplies with 16-bit weights to 16 bits, too; f32 is below."""
    prompts, wanted = shares
    for found, row in zip(first_shares(converted.model, prompts, 1), wanted, strict=True):
        for token, share in found.items():
            assert share == pytest.approx(row[token], abs=2e-2)


@pytest.fixture(scope="module")
def exact(tmp_path_factory) -> LlamaServer:
    """The bundled base with nothing rounded: weights and cache in 32 bits, no flash attention."""
    file = convert(BASE, tmp_path_factory.mktemp("gguf") / "base.gguf", "f32")
    return LlamaServer(file, exact=True)


def test_in_full_precision_the_logits_are_those_of_torch(exact, shares):
    prompts, wanted = shares
    for found, row in zip(first_shares(exact, prompts, 10), wanted, strict=True):
        assert len(found) == 10
        for token, share in found.items():
            assert share == pytest.approx(row[token], abs=1e-3)


def test_answers_depend_on_nothing_asked_before(task, some, converted):
    engine = gguf.Gguf(task, converted, max_new_tokens=LENGTH)
    together = engine.answer(some)
    alone = [engine.answer([row])[0] for row in reversed(some)][::-1]
    assert [(p.text, p.details) for p in together] == [(p.text, p.details) for p in alone]


def test_no_port_is_opened(f16):
    def listening():
        connections = psutil.Process().net_connections(kind="inet")
        return {c.laddr for c in connections if c.status == psutil.CONN_LISTEN}

    before = listening()
    server = LlamaServer(f16)
    assert server.tokenize("ls") and listening() == before


def test_a_penalty_that_the_base_brought_changes_no_answer(tmp_path, some, converted):
    folder = shutil.copytree(BASE, tmp_path / "base")
    (folder / "generation_config.json").write_text(json.dumps({"repetition_penalty": 5.0}))
    task, advised = tasks.get("dictated_bash"), load(convert(folder, tmp_path / "g" / "base.gguf"))
    answers = [
        [p.text for p in gguf.Gguf(task, one, max_new_tokens=LENGTH).answer(some)]
        for one in (converted, advised)
    ]
    assert answers[0] == answers[1]


def test_a_server_that_followed_a_grammar_outlives_its_engine_until_another_has(f16):
    """llama.cpp took a freed model's tokenizer for one that lay at its address, or aborted."""

    def answer(**options):
        server = LlamaServer(f16, context=64)
        server.complete([1], 1, **options)
        return weakref.ref(server)

    grammar = {"grammar": '%llguidance {}\nstart: "a" | "b"\n'}
    first = answer(**grammar)
    assert answer()() is None and first() is not None
    assert answer(**grammar)() is not None and first() is None


def test_repair_is_reported_and_can_be_switched_off(converted, monkeypatch):
    task = tasks.get("dictated_bash")
    row = Example("1", "seq one zero", "")
    answer = converted.model.complete

    def looping(*args, **options):
        found = answer(*args, **options)
        found["choices"][0]["text"] = "seq 1000000000"
        return found

    monkeypatch.setattr(converted.model, "complete", looping)
    engine = gguf.Gguf(task, converted, max_new_tokens=3)
    mended = Repaired(engine, task).answer([row])[0]
    assert (mended.text, mended.details["repairs"]) == ("seq 10", ["loop"])
    assert engine.answer([row])[0].text == "seq 1000000000"


def test_a_broken_grammar_is_noticed(converted, monkeypatch):
    """llama.cpp takes a grammar that it cannot read for none, and says nothing."""
    task = tasks.get("support_label")
    row = task.load("valid")[0]
    engine = gguf.Gguf(task, converted, "grammar")
    with monkeypatch.context() as patched:
        patched.setattr(type(task), "grammar", lambda self, example: "start: nowhere")
        with pytest.raises(EngineError, match=f"row {row.id!r}: its grammar cannot be used"):
            engine.answer([row])
    monkeypatch.setattr(gguf, "GRAMMAR", "%llguidance {}\nstart: nowhere\n")
    with pytest.raises(EngineError, match="llama.cpp left its grammar"):
        engine.answer([row])


def test_another_template_or_tokenizer_is_refused(beside):
    template = beside / "chat_template.jinja"
    template.write_text(template.read_text("utf-8").replace("<|im_end|>\n", "<|im_end|>"), "utf-8")
    with pytest.raises(EngineError, match="its template writes .* not .*; export it again"):
        load(beside)
    shutil.copy(BASE / "chat_template.jinja", template)
    tokenizer = json.loads((beside / "tokenizer.json").read_text("utf-8"))
    del tokenizer["model"]["merges"][:20]
    (beside / "tokenizer.json").write_text(json.dumps(tokenizer), "utf-8")
    with pytest.raises(EngineError, match="as other tokens than the tokenizer beside it"):
        load(beside)


def test_a_file_or_the_folder_with_one_is_found(f16, beside, tmp_path):
    assert find(f16) == find(f16.parent) == f16.resolve()
    shutil.copy(f16, beside / "second.gguf")
    for model, problem in {
        beside: "has not one .gguf file, but base.gguf, second.gguf; name the file",
        tmp_path: "has not one .gguf file, but none",
        tmp_path / "none.gguf": "there is no such file; export the model first",
        tmp_path / "none": "there is no such folder",
    }.items():
        with pytest.raises(EngineError, match=problem) as caught:
            find(model)
        assert "\n" not in str(caught.value)


def test_what_cannot_be_loaded_says_why(beside):
    (beside / "base.gguf").write_bytes((beside / "base.gguf").read_bytes()[:100_000])
    with pytest.raises(EngineError, match="llama.cpp cannot load it .*; export it again"):
        load(beside)
    (beside / "tokenizer.json").unlink()
    with pytest.raises(EngineError, match="tokenizer.json: is missing; copy it from the model"):
        load(beside)


def test_what_does_not_fit_together_is_refused(beside, converted):
    task = tasks.get("support_label")
    (beside / "record.json").write_text('{"task": "dictated_bash", "base": "b"}', "utf-8")
    assert record_of(beside)["task"] == "dictated_bash"
    with pytest.raises(EngineError, match="was tuned for dictated_bash"):
        gguf.create(task, beside)
    with pytest.raises(EngineError, match="row 'long': its prompt has"):
        gguf.Gguf(task, converted).answer([Example("long", "dash " * 2000, "")])


def test_equal_fingerprints_mean_equal_answers(f16, beside, converted):
    task = tasks.get("support_label")
    engine = gguf.Gguf(task, converted, "grammar")
    (beside / "base.gguf").rename(beside / "moved.gguf")
    assert gguf.create(task, beside, "grammar").fingerprint == engine.fingerprint
    moved = beside / "moved.gguf"
    content = bytearray(moved.read_bytes())
    content[-1] ^= 1
    moved.write_bytes(content)
    others = [gguf.create(task, beside, "grammar"), gguf.Gguf(task, converted)]
    assert len({engine.fingerprint, *(other.fingerprint for other in others)}) == 3
    settings = gguf.create(task, f16).settings
    assert (settings["model"], settings["dtype"], settings["device"]) == (
        paths.shown(f16),
        "F16",
        converted.device,
    )
    assert json.dumps(settings)


def test_the_engine_is_imported_without_llama_cpp():
    code = (
        "import helpers.engines.gguf.engine, helpers.export.gguf, helpers.export.ollama, sys; "
        "print({'torch', 'transformers', 'xllamacpp', 'cyllama'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=paths.root()
    )
    assert done.stdout.strip() == "set()", done.stderr
