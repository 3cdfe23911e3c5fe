"""A published sweep put together: what is one system, and what its curves are."""

import math

import pytest

from helpers.sweep.systems import by_decode, by_system, curves, put_together, varied, weights


def line(right: str, decode: str = "free", size: str = "2m", **values) -> dict:
    """A score after a training."""
    total = {"1m": 1_100, "2m": 2_100}[size]
    told = {"score.decode": decode, **{f"train.{name}": value for name, value in values.items()}}
    training = {"base": f"data/{size}", "total_weights": total, "trainable_weights": 100}
    return {"values": told, "training": training, "right": right, "groups": [0, 1, 1, 2]}


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


def test_what_was_not_trained_has_no_weights_or_unknown_ones():
    rules = {"engine": "rules", "values": {"score.engine": "rules"}, "right": "1000"}
    large = {"engine": "api", "values": {"score.model": "a/large-one"}, "right": "1100"}
    other = {"engine": "api", "values": {"score.model": "another"}, "right": "1110"}
    files = [
        {"engine": "gguf", "values": {"score.model": "m.gguf", "score.decode": decode}}
        | {"right": "1111"}
        for decode in ("free", "grammar")
    ]
    lines = [rules, large, other, line("1111"), *files]
    names = ["rules", "large-one", "another", "2m, free", "m.gguf, free", "m.gguf, grammar"]
    assert list(by_system(lines)) == names
    assert [weights(one) for one in lines] == [0, math.inf, math.inf, 2_000, math.inf, math.inf]
    assert [system.name for system in put_together(lines)][:2] == ["rules", "2m, free"]
    assert list(by_decode(lines)) == ["free"]


def test_a_curve_has_a_point_a_system():
    lines = [line("1100", seed=n, rows=rows) for rows in (16, 64) for n in (0, 1)]
    told = curves(lines, lambda one: one["values"]["train.rows"])
    assert [(point["x"], point["score"]) for point in told["free"]] == [(16, 0.5), (64, 0.5)]
    assert all(low <= 0.5 <= high for low, high in (point["ci"] for point in told["free"]))
    nothing = put_together([line("0000", seed=0)])[0]
    low, high = nothing.interval([0, 1, 1, 2])
    assert low == pytest.approx(0) and high > 0.1
