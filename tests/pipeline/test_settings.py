"""A pipeline's file: what is written comes back, and what cannot be used is one line."""

import json

import pytest

from helpers.core import paths
from helpers.pipeline import confidence, parts, settings
from helpers.pipeline.confidence import Confidence
from helpers.pipeline.gate import KINDS, Gate
from helpers.pipeline.parts import PartError
from helpers.pipeline.settings import ModelPart, Settings, SettingsError
from helpers.tasks.dictation.hearing.costs import Costs


@pytest.fixture
def kept(tmp_path):
    """Settings with a part, and the file that they are written to."""
    (tmp_path / "rows").mkdir()
    part = tmp_path / "rows" / "train.jsonl"
    part.write_text('{"instruction": "ls", "response": "ls"}\n')
    gate = Gate({kind: {"glue": 1.5} for kind in KINDS}, dict.fromkeys(KINDS, 0.25), 0.6)
    known = Settings(
        "dictated_bash", ("rows/train.jsonl",), parts.digests([part], tmp_path),
        Confidence({"margin": 0.5}, -1.0, 0.7), gate, Costs(filler=0.5), "", {"jay": "j"},
        "base.en",
        ModelPart("rows", "torch", {"talk": "copy"}, {"talk": 0.5}), {"rows": 7},
    )  # fmt: skip
    settings.write(known, tmp_path / "a.json")
    return known, tmp_path / "a.json"


def test_settings_come_back_as_they_were_written(kept):
    known, path = kept
    assert settings.read(path) == known


def test_words_and_rows_of_ones_own_stay_as_private_as_they_were(kept, tmp_path):
    known, path = kept
    assert path.stat().st_mode & 0o077 == 0  # it has words in it
    rows = path.parent / "rows" / "train.jsonl"
    for mode in (0o600, 0o440, 0o644):
        rows.chmod(mode)
        copy = parts.copy(rows, tmp_path / "copy" / "train.jsonl")
        assert copy.stat().st_mode & 0o777 == mode | 0o200


def test_a_part_that_is_changed_or_missing_is_named_with_the_fix(kept):
    _, path = kept
    part = path.parent / "rows" / "train.jsonl"
    part.write_text(part.read_text() + " ")
    with pytest.raises(PartError, match=r"a\.json: its part rows/train\.jsonl has changed; .*make"):
        settings.read(path)
    part.unlink()
    with pytest.raises(PartError, match=r"its part rows/train\.jsonl is missing; .*dictated_bash"):
        settings.read(path)


@pytest.mark.parametrize(
    "change",
    [lambda t: "", lambda t: "{", lambda t: "[]", lambda t: {**t, "gate": {}, "more": 1},
     lambda t: {**t, "gate": {"weights": {}, "biases": {}}}, lambda t: {**t, "sha256": {}},
     lambda t: {**t, "rows": []},
     lambda t: {**t, "gate": {"weights": {"none": {"glue": 1}}, "biases": {}}},
     lambda t: {**t, "costs": {"hope": 1}}, lambda t: {k: v for k, v in t.items() if k != "rows"}],
)  # fmt: skip
def test_a_damaged_file_is_named_with_the_fix(kept, change):
    _, path = kept
    changed = change(json.loads(path.read_text()))
    path.write_text(changed if isinstance(changed, str) else json.dumps(changed))
    with pytest.raises(SettingsError, match=r"a\.json: is no pipeline's file; make it again with"):
        settings.read(path)


def test_a_missing_file_is_named_and_a_committed_one_is_fitted_again(tmp_path):
    with pytest.raises(SettingsError, match=r"b\.json: there is no such file; make it"):
        settings.read(tmp_path / "b.json")
    with pytest.raises(SettingsError, match="helpers gate dictated_recipes"):
        settings.read(settings.path_of("dictated_recipes"))


@pytest.mark.parametrize("task", ["dictated_bash", "support_label", "voice_command"])
def test_the_committed_pipelines_rest_on_the_bundled_rows(task):
    """Whoever changes rows fits the pipeline again: it says which rows it was fitted on."""
    known = settings.read(paths.data("pipeline") / f"{task}.json")
    assert known.rows[0] == f"../{task}/train.jsonl"
    assert 0 < known.confidence.ask_below < 1 and known.model is None


def test_confidence_tells_what_is_right_from_what_is_wrong_and_asks_in_between():
    rows = [{"margin": float(n % 10), "same": 1.0} for n in range(200)]
    right = [n % 10 > 4 for n in range(200)]
    sure = confidence.fit(rows, right, [True] * 200, [str(n % 20) for n in range(200)])
    assert list(sure.weights) == ["margin"]  # what is the same everywhere tells nothing
    assert sure.of({"margin": 9.0}) > 0.9 > 0.1 > sure.of({"margin": 0.0})
    assert sure.of({"margin": 3.0}) < sure.ask_below < sure.of({"margin": 7.0})


@pytest.mark.parametrize("margins", [(5.0, 0.1), (1.0, 1.0)])
def test_nothing_is_fitted_where_one_group_has_all_errors_or_all_numbers_are_alike(margins):
    right = [True] * 14 + [False] * 6
    rows = [{"margin": margins[0] if one else margins[1]} for one in right]
    groups = [str(number) for number in range(14)] + ["odd"] * 6
    assert confidence.fit(rows, right, right, groups) == Confidence()


def test_nothing_is_fitted_where_all_answers_are_right():
    yes = [True] * 9
    assert confidence.fit([{"margin": 1.0}] * 9, yes, yes, list("abcabcabc")).of({}) == 1


def test_asking_in_vain_costs_more_than_asking():
    shares, right = [0.8, 0.6, 0.6, 0.6], [True, True, False, False]
    helps = confidence.best_threshold(shares, right, [True] * 4)
    vain = confidence.best_threshold([0.8, 0.6, 0.6], [True, True, False], [False] * 3)
    assert helps > 0.6 > vain
