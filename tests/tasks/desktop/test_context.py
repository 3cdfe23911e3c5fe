"""A desktop as plain JSON: it comes back, and what is wrong with it is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.tasks.desktop.context import (
    App,
    Desktop,
    Display,
    Workspace,
    from_json,
    render,
    to_json,
    told_apart,
)

NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(
    str.strip
)
SIZES = st.integers(1, 9000)


@st.composite
def desktops(draw):
    def unique(most):
        return draw(st.lists(NAMES, max_size=most, unique=True))

    workspaces = tuple(Workspace(name, draw(st.sampled_from(["", "~/a b"]))) for name in unique(5))
    apps = tuple(App(name, tuple(draw(st.lists(NAMES, max_size=2)))) for name in unique(5))
    some = st.sampled_from(["A", "A (1)", "A (2)"]) | NAMES
    displays = told_apart(
        [
            Display(n, name, draw(SIZES), draw(SIZES), draw(st.booleans()))
            for n, name in enumerate(draw(st.lists(some, min_size=1, max_size=4)), start=1)
        ]
    )
    return Desktop(workspaces, apps, displays, draw(st.integers(1, len(displays))))


def plain():
    return {
        "workspaces": [{"name": "Nexus", "path": "~/code/nexus"}],
        "apps": [{"name": "Slack", "aliases": ["pings"]}, {"name": "Zed"}],
        "displays": [{"index": 1, "name": "Built-in Display", "width": 1728, "height": 1117}],
        "focused_display": 1,
    }


@given(desktops())
def test_a_desktop_comes_back(desktop):
    assert from_json(to_json(desktop)) == desktop
    assert len({display.name for display in desktop.displays}) == len(desktop.displays)
    assert len(render(desktop).split("\n")) == 3


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"apps": None}, "'apps' is not a list; write []"),
        ({"apps": [{"name": ""}]}, "apps 1 has the name ''"),
        ({"apps": [{"name": "a\nb"}]}, "apps 1 has the name"),
        ({"apps": ["Slack"]}, "apps 1 is not a JSON object; its keys are name, aliases"),
        ({"workspaces": [{"name": "Nexus"}] * 2}, "workspaces 2 repeats the name 'Nexus'; rename"),
        ({"apps": [{"name": "Zed", "aliases": "z"}]}, "apps 1 has 'aliases' that are not a list"),
        ({"workspaces": [{"title": "x"}]}, "workspaces 1 has the unknown key 'title'"),
        ({"displays": []}, "'focused_display' is 1, but the displays are numbered"),
        ({"focused_display": 3}, "'focused_display' is 3"),
        ({"focused_display": True}, "the desktop has the focused_display True"),
        ({"screen": 1}, "the desktop has the unknown key 'screen'"),
        (
            {"displays": [{"index": 1, "name": "A", "width": 0, "height": 9}]},
            "displays 1 has the width 0; write a whole number from 1",
        ),
        (
            {"displays": [{"index": 1, "name": n, "width": 9, "height": 9} for n in "AB"]},
            "two displays have one index",
        ),
        (
            {"displays": [{"index": 1, "name": "A", "width": 9, "height": 9, "primary": 1}]},
            "displays 1 has 'primary' 1; write true or false",
        ),
    ],
)
def test_what_is_wrong_is_named(change, message):
    with pytest.raises(ValueError) as error:
        from_json(plain() | change)
    assert message in str(error.value)


def test_two_windows_of_one_app_are_one_app_with_all_its_names():
    apps = [{"name": "Finder", "aliases": ["files"]}, {"name": "Zed"}, {"name": "Finder"},
            {"name": "Finder", "aliases": ["files", "folders"]}]  # fmt: skip
    assert from_json(plain() | {"apps": apps}).apps == (
        App("Finder", ("files", "folders")),
        App("Zed"),
    )


def test_displays_of_one_name_are_listed_by_their_number():
    """Nobody can rename the second of two monitors that are the same model."""
    names = ["Studio Display", "Built-in Display", "Studio Display"]
    displays = [{"index": n, "name": x, "width": 9, "height": 9} for n, x in enumerate(names, 1)]
    line = render(from_json(plain() | {"displays": displays})).splitlines()[2]
    assert line == (
        "displays: 1 Studio Display (1) 9x9 focused; 2 Built-in Display 9x9; "
        "3 Studio Display (3) 9x9"
    )


def test_only_an_object_is_a_desktop():
    with pytest.raises(ValueError, match="the desktop is not a JSON object"):
        from_json(["Slack"])


def test_the_rendering_is_short_and_in_a_fixed_order():
    assert render(from_json(plain())) == (
        "workspaces: Nexus (~/code/nexus)\n"
        "apps: Slack (pings); Zed\n"
        "displays: 1 Built-in Display 1728x1117 focused"
    )
