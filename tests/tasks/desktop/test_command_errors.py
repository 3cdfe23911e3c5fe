"""Classes of wrong calls: form, kind, action, arguments and the names on the desktop."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.core.examples import Example
from helpers.evaluation.errors import Error, ErrorClass
from helpers.tasks.desktop import errors, surface

DESKTOP = {
    "workspaces": [{"name": "Taxes"}],
    "apps": [{"name": "Slack", "aliases": ["team chat"]}, {"name": "CLion"}],
    "displays": [{"index": 1, "name": "LG", "width": 1920, "height": 1080, "primary": True}],
    "focused_display": 1,
}
TILE = {"app": "Slack", "position": "left"}


def called(action: str, **arguments: str) -> str:
    return json.dumps({"kind": "command", "action": action, "arguments": arguments})


VOICE_CASES = [
    ("malformed", "tile Slack"),
    ("malformed", called("window.tile", app="Slack", position="leftish")),
    ("malformed", called("window.tile", app="Slack", place="left")),
    ("kind", '{"kind":"note"}'),
    ("action", called("app.quit", app="Slack")),
    ("argument_missing", called("window.tile", position="left")),  # the surface allows it
    ("argument_missing", called("window.tile", app="Slack")),  # the surface does not
    ("name_unresolved", called("window.tile", app="my chat", position="left")),
    ("name_unresolved", called("window.tile", app="team chat", position="left")),
    ("name_unresolved", called("window.tile", app="CLion", position="right")),
    ("name_not_on_desktop", called("window.tile", app="Slacker", position="left")),
    ("value", called("window.tile", app="Slack", position="right")),
]


@pytest.mark.parametrize(("name", "answer"), VOICE_CASES)
def test_calls_of_each_class(name: str, answer: str) -> None:
    row = Example("1", "put my chat left", called("window.tile", **TILE), context=DESKTOP)
    assert errors.classify(Error(row, answer, None, False), surface.parse_answer).name == name


def test_an_argument_too_many_is_other() -> None:
    row = Example("1", "put it left", called("window.tile", position="left"), context=DESKTOP)
    error = Error(row, called("window.tile", **TILE), None, False)
    assert errors.classify(error, surface.parse_answer) == ErrorClass("other", "added app: Slack")


def test_without_a_desktop_no_name_is_missing_from_it() -> None:
    row = Example("1", "quit slack", called("app.quit", app="slack"))
    error = Error(row, called("app.quit", app="Zoom"), None, False)
    assert errors.classify(error, surface.parse_answer).name == "name_unresolved"


def test_names_are_the_arguments_that_are_not_a_closed_list() -> None:
    arguments = [a for action in surface.ACTIONS.values() for a in action.arguments]
    assert set(errors.NAMES) == {a.name for a in arguments if a.kind not in surface.CLOSED}


CALLS = st.sampled_from([answer for _, answer in VOICE_CASES] + [called("window.tile", **TILE)])


@given(CALLS, CALLS, st.sampled_from([None, DESKTOP]))
def test_every_wrong_call_has_one_class_and_its_evidence(
    answer: str, target: str, desktop: dict | None
) -> None:
    try:
        wanted = surface.parse_answer(target)
    except ValueError:
        return
    error = Error(Example("1", "my chat", target, context=desktop), answer, None, False)
    try:
        found = errors.classify(error, surface.parse_answer)
    except ValueError as refusal:
        assert "the answer is right" in str(refusal)
        assert surface.parse_answer(answer) == wanted
    else:
        assert found.name in errors.CLASSES and found.evidence
