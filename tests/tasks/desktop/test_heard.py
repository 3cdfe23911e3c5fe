"""What a recogniser makes of names, numbers and silence, on one desk."""

import pytest

from helpers.tasks.desktop.context import App, Desktop, Display, Workspace
from helpers.tasks.desktop.rules import answer
from helpers.tasks.desktop.schema import stretches
from helpers.tasks.desktop.surface import NOTE, answer_json

NAMES = ("KeePassXC", "iTerm2", "QGroundControl", "1Password", "PyCharm", "Ghostty", "To Do",
         "Slack")  # fmt: skip
SCREENS = ("Built-in Display", "Dell U2720Q", "BenQ PD32", "LG UltraFine")
DESK = Desktop(
    (Workspace("Release 2"), Workspace("Deep Work")),
    (*map(App, NAMES), App("Thunderbird", ("Post, private",))),
    tuple(Display(n, name, 1920, 1080) for n, name in enumerate(SCREENS, start=1)),
    1,
)


@pytest.mark.parametrize(
    ("said", "app"),
    [
        ("key pass", "KeePassXC"),
        ("Keypass", "KeePassXC"),
        ("key pass ex see", "KeePassXC"),
        ("kee pass, x c", "KeePassXC"),
        ("i term", "iTerm2"),
        ("eye term", "iTerm2"),
        ("I-term to", "iTerm2"),
        ("ground control", "QGroundControl"),
        ("queue ground control", "QGroundControl"),
        ("one password", "1Password"),
        ("won password", "1Password"),
        ("pie charm", "PyCharm"),
        ("ghost tea", "Ghostty"),
        ("to do", "To Do"),
        ("to-do", "To Do"),
        ("Post, private", "Thunderbird"),
    ],
)
@pytest.mark.parametrize("form", ["Hide {}", "Hide, {}.", "hide: {}", "Hide… {}!", "Hide，{}。"])
def test_a_name_is_known_in_pieces_and_by_its_sound(form, said, app):
    assert answer(form.format(said), DESK) == answer_json("command", "app.hide", {"app": app})


@pytest.mark.parametrize("said", ["key", "past", "control tower", "terms", "zoom", "e", "my m"])
def test_what_only_resembles_a_name_is_none(said):
    assert answer(f"hide {said}", Desktop((), DESK.apps[:2], DESK.displays, 1)) == NOTE


def test_of_two_names_that_sound_alike_none_is_guessed():
    pair = Desktop((), (App("KeePassX"), App("KeePassXC")), DESK.displays, 1)
    assert answer("quit key pass", pair) == NOTE
    assert answer("quit key pass x", pair) == answer_json("command", "app.quit",
                                                          {"app": "KeePassX"})  # fmt: skip


@pytest.mark.parametrize(
    ("place", "number"),
    [
        ("to monitor to", 2),
        ("to monitor too.", 2),
        ("onto display for", 4),
        ("to screen number fore, please", 4),
        ("to monitor for me", 0),
        ("over to screen won", 1),
        ("to display free", 3),
        ("to monitor2", 2),
        ("two monitor two", 2),
        ("2 monitor 3", 3),
        ("to display #3 for now", 3),
        ("to the fourth screen", 4),
        ("to the monitor", 0),
        ("to the monitor too", 0),
        ("to a monitor for now", 0),
        ("to monitor ate", 0),  # there are four
    ],
)
@pytest.mark.parametrize("app", ["Slack", "To Do"])
def test_a_number_is_heard_where_one_has_to_stand_and_nowhere_else(app, place, number):
    display = {"app": app, "display": SCREENS[number - 1]}
    call = answer_json("command", "window.move", display) if number else NOTE
    assert answer(f"move {app.lower()} {place}", DESK) == call


@pytest.mark.parametrize(
    "closing",
    [" Thank you for watching!", " Bye.", " Thanks, bye-bye!", " You", " See you next time.",
     " Thank you very much. Have a nice day.", " ♪", " [BLANK_AUDIO]", " (music) Thanks."],
)  # fmt: skip
def test_what_nobody_said_at_the_end_changes_no_answer(closing):
    for said in ("Close this window.", "Save this as Bye for now.", "Load release to!"):
        assert answer(said + closing, DESK) == answer(said, DESK) != NOTE
    assert answer(closing, DESK) == NOTE


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ("save this as me and you", ("workspace.save", {"name": "me and you"})),
        ("save this as Q3 — plans", ("workspace.save", {"name": "Q3 — plans"})),
        ("save this as build:fast", ("workspace.save", {"name": "build:fast"})),
        ("quit slack, no wait, hide key pass", ("app.hide", {"app": "KeePassXC"})),
        ("quit slack scratch that key pass", ("app.quit", {"app": "KeePassXC"})),
    ],
)
def test_pauses_in_names_stay_and_the_last_command_counts(said, call):
    assert answer(said, DESK) == answer_json("command", *call)
    assert call[1].get("name", "") in ["", *stretches(said)]


@pytest.mark.parametrize("said", ["quit slack, scratch that", "hide it. No, wait.", "", "…", "?"])
def test_what_is_taken_back_and_silence_are_notes(said):
    assert answer(said, DESK) == NOTE
