"""The way to decode that validation rows chose for a run, asked for as `best`."""

import shutil
from pathlib import Path

import pytest

from helpers import engines, tasks
from helpers.core import runs
from helpers.core.examples import EngineError
from helpers.export.fuse import fuse

TASK = "support_label"


@pytest.fixture
def run(tuned: Path, tmp_path: Path) -> Path:
    """A run of its own, whose record may be changed."""
    return Path(shutil.copytree(tuned, tmp_path / "run"))


@pytest.mark.parametrize("way", ["grammar", "rescore"])
def test_the_best_way_is_the_one_that_the_record_names(run, way):
    runs.write(run, runs.read(run) | {"decode": way})
    task = tasks.get(TASK)
    engine = engines.create("torch", task, model=run, decode="best")
    named = engines.create("torch", task, model=run, decode=way)
    assert (engine.decode, engine.mix) == (way, named.mix)
    assert engine.fingerprint == named.fingerprint


def test_free_answers_are_repaired_where_that_was_chosen(run):
    task = tasks.get(TASK)
    for way, repair in (("free", False), ("free + repair", True)):
        runs.write(run, runs.read(run) | {"decode": way})
        engine = engines.create("torch", task, model=run, decode="best")
        same = engines.create("torch", task, model=run, repair=repair)
        assert engine.fingerprint == same.fingerprint


def test_what_is_fused_knows_its_best_way(run, tmp_path):
    runs.write(run, runs.read(run) | {"decode": "rescore"})
    whole = engines.create(
        "torch", tasks.get(TASK), model=fuse(run, tmp_path / "fused"), decode="best"
    )
    assert (whole.decode, whole.mix) == ("rescore", 0.3)


def test_a_model_for_which_nothing_was_chosen_has_no_best_way(tuned, tiny):
    for model in (tuned, tiny):
        with pytest.raises(EngineError, match="names no best way to decode; `python -m helpers"):
            engines.create("torch", tasks.get(TASK), model=model, decode="best")
    with pytest.raises(EngineError, match="leave repair out"):
        engines.create("torch", tasks.get(TASK), model=tuned, decode="best", repair=False)
    with pytest.raises(EngineError, match="there is no decoding 'best'"):
        engines.create("baseline", tasks.get(TASK), decode="best")
