"""The gate: a few readable numbers decide where a dictation goes."""

import pytest

from helpers.core.examples import Example
from helpers.pipeline import features, fit
from helpers.pipeline.gate import DICTATED, NONE, Gate
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.hearing import writer
from helpers.tasks.dictation.hearing.costs import Costs

TEXTS = ["ls -la", "ls src", "git push", "git status", "git pull", "cat notes.txt", "cat a.md"]


@pytest.fixture(scope="module")
def listener():
    return writer.fit(TEXTS * 3, BASH)


def test_commands_and_talk_differ_in_the_numbers(listener):
    command = features.features("LS dash LA", listener)
    talk = features.features("We should really talk about the dash board with them.", listener)
    assert command["glue"] == 0 < talk["glue"]
    assert command["likely text"] > talk["likely text"]
    assert command["begins with a program"] > talk["begins with a program"]
    assert talk["sentence"] == 1 and command["sentence"] == 0


@pytest.mark.parametrize("text", ["", " ", "?", "🙂", "um", "a" * 3000, "dash " * 300])
def test_every_text_has_all_numbers_and_they_stay_in_bounds(listener, text):
    numbers = features.features(text, listener)
    assert list(numbers) == list(features.features("ls", listener))
    assert all(-1 <= value <= 10 for value in numbers.values())


def test_a_fitted_gate_tells_what_it_was_shown_apart(listener):
    said = {
        DICTATED: ["LS dash LA", "git push", "cat notes dot txt", "CD src", "git pull"],
        NONE: ["We should talk about that.", "What do you think?", "Thank you for that.",
               "I like the idea.", "They went home."],
    }  # fmt: skip
    rows = [(text, kind) for kind, texts in said.items() for text in texts]
    numbers = [features.features(text, listener) for text, _ in rows]
    gate = fit.fit_gate(numbers, [kind for _, kind in rows])
    kinds = [gate.kind(gate.probabilities(one)) for one in numbers]
    assert kinds == [kind for _, kind in rows]


def test_nothing_is_held_back_below_the_threshold():
    gate = Gate({}, {}, hold_back=0.8)
    assert gate.kind({DICTATED: 0.25, NONE: 0.75}) == DICTATED
    assert gate.kind({DICTATED: 0.15, NONE: 0.85}) == NONE


def test_reasons_name_the_number_that_decided():
    gate = Gate({NONE: {"glue": 4.0, "long": 0.1}, DICTATED: {"glue": -4.0, "long": 0.1}}, {})
    assert list(gate.reasons({"glue": 0.5, "long": 1.0}, NONE))[0] == "glue"


def test_rows_are_seen_by_a_listener_that_has_not_read_their_group(monkeypatch):
    """Else the gate would learn that commands are likely because they were read."""
    read, fitted = [], writer.fit

    def spy(texts, *arguments, **options):
        read.append(set(texts))
        return fitted(texts, *arguments, **options)

    monkeypatch.setattr(fit.writer, "fit", spy)
    rows = [Example(str(n), text, text, group=text) for n, text in enumerate(TEXTS)]
    numbers = fit.unseen_features(rows, ["pwd"], BASH, Costs(), {})
    assert len(numbers) == len(rows) and len(read) == fit.FOLDS
    assert all("pwd" in texts and len(texts) < len(TEXTS) for texts in read)


def test_costs_are_changed_only_where_more_rows_come_out_right(listener):
    rows = [
        Example("1", "LS dash LA", "ls -la", extra={"tier": "heard"}),
        Example("2", "what he meant was git pull", "git pull", extra={"tier": "chaotic"}),
    ]
    costs, exact = fit.choose_costs(listener, rows)
    assert exact == 1.0 and costs == Costs()
