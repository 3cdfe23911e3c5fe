"""The scoreboard is what the committed records say, and the records are what code gives."""

import shlex

import pytest

from helpers import engines, scoring, tasks
from helpers.cli.main import parser
from helpers.core import paths, records, runs
from helpers.core.markdown import insert
from helpers.course import notebooks, scoreboard
from helpers.tasks.dictation import settings, writer
from helpers.tasks.labels import classifier

FOLDER = paths.root() / "data" / "records"
RECORDS = {file.stem: runs.read(file) for file in sorted(FOLDER.glob("*.json"))}
WITHOUT_MODEL = [name for name, one in RECORDS.items() if one["engine"] in ("rules", "baseline")]
TRAINED = [name for name, one in RECORDS.items() if scoreboard.training(one)]
MACHINE = {"machine": "arm64", "system": "Darwin", "cpus": 8}


def test_the_page_shows_the_committed_records():
    """A table that was right last month is worse than none."""
    page = scoreboard.page().read_text(encoding="utf-8")
    assert insert(page, scoreboard.MARKS, scoreboard.markdown(runs.committed())) == page


def test_every_task_has_its_two_records():
    assert set(RECORDS) >= {f"{t}-{e}" for t in tasks.names() for e in ("rules", "baseline")}
    assert runs.committed() == list(RECORDS.values())


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_is_of_a_commit_and_of_the_bundled_rows(name):
    """Rows that moved on without their records would leave numbers nobody can repeat."""
    record = RECORDS[name]
    assert record["commit"] and "dirty" not in record["commit"]
    assert records.on_bundled_rows(record)
    assert record["exact_ci"][0] <= record["exact"] <= record["exact_ci"][1]


@pytest.fixture
def as_on_record(runs_dir, monkeypatch):
    """Have folds choose what the record says they chose: to ask them again takes a minute."""

    def settle(record):
        told = record["settings"]
        if "order" in told:
            best = writer.Settings(told["order"], told["width"])
            monkeypatch.setattr(settings, "choose", lambda *given: (best, []))
        if "strength" in told:
            strength = told["strength"]
            monkeypatch.setattr(classifier, "choose_strength", lambda *given: strength)

    return settle


@pytest.mark.parametrize("name", WITHOUT_MODEL)
def test_rules_and_baselines_still_score_what_their_record_says(as_on_record, name):
    """Code that moved on without `make score` would leave a number nobody can repeat."""
    record = RECORDS[name]
    as_on_record(record)
    task = tasks.get(record["task"])
    engine = engines.create(record["engine"], task)
    examples = task.load(record["split"])[: record["n"]]
    again = scoring.score(task, engine, examples, record["split"]).record
    kept = runs.without_times(record).keys() - {"fingerprint", "run"}  # named after the code
    assert {key: again[key] for key in kept} == {key: record[key] for key in kept}


@pytest.mark.parametrize("name", RECORDS)
def test_a_command_says_what_its_record_says(name):
    record = RECORDS[name]
    told, words = record["settings"], shlex.split(scoreboard.command(record))
    assert words[:3] == ["python", "-m", "helpers"]
    asked = parser().parse_args(words[3:])
    assert (asked.task, asked.engine, asked.split) == (
        record["task"], record["engine"], record["split"],
    )  # fmt: skip
    assert asked.limit in (None, record["n"]) and asked.mix == told.get("mix")
    for option in ("model", "decode", "variant"):
        if option in told:
            assert str(getattr(asked, option)) == told[option]


def test_free_answers_that_were_not_repaired_are_asked_for_and_called_so():
    told = {"model": "data/tiny_base/2m", "base": "data/tiny_base/2m", "decode": "free"}
    record = {"task": "support_label", "engine": "torch", "split": "test", "n": 9, "settings": told}
    assert "--repair off" in scoreboard.command(record)
    assert scoreboard.engine(record) == "2m untuned, free, not repaired"
    told["repair"] = True
    assert "--repair" not in scoreboard.command(record)


def test_a_pipeline_with_a_model_has_a_command_too():
    told = {"train_rows": 3, "model": {"folder": "m", "engine": "gguf"}}
    record = {"task": "support_label", "engine": "pipeline", "split": "test", "n": 9}
    (line,) = scoreboard.commands([record | {"settings": told}])
    assert "--engine pipeline --pipeline" in line and "--model" not in line


@pytest.mark.parametrize("name", TRAINED)
def test_a_run_is_trained_by_a_notebook_that_takes_what_is_asked(name):
    """A clone has no runs: a command on one needs another that makes it."""
    words = shlex.split(scoreboard.training(RECORDS[name]))
    asked = parser().parse_args(words[3:])
    values = notebooks.check(
        notebooks.resolve(asked.notebook), dict(pair.split("=") for pair in asked.parameter)
    )
    assert values["TASK"] == RECORDS[name]["task"]
    assert values["BASE"] == RECORDS[name]["settings"]["base"]


def test_what_needs_a_run_stands_below_what_trains_it():
    lines = scoreboard.commands(list(RECORDS.values()))
    for at, text in enumerate(lines):
        if "--model runs/" in text:
            run = text.partition("--model ")[2].split()[0]
            assert [line.endswith(f"# makes {run}") for line in lines[:at]].count(True) == 1


def test_a_training_is_told_in_full_where_the_record_has_it():
    told = {"backend": "transformers", "profile": "cpu", "variant": "raw", "steps": 9, "seed": 3}
    settings = {"model": "runs/finetune-x", "base": "data/tiny_base/1m", "training": told}
    record = {"task": "support_label", "engine": "mlx", "settings": settings}
    assert scoreboard.training(record) == (
        "python -m helpers run 04 -p TASK=support_label -p BASE=data/tiny_base/1m "
        "-p BACKEND=transformers -p PROFILE=cpu -p VARIANT=raw -p STEPS=9 -p SEED=3"
    )
    settings["training"] = told | {"backend": "mlx"}
    assert scoreboard.training(record | {"engine": "torch"}) == (
        "python -m helpers run 05 -p TASK=support_label -p BASE=data/tiny_base/1m "
        "-p PROFILE=cpu -p VARIANT=raw -p STEPS=9 -p SEED=3"
    )


@pytest.mark.parametrize("model", ["data/tiny_base/2m", "Qwen/Qwen3-0.6B", "runs/export-1/a.gguf"])
def test_what_is_no_run_of_training_names_none(model):
    settings = {"model": model, "base": "data/tiny_base/2m"}
    assert not scoreboard.training({"task": "t", "engine": "torch", "settings": settings})


def test_a_prompted_model_is_asked_where_and_as_it_was():
    settings = {"model": "a model", "endpoint": "http://127.0.0.1:9/v1", "shots": 2}
    settings |= {"variant": "none", "train_rows": 2500}
    record = {"task": "voice_command", "engine": "api", "split": "valid", "n": 20}
    assert scoreboard.command(record | {"settings": settings}) == (
        "OPENAI_BASE_URL=http://127.0.0.1:9/v1 python -m helpers score --task voice_command "
        "--engine api --model 'a model' --variant none --shots 2 --split valid --limit 20"
    )


def test_a_base_shown_rows_first_says_how_many():
    settings = {"model": "smollm2-135m", "base": "smollm2-135m", "decode": "free", "shots": 8}
    settings["repair"] = True
    record = {"task": "support_label", "engine": "torch", "settings": settings}
    assert scoreboard.engine(record) == "smollm2-135m untuned, 8 examples, free"
    assert "--decode free --shots 8" in scoreboard.command(record | {"split": "test", "n": 600})


def test_a_size_is_of_the_record_or_of_the_base_it_names():
    assert scoreboard.size({"settings": {"base": "Qwen/Qwen3-0.6B", "weights": 596_049_920}}) == (
        "596.0 M"
    )
    assert scoreboard.size({"settings": {"base": "data/tiny_base/1m"}}) == "1.1 M"
    assert scoreboard.size({"settings": {"base": "Qwen/Qwen3-0.6B"}}) == ""
    sizes = {one["engine"]: scoreboard.size(one) for one in RECORDS.values()}
    assert sizes["rules"] == sizes["baseline"] == ""
    assert sizes["torch"].endswith(" M")


def test_every_machine_is_named_once():
    found = [*RECORDS.values(), {"hardware": MACHINE}, {"hardware": MACHINE}]
    assert scoreboard.machines(found).split("; ")[-1] == "Darwin arm64, 8 CPUs"
    assert scoreboard.machines(found).count("Darwin") == 1


def test_tables_line_up():
    lines = scoreboard.plain(list(RECORDS.values())).splitlines()
    assert len(lines) == len(RECORDS) + 1
    assert len({line.index(" test ") for line in lines[1:]}) == 1
