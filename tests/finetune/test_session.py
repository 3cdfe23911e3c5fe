"""What a session finds, and leaves, where it takes hold of a run."""

import shutil

import pytest

from helpers import profiles
from helpers.core import runs
from helpers.finetune import checkpoints, curves
from helpers.finetune.config import FinetuneConfig
from helpers.finetune.curves import Point
from helpers.finetune.evaluator import Evaluator
from helpers.finetune.session import Session

END = Point(8, 0.1, 0.4, 0.5, 0.6, 0.6, 1e-3, 90, 3.0, 2.0)


@pytest.fixture
def run(tmp_path):
    """A run that was finished at step 8."""
    folder = tmp_path / "runs" / "finetune-x"
    (folder / "adapter").mkdir(parents=True)
    for name in checkpoints.ADAPTER_FILES:
        (folder / "adapter" / name).write_text(name)
    curves.write(folder, [END])
    runs.write(folder, {"task": "dictated_bash"})
    return folder


def session(run, told=None, **config) -> Session:
    """Return a session of 8 steps that is about to hold a run; it has nothing to train with."""
    profile, report = profiles.get("cpu", steps=8), (told if told is not None else []).append
    config = FinetuneConfig(**config)
    evaluator = Evaluator(run, profile, config, None, None, None, report)
    return Session(evaluator, None, {})


def test_a_finished_run_whose_adapter_was_lost_is_trained_again(run):
    shutil.rmtree(run / "adapter")
    told = []
    again = session(run, told)
    with again.hold():
        assert not again.ended and again.checkpoint is None
        assert not (run / "record.json").exists()
    assert told == []


def test_a_finished_run_whose_adapter_was_lost_is_fetched_if_it_was_copied(run, tmp_path):
    told, backup = [], tmp_path / "drive"
    with session(run, backup_dir=backup).hold():
        pass
    shutil.rmtree(run / "adapter")
    again = session(run, told, backup_dir=backup)
    with again.hold():
        assert again.finished
    assert told[0] == f"fetched {run.name} from {backup}" and "finished before" in told[1]


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize("way", [".", "../runs", "link"])
def test_copies_do_not_go_where_the_runs_lie(run, way, fresh):
    (run.parent / "link").symlink_to(run.parent, target_is_directory=True)
    refused = "^backup_dir is .*where the runs themselves lie; name another folder$"
    held = session(run, backup_dir=run.parent / way, fresh=fresh).hold()
    with pytest.raises(ValueError, match=refused), held:
        pass
    assert checkpoints.finished(run) and curves.read(run) == [END]
