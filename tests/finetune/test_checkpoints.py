"""A checkpoint is whole or not there, and survives where it was copied."""

import shutil

import pytest

from helpers.finetune import checkpoints, curves
from helpers.finetune.curves import Point


def point(step: int, exact: float, loss: float = 0.5) -> Point:
    return Point(step, step / 10, 0.4, loss, exact, exact, 1e-3, 100 * step, 1.0 * step, 0.5 * step)


def save(run, *points: Point):
    """Log the last point and write its checkpoint, sealed."""
    run.mkdir(parents=True, exist_ok=True)
    curves.write(run, points)
    folder = checkpoints.folder_of(run, points[-1].step)
    folder.mkdir(parents=True)
    for name in (*checkpoints.ADAPTER_FILES, "optimizer.pt"):
        (folder / name).write_text(f"{name} of step {points[-1].step}")
    checkpoints.seal(folder)
    return folder


@pytest.fixture
def run(tmp_path):
    folder = tmp_path / "runs" / "finetune-x"
    folder.mkdir(parents=True)
    return folder


def steps(run) -> list[int]:
    return [checkpoints.step_of(path) for path in checkpoints.sealed(run)]


def test_what_was_half_written_is_not_there(run):
    first = save(run, point(2, 0.5))
    second = save(run, point(2, 0.5), point(4, 0.6))
    assert checkpoints.newest(run) == second
    (second / "optimizer.pt").write_text("")  # cut short
    assert checkpoints.newest(run) == first
    (first / checkpoints.SEAL).unlink()
    assert checkpoints.newest(run) is None


def test_a_torn_seal_is_no_seal(run):
    folder = save(run, point(2, 0.5))
    (folder / checkpoints.SEAL).write_text('{"optim')
    assert steps(run) == []


def test_going_on_takes_back_what_came_after(run):
    save(run, point(2, 0.5))
    half = save(run, point(2, 0.5), point(4, 0.6))
    (half / "optimizer.pt").unlink()
    found = checkpoints.resume(run)
    assert found and checkpoints.step_of(found) == 2
    assert [p.step for p in curves.read(run)] == [2]
    assert not half.exists()


def test_beginning_anew_leaves_nothing_behind(run):
    half = save(run, point(2, 0.5))
    (half / checkpoints.SEAL).unlink()
    assert checkpoints.resume(run) is None
    assert list(run.iterdir()) == []


def test_old_ones_go_but_the_best_stays(run):
    points = [point(2, 0.9), point(4, 0.6), point(6, 0.7), point(8, 0.8)]
    for count in range(1, 5):
        save(run, *points[:count])
        checkpoints.prune(run)
    assert steps(run) == [2, 6, 8]
    assert checkpoints.best_step(checkpoints.folder_of(run, 8)) == 2


def test_a_checkpoint_whose_best_is_gone_is_not_gone_on_from(run):
    best = save(run, point(2, 0.9))
    save(run, point(2, 0.9), point(4, 0.6))
    shutil.rmtree(best)
    assert checkpoints.newest(run) is None


def test_the_adapter_is_replaced_whole(run):
    save(run, point(2, 0.5))
    save(run, point(2, 0.5), point(4, 0.6))
    for step in (2, 4, 2):
        adapter = checkpoints.take_adapter(run, step)
        assert sorted(p.name for p in adapter.iterdir()) == sorted(checkpoints.ADAPTER_FILES)
        assert f"step {step}" in (adapter / "adapter_model.safetensors").read_text()


def test_copies_are_fetched_where_there_is_nothing(run, tmp_path):
    backup = tmp_path / "drive"
    save(run, point(2, 0.5))
    checkpoints.copy_out(run, backup)
    save(run, point(2, 0.5), point(4, 0.6))
    (backup / run.name / ".checkpoint-4.part").mkdir()  # a copy that was cut off
    checkpoints.copy_out(run, backup)
    assert not checkpoints.restore(run, backup)  # there is something here
    shutil.rmtree(run)
    run.mkdir()
    assert checkpoints.restore(run, backup)
    assert steps(run) == [2, 4]
    assert [p.step for p in curves.read(checkpoints.newest(run))] == [2, 4]


def test_copies_are_pruned_too(run, tmp_path):
    backup, points = tmp_path / "drive", [point(n, n / 10) for n in (1, 2, 3, 4)]
    for count in range(1, 5):
        save(run, *points[:count])
        checkpoints.prune(run)
        checkpoints.copy_out(run, backup)
    assert steps(backup / run.name) == steps(run) == [3, 4]


def test_a_cut_off_copy_is_made_again(run, tmp_path):
    backup = tmp_path / "drive"
    folder = save(run, point(2, 0.5))
    checkpoints.copy_out(run, backup)
    (backup / run.name / folder.name / "optimizer.pt").write_text("")
    checkpoints.copy_out(run, backup)
    assert steps(backup / run.name) == [2]


def test_a_finished_run_is_fetched_with_its_record(run, tmp_path):
    backup = tmp_path / "drive"
    save(run, point(2, 0.5))
    checkpoints.take_adapter(run, 2)
    (run / "record.json").write_text("{}")
    checkpoints.clear(run)
    checkpoints.copy_out(run, backup)
    shutil.rmtree(run)
    run.mkdir()
    assert checkpoints.restore(run, backup)
    assert sorted(p.name for p in run.iterdir()) == ["adapter", "log.csv", "record.json"]


def test_a_drive_that_is_gone_stops_nothing(run, tmp_path):
    gone = tmp_path / "drive"
    gone.write_text("not a folder")
    save(run, point(2, 0.5))
    told = []
    checkpoints.copy_out(run, gone, told.append)
    assert "training goes on" in told[0]
    assert steps(run) == [2]


def test_forgetting_forgets_both_places(run, tmp_path):
    backup = tmp_path / "drive"
    save(run, point(2, 0.5))
    checkpoints.copy_out(run, backup)
    checkpoints.forget(run, backup)
    assert list(run.iterdir()) == [] and not (backup / run.name).exists()


def test_a_log_survives_a_round_trip(run):
    points = [point(2, 1 / 3), point(4, 2 / 3)]
    curves.write(run, points)
    assert curves.read(run) == points
    assert "seconds" not in points[0].lasting()


def test_a_better_score_beats_a_lower_loss():
    low_loss, right = point(4, 0.6, loss=0.1), point(2, 0.7, loss=0.9)
    assert curves.best([right, low_loss]) == right
    assert curves.best([point(2, 0.6, 0.3), point(4, 0.6, 0.2)]).step == 4  # of equals
    assert curves.best([point(2, 0.6), point(4, 0.6)]).step == 2


def test_what_does_not_get_better_is_stopped():
    points = [point(n, score) for n, score in enumerate((0.1, 0.5, 0.4, 0.5, 0.3))]
    assert curves.stalled(points, patience=3)
    assert not curves.stalled(points, patience=4)
    assert curves.stalled([point(1, 1.0)], patience=9)
    learning = [point(n, 0.0, loss=1 / (n + 1)) for n in range(9)]
    assert not curves.stalled(learning, patience=2)
    assert not curves.stalled([], patience=1)


def test_a_loss_that_is_no_number_stops_the_run(run):
    with pytest.raises(ValueError, match="diverged.*learning_rate"):
        curves.add(run, point(2, 0.5, loss=float("nan")))
    assert curves.read(run) == []


def finish(run, text: str) -> None:
    """Leave what a finished run leaves: adapter, log and record, all of one training."""
    (run / "adapter").mkdir(parents=True)
    for name in checkpoints.ADAPTER_FILES:
        (run / "adapter" / name).write_text(text)
    curves.write(run, [point(8, 0.9)])
    (run / "record.json").write_text(text)


def test_what_is_further_on_in_the_copies_is_fetched_in_place_of_what_is_here(run, tmp_path):
    """A laptop stopped early, and another machine went on through the same drive."""
    backup, on = tmp_path / "drive", tmp_path / "drive" / run.name
    ours = [point(2, 0.4), point(4, 0.3)]
    save(run, *ours[:1])
    save(run, *ours)
    theirs = [point(2, 0.5), point(4, 0.6), point(6, 0.55)]
    save(on, *theirs[:2])
    save(on, *theirs)
    assert checkpoints.restore(run, backup)
    assert steps(run) == [4, 6]
    assert checkpoints.step_of(checkpoints.resume(run)) == 6
    assert curves.read(run) == theirs
    assert curves.read(checkpoints.folder_of(run, 4)) == theirs[:2]
    checkpoints.copy_out(run, backup)
    assert steps(on) == [4, 6]


def test_what_is_further_on_here_is_not_given_up_for_the_copies(run, tmp_path):
    backup = tmp_path / "drive"
    save(backup / run.name, point(2, 0.9))
    save(run, point(2, 0.5), point(4, 0.6))
    assert not checkpoints.restore(run, backup)
    assert steps(run) == [4]


def test_a_run_that_was_finished_elsewhere_is_not_trained_again(run, tmp_path):
    backup = tmp_path / "drive"
    save(run, point(2, 0.5))
    finish(backup / run.name, "theirs")
    assert checkpoints.restore(run, backup)
    assert checkpoints.finished(run) and steps(run) == []
    assert curves.read(run) == [point(8, 0.9)]


def test_copying_removes_nothing_that_is_further_on_until_the_run_is_finished(run, tmp_path):
    """Two machines at one run: what the other one wrote meanwhile, and its best, are kept."""
    backup, on = tmp_path / "drive", tmp_path / "drive" / run.name
    theirs = [point(1, 0.1), point(2, 0.9), point(6, 0.8)]
    for count in (1, 2, 3):
        save(on, *theirs[:count])
    save(run, point(4, 0.5))
    checkpoints.copy_out(run, backup)
    assert steps(on) == [2, 4, 6]
    assert checkpoints.step_of(checkpoints.newest(on)) == 6
    finish(run, "ours")
    checkpoints.clear(run)
    checkpoints.copy_out(run, backup)
    assert steps(on) == []


def test_a_copy_of_another_training_s_checkpoint_is_replaced(run, tmp_path):
    backup, on = tmp_path / "drive", tmp_path / "drive" / run.name
    save(on, point(2, 0.5, loss=0.7))
    save(run, point(2, 0.5, loss=0.6))
    save(run, point(2, 0.5, loss=0.6), point(4, 0.4))
    checkpoints.copy_out(run, backup)
    assert curves.read(checkpoints.folder_of(on, 2)) == [point(2, 0.5, loss=0.6)]


@pytest.mark.parametrize("lost", ["", *checkpoints.ADAPTER_FILES])
def test_a_record_whose_adapter_was_lost_finishes_nothing(run, tmp_path, lost):
    finish(run, "ours")
    assert checkpoints.finished(run)
    if lost:
        (run / "adapter" / lost).unlink()
    else:
        shutil.rmtree(run / "adapter")
    assert not checkpoints.finished(run)
    assert not checkpoints.restore(run, tmp_path / "drive")
    finish(tmp_path / "drive" / run.name, "theirs")
    assert checkpoints.restore(run, tmp_path / "drive")
    assert (run / "record.json").read_text() == "theirs"
    assert (run / "adapter" / checkpoints.ADAPTER_FILES[0]).read_text() == "theirs"


def test_no_stale_record_stays_beside_what_is_trained_anew(run):
    finish(run, "ours")
    shutil.rmtree(run / "adapter")
    assert checkpoints.resume(run) is None
    assert list(run.iterdir()) == []


def test_a_copy_whose_adapter_was_lost_is_not_fetched(run, tmp_path):
    backup = tmp_path / "drive"
    finish(backup / run.name, "theirs")
    shutil.rmtree(backup / run.name / "adapter")
    assert not checkpoints.restore(run, backup)
    assert list(run.iterdir()) == []


def test_a_fetch_that_is_cut_off_leaves_no_record_of_another_adapter(run, tmp_path):
    backup = tmp_path / "drive"
    finish(run, "ours")
    shutil.rmtree(run / "adapter")
    finish(backup / run.name, "theirs")
    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(checkpoints, "replace_file", _cut_off)
        checkpoints.restore(run, backup)
    assert not checkpoints.finished(run)


def _cut_off(path, text):
    raise KeyboardInterrupt
