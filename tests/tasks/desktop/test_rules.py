"""What the rules make of requests that name several things, none, or a name full of keywords."""

import pytest

from helpers.tasks.desktop.context import App, Desktop, Display, Workspace
from helpers.tasks.desktop.rules import answer
from helpers.tasks.desktop.surface import NOTE, answer_json

APPS = ("Slack", "Google Chrome", "IntelliJ IDEA", "Adobe After Effects", "Ask AI", "Zoom", "Mail",
        "Things", "Stack Overflow")  # fmt: skip
DESK = Desktop(
    (Workspace("Nexus"), Workspace("Deep Work"), Workspace("Rock and Roll")),
    (*map(App, APPS), App("Notes", ("floating notes",))),
    (Display(1, "Built-in Display", 1728, 1117),),
    1,
)


@pytest.mark.parametrize(
    "said",
    [
        "quit everything except Slack",
        "close all apps except Zoom",
        "hide everything but Slack",
        "quit Zoom not Slack",
        "quit not Slack but Zoom",
        "quit Slack instead of Zoom",
        "hide all windows other than Mail",
        "quit this",
        "quit this app",
        "close everything",
        "minimize everything",
        "move everything to the left",
        "quit that thing",
        "hide all of them",
    ],
)
def test_no_app_stands_for_all_of_them_or_for_the_one_left_out(said):
    assert answer(said, DESK) == answer(said, None) == NOTE


@pytest.mark.parametrize(
    "said",
    [
        "quit Slack and Zoom",
        "open Slack and quit Zoom",
        "move Slack and Mail to the left",
        "delete Nexus and Deep Work",
        "delete nexis and deep work",
        "switch to Slack and Zoom",
    ],
)
def test_of_two_names_none_is_dropped(said):
    assert answer(said, DESK) == NOTE


def test_one_name_may_hold_and():
    for said in ("Rock and Roll", "rok and roll", "the rock and roll workspace"):
        assert answer(f"delete {said}", DESK) == answer_json(
            "command", "workspace.delete", {"workspace": "Rock and Roll"}
        )


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("get rid of Slack", "app.quit"),
        ("get rid of Slack please", "app.quit"),
        ("put Slack in the background", "app.hide"),
        ("send Slack to the background", "app.hide"),
        ("pull Slack down", "app.hide"),
        ("get Slack out", "app.hide"),
        ("pull Slack up", "app.activate"),
        ("get Slack", "app.activate"),
        ("close this", "window.close"),
    ],
)
def test_what_puts_an_app_away_does_not_bring_it_forward(said, action):
    named = {} if said == "close this" else {"app": "Slack"}
    assert answer(said, DESK) == answer_json("command", action, named)


def test_a_short_name_is_not_taken_for_a_word_that_shares_most_of_its_letters():
    assert answer("get milk", DESK) == answer("show milk", DESK) == NOTE
    for said in ("mail", "the mail", "mal", "maul"):
        assert answer(f"get {said}", DESK) == answer_json("command", "app.activate",
                                                          {"app": "Mail"})  # fmt: skip


@pytest.mark.parametrize(
    ("said", "app"),
    [
        ("IntelliJ IDEA", "IntelliJ IDEA"),
        ("Adobe After Effects", "Adobe After Effects"),
        ("Ask AI", "Ask AI"),
        ("Stack Overflow", "Stack Overflow"),
        ("floating notes", "Notes"),
    ],
)
def test_a_name_may_hold_a_word_that_elsewhere_decides(said, app):
    assert answer(f"quit {said}", DESK) == answer_json("command", "app.quit", {"app": app})


def test_whoever_quits_what_is_not_there_moves_no_windows():
    desk = Desktop((), (App("Slack"),), DESK.displays, 1)
    assert answer("quit floating notes", desk) == answer("exit the grid", desk) == NOTE


def test_a_word_that_begins_a_request_is_no_name():
    desk = Desktop((), (App("Stack"), App("Tell"), App("Slack")), DESK.displays, 1)
    layout = answer_json("command", "layout.switch", {"layout": "stack"})
    assert answer("stack the windows", desk) == layout
    assert answer("tell Anna I quit Slack", desk) == NOTE
