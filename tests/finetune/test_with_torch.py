"""Training learns, repeats itself, survives kills, and keeps the adapter that answers best."""

import json
import shutil
import signal
import sys
from dataclasses import replace

import pytest
from small_runs import SHAKY, apart, lasting

from helpers import tasks
from helpers.cli.answering import asked_as_trained
from helpers.core import runs
from helpers.core.examples import DataError, Example, Prediction, write_rows
from helpers.engines.torch.engine import Torch, create
from helpers.engines.torch.loading import TorchLoaded
from helpers.finetune import checkpoints, curves, masks
from helpers.finetune.pausing import Paused
from helpers.finetune.run import finetune
from helpers.finetune.torch import generation, models, trainer
from helpers.finetune.torch.backend import TorchBackend
from helpers.models import loading
from helpers.models.folders import locate
from helpers.profiles import UnsuitableBase

pytestmark = pytest.mark.usefixtures("runs_dir")


@pytest.fixture
def backend() -> str:
    """What trains here."""
    return "transformers"


def test_six_rows_are_learned_by_heart(train, task):
    """Template, mask, end of turn, adapter and engine must all fit, or this cannot come out."""
    run = train(steps=100, eval_every=20)
    record = runs.read(run)
    assert record["exact"] == 1.0 and record["valid_loss"] < 0.2
    assert record["steps_taken"] < 100  # nothing is better than right
    engine = create(task, run)
    rows = task.load("train")
    assert [p.text for p in engine.answer(rows)] == [row.target for row in rows]


def test_a_line_is_asked_with_the_system_turn_that_was_trained(train, task):
    """A model that has read one order in all its rows was never asked with another."""
    run = train(steps=2, eval_every=2)
    assert runs.read(run)["system"] == "Write." != task.system
    line = tasks.get("dictated_bash")
    assert asked_as_trained(line, "torch", run).example_of("ls").system == "Write."
    assert asked_as_trained(task, "rules", None).example_of("ls").system == task.system
    assert task.example_of("ls").system == "Write."  # the rows', where no run is asked

    path = task.data_dir / "train.jsonl"
    first, *rest = task.load("train")
    write_rows(path, [replace(first, system="Answer."), *rest])
    several = train(steps=2, eval_every=2)
    assert runs.read(several)["system"] is None
    with pytest.raises(ValueError, match="several system turns, and a line of input has none"):
        asked_as_trained(line, "torch", several)
    with pytest.raises(DataError, match=r"train.jsonl: its rows have several system turns"):
        tasks.get("dictated_bash", task.data_dir).example_of("ls")


def test_the_record_tells_everything(train):
    run = train(steps=4, eval_every=2, choose_on="fold")
    record = runs.read(run)
    assert set(record) >= {
        "task", "variant", "base", "base_digest", "profile", "method", "backend", "rank", "alpha",
        "dropout", "target_modules", "steps", "train_rows", "train_content", "validation_content",
        "seed", "n", "best_step", "exact", "effective", "curve", "seconds", "tokens",
        "tokens_per_second", "peak_memory_mb", "adapter_bytes", "trainable_weights",
        "total_weights", "versions", "hardware", "held_out",
    }  # fmt: skip
    assert len(record["held_out"]) == record["validation_rows"] == 6 - record["train_rows"]
    assert record["trainable_weights"] < record["total_weights"]
    assert [p["step"] for p in record["curve"]] == [p.step for p in curves.read(run)] == [2, 4]
    names = sorted(path.name for path in run.iterdir() if path.name != ".lock")
    assert names == ["adapter", "log.csv", "record.json"]


def test_a_finished_run_is_not_trained_again(train, monkeypatch):
    run = train(steps=4)
    monkeypatch.setattr(models, "load_adapted", _never)
    assert train(steps=4) == run
    with pytest.raises(AssertionError):
        train(steps=5)


def _never(*args, **kwargs):
    raise AssertionError("this was not to be called")


def answering(monkeypatch, texts):
    """Let a model in training answer what `texts(model, examples)` says."""

    def answer(engine, examples):
        found = zip(examples, texts(engine.model, examples), strict=True)
        return [Prediction(example.id, text, 0.0) for example, text in found]

    monkeypatch.setattr(generation.Generator, "answer", answer)


def test_the_best_answers_win_even_with_a_worse_loss(train, monkeypatch):
    """The loss falls to the end, the answers are best at step 4: that adapter is kept."""
    calls, kept = [], {}

    def texts(model, examples):
        calls.append(len(examples))
        if len(calls) == 2:
            kept.update({n: w.detach().clone() for n, w in model.named_parameters() if "lora" in n})
            return [example.target for example in examples]
        return ["wrong" for _ in examples[1:]] + [examples[0].target]

    from safetensors.torch import load_file

    answering(monkeypatch, texts)
    monkeypatch.setattr(curves, "stalled", lambda points, patience: False)
    run = train(steps=16, eval_every=2)
    record, points = runs.read(run), curves.read(run)
    assert record["best_step"] == 4 and record["exact"] == 1.0
    assert points[-1].valid_loss < points[1].valid_loss
    adapter = load_file(run / "adapter" / "adapter_model.safetensors")
    assert len(adapter) == len(kept) > 0
    for name, weight in kept.items():
        assert adapter[name.replace(".default", "")].equal(weight)


def test_the_loss_is_measured_on_a_sample_where_that_is_chosen(train, monkeypatch):
    counts = []

    def loss(backend, model, tokenizer, rows):
        counts.append(len(rows))
        return 1.0

    monkeypatch.setattr(TorchBackend, "mean_loss", loss)
    sampled = runs.read(train(steps=2, eval_every=2, loss_rows=3))
    answered = runs.read(train(steps=2, eval_every=2, eval_rows=4))
    assert counts == [3, 4] and [run["loss_rows"] for run in (sampled, answered)] == [3, 4]


def test_patience_ends_a_run(train, monkeypatch):
    """The first score stays the best, however the loss falls."""
    calls = []

    def texts(model, examples):
        calls.append(len(examples))
        return [examples[0].target if len(calls) == 1 else "wrong" for _ in examples]

    answering(monkeypatch, texts)
    run = train(steps=40, eval_every=2, patience=2)
    assert runs.read(run)["steps_taken"] == 6 and runs.read(run)["best_step"] == 2


def test_killed_twice_the_result_is_the_same(train, base, task, runs_dir, tmp_path, monkeypatch):
    """First between writing a checkpoint and sealing it, then after an evaluation."""
    import torch

    monkeypatch.setenv("TINY_SPECIALISTS_RUNS", str(tmp_path / "other"))
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # as the processes that are killed
    told = []
    try:
        straight = lasting(train(**SHAKY))
        monkeypatch.setenv("TINY_SPECIALISTS_RUNS", str(runs_dir))
        for where in ("seal 4", "report 8"):
            done = apart(runs_dir, where, base, task, "transformers", OMP_NUM_THREADS="1")
            assert done.returncode == -signal.SIGKILL, done.stderr
        resumed = train(**SHAKY, report=told.append)
    finally:
        torch.set_num_threads(threads)
    assert any(line.startswith("going on from step 6 of 8, ") for line in told)
    assert lasting(resumed) == straight


def test_killed_before_the_record_nothing_is_trained_again(train, monkeypatch):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "write", _killed)
        with pytest.raises(KeyboardInterrupt):
            train(**SHAKY)
    monkeypatch.setattr(trainer, "build", _never)
    assert runs.read(train(**SHAKY))["steps_taken"] == 8


def _killed(*args, **kwargs):
    raise KeyboardInterrupt


def test_a_lost_machine_goes_on_from_the_copies(train, tmp_path, task, tiny):
    """What a reader does tomorrow, on another Colab machine with the same Drive."""
    backup, told = tmp_path / "drive", []
    straight = lasting(train(**SHAKY))
    train_again = {**SHAKY, "backup_dir": backup, "fresh": True}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoints, "take_adapter", _at_step(4, checkpoints.take_adapter))
        with pytest.raises(KeyboardInterrupt):
            train(**train_again)
    run, = (backup.parent / "runs").glob("finetune-*")
    shutil.rmtree(run)
    assert len(checkpoints.sealed(backup / run.name)) == 1
    resumed = train(**SHAKY, backup_dir=backup, report=told.append)
    assert f"fetched {run.name} from {backup}" in told
    assert any(line.startswith("going on from step 2 of 8, ") for line in told)
    assert lasting(resumed) == straight
    shutil.rmtree(resumed)
    fetched = train(**SHAKY, backup_dir=backup)
    assert lasting(fetched) == straight
    assert (fetched / "adapter" / "adapter_model.safetensors").exists()
    assert not list((backup / run.name).glob("checkpoint-*"))


def _at_step(step, real):
    def take(run, of):
        if of == step:
            raise KeyboardInterrupt
        return real(run, of)

    return take


def test_paused_and_gone_on_with_the_result_is_the_same(train, runs_dir, monkeypatch):
    """A session of an hour trains for two hours in three calls."""
    straight, told = lasting(train(**SHAKY)), []
    assert not any("minutes" in key for key in straight)
    train_again = {**SHAKY, "minutes": 1e-6, "report": told.append}
    for step in (2, 4, 6):
        with pytest.raises(Paused, match=rf"^paused at step {step} of 8 after .* is left$"):
            train(**train_again, fresh=step == 2)
        (run,) = runs_dir.glob("finetune-*")
        assert checkpoints.step_of(checkpoints.newest(run)) == step
        assert not (run / "record.json").exists()
    resumed = train(**train_again)
    assert lasting(resumed) == straight
    assert told[0] == "pauses at the first evaluation after less than a minute"
    assert [line.partition(",")[0] for line in told if line.startswith("going")] == [
        f"going on from step {step} of 8" for step in (2, 4, 6)
    ]


def test_a_pause_leaves_its_checkpoint_where_it_survives(train, runs_dir, tmp_path):
    """The machine is gone after the pause, and what is gone on from is the copy."""
    backup = tmp_path / "drive"
    straight = lasting(train(**SHAKY))
    with pytest.raises(Paused, match="call it again, without fresh, to go on"):
        train(**SHAKY, backup_dir=backup, minutes=1e-6, fresh=True)
    (run,) = runs_dir.glob("finetune-*")
    shutil.rmtree(run)
    assert lasting(train(**SHAKY, backup_dir=backup)) == straight


def test_answers_in_training_are_the_engines(tiny, tokenizer, task):
    """A checkpoint chosen by answers that nobody gets afterwards is chosen by nothing."""
    import torch

    model = models.load_adapted(tiny, seed=0)
    for name, weight in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(weight, std=0.5)
    rows = task.load("train")
    with TorchBackend().answering(model, tokenizer, tiny):
        engine = generation.Generator(task, model, tokenizer, max_new_tokens=12, batch_size=4)
        texts = [p.text for p in engine.answer(rows)]
    engine = Torch(task, TorchLoaded(model, tokenizer), max_new_tokens=12)
    assert texts == [p.text for p in engine.answer(rows)]
    assert len(set(texts)) > 1


def test_a_base_of_the_hub_is_trained_at_a_commit_that_the_record_names(train, base, hub):
    """A name on the hub is another model tomorrow; the run of a commit scores with that commit."""
    first = hub.put("someone/tiny", base)
    run = train(steps=2, base="someone/tiny")
    record = runs.read(run)
    assert (record["base"], record["base_revision"]) == ("someone/tiny", first)
    assert record["base_digest"] == loading.digest_of(str(base))
    assert "base_revision" not in runs.read(train(steps=2))
    second = hub.put("someone/tiny", base, README="another commit, the same weights")
    assert train(steps=2, base="someone/tiny") == run
    found = locate(run)
    assert found.place.revision == first != second
    assert found.metadata["base_revision"] == first and found.metadata["model"] == str(run)
    assert found.metadata["training"]["steps"] == 2
    assert locate("someone/tiny").place.revision == second


def test_a_row_that_is_too_long_stops_before_anything_is_loaded(train, task, monkeypatch):
    monkeypatch.setattr(models, "load_adapted", _never)
    rows = [*task.load("train"), Example("long one", "ls", "ls " + "abc/" * 200)]
    write_rows(task.data_dir / "train.jsonl", rows)
    with pytest.raises(masks.MaskError, match=r"row 'long one' has \d+ tokens.*max_length"):
        train()


def test_a_model_that_sees_is_refused(task, tiny, tmp_path):
    (tmp_path / "seeing").mkdir()
    config = {"model_type": "qwen2_5_vl", "vision_config": {"depth": 1}}
    (tmp_path / "seeing" / "config.json").write_text(json.dumps(config))
    with pytest.raises(UnsuitableBase, match="vision-language"):
        finetune(task, replace(tiny, base=str(tmp_path / "seeing")))


def test_a_base_that_cannot_be_used_is_named(task, tiny, base, tmp_path):
    for changes, message in (
        ({"base": "data/tiny_base/9m"}, "there is no such folder"),
        ({"base": "data"}, "data: has no config.json"),
        ({"load_in_4bit": True}, "4 bits needs backend='unsloth'"),
        ({"max_length": 1100}, "reads 1024 tokens"),
    ):
        with pytest.raises(UnsuitableBase, match=message):
            finetune(task, replace(tiny, **changes))
    plain = tmp_path / "plain"
    shutil.copytree(base, plain)
    (plain / "chat_template.jinja").unlink()
    with pytest.raises(UnsuitableBase, match="no chat template"):
        finetune(task, replace(tiny, base=str(plain)))


def test_unsloth_must_come_first():
    import transformers  # noqa: F401

    assert "unsloth" not in sys.modules
    with pytest.raises(RuntimeError, match="restart the kernel"):
        models.import_backend("unsloth")


def test_a_batch_that_is_not_ours_stops_the_trainer(task, tokenizer):
    import torch

    rows = masks.encode_all(tokenizer, task, task.load("train"), 128)[:2]
    size = max(len(row.input_ids) for row in rows)

    def batch(**wrong):
        ids = [[*row.input_ids, *[0] * (size - len(row.input_ids))] for row in rows]
        labels = [[*row.labels, *[-100] * (size - len(row.labels))] for row in rows]
        return {"input_ids": torch.tensor(ids), "labels": torch.tensor(labels)} | wrong

    good = batch()
    trainer.check_batch(good, rows)
    cut = {name: values[:, : size - 1] for name, values in good.items()}
    for wrong in (cut, batch(labels=good["input_ids"]), batch(input_ids=good["input_ids"].flip(0))):
        with pytest.raises(RuntimeError, match="feeds the model other tokens"):
            trainer.check_batch(wrong, rows)


def test_unsloth_trains_the_same_and_resumes(train, base, task, runs_dir, tmp_path):
    """In a process of its own, for Unsloth changes the libraries it is imported with."""
    done = apart(tmp_path / "unsloth", "", base, task, "unsloth", OMP_NUM_THREADS="1")
    assert done.returncode == 0, done.stderr[-3000:]
    straight, resumed = json.loads(done.stdout.splitlines()[-1])
    assert straight == resumed
    plain = lasting(train(**SHAKY))
    assert straight["backend"] == "unsloth" and plain["backend"] == "transformers"
    assert straight["trainable_weights"] == plain["trainable_weights"]
    assert straight["train_content"] == plain["train_content"]
    losses = [[p["valid_loss"] for p in record["curve"]] for record in (straight, plain)]
    assert losses[0] == pytest.approx(losses[1], rel=1e-3)
