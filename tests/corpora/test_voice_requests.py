"""The voice requests: what is committed is what the seed makes, and every label follows."""

import itertools
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import jsonschema
import pytest

from helpers.core.examples import read_split
from helpers.corpora.voice_requests import SEED, SIZES, generate, held_out, stream
from helpers.corpora.voice_requests.apps import apps
from helpers.corpora.voice_requests.card import card
from helpers.corpora.voice_requests.desktops import kind_of
from helpers.corpora.voice_requests.misheard import HEARD
from helpers.corpora.voice_requests.phrases import WEIGHTS, phrases, split_groups
from helpers.tasks.desktop.context import from_json, render, to_json
from helpers.tasks.desktop.names import literal
from helpers.tasks.desktop.plan import plan
from helpers.tasks.desktop.render import command_line
from helpers.tasks.desktop.rules import answer
from helpers.tasks.desktop.schema import schema
from helpers.tasks.desktop.surface import (
    ACTIONS,
    CLOSED,
    NOTE,
    answer_json,
    parse_answer,
)

FOLDER = Path(__file__).parents[2] / "data" / "voice_command"


def desktop_of(row):
    return None if row.context is None else from_json(row.context)


@pytest.fixture(scope="module")
def splits():
    return {split: read_split(FOLDER, split) for split in SIZES}


@pytest.fixture(scope="module")
def made():
    return generate(SEED)


@pytest.fixture(scope="module")
def rows(splits):
    return [row for part in splits.values() for row in part]


def test_the_committed_files_are_what_the_seed_makes(made):
    """A hand-mended row would be lost the next time somebody runs the command on the card."""
    for split, part in made.items():
        lines = [json.dumps(row.row(), ensure_ascii=False) + "\n" for row in part]
        assert (FOLDER / f"{split}.jsonl").read_text(encoding="utf-8") == "".join(lines)
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == card(made, SEED)


def test_the_command_writes_the_folder(tmp_path):
    command = [sys.executable, "-m", "helpers.corpora.voice_requests", str(tmp_path), "--seed", "4"]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=FOLDER.parents[1]
    )
    assert "2500 rows" in done.stdout
    assert len(read_split(tmp_path, "test")) == SIZES["test"]
    assert "--seed 4" in (tmp_path / "README.md").read_text(encoding="utf-8")


def test_sizes_and_shares(splits):
    for split, part in splits.items():
        assert len(part) == SIZES[split]
        notes = sum(row.target == NOTE for row in part) / len(part)
        known = sum(row.context is not None for row in part) / len(part)
        assert 0.28 <= notes <= 0.38 and 0.65 <= known <= 0.78
        assert {row.extra["action"] for row in part} == {"note", *ACTIONS}


def test_nothing_crosses_the_splits(splits):
    """A phrase or a transcript in two splits would let a model recite instead of reading."""
    for one, other in itertools.combinations(splits.values(), 2):
        assert not {row.group for row in one} & {row.group for row in other}
        assert not {row.prompt.lower() for row in one} & {row.prompt.lower() for row in other}
    for split in ("valid", "test"):
        assert len({row.group for row in splits[split]}) >= 100
    assert {row.group for split in ("valid", "test") for row in splits[split]} <= held_out()


def test_no_row_stands_twice(rows):
    pairs = Counter((row.prompt, json.dumps(row.context)) for row in rows)
    assert max(pairs.values()) == 1
    assert len({row.id for row in rows}) == len(rows)


def test_every_row_is_short_enough_for_a_tiny_model(rows):
    assert max(len(row.prompt.split()) for row in rows) <= 40
    rendered = sorted(len(render(from_json(row.context))) for row in rows if row.context)
    assert rendered[int(0.95 * len(rendered))] <= 450 and rendered[-1] <= 600


def test_every_target_is_canonical_and_allowed_by_its_schema(rows):
    for row in rows:
        wanted = parse_answer(row.target)
        assert answer_json(wanted.kind, wanted.action, wanted.arguments) == row.target, row.id
        allowed = schema(desktop_of(row), row.prompt)
        validator = jsonschema.Draft202012Validator(allowed)
        assert validator.is_valid(json.loads(row.target)), (row.id, row.prompt, row.target)


def test_every_command_can_be_planned_and_every_desktop_comes_back(rows):
    for row in rows:
        desktop = desktop_of(row)
        assert desktop is None or to_json(desktop) == row.context
        made = plan(parse_answer(row.target), desktop)
        assert made.ok and made.steps, (row.id, made.refusal)
        assert row.extra["action"] == (parse_answer(row.target).action or "note")


def test_what_cannot_be_done_is_a_note_and_really_cannot_be_done(rows):
    """The resolver is another reading of the names than the one that made the rows."""
    refused = [row for row in rows if "unsatisfiable" in row.extra["traits"]]
    assert len(refused) > 150
    for row in rows:
        assert ("wanted" in row.extra) == (row in refused)
    for row in refused:
        desktop, wanted = desktop_of(row), parse_answer(row.extra["wanted"])
        assert row.target == NOTE
        names = [(a.kind, wanted.arguments.get(a.name)) for a in ACTIONS[wanted.action].arguments]
        names = [("app", said) if wanted.action == "app.launch" else (k, said) for k, said in names]
        unknown = [
            said
            for kind, said in names
            if said and kind in ("app", "workspace", "display") and not literal(said, kind, desktop)
        ]
        assert len(unknown) == 1, (row.id, row.prompt, names)
        assert wanted.action == "app.launch" or not plan(wanted, desktop).ok


def test_a_name_without_a_desktop_stands_in_the_transcript(rows):
    for row in rows:
        given = parse_answer(row.target)
        for argument in ACTIONS[given.action].arguments if given.action else ():
            free = argument.kind == "new" or (row.context is None and argument.kind not in CLOSED)
            if free and argument.name in given.arguments:
                assert given.arguments[argument.name] in row.prompt, (row.id, row.prompt)


def test_a_misheard_name_is_never_the_answer(rows):
    """Without a desktop, or where it lacks the name, nothing says what was really meant."""
    for row in rows:
        if "mangled" in row.extra["traits"]:
            assert row.context is not None, row.prompt


def test_a_question_is_not_thanked_for(rows):
    for row in rows:
        if row.group.startswith(
            ("app.list: what", "workspace.list: what", "workspace.list: which")
        ):
            assert "thank" not in row.prompt.lower(), row.prompt


def test_what_is_misheard_is_another_word():
    for word, heard in HEARD.items():
        assert heard and word not in heard and len(set(heard)) == len(heard)
    for app in apps():
        assert app.name.lower() not in app.mangled


def test_the_card_names_the_wake_word():
    assert 'The wake word is "Bento"' in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_open_means_running_or_not(rows):
    for row in rows:
        if row.group.startswith("app.launch") and row.context and row.target != NOTE:
            given = parse_answer(row.target)
            running = [app["name"] for app in row.context["apps"]]
            known = given.arguments["app"] in running
            assert known == (given.action == "app.activate"), row.prompt


def test_a_nickname_means_one_running_app(rows):
    for row in rows:
        if "nickname" in row.extra["traits"] and row.context and row.target != NOTE:
            name = parse_answer(row.target).arguments.get("app")
            kinds = [kind_of(app["name"]) for app in row.context["apps"]]
            assert kinds.count(kind_of(name)) == 1, row.prompt


def test_a_bare_name_means_the_workspace_before_the_app(rows):
    for row in rows:
        if row.group.startswith("go:") and row.target != NOTE:
            given = parse_answer(row.target)
            app = given.arguments.get("app", "")
            if app.lower() in row.prompt.lower():  # an alias may still mean the app
                assert app not in [w["name"] for w in row.context["workspaces"]]


def test_every_trait_is_there_to_be_learned_and_measured(splits):
    named = {"filler", "polite", "wake_word", "nickname", "mangled", "half_sentence", "alias",
             "note_like_command", "ambiguous_name", "unsatisfiable", "no_desktop", "correction",
             "cancelled", "path_hint", "display_role"}  # fmt: skip
    for part in splits.values():
        assert named <= {trait for row in part for trait in row.extra["traits"]}


def test_the_rules_leave_room_for_a_model(splits):
    """A baseline near 0 or near 1 would make the comparison with a model worthless."""
    right = [answer(row.prompt, desktop_of(row)) == row.target for row in splits["test"]]
    assert 0.40 <= sum(right) / len(right) <= 0.80


def test_the_tables_hold_no_phrase_twice():
    groups = [p.group for p in phrases()]
    assert len(set(groups)) == len(groups)
    assert {p.intent for p in phrases()} == set(WEIGHTS)
    dealt = split_groups(SEED)
    assert (
        sum(len(part) for part in dealt.values())
        == len(groups)
        == len(set().union(*dealt.values()))
    )


def test_a_stream_goes_on_and_leaves_out_what_it_is_told():
    shut = held_out()
    drawn = list(itertools.islice(stream(9, shut), 1500))
    assert drawn == list(itertools.islice(stream(9, shut), 1500))
    assert not {row.group for row in drawn} & shut
    assert len({row.group for row in drawn}) > 500
    assert len({row.id for row in drawn}) == 1500
    with pytest.raises(ValueError, match="every group is excluded"):
        next(stream(1, {p.group for p in phrases()}))


def test_every_command_reads_as_a_command_line(rows):
    for row in rows:
        line = command_line(parse_answer(row.target), row.prompt)
        assert "\n" not in line and line.startswith(("bentoctl ", "# note: "))
