"""The surface: one text an answer, strict reading, a schema of exactly the allowed answers."""

import itertools
import json
import shlex

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.tasks.desktop.context import App, Desktop, Display, Workspace
from helpers.tasks.desktop.render import command_line, quote
from helpers.tasks.desktop.schema import (
    MAX_NAME_WORDS,
    MAX_STRETCHES,
    schema,
    stretches,
)
from helpers.tasks.desktop.surface import (
    ACTIONS,
    CLOSED,
    NOTE,
    Answer,
    answer_json,
    check,
    parse_answer,
)

DESKTOP = Desktop(
    (Workspace("Nexus", "~/code/nexus"), Workspace("Deep Work")),
    (App("Slack"), App("Google Chrome", ("web",))),
    (Display(1, "Built-in Display", 1728, 1117, True), Display(2, "LG UltraFine", 2560, 1440)),
    1,
)
NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=15).filter(
    str.strip
)


@st.composite
def answers(draw):
    action = draw(st.sampled_from([None, *ACTIONS.values()]))
    if action is None:
        return Answer("note")
    given_ = {
        a.name: draw(st.sampled_from(CLOSED[a.kind]) if a.kind in CLOSED else NAMES)
        for a in action.arguments
        if not a.optional or draw(st.booleans())
    }
    return Answer("command", action.name, given_)


@given(answers())
def test_an_answer_comes_back(answer):
    text = answer_json(answer.kind, answer.action, answer.arguments)
    assert parse_answer(text) == answer
    assert parse_answer(json.dumps(json.loads(text), indent=1)) == answer


@given(answers())
def test_the_command_line_keeps_every_name(answer):
    words = shlex.split(command_line(answer, "x"), comments=True)
    assert words[3:] == [
        word for name in order(answer) for word in (f"--{name}", answer.arguments[name])
    ]


def order(answer):
    if not answer.action:
        return []
    return [a.name for a in ACTIONS[answer.action].arguments if a.name in answer.arguments]


def test_the_order_of_the_arguments_is_fixed():
    given_ = {"position": "left", "app": "Slack"}
    assert answer_json("command", "window.tile", given_) == (
        '{"kind":"command","action":"window.tile","arguments":{"app":"Slack","position":"left"}}'
    )
    assert answer_json("note") == NOTE


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("note", "the answer is not JSON"),
        ("[]", "the answer is not a JSON object"),
        ('{"kind":"note"} and more', "the answer is not JSON"),
        ('{"kind":"note","kind":"note"}', "the answer has a key twice"),
        (
            '{"kind":"note","action":"app.list"}',
            "the answer has the key 'action'; its keys are kind",
        ),
        ('{"kind":"command"}', "the answer lacks the key 'action'"),
        ("{}", "the answer lacks the key 'kind'"),
        ('{"kind":"joke","action":"app.list","arguments":{}}', "the kind is 'joke'"),
        ('{"kind":"command","action":"app.eat","arguments":{}}', "there is no action 'app.eat'"),
        ('{"kind":"command","action":["app"],"arguments":{}}', "there is no action ['app']"),
        ('{"kind":"command","action":"app.list","arguments":[]}', "are not an object"),
        (
            '{"kind":"command","action":"app.hide","arguments":{"application":"x"}}',
            "app.hide has no argument 'application'; it takes app",
        ),
        (
            '{"kind":"command","action":"app.hide","arguments":{"app":7}}',
            "app.hide has the app 7; write a text",
        ),
        (
            '{"kind":"command","action":"layout.switch","arguments":{"layout":"heap"}}',
            "layout.switch has the layout 'heap'; choose one of columns, rows",
        ),
        (
            '{"kind":"command","action":"window.move","arguments":{"app":"Slack"}}',
            "window.move lacks the argument 'display'; it takes app, display",
        ),
    ],
)
def test_a_bad_answer_gets_one_clear_sentence(text, message):
    with pytest.raises(ValueError) as error:
        parse_answer(text)
    assert message in str(error.value) and "\n" not in str(error.value)


def test_a_note_takes_nothing():
    with pytest.raises(ValueError, match="a note has no action"):
        check(Answer("note", "app.list"))


def every_answer(desktop, transcript):
    """Spell out the language of a schema, independently of how the schema is written."""
    names = {
        "app": [a.name for a in desktop.apps],
        "workspace": [w.name for w in desktop.workspaces],
        "display": [d.name for d in desktop.displays],
        "new": stretches(transcript),
        **CLOSED,
    }
    yield NOTE
    for action in ACTIONS.values():
        values = [names[a.kind] + [None] * a.optional if isinstance(names[a.kind], list)
                  else [*names[a.kind]] for a in action.arguments]  # fmt: skip
        for chosen in itertools.product(*values):
            pairs = zip(action.arguments, chosen, strict=True)
            yield answer_json("command", action.name, {a.name: v for a, v in pairs if v})


def test_the_schema_allows_every_answer_of_the_desktop():
    allowed = jsonschema.Draft202012Validator(schema(DESKTOP, "call it alpha"))
    texts = list(every_answer(DESKTOP, "call it alpha"))
    assert len(set(texts)) == len(texts) > 80
    assert all(allowed.is_valid(json.loads(text)) for text in texts)


@pytest.mark.parametrize(
    "value",
    [
        {"kind": "command", "action": "app.quit", "arguments": {"app": "Discord"}},
        {"kind": "command", "action": "app.quit", "arguments": {"app": "web"}},
        {"kind": "command", "action": "app.quit", "arguments": {}},
        {"kind": "command", "action": "app.launch", "arguments": {"app": "Word"}},
        {"kind": "command", "action": "workspace.save", "arguments": {"name": "beta"}},
        {"kind": "command", "action": "window.tile", "arguments": {"position": "west"}},
        {"kind": "note", "action": "app.list", "arguments": {}},
        {"kind": "command"},
        [],
    ],
)
def test_the_schema_allows_nothing_else(value):
    allowed = jsonschema.Draft202012Validator(schema(DESKTOP, "call it alpha"))
    assert not allowed.is_valid(value)


def test_a_schema_leaves_out_what_nothing_could_fill():
    bare = Desktop((), (), DESKTOP.displays, 1)
    actions = {branch["properties"]["action"]["const"] for branch in schema(bare, "")["anyOf"][1:]}
    assert actions == {"app.list", "workspace.list", "layout.switch", "window.tile", "window.move",
                       "window.minimize", "window.close", "display.focus"}  # fmt: skip


def test_stretches_do_not_cross_punctuation_and_are_bounded():
    found = stretches("Save this, uh, as Node.js notes, please.")
    assert "Node.js notes" in found and "this uh" not in found and "notes please" not in found
    assert "please" in found and "please." not in found
    assert max(len(name.split()) for name in stretches("a b c d e f g h")) == MAX_NAME_WORDS
    assert len(stretches(" ".join(map(str, range(500))))) == MAX_STRETCHES
    assert stretches("") == stretches(" ... ") == []


def test_a_shell_reads_a_quoted_word_as_one():
    for word in ("a b", 'say "hi"', "$HOME", "`id`", "a\\b", "wow!", "it's", "", "é", "a;b"):
        assert shlex.split(quote(word)) == [word]


def test_a_note_cannot_smuggle_a_command():
    assert command_line(Answer("note"), "milk\nrm -rf /") == "# note: milk rm -rf /"
    assert command_line(Answer("note")) == "# note"
