"""A published sweep put together: what is one system, and what its curves are."""

import math

import pytest

from helpers.sweep import SweepError, published
from helpers.sweep.systems import by_decode, by_system, curves, put_together, varied, weights


def line(right: str, decode: str = "free", size: str = "2m", **values) -> dict:
    """A score after a training."""
    total = {"1m": 1_100, "2m": 2_100}[size]
    told = {"score.decode": decode, **{f"train.{name}": value for name, value in values.items()}}
    training = {"base": f"data/{size}", "total_weights": total, "trainable_weights": 100}
    found = {"label": f"{size} {decode} {values}", "engine": "torch", "values": told}
    return found | {"training": training, "right": right, "groups": [0, 1, 1, 2]}


def untuned(engine: str, model: str = "", decode: str = "free", **others) -> dict:
    """A score without a training."""
    told = {"score.engine": engine, "score.decode": decode} | others
    told |= {"score.model": model} if model else {}
    return {"label": f"{engine} {others}", "engine": engine, "values": told, "right": "1000"}


def test_seeds_are_put_together_and_nothing_else_is():
    lines = [line("1100", seed=n, rank=rank) for rank in (2, 8) for n in (0, 1)]
    lines += [line("1111", "grammar", seed=0, rank=2), line("0000", size="1m", seed=0, rank=2)]
    assert varied(lines) == ["train.rank"]
    assert {name: len(scores) for name, scores in by_system(lines).items()} == {
        "2m, rank 2, free": 2, "2m, rank 8, free": 2, "2m, rank 2, grammar": 1,
        "1m, rank 2, free": 1,
    }  # fmt: skip
    first, *others = put_together(lines)
    assert (first.name, first.weights, first.score) == ("1m, rank 2, free", 1_000, 0.0)
    assert all(system.weights == 2_000 for system in others)


def test_what_was_not_trained_has_no_weights_or_its_models():
    """An endpoint's model has no known size: it must not look like the smallest, or like none."""
    rules = untuned("rules")
    large, other = untuned("api", "a/large-one"), untuned("api", "another")
    files = [untuned("gguf", "m.gguf", decode) | {"weights": 7} for decode in ("free", "grammar")]
    lines = [rules, large, other, line("1111"), *files]
    names = ["rules", "large-one", "another", "2m, free", "m.gguf, free", "m.gguf, grammar"]
    assert list(by_system(lines)) == names
    assert [weights(one) for one in lines] == [0, math.inf, math.inf, 2_000, 7, 7]
    assert [system.name for system in put_together(lines)][:3] == [
        "rules", "m.gguf, free", "m.gguf, grammar",
    ]  # fmt: skip
    assert list(by_decode(lines)) == ["free"]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (
            [line("1100", seed=0), line("1100", seed=1), untuned("torch", "data/2m"),
             untuned("torch", "data/1m")],
            ["2m, free", "2m, untuned, free", "1m, free"],
        ),
        (
            [untuned("rules"), untuned("baseline"), untuned("baseline", **{"data.rows": 16}),
             untuned("baseline", **{"data.rows": None, "data.folder": "mine"})],
            ["rules", "baseline", "baseline, rows 16", "baseline, folder mine"],
        ),
        (
            [untuned("torch", "a/2m", variant=how) for how in ("raw", "expanded")],
            ["2m, variant raw, free", "2m, variant expanded, free"],
        ),
        (
            [untuned("torch", "a/2m", "rescore", **{"score.mix": mix}) for mix in (0, 1)],
            ["2m, mix 0, rescore", "2m, mix 1, rescore"],
        ),
        (
            [untuned("gguf", f"{folder}/model.gguf") for folder in "ab"],
            ["a/model.gguf, free", "b/model.gguf, free"],
        ),
        (
            [line("1100"), untuned("torch", "other/2m")],
            ["data/2m, free", "other/2m, free"],
        ),
        (
            [untuned("torch", "a/2m"), untuned("mlx", "a/2m"), untuned("mlx", "a/1m")],
            ["2m, engine torch, free", "2m, engine mlx, free", "1m, free"],
        ),
        (
            [untuned("rules"), untuned("rules", decode="grammar")],
            ["rules, decode free", "rules, decode grammar"],
        ),
    ],
)  # fmt: skip
def test_what_differs_in_anything_but_the_seed_is_another_system(lines, names):
    """Four scores of four things were once the four "seeds" of one."""
    assert list(by_system(lines)) == names
    assert sum(len(system.seeds) for system in put_together(lines)) == len(lines)


@pytest.mark.parametrize(
    "lines",
    [
        [line("1100", seed=0, rank=2), line("1111", rank=2)],  # a seed left open is 0
        [untuned("baseline", **{"data.rows": rows}) for rows in (None, None)],
    ],
)
def test_one_system_twice_with_one_seed_is_refused(lines):
    first, second = (one["label"] for one in lines)
    with pytest.raises(SweepError) as error:
        by_system(lines)
    assert f"{first!r} and {second!r} are both" in str(error.value)


@pytest.mark.parametrize("task", ["dictated_bash", "support_label", "voice_command"])
def test_the_systems_of_the_bundled_sweeps_have_plain_names(task):
    sizes, decodes = ("1m", "2m", "3m"), ("free", "grammar", "rescore")
    found = by_system(published.read(published.folder() / f"{task}.jsonl"))
    beside = ["rules"] * (task != "voice_command") + ["baseline"]
    assert list(found) == [f"{size}, {how}" for size in sizes for how in decodes] + beside


def test_validation_scores_count_where_they_are_of_the_same_rows():
    told = {"split": "valid", "exact": 0.5}
    lines = [line("1100", size=size) | {"validation": told | {"n": 9}} for size in ("1m", "2m")]
    assert [system.validation for system in put_together(lines)] == [0.5, 0.5]
    lines[0]["validation"] = told | {"n": 8}
    assert [system.validation for system in put_together(lines)] == [None, None]


def test_a_curve_has_a_point_a_system():
    lines = [line("1100", seed=n, rows=rows) for rows in (16, 64) for n in (0, 1)]
    told = curves(lines, lambda one: one["values"]["train.rows"])
    assert [(point["x"], point["score"]) for point in told["free"]] == [(16, 0.5), (64, 0.5)]
    assert [point["name"] for point in told["free"]] == ["2m, rows 16", "2m, rows 64"]
    assert all(low <= 0.5 <= high for low, high in (point["ci"] for point in told["free"]))
    nothing = put_together([line("0000", seed=0)])[0]
    low, high = nothing.interval([0, 1, 1, 2])
    assert low == pytest.approx(0) and high > 0.1
