"""Plans: what would happen, said in words; names that are not there; and nothing ever runs."""

import ast
from pathlib import Path

import pytest

import helpers.tasks.desktop
from helpers import tasks
from helpers.core.examples import Example
from helpers.tasks.desktop.context import (
    App,
    Desktop,
    Display,
    Workspace,
    to_json,
    told_apart,
)
from helpers.tasks.desktop.names import literal, resolve
from helpers.tasks.desktop.plan import plan
from helpers.tasks.desktop.rules import answer
from helpers.tasks.desktop.surface import ACTIONS, NOTE, Answer, answer_json, parse_answer

ROOM = Path(helpers.tasks.desktop.__file__).parent
DESKTOP = Desktop(
    (Workspace("Nexus", "~/code/nexus-api"), Workspace("Deep Work"), Workspace("Notes")),
    (App("Slack"), App("Google Chrome", ("web",)), App("iTerm2"), App("Notes")),
    (Display(1, "Built-in Display", 1728, 1117, True), Display(2, "LG UltraFine", 2560, 1440)),
    1,
)


def command(action, **arguments):
    return Answer("command", action, arguments)


def test_nothing_in_the_room_can_run_anything():
    """A dictated sentence must never become a process, a file or a request."""
    allowed = {"__future__", "collections", "dataclasses", "helpers", "itertools", "json",
               "rapidfuzz", "re", "shlex", "typing", "functools", "math"}  # fmt: skip
    for path in ROOM.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert {alias.name.split(".")[0] for alias in node.names} <= allowed, path
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] in allowed, path
            if isinstance(node, ast.Name):
                assert node.id not in {"eval", "exec", "open", "__import__", "compile"}, path


def test_every_action_has_a_plan_in_words():
    values = {"app": "Slack", "workspace": "Nexus", "display": "LG UltraFine", "new": "alpha",
              "position": "left", "layout": "grid"}  # fmt: skip
    for action in ACTIONS.values():
        made = plan(
            command(action.name, **{a.name: values[a.kind] for a in action.arguments}), DESKTOP
        )
        assert made.ok and made.command.startswith("bentoctl ")
        assert all(step and "{" not in step for step in made.steps)


def test_a_position_is_told_in_pixels():
    made = plan(command("window.tile", position="bottom-right"), DESKTOP)
    assert made.steps == (
        "place the window in front at 864,558 with 864x558 pixels on Built-in Display "
        "(bottom-right)",
    )


@pytest.mark.parametrize(
    ("call", "refusal"),
    [
        (command("app.quit", app="slak"), "there is no running app 'slak'; the nearest is Slack"),
        (
            command("app.hide", app="Zebra"),
            "there is no running app 'Zebra'; there are Slack, Google Chrome, iTerm2, Notes",
        ),
        (
            command("workspace.load", workspace="deep walk"),
            "there is no saved workspace 'deep walk'; the nearest is Deep Work",
        ),
        (
            command("window.move", app="Slack", display="LG Ultra"),
            "there is no display 'LG Ultra'; the nearest is LG UltraFine",
        ),
        (
            command("workspace.rename", workspace="Nexus", name="Deep Work"),
            "there is a workspace 'Deep Work' already; choose another name",
        ),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(call, refusal):
    made = plan(call, DESKTOP)
    assert not made.ok and made.steps == () and made.refusal == refusal


def test_an_empty_desktop_says_so():
    bare = Desktop((), (), DESKTOP.displays, 1)
    assert plan(command("app.quit", app="Slack"), bare).refusal.endswith("there are none")


def test_remarks_and_missing_desktops():
    assert "running already" in plan(command("app.launch", app="Slack"), DESKTOP).steps[-1]
    assert "replaces" in plan(command("workspace.save", name="Nexus"), DESKTOP).steps[-1]
    assert plan(command("app.quit", app="slack"), None).steps[0].startswith("look the names up")
    assert plan(Answer("note"), DESKTOP).steps == ("keep the transcript as a note",)
    with pytest.raises(ValueError, match="there is no action"):
        plan(command("app.eat"), DESKTOP)


@pytest.mark.parametrize(
    ("spoken", "kind", "name"),
    [
        ("google chrome", "app", "Google Chrome"),
        ("the web", "app", "Google Chrome"),
        ("my browser", "app", "Google Chrome"),
        ("the terminal", "app", "iTerm2"),
        ("the music", "app", None),
        ("slak", "app", "Slack"),
        ("nexus api", "workspace", "Nexus"),
        ("deep walk", "workspace", "Deep Work"),
        ("groceries", "workspace", None),
        ("the second monitor", "display", "LG UltraFine"),
        ("display one", "display", "Built-in Display"),
        ("screen 3", "display", None),
        ("my laptop screen", "display", "Built-in Display"),
        ("the big screen", "display", "LG UltraFine"),
        ("the other monitor", "display", "LG UltraFine"),
        ("the main display", "display", "Built-in Display"),
        ("the lg", "display", "LG UltraFine"),
    ],
)
def test_spoken_names_are_found(spoken, kind, name):
    assert resolve(spoken, kind, DESKTOP) == name


def monitors(focused: int) -> Desktop:
    """Return a desk with a laptop and two monitors of one model, which are displays 2 and 3."""
    names = ("Built-in Display", "Studio Display", "Studio Display")
    sizes = ((1728, 1117), (2560, 1440), (2560, 1440))
    found = told_apart([Display(n, x, *s) for n, x, s in zip((1, 2, 3), names, sizes, strict=True)])
    return Desktop((), (App("Safari"),), found, focused)


@pytest.mark.parametrize(
    ("spoken", "numbers"),
    [
        ("the third monitor", (3, 3)),
        ("display 2", (2, 2)),
        ("3rd screen", (3, 3)),
        ("studio display two", (2, 2)),
        ("the Studio Display (3)", (3, 3)),
        ("studio display number three", (3, 3)),
        ("the first studio display", (2, 2)),
        ("the second studio display", (3, 3)),
        ("the third studio display", (3, 3)),  # its number, for there are two of them
        ("studio display four", (None, None)),
        ("the studio display", (None, 3)),  # from one of them the other is meant
        ("the other studio display", (None, 3)),
        ("studo display", (None, 3)),
        ("the big screen", (None, 3)),
        ("my laptop", (1, 1)),
        ("the small one", (1, 1)),
    ],
)
def test_monitors_of_one_name_are_told_apart_by_number_and_never_guessed(spoken, numbers):
    """A guess would send every second window to the wrong screen."""
    for focused, number in zip((1, 2), numbers, strict=True):
        desk = monitors(focused)
        by_number = {display.index: display.name for display in desk.displays}
        assert resolve(spoken, "display", desk) == by_number.get(number)


def test_a_call_names_one_of_two_alike_and_a_plan_carries_it_out():
    desk = monitors(1)
    made = plan(parse_answer(answer("move safari to the third monitor", desk)), desk)
    words = 'bentoctl window move --app Safari --display "Studio Display (3)"'
    assert made.ok and made.command == words
    assert plan(command("display.focus", display="Studio Display"), desk).refusal == (
        "there is no display 'Studio Display'; the nearest are Studio Display (2), "
        "Studio Display (3), Built-in Display"
    )


def test_a_target_must_say_which_of_two_displays_is_meant():
    task, desk = tasks.get("voice_command"), to_json(monitors(1))
    vague = answer_json("command", "display.focus", {"display": "Studio Display"})
    with pytest.raises(ValueError, match=r"is several; write Studio Display \(2\) or Studio Displ"):
        task.check(Example("1", "focus the monitor", vague, context=desk))
    task.check(Example("1", "focus it", vague.replace("Display\"", "Display (2)\""), context=desk))


@pytest.mark.parametrize(
    "words",
    ["move safari to", "please", "go to the", "bring up , . , ,", ",", "to the screen of",
     "um like", "no", "save it as", "close the window", "key pass", "monitor to", "bye.", "[music"],
)  # fmt: skip
def test_what_an_open_microphone_heard_is_a_note(words):
    """A microphone left open makes a transcript of an hour, and the rules must not hang on it."""
    desk, said = monitors(1), f"{words} " * 20_000
    for text in (said, said.replace(" ", "")):
        assert answer(text, desk) == answer("remind me to rest", desk)


def test_what_is_meant_literally_needs_no_likeness():
    assert literal("slak", "app", DESKTOP) is None
    assert literal("i term 2", "app", DESKTOP) == "iTerm2"


@pytest.mark.parametrize(
    ("transcript", "call"),
    [
        ("Uh, focus the browser, please.", ("app.activate", {"app": "Google Chrome"})),
        ("open slack", ("app.activate", {"app": "Slack"})),
        ("open figma", ("app.launch", {"app": "figma"})),
        ("switch to notes", ("workspace.load", {"workspace": "Notes"})),
        ("save this as Deep Focus.", ("workspace.save", {"name": "Deep Focus"})),
        ("close this window", ("window.close", {})),
        (
            "put slack in the top left corner",
            ("window.tile", {"app": "Slack", "position": "top-left"}),
        ),
        ("send it to the other screen", ("window.move", {"display": "LG UltraFine"})),
        ("quit slack no wait google chrome", ("app.quit", {"app": "Google Chrome"})),
    ],
)
def test_the_rules_know_the_plain_cases(transcript, call):
    assert answer(transcript, DESKTOP) == answer_json("command", *call)


@pytest.mark.parametrize(
    "transcript", ["", "remind me to open the safe tomorrow", "hide zoom", "open slack, never mind"]
)
def test_the_rules_leave_notes_alone(transcript):
    assert answer(transcript, DESKTOP) == NOTE
