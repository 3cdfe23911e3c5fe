"""The torch engine: inside the grammar whatever the weights, and the same in any batch."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from llguidance import LLMatcher, LLTokenizer

from helpers import engines, scoring, tasks
from helpers.cli.main import main
from helpers.core import paths
from helpers.core.examples import EngineError, Example
from helpers.engines.decoding import greedy
from helpers.engines.decoding.masks import allowed
from helpers.engines.repair import Repaired
from helpers.engines.torch import engine as engine_of
from helpers.engines.torch.engine import Torch
from helpers.engines.torch.loading import load
from helpers.engines.torch.parity import parity
from helpers.export import gguf
from helpers.export.fuse import fuse
from helpers.models import folders
from helpers.models.folders import locate
from helpers.tasks.shots import nearest

PROJECT = Path(__file__).parents[3]


def allows(grammar: str, text: str) -> bool:
    matcher = LLMatcher(LLTokenizer("byte"), grammar)
    return matcher.consume_tokens(list(text.encode())) and matcher.is_accepting()


def step_by_step(engine: Torch, example: Example) -> str:
    """Write one answer without cache, batch or skipped steps: what the engine must equal."""
    import torch

    loaded = engine.loaded
    guide = engine.guides.guide(engine.task.grammar(example), example.id)
    tokens = engine.prompts([example])[0]
    start = len(tokens)
    while tokens[-1] != loaded.end or len(tokens) == start:
        forced = guide.forced()
        if forced:
            tokens = tokens + forced
            continue
        with torch.no_grad():
            logits = loaded.model(input_ids=torch.tensor([tokens])).logits[0, -1]
        mask = torch.from_numpy(allowed([guide], loaded.width)[0])
        token = int(logits[: loaded.width].masked_fill(~mask, -torch.inf).argmax())
        tokens = [*tokens, token]
        if token != loaded.end:
            guide.take(token)
    return loaded.decode(tokens[start:-1])


def test_a_random_model_answers_inside_the_grammar(task, some, loaded):
    found = Torch(task, loaded, "grammar").answer(some)
    assert [p.id for p in found] == [e.id for e in some]
    for prediction, example in zip(found, some, strict=True):
        assert allows(task.grammar(example), prediction.text)
        assert prediction.details["ended"]


def test_skipping_forced_steps_changes_no_answer(task, some, loaded):
    engine = Torch(task, loaded, "grammar")
    found = engine.answer(some[:4])
    assert [p.text for p in found] == [step_by_step(engine, e) for e in some[:4]]
    assert sum(p.details["forced"] for p in found) > 0


@pytest.mark.parametrize("decode", ["free", "grammar"])
def test_batched_equals_single(task, some, loaded, decode):
    """Padding, shared beginnings and rows that leave the batch must not reach the answers."""
    engine = Torch(task, loaded, decode, max_new_tokens=12 if decode == "free" else None)
    report = parity(engine, some)
    assert report == {"rows": 10, "differing": 0, "answers": []}


def test_free_answers_equal_those_of_generate(loaded):
    import torch

    task = tasks.get("support_label")
    rows = task.load("valid")[:3]
    engine = Torch(task, loaded, max_new_tokens=10)
    for row, found in zip(rows, engine.answer(rows), strict=True):
        prompt = torch.tensor(engine.prompts([row]))
        wanted = loaded.model.generate(
            input_ids=prompt,
            attention_mask=torch.ones_like(prompt),
            do_sample=False,
            max_new_tokens=10,
            eos_token_id=loaded.end,
            pad_token_id=0,
            suppress_tokens=list(range(loaded.width, loaded.vocabulary)),
        )
        assert found.text == loaded.decode(wanted[0, prompt.shape[1] :])


def test_log_probability_and_margin_are_those_of_the_choices(loaded):
    import torch

    task = tasks.get("support_label")
    row = task.load("valid")[0]
    engine = Torch(task, loaded, max_new_tokens=5)
    prompt = engine.prompts([row])[0]
    answer = greedy.Written(5)
    with torch.no_grad():
        greedy.write(loaded, [prompt], [answer], frozenset())
        logits = loaded.model(input_ids=torch.tensor([prompt + answer.tokens])).logits[0]
    shares = logits[len(prompt) - 1 : -1, : loaded.width].log_softmax(-1)
    wanted = shares.gather(1, torch.tensor(answer.tokens)[:, None]).sum()
    assert answer.log_probability == pytest.approx(float(wanted), abs=1e-3)
    best = shares.topk(2).values
    assert answer.margin == pytest.approx(float((best[:, 0] - best[:, 1]).min()), abs=1e-3)


def test_unicode_comes_through_whole(loaded):
    task = replace(tasks.get("voice_command"), variant="none")
    rows = [Example("1", "naïve 🙂 日本", ""), Example("2", "ünïcödé " * 20, "")]
    for prediction, row in zip(Torch(task, loaded, "grammar").answer(rows), rows, strict=True):
        assert allows(task.grammar(row), prediction.text)
        json.loads(prediction.text)


def test_repair_is_reported_and_can_be_switched_off(loaded, monkeypatch):
    task = tasks.get("dictated_bash")
    row = Example("1", "seq one zero", "")
    monkeypatch.setattr(type(loaded), "decode", lambda self, tokens: "seq 1000000000")
    engine = Torch(task, loaded, max_new_tokens=3)
    mended = Repaired(engine, task).answer([row])[0]
    assert mended.text == "seq 10"
    assert mended.details["raw"] == "seq 1000000000"
    assert mended.details["repairs"] == ["loop"]
    plain = engine.answer([row])[0]
    assert (plain.text, "raw" in plain.details) == ("seq 1000000000", False)
    assert Repaired(engine, task).fingerprint != engine.fingerprint


def test_an_adapter_answers_merged_as_it_does_on_its_base(tuned, loaded):
    task = tasks.get("support_label")
    rows = task.load("valid")[:20]
    merged, upon = load(tuned), load(tuned, merge=False)
    assert (merged.merged, upon.merged) == (True, False)
    texts = [[p.text for p in Torch(task, m, "grammar").answer(rows)] for m in (merged, upon)]
    assert texts[0] == texts[1] != [p.text for p in Torch(task, loaded, "grammar").answer(rows)]


def test_equal_fingerprints_mean_equal_answers(tiny, tuned, loaded):
    task = tasks.get("support_label")
    same = Torch(task, load(tiny), "grammar").fingerprint
    assert same == Torch(task, loaded, "grammar").fingerprint
    others = [
        Torch(task, load(tuned), "grammar"),
        Torch(task, load(tuned, merge=False), "grammar"),
        Torch(task, loaded, "free"),
        Torch(task, loaded, "rescore"),
        Torch(task, loaded, "rescore", mix=0.5),
        Torch(tasks.get("dictated_bash"), loaded, "grammar"),
        Torch(tasks.get("dictated_bash", variant="expanded"), loaded, "grammar"),
    ]
    assert len({same, *(engine.fingerprint for engine in others)}) == 8


def test_rows_shown_first_are_in_the_prompt_with_their_answers_and_in_the_records_settings(tiny):
    task = tasks.get("support_label")
    row = task.load("valid")[0]
    bare, prompted = (
        engines.create("torch", task, model=tiny, repair=False, shots=shots) for shots in (None, 2)
    )
    texts = [e.loaded.tokenizer.decode(e.prompts([row])[0]) for e in (bare, prompted)]
    for shot in nearest(task, row, task.load("train"), 2):
        assert f"{shot.prompt}<|im_end|>" in texts[1] and f"{shot.target}<|im_end|>" in texts[1]
    assert texts[1].endswith(texts[0].partition("<|im_end|>")[2])  # the question itself comes last
    assert prompted.settings["shots"] == 2 and "shots" not in bare.settings
    assert prompted.fingerprint != bare.fingerprint
    with pytest.raises(EngineError, match="shots is -1; take 0 or more"):
        engines.create("torch", task, model=tiny, shots=-1)


def test_the_digest_follows_the_weights(tuned, tmp_path):
    import shutil

    copied = tmp_path / "run"
    shutil.copytree(tuned, copied)
    assert locate(copied).digest == locate(tuned).digest
    weights = copied / "adapter" / "adapter_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x01")
    assert locate(copied).digest != locate(tuned).digest


def test_a_killed_scoring_goes_on_to_the_same_answers(loaded, runs_dir):
    task = tasks.get("support_label")
    rows = task.load("valid")[:6]
    engine = Torch(task, loaded, "grammar", batch_size=2)
    scored = scoring.score(task, engine, rows, "valid")
    record, folder = scored.record, scored.folder
    lines = (folder / "predictions.jsonl").read_text("utf-8").splitlines(keepends=True)
    (folder / "predictions.jsonl").write_text("".join(lines[:3]) + lines[3][:9], "utf-8")
    again = scoring.score(task, engine, rows, "valid").record
    assert again["exact"] == record["exact"]
    texts = [json.loads(line)["text"] for line in lines]
    assert [json.loads(t)["text"] for t in (folder / "predictions.jsonl").open()] == texts


def test_a_model_in_training_is_left_in_training(loaded):
    model = loaded.model.train()
    task = tasks.get("support_label")
    Torch(task, loaded, "grammar").answer(task.load("valid")[:2])
    assert model.training
    model.eval()


def test_what_all_prompts_share_is_read_once(loaded):
    import torch

    prompts = [[5, 6, 7, 8, 9], [5, 6, 7, 3], [5, 6, 7, 4, 2, 1]]
    with torch.no_grad():
        reading, rest = loaded.begin(prompts)
        assert rest == [[8, 9], [3], [4, 2, 1]]
        logits = reading.feed(rest)
        for prompt, found in zip(prompts, logits, strict=True):
            alone = loaded.model(input_ids=torch.tensor([prompt])).logits[0, -1, : loaded.width]
            assert torch.allclose(alone, found, atol=1e-4)


BAD = {
    "there is no such folder": lambda f: f / "nowhere",
    "has neither config.json": lambda f: f,
    "names no base": lambda f: written(f, "record.json", {}),
    "its base cannot be had: data/gone: there is no such folder": lambda f: written(
        f, "record.json", {"base": "data/gone"}
    ),
    "is a vision-language model": lambda f: written(f, "config.json", {"vision_config": {}}),
    "needs code of its own": lambda f: written(f, "config.json", {"auto_map": {}}),
    "has no .*safetensors": lambda f: written(f, "config.json", {"model_type": "qwen3"}),
    "is not JSON": lambda f: written(f, "config.json", None),
}


def written(folder: Path, name: str, content) -> Path:
    (folder / name).write_text("{" if content is None else json.dumps(content), "utf-8")
    return folder


@pytest.mark.parametrize("problem", BAD)
def test_a_folder_that_cannot_be_loaded_says_why(tmp_path, problem):
    with pytest.raises(EngineError, match=problem) as caught:
        locate(BAD[problem](tmp_path))
    assert "\n" not in str(caught.value)


def test_an_unfinished_run_says_so(tmp_path, tiny):
    written(tmp_path, "record.json", {"base": str(tiny)})
    with pytest.raises(EngineError, match="adapter_config.json: is missing; finish the run"):
        locate(tmp_path)


def test_what_does_not_fit_together_is_refused(tiny, tuned, loaded):
    task = tasks.get("dictated_bash")
    with pytest.raises(EngineError, match="was tuned for support_label"):
        engines.create("torch", task, model=tuned)
    with pytest.raises(EngineError, match="needs a model"):
        engines.create("torch", task)
    with pytest.raises(EngineError, match="has no model"):
        engines.create("rules", task, model=tiny)
    with pytest.raises(EngineError, match="choose one of free, grammar, rescore"):
        engines.create("torch", task, model=tiny, decode="beam")
    with pytest.raises(EngineError, match="row 'long': its prompt has"):
        Torch(task, loaded).answer([Example("long", "dash " * 2000, "")])


@pytest.mark.parametrize("engine", ["torch", "mlx", "gguf"])
def test_the_command_line_scores_a_run_and_answers_a_line(
    engine, tuned, runs_dir, tmp_path, capsys, monkeypatch
):
    """Without a variant named, a run is asked as it was trained; a GGUF is made from one."""
    model = tuned
    if engine == "gguf":
        file = gguf.convert(fuse(tuned, tmp_path / "fused"), tmp_path / "gguf" / "model.gguf")
        model = file.parent
    places, resolve = [], folders.resolve
    monkeypatch.setattr(folders, "resolve", lambda *a: places.append(a) or resolve(*a))
    asked = ["--task", "support_label", "--engine", engine, "--model", str(model)]
    asked += ["--decode", "grammar"]
    assert main(["score", *asked, "--split", "valid", "--limit", "4"]) == 0
    assert len(places) == (engine != "gguf")  # looked for, and checked, once
    record = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert record["aspects"]["in_set"] == 1.0
    settings = record["settings"]
    assert (record["engine"], settings["decode"]) == (engine, "grammar")
    assert settings["merged"]
    assert (settings["variant"], settings["task"]) == ("raw", "support_label")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"where is my parcel\n")))
    assert main(["predict", *asked]) == 0
    assert capsys.readouterr().out.strip() in tasks.get("support_label").labels
    assert main(["score", *asked[:-3], "nowhere"]) == 2
    assert capsys.readouterr().err.startswith("error: nowhere: there is no such folder")


def test_the_engine_is_imported_without_torch():
    code = (
        "import helpers.engines.torch.engine, sys\n"
        "print({'torch', 'transformers'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT
    )
    assert done.stdout.strip() == "set()", done.stderr


def test_paths_in_records_are_the_projects_own(tiny, loaded):
    engine = engine_of.create(tasks.get("support_label"), tiny)
    assert engine.settings["model"] == paths.shown(tiny)
    assert json.dumps(engine.settings)
