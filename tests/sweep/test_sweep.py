"""Sweeps: checked before they run, resumed after a kill, and told in one table."""

import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import nbformat
import pandas as pd
import psutil
import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook

from helpers import engines, profiles, scoring, sweep, tasks
from helpers.core import paths, runs
from helpers.core.examples import DataError, Example, write_rows
from helpers.engines.torch.loading import load
from helpers.export.gguf import convert
from helpers.export.quantize import quantize
from helpers.finetune.config import FinetuneConfig
from helpers.sweep import SweepError, grid, node, published, running, systems, table, work
from helpers.tasks import noise
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.verbalize import verbalize

PROJECT = Path(__file__).parents[2]
BASE = PROJECT / "data" / "tiny_base" / "2m"
START = "import sys; from helpers import sweep; sweep.run(sys.argv[1], jobs=2)"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


@pytest.fixture(autouse=True)
def own_runs(runs_dir):
    """Every test has its own runs."""
    return runs_dir


@pytest.fixture
def rows(tmp_path, commands) -> Path:
    """A data folder of dictated commands, small enough to train on in a second.

    In `tested`, below it, there are no rows but those to grade on.
    """
    examples = [Example(f"{n:02d}", verbalize(c, BASH), c) for n, c in enumerate(commands)]
    for split, part in (("train", examples[:16]), ("valid", examples[16:20])):
        write_rows(tmp_path / "rows" / f"{split}.jsonl", part)
    for folder in ("rows", "rows/tested"):
        write_rows(tmp_path / folder / "test.jsonl", examples[20:])
    return tmp_path / "rows"


@pytest.fixture
def write(tmp_path, rows):
    """Write a sweep's file; FOLDER in it is the data folder."""

    def write(text: str, name: str = "some.yaml") -> Path:
        file = tmp_path / name
        file.write_text(textwrap.dedent(text).replace("FOLDER", str(rows)), encoding="utf-8")
        return file

    return write


TRAINED = """\
task: dictated_bash
data: {folder: FOLDER}
train: {profile: cpu, size: 2m, backend: transformers, seed: [0, 1], steps: 2, batch: 4}
score: {decode: [free, rescore], limit: 6}
exclude:
  - {train.seed: 1, score.decode: rescore}
"""
LIMITS = """\
task: dictated_bash
data: {folder: FOLDER}
score: {engine: rules, limit: [1, 2, 3, 4, 5, 6, 7, 8]}
"""


ENGINE = "task: dictated_bash\nscore: {{engine: {}}}"


def state(cells) -> dict[str, tuple[int, bytes]]:
    """What a finished cell would lose if it were run again: when its record was written, and it."""
    files = [cell.folder / "record.json" for cell in cells if cell.finished]
    return {str(file): (file.stat().st_mtime_ns, file.read_bytes()) for file in files}


def test_a_grid_is_the_product_of_its_lists_less_what_is_excluded(write):
    cells = sweep.read(write(TRAINED))
    assert [cell.label for cell in cells] == [
        "seed=0 decode=free", "seed=0 decode=rescore", "seed=1 decode=free",
    ]  # fmt: skip
    assert [cell.training.label for cell in cells] == ["seed=0", "seed=0", "seed=1"]
    assert cells[0].training == cells[1].training != cells[2].training
    assert len({cell.folder for cell in cells}) == 3


def test_a_grid_may_compare_prompts_masked_and_not(write):
    both = TRAINED.replace("seed: [0, 1]", "completion_only_loss: [true, false]")
    cells = sweep.read(write(both.partition("exclude:")[0]))
    assert [cell.training.label for cell in cells[::2]] == [
        "completion_only_loss=True", "completion_only_loss=False",
    ]  # fmt: skip
    assert cells[0].training.folder != cells[2].training.folder
    with pytest.raises(SweepError, match=r"train\.completion_only_loss is 1; it is of type bool"):
        sweep.read(write(both.replace("[true, false]", "1").partition("exclude:")[0]))


def test_a_worker_trains_what_named_the_cell(write, monkeypatch):
    """Another machine's own profile has another base, batch and precision."""
    file = write(TRAINED.replace("profile: cpu, ", ""))
    cell = sweep.read(file)[0].training
    sent = json.loads(json.dumps(running.order(cell)))
    workstation = profiles.Detected(profiles.get("workstation"), ("another machine",))
    monkeypatch.setattr(profiles, "detect", lambda task="": workstation)
    assert sweep.read(file)[0].training.folder != cell.folder
    record, (profile, config) = work.carry_out(sent), cell.settings
    assert config == FinetuneConfig(seed=0)
    named = {name: record[name] for name in ("precision", "batch", "rank", "steps", "backend")}
    assert named == {name: getattr(profile, name) for name in named}
    assert (record["profile"], record["base"]) == (profile.name, profile.base)


def test_a_cell_is_named_by_its_content(write, rows):
    """Said otherwise it is the same cell; with other rows it is another one."""
    cells = sweep.read(write(LIMITS))
    said_otherwise = LIMITS.replace("engine: rules", "split: test, decode: free, engine: rules")
    two_grids = sweep.read(write(f"{LIMITS}---\n{said_otherwise}"))
    assert [cell.folder for cell in two_grids] == [cell.folder for cell in cells]
    (train,) = {c.training.folder for c in sweep.read(write(TRAINED)) if "seed=0" in c.label}
    by_base = TRAINED.replace("size: 2m", "base: data/tiny_base/2m")
    assert sweep.read(write(by_base))[0].training.folder == train
    write_rows(rows / "train.jsonl", [Example("1", verbalize("ls -l", BASH), "ls -l")])
    assert sweep.read(write(TRAINED))[0].training.folder != train
    assert not {c.folder for c in sweep.read(write(LIMITS))} & {c.folder for c in cells}


@pytest.mark.parametrize("name", tasks.names())
def test_the_ready_sweeps_can_be_read(name):
    cells = sweep.read(paths.root() / "data" / "sweeps" / f"{name}.yaml")
    decodes = ["free", "grammar", "rescore"]
    trained = [cell for cell in cells if cell.training]
    assert {cell.values["task"] for cell in cells} == {name}
    seeds = 3 if name == "dictated_bash" else 1
    assert len({cell.training.folder for cell in trained}) == 3 * seeds
    assert [cell.values["score.decode"] for cell in trained] == decodes * 3 * seeds
    beside = [cell.values["score.engine"] for cell in cells if not cell.training]
    assert beside == ["rules"] * (name != "voice_command") + ["baseline"]


@pytest.fixture
def notebook(tmp_path):
    """A notebook that scores nothing, unless it is told to fail, and names its record."""
    code = """\
        from pathlib import Path
        from helpers.core import paths, runs

        run = runs.run_folder("look", LIMIT=LIMIT)
        assert LIMIT < 9, "nine is too many"
        scores = [{"name": n, "n": LIMIT, "exact": 0.5, "exact_ci": [0.1, 0.9]} for n in "ab"]
        runs.write(run, {"scores": scores})
        print("record:", paths.shown(run / "record.json"))"""
    tagged = new_code_cell("LIMIT: int = 5  # rows", metadata={"tags": ["parameters"]})
    content = new_notebook(
        cells=[tagged, new_code_cell(textwrap.dedent(code))], metadata={"kernelspec": KERNEL}
    )
    nbformat.write(content, str(tmp_path / "look.ipynb"))
    return tmp_path / "look.ipynb"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TRAINED.replace("seed:", "sede:"), r"there is no train\.sede; train has profile, size"),
        (TRAINED.replace("train:", "trian:"), "a grid has no 'trian'; it has task, variant, data"),
        (TRAINED.replace("limit: 6", "limits: 6"), r"no score\.limits; score has engine, model,"),
        (TRAINED.replace("steps: 2", "steps: 1e3"), r"steps is 1000\.0; .* int; write 1000$"),
        (TRAINED.replace("size: 2m", "size: no"), r"size is False; .* str; put it in quotes$"),
        (TRAINED.replace("steps: 2", "base: smollm2-135m"), "size '2m' is data/tiny_base/2m, and"),
        (TRAINED.replace("steps: 2", "warmup: 20"), "warmup is 20; it must be a share of the step"),
        (TRAINED.replace("steps: 2", "steps: true"), r"train\.steps is True; it is of type int"),
        (TRAINED.replace("steps: 2", "steps: 0"), "steps is 0; it must be 1 or more"),
        (TRAINED.replace("steps: 2", "rows: 2"), r"there is no train\.rows; train has"),
        (TRAINED.replace("size: 2m", "size: []"), r"train\.size is an empty list; name a value"),
        (TRAINED.replace("free", "greedy"), r"score\.decode is 'greedy'; choose one of free"),
        (TRAINED.replace("{decode", "{model: x, decode"), "names a model, and train makes one"),
        (TRAINED.replace("train.seed: 1", "seed: 1"), "exclude names 'seed'; this grid has task,"),
        (TRAINED.replace("_bash", "_bush"), "there is no task 'dictated_bush'; choose one of"),
        (LIMITS.replace("rules", "steam"), r"score\.engine is 'steam'; choose one of rules,"),
        (LIMITS.replace("engine: rules, ", ""), r"score\.engine is None; choose one of rules,"),
        (LIMITS.replace("FOLDER", "FOLDER, label_noise: 2"), "label_noise is 2; it is a share"),
        (TRAINED.replace("train.seed: 1", "train.seed: 7"), "exclude names train.seed 7; this"),
        (TRAINED.replace("train.seed: 1, score.decode: rescore", "task: dictated_bash"), "no cell"),
        (TRAINED.replace("limit: 6", "engine: gguf"), "'gguf'; what train makes is for torch"),
        (TRAINED.replace("limit: 6", "split: valid"), "is 'valid', whose rows choose the weight"),
        (TRAINED.replace("limit: 6", "mix: 7"), r"score\.mix is 7; give the model a weight from"),
        (LIMITS.replace("limit: [1,", "limit: [-1,"), r"score\.limit is -1; it must be 1 or more"),
        (LIMITS.replace("rules", "torch"), "'torch' needs a model; name it as score.model"),
        (TRAINED.replace("steps: 2", "choose_on: vlaid"), "choose_on is 'vlaid'; it is one of"),
        (TRAINED.replace("2m", "9m"), "data/tiny_base/9m: there is no such folder; name a"),
        (TRAINED.replace("FOLDER", "nowhere"), "nowhere: there is no such data folder; check"),
        (LIMITS.replace("FOLDER", "nowhere"), "nowhere: there is no such data folder; check"),
        (LIMITS.replace("rules", "rules, split: valid").replace("FOLDER", "FOLDER/tested"),
         "valid.jsonl: is missing; add it, or use test"),
        (LIMITS.replace("rules", "baseline").replace("FOLDER", "FOLDER/tested"),
         "train.jsonl: is missing; add it, or use test"),
        (TRAINED.replace("FOLDER", "FOLDER/tested"), "train.jsonl: is missing; add it, or use"),
        (ENGINE.format("api, model: x, decode: grammar"), "'api' has no means to decode 'grammar'"),
        (ENGINE.format("rules, model: x"), "'rules' has no model; leave score.model out"),
        ("task: support_label\ntask: voice_command", r"line 6: is not YAML \('task' is the"),
        ("task: a\nscore: {limit: 1, limit: 2}", r"line 6: is not YAML \('limit' is there twice"),
        ("task: [", "line 5: is not YAML"),
        ("just a text", "a grid is a mapping; write a line such as 'task: support_label'"),
        ("notebook: NOTEBOOK\nparameters: {LIMITS: 3}", "look.ipynb has no parameter 'LIMITS'"),
        ("notebook: NOTEBOOK\nparameters: {LIMIT: many}", "LIMIT='many' is not of type int"),
        ("notebook: NOTEBOOK\ntask: support_label", "no 'task'; it has notebook, parameters"),
        ("notebook: no_such", "no_such: no such notebook; choose one of 01_"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_line_before_anything_runs(
    write, notebook, text, message, runs_dir
):
    """An hour into a sweep is a bad time to learn of a misspelt parameter."""
    file = write(f"{LIMITS}---\n{text}".replace("NOTEBOOK", str(notebook)))
    with pytest.raises(SweepError, match=message) as error:
        sweep.run(file)
    assert str(error.value).startswith(str(file))
    assert not runs_dir.exists()


def test_rows_that_nothing_needs_may_be_missing(write, rows):
    """Rules need rows to grade on alone, and a fold of the training rows none to choose on."""
    assert len(sweep.read(write(LIMITS.replace("FOLDER", "FOLDER/tested")))) == 8
    (rows / "valid.jsonl").unlink()
    with pytest.raises(SweepError, match=r"valid\.jsonl: is missing; add it, or choose on 'fold'"):
        sweep.read(write(TRAINED))
    assert len(sweep.read(write(TRAINED.replace("steps: 2", "choose_on: fold")))) == 3


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SweepError, match=r"no\.yaml: cannot be read \(No such file"):
        sweep.run(tmp_path / "no.yaml")


def check_published(file, cells, task, monkeypatch):
    """What is published tells each row: two scores can be paired without running anything."""
    monkeypatch.setattr(published, "folder", lambda: file.parent / "sweeps")
    for cell in cells:
        runs.write(cell.folder, cell.record() | {"commit": "abc-dirty"})
    with pytest.raises(SweepError, match="=free; seed=0 .*: made with uncommitted changes"):
        published.publish(file)
    for cell in cells:
        runs.write(cell.folder, cell.record() | {"commit": "abc"})
    first = cells[0].training
    runs.write(first.folder, first.record() | {"commit": "abc-dirty"})
    with pytest.raises(SweepError, match="yaml: seed=0: made .* cell.* finetune-dictated"):
        published.publish(file)
    for training in {cell.training.folder: cell.training for cell in cells}.values():
        runs.write(training.folder, training.record() | {"commit": "abc"})
    lines = published.read(published.publish(file))
    assert [line["label"] for line in lines] == [cell.label for cell in cells]
    for line, cell in zip(lines, cells, strict=True):
        assert line["right"].count("1") == line["n"] * line["exact"] and len(line["right"]) == 6
        assert line["groups"] == list(range(6))  # these rows name none
        assert line["training"]["train_rows"] == 16 and line["exact"] == cell.record()["exact"]
        answers = runs.finished(paths.runs() / cell.record()["run"])
        for row, right in zip(task.load("test"), line["right"], strict=False):
            assert task.grade([answers[row.id].text], [row])[0].exact == (right == "1")


def test_a_sweep_that_is_not_finished_is_not_published(write):
    with pytest.raises(SweepError, match="limit=1 is not finished; run the sweep, then publish"):
        published.publish(write(LIMITS))
    with pytest.raises(SweepError, match="not finished"):
        published.publish(write(TRAINED.partition("score:")[0]))
    with pytest.raises(SweepError, match="is not there; make it by"):
        published.read("no.jsonl")


@pytest.mark.parametrize("text", ["", LIMITS, '{"id": "1"}\n' * 2, '{"groups": {}}\n', "[]"])
def test_a_file_that_is_no_published_sweep_is_named(write, text):
    """A reader names the sweep's own .yaml, or a file of rows."""
    with pytest.raises(SweepError, match=r"some\.yaml: is not a published sweep; name a \.j"):
        published.read(write(text))


def test_what_is_published_of_a_model_tells_its_weights(write, tiny, tmp_path_factory, monkeypatch):
    """Without a training nobody else could tell how small a model is."""
    gguf = convert(BASE, tmp_path_factory.mktemp("gguf") / "base.gguf")
    text = "task: dictated_bash\ndata: {folder: FOLDER}\nscore: {engine: ENGINE, limit: 1}\n---\n"
    named = ("rules", f"torch, model: {BASE}", f"gguf, model: {gguf}")
    file = write("".join(text.replace("ENGINE", engine) for engine in named).removesuffix("---\n"))
    monkeypatch.setattr(published, "folder", lambda: file.parent / "sweeps")
    sweep.run(file)
    for cell in sweep.read(file):
        runs.write(cell.folder, cell.record() | {"commit": "abc"})
    lines = published.read(published.publish(file))
    assert [line.get("weights") for line in lines] == [None, 2_067_840, 2_067_840]
    assert [systems.weights(line) for line in lines] == [0, 2_067_840, 2_067_840]
    assert list(systems.by_system(lines)) == ["rules", "2m, free", "base.gguf, free"]


@pytest.mark.parametrize("bits", [8, 4])
def test_quantized_weights_are_counted_too(tiny, tmp_path, bits):
    """MLX packs several of them in a number."""
    pytest.importorskip("mlx.core")
    counted = load(tiny).model.num_parameters()
    assert published.weights_in(tiny) == counted
    assert published.weights_in(quantize(tiny, tmp_path / "small", bits)) == counted


def test_trainings_feed_scores_and_nothing_finished_runs_again(
    write, rows, runs_dir, capfd, monkeypatch
):
    trained = TRAINED.replace("steps: 2", "steps: 2, eval_rows: 2")
    file = write(trained)
    folder = sweep.run(file, jobs=2)
    found, cells = table.read(folder), sweep.read(file)
    assert [row["label"] for row in found] == [cell.label for cell in cells]
    assert [row["n"] for row in found] == [6, 6, 6]
    for row in found:
        assert row["exact_low"] <= row["exact"] <= row["exact_high"]
        assert row["seconds"] > 0 and row["training.train_rows"] == 16
    assert found[0]["training.run"] == found[1]["training.run"] != found[2]["training.run"]
    assert 0 <= found[1]["mix"] <= 1 and "mix" not in found[0]
    validation = tasks.get("dictated_bash", rows).load("valid")
    assert {cell.record()["validation"]["n"] for cell in cells} == {len(validation)}  # all, not 2
    kept = pd.read_csv(folder / "table.csv")
    assert list(kept["label"]) == [row["label"] for row in found]
    assert list(kept["exact"]) == pytest.approx([row["exact"] for row in found])
    assert "exact %" in sweep.shown(found) and "0.0" in sweep.shown(found)

    task = tasks.get("dictated_bash", rows)
    engine = engines.create("torch", task, model=runs_dir / found[2]["training.run"])
    record = scoring.score(task, engine, task.load("test")[:6], "test").record
    assert (record["run"], record["exact"]) == (found[2]["run"], found[2]["exact"])

    check_published(file, cells, task, monkeypatch)
    before = state([*cells, *(cell.training for cell in cells)])
    assert len(before) == 5
    alone = table.read(sweep.run(write(trained.partition("score:")[0], "trainings.yaml")))
    runs_of = [found[0]["training.run"], found[2]["training.run"]]
    assert [(row["training.run"], row["split"]) for row in alone] == [(r, "valid") for r in runs_of]
    assert sweep.run(file) == folder
    assert state([*cells, *(cell.training for cell in cells)]) == before
    assert "5/5" in capfd.readouterr().err


def test_a_base_that_the_hub_has_changed_is_trained_and_scored_anew(write, hub, tiny, monkeypatch):
    """Its name is the same, so the cell's is; the old figures would stand beside the new ones."""
    monkeypatch.setenv("HF_HOME", str(hub.folder.parent))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    file = write("""\
        task: dictated_bash
        data: {folder: FOLDER}
        train: {profile: cpu, base: someone/tiny, backend: transformers, steps: 1, batch: 4}
        score: {limit: 1}
        ---
        task: dictated_bash
        data: {folder: FOLDER}
        score: {engine: torch, model: someone/tiny, limit: 1}
    """)

    def finished() -> list[bool]:
        return [cell.finished for one in sweep.read(file) for cell in (one, one.training) if cell]

    hub.put("someone/tiny", tiny)
    sweep.run(file, jobs=2)
    assert finished() == [True] * 3
    before = [cell.record() for cell in sweep.read(file)]
    hub.put("someone/tiny", tiny, **{"README.md": "the same model, with a card"})
    assert finished() == [True] * 3
    template = (tiny / "chat_template.jinja").read_text(encoding="utf-8")
    hub.put("someone/tiny", tiny, **{"chat_template.jinja": template + "\n"})
    assert finished() == [False] * 3
    sweep.run(file, jobs=2)
    assert finished() == [True] * 3
    for cell, old in zip(sweep.read(file), before, strict=True):
        assert cell.record()["settings"]["model_digest"] != old["settings"]["model_digest"]
        assert cell.record()["run"] != old["run"]


def started(file: Path, runs_dir: Path) -> subprocess.Popen:
    """Start a sweep in a process of its own."""
    env = os.environ | {"TINY_SPECIALISTS_RUNS": str(runs_dir)}
    command = [sys.executable, "-c", START, str(file)]
    return subprocess.Popen(command, cwd=PROJECT, env=env, stderr=subprocess.PIPE, text=True)


def at_work(process: subprocess.Popen) -> list[psutil.Process]:
    """The processes of a sweep's cells."""
    found = []
    for child in psutil.Process(process.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # it ended while we looked
            found += [child] if "helpers.sweep.work" in child.cmdline() else []
    return found


def test_a_killed_sweep_loses_nothing_and_repeats_nothing(write, runs_dir):
    """Killed twice in the middle: what was finished stays, the rest is carried out, once."""
    file = write(LIMITS)
    cells = sweep.read(file)
    for least in (2, 5):
        process = started(file, runs_dir)
        while sum(cell.finished for cell in cells) < least or not (left := at_work(process)):
            assert process.poll() is None
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        assert psutil.wait_procs(left, timeout=600)[1] == []  # cells end with their sweep
        before = state(cells)
        assert least <= len(before) < len(cells)
    found = table.read(sweep.run(file))
    assert [row["n"] for row in found] == [1, 2, 3, 4, 5, 6, 7, 8]
    after = state(cells)
    assert before.items() <= after.items() and len(after) == len(cells)
    assert not any("error" in row for row in found)


def test_a_training_killed_with_its_sweep_goes_on(write, runs_dir):
    """The cell is not finished, and its run's checkpoints are not lost."""
    file = write(TRAINED.replace("steps: 2", "steps: 8, eval_every: 1").replace("[0, 1]", "[1]"))
    (cell,) = sweep.read(file)
    process = started(file, runs_dir)
    while not list(runs_dir.glob("finetune-*/checkpoint-2/sealed.json")):
        assert process.poll() is None
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert not cell.training.finished
    (row,) = table.read(sweep.run(file))
    assert row["training.steps_taken"] > 2 and row["n"] == 6
    assert "going on from step" in (cell.training.folder / "log.txt").read_text()


def test_a_failing_cell_is_told_and_does_not_stop_the_rest(write, capfd):
    """Rows too long fail their training and the score after it, and nothing else."""
    short = TRAINED.replace("steps: 2", "max_length: 9").replace("[0, 1]", "[1]")
    file = write(f"{short}---\n{LIMITS.replace('3, 4, 5, 6, 7, 8', '3')}")
    found = table.read(sweep.run(file, jobs=2))
    assert [row.get("error") for row in found] == ["its training failed"] + [None] * 3
    assert [row.get("n") for row in found] == [None, 1, 2, 3]
    (line,) = [line for line in capfd.readouterr().err.splitlines() if "failed:" in line]
    assert "failed: task=dictated_bash folder=" in line
    assert "rows have more than max_length = 9 tokens" in line
    assert line.endswith("log.txt)")
    assert "its training failed" in sweep.shown(found)
    assert [cell.finished for cell in sweep.read(file)] == [False, True, True, True]


def test_a_cell_whose_process_dies_is_told_and_tried_again_next_time(write, runs_dir):
    file = write(LIMITS)
    process = started(file, runs_dir)
    while not (left := at_work(process)):
        time.sleep(0.01)
    left[0].kill()
    _, stderr = process.communicate()
    assert process.returncode == 0, stderr
    assert stderr.count("its process died (signal 9), most likely for want of memory") == 1
    cells = sweep.read(file)
    before = state(cells)
    assert len(before) == len(cells) - 1
    assert all(row["n"] for row in table.read(sweep.run(file)))
    assert before.items() <= state(cells).items()


def test_a_process_that_dies_before_it_reads_its_order_has_a_status(tmp_path):
    """The sweep as a whole ended with it, by a broken pipe."""
    order = {"longer than a pipe": "x" * 1_000_000}
    assert node.work(order, tmp_path, 1, {"PYTHONHOME": str(tmp_path)}) == 1
    assert "encodings" in (tmp_path / "log.txt").read_text()


def test_a_run_that_another_process_is_at_is_waited_for(write, runs_dir):
    """Two cells may come to the same run, as two notebooks that both score the same baseline."""
    file = write(LIMITS.replace("[1, 2, 3, 4, 5, 6, 7, 8]", "1"))
    (cell,), (row,) = sweep.read(file), table.read(sweep.run(file))
    (cell.folder / "record.json").unlink()
    with FileLock(runs_dir / row["run"] / ".lock"):
        process = started(file, runs_dir)
        while not at_work(process):
            assert process.poll() is None
            time.sleep(0.01)
        time.sleep(5)  # it comes to the run in the meantime
        assert not cell.finished
    _, stderr = process.communicate()
    assert cell.finished and "failed" not in stderr


def test_notebooks_are_cells_and_their_scores_are_rows(write, notebook, capfd):
    file = write(f"notebook: {notebook}\nparameters: {{LIMIT: [3, 9]}}")
    found = table.read(sweep.run(file, jobs=2))
    assert [(row["parameters.LIMIT"], row.get("name"), row.get("n")) for row in found] == [
        (3, "a", 3), (3, "b", 3), (9, None, None),
    ]  # fmt: skip
    assert found[0]["exact_low"] == 0.1
    assert "cell 3: AssertionError: nine is too many" in found[2]["error"]
    assert capfd.readouterr().err.count("failed: LIMIT=9: look.ipynb cell 3:") == 1
    done, failed = sweep.read(file)
    assert done.finished and not failed.finished
    record = runs.read(done.folder)
    assert Path(record["executed"]).name == "look.ipynb"
    content = nbformat.read(notebook, as_version=4)
    content.cells[1].source += "\nprint('more')"
    nbformat.write(content, str(notebook))
    assert not any(cell.finished for cell in sweep.read(file))  # another code is another cell


def test_another_of_joblibs_backends_may_hand_the_cells_out(write):
    """So that a cluster's can."""
    from joblib import parallel_config, register_parallel_backend
    from joblib.parallel import ThreadingBackend

    class Counting(ThreadingBackend):
        handed_out = 0

        def submit(self, *args, **kwargs):
            Counting.handed_out += 1
            return super().submit(*args, **kwargs)

    register_parallel_backend("counting", Counting)
    with parallel_config(backend="counting", n_jobs=2):
        sweep.run(write(LIMITS.replace("3, 4, 5, 6, 7, 8", "3")))
    assert Counting.handed_out == 3
    with parallel_config(backend="loky", n_jobs=2):
        found = table.read(sweep.run(write(LIMITS.replace("3, 4, 5, 6, 7, 8", "3, 4"))))
    assert [row["n"] for row in found] == [1, 2, 3, 4]


LABELLED = [Example(str(n), f"message {n}", "abcd"[n % 4]) for n in range(40)]


@given(st.floats(0, 1), st.integers(0, 5))
def test_label_noise_flips_exactly_its_share(share, seed):
    noisy = noise.flip_labels(LABELLED, share, seed)
    flipped = [row.id for row, was in zip(noisy, LABELLED, strict=True) if row != was]
    assert len(flipped) == round(share * 40)
    assert all(row.target in "abcd" for row in noisy)
    assert [replace(row, target="") for row in noisy] == [
        replace(row, target="") for row in LABELLED
    ]
    assert noisy == noise.flip_labels(LABELLED, share, seed)


def test_more_noise_contains_less(commands):
    """Else two points of a curve differ by more than the noise."""
    less, more = (noise.flip_labels(LABELLED, share) for share in (0.2, 0.5))
    kept = [(a, b) for a, b, was in zip(less, more, LABELLED, strict=True) if a != was]
    assert len(kept) == 8 and all(a == b for a, b in kept)
    assert noise.flip_labels(LABELLED, 0.2, seed=1) != less
    with pytest.raises(DataError, match="all training rows have one target"):
        noise.flip_labels(LABELLED[:1], 1.0)


@pytest.mark.parametrize("name", tasks.names())
def test_noisy_rows_of_every_task_can_be_read_and_say_what_was_true(name):
    task = tasks.get(name)
    noisy = noise.prepared(task, rows=50, label_noise=0.2)
    train, record = noisy.load("train"), runs.read(noisy.data_dir)
    true = {example.id: example.target for example in task.load("train")}
    assert len(train) == 50 and len(record["flipped"]) == 10
    for example in train:
        was = record["flipped"].get(example.id, example.target)
        assert was == true[example.id]
        assert (example.target != was) == (example.id in record["flipped"])
    assert noisy.load("test") == task.load("test") and noisy.load("valid") == task.load("valid")
    assert noise.prepared(task) == task
    assert noise.prepared(task, rows=50, label_noise=0.2) == noisy
    json.dumps(record)


def test_a_float_without_a_point_is_a_float(write):
    """PyYAML reads YAML 1.1, where 1e-4 is a text; everybody else reads a number."""
    text = "task: a\ntrain: {size: 2m, learning_rate: [1e-4, 2E-4, +.5e-3, 1.e-5, 1.0e-4]}"
    values = [one["train"]["learning_rate"] for one in grid.read(write(text))][0]
    assert values == [1e-4, 2e-4, 5e-4, 1e-5, 1e-4]
    assert grid.read(write("seed: [012, -3, 1:30]")) == [{"seed": [12, -3, "1:30"]}]
    assert grid.read(write("task: 1e\nvariant: e5"))[0] == {"task": "1e", "variant": "e5"}


@pytest.mark.parametrize(
    ("value", "message"),
    [("'1e-4'", "is '1e-4'; it is of type float; write 1e-4 without quotes"),
     ("1_000e-7", "is '1_000e-7'; it is of type float; write 1000e-7 without quotes"),
     (".nan", "is nan; give it a number"), (".inf", "is inf; give it a number")],
)  # fmt: skip
def test_a_number_that_is_none_is_named_with_its_mending(write, value, message):
    text = f"task: dictated_bash\ntrain: {{size: 2m, learning_rate: {value}}}"
    with pytest.raises(ValueError, match=re.escape(message)):
        grid.expand(grid.read(write(text))[0])


def test_a_huge_grid_is_refused_before_it_is_expanded(write):
    axis = list(range(3_000))
    text = f"task: dictated_bash\ntrain: {{size: 2m, seed: {axis}, rank: {axis[1:]}}}"
    with pytest.raises(ValueError, match=r"has 8,997,000 cells \(3000 train.seed x 2999 tr"):
        grid.expand(grid.read(write(text))[0])


def test_a_pipe_or_a_folder_is_no_grid(tmp_path):
    os.mkfifo(tmp_path / "grid.yaml")
    for path, what in ((tmp_path / "grid.yaml", "a pipe"), (tmp_path, "a folder")):
        with pytest.raises(SweepError, match=f"cannot be read \\(it is {what}"):
            grid.read(path)


def test_a_row_without_an_answer_is_never_given_a_wrong_one():
    """It would say that it has no answer, and have one: nobody could read it again."""
    silent = Example("silent", "so what", "", extra={"no_answer": True})
    noisy = noise.flip_labels([*LABELLED, silent], 1.0)
    assert noisy[-1] == silent
    assert "" not in {row.target for row in noisy[:-1]}
