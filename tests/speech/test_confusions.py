"""What was written for what was said: aligned without loss, counted from train alone."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import tasks
from helpers.core.examples import Example
from helpers.course import sound
from helpers.speech import alignment, confusions, heard_pairs
from helpers.speech.alignment import align
from helpers.speech.heard_pairs import Pair
from helpers.tasks.dictation.bash import BASH

WRITTEN = alignment.symbols(BASH)
SAID = ["ls", "git", "dash", "dot", "L", "A", "max", "depth", "80", "-", ".", "LS-LA,", "it's"]
WORDS = st.lists(st.sampled_from(SAID))


def pair(said: str, heard: str, id_: str = "train-1", prompt: bool = True) -> Pair:
    """A pair that a voice might have made."""
    return Pair(id_, "", said, "flite slt", 1.0, None, prompt, heard)


@given(WORDS.map(" ".join), WORDS.map(" ".join))
def test_stretches_hold_both_texts_whole_and_in_order(said, heard):
    stretches = align(said, heard, WRITTEN)
    assert " ".join(s.said for s in stretches if s.said) == said
    told = [token for s in stretches for token in s.heard.split()]
    assert told == alignment.tokens(heard)
    assert all(s.said or s.heard for s in stretches)


@pytest.mark.parametrize(
    ("said", "heard", "changed"),
    [
        ("ls dash L A", "LS-LA", [("ls", "LS"), ("dash", "-"), ("L A", "LA")]),
        ("cat package dot json", "Cat package.json.",
         [("cat", "Cat"), ("dot", "."), ("", ".")]),
        ("find dash maxdepth two", "find dash max depth 2",
         [("maxdepth", "max depth"), ("two", "2")]),
        ("kill one six nine zero", "kill 1690", [("one six nine zero", "1690")]),
        ("git push", "get push", [("git", "get")]),
        ("tilde slash dot bashrc", "till the slash dot b a s h r c",
         [("tilde", "till"), ("", "the"), ("bashrc", "b a s h r c")]),
        ("ls slash tmp", "", [("ls", ""), ("slash", ""), ("tmp", "")]),
    ],
)  # fmt: skip
def test_what_was_changed_is_found(said, heard, changed):
    assert [tuple(s) for s in align(said, heard, WRITTEN) if s.said != s.heard] == changed


def test_pairs_are_counted_by_condition_and_only_of_train():
    pairs = [
        pair("git push", "get push"), pair("git pull", "get pull"), pair("git log", "git log"),
        pair("git push", "JIT push", prompt=False), pair("git push", "other words", "test-1"),
    ]  # fmt: skip
    table = confusions.counted(pairs)
    assert table["prompt"] == {
        "utterances": 3,
        "words": 6,
        "word_error_rate": round(2 / 6, 4),
        "kinds": dict.fromkeys(confusions.KINDS, 0) | {"same": 4, "misheard": 2},
        "heard": {"git": {"get": 2, confusions.OTHERS: 1}},
    }
    assert table["bare"]["utterances"] == 1 and table["voices"] == {"flite slt": 4}


def test_without_rows_of_train_there_is_nothing_to_count():
    with pytest.raises(ValueError, match="nothing to count; speak and hear some rows of train"):
        confusions.counted([pair("ls", "ls", "valid-1")])


def test_the_committed_table_was_counted_from_enough_and_agrees_with_itself():
    table = json.loads(confusions.file().read_text("utf-8"))
    rows = {row.id for row in tasks.get("dictated_bash").load("train")}
    assert set(table["voices"]) == {str(voice) for voice in heard_pairs.VOICES}
    assert sum(table["voices"].values()) == sum(table[c]["utterances"] for c in ("bare", "prompt"))
    for name in confusions.CONDITIONS:
        condition = table[name]
        assert 300 < condition["utterances"] <= len(rows)
        assert sum(condition["kinds"].values()) > condition["words"] / 2
        for heard in condition["heard"].values():
            listed = [n for spelling, n in heard.items() if spelling != confusions.OTHERS]
            assert listed and min(listed) >= confusions.SEEN
    assert table["prompt"]["word_error_rate"] < table["bare"]["word_error_rate"]
    assert table["prompt"]["kinds"]["symbol"] < table["bare"]["kinds"]["symbol"] / 10


def test_half_a_line_left_by_a_kill_is_no_pair_and_blank_lines_are_none(tmp_path):
    path = tmp_path / "pairs.jsonl"
    whole = json.dumps(vars(pair("ls", "LS"))) + "\n"
    for half in ("", whole[:3], whole[:20], whole[:-2]):
        path.write_text(f"{whole}\n{whole}{half}")
        assert heard_pairs.read(path) == [pair("ls", "LS")] * 2


def test_pairs_of_before_are_read_but_count_only_by_themselves(tmp_path):
    path = tmp_path / "pairs.jsonl"
    row = vars(pair("ls", "LS"))
    path.write_text(json.dumps({key: row[key] for key in row if key != "heard_with"}))
    before = heard_pairs.read(path)
    assert before == [pair("ls", "LS")] == heard_pairs.newest(before)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('{"my": "notes, in one line without an end"}', 1),
        ("my notes", 1),
        ("one line\nand another without an end", 1),
        ("\nnull\n", 2),
        ("[]\n", 1),
        ('{"id": "train-1"}\n', 1),
        (json.dumps(vars(pair("ls", "LS")) | {"heard": None}), 1),
        (json.dumps(vars(pair("ls", "LS")) | {"more": 1}), 1),
    ],
)
def test_a_file_of_something_else_is_named_and_stays_as_it_is(content, line, tmp_path, listener):
    """Counting took the last line of any file that ended without a line break, and wrote it so."""
    path = tmp_path / "notes.txt"
    path.write_text(content)
    problem = f"notes.txt, line {line}: is no pair that confusions wrote; name another --out"
    for command in (
        lambda: heard_pairs.read(path),
        lambda: heard_pairs.gather(tasks.get("dictated_bash"), listener, path, 1),
    ):
        with pytest.raises(ValueError, match=problem):
            command()
        assert path.read_text() == content


def test_the_benchmark_speaks_whole_commands_of_test_rows_alone():
    task = tasks.get("dictated_bash")
    known = {row.id: row for row in task.load("test", sound.paths.data(sound.SPOKEN))}
    rows = sound.held_out(task, 120)
    assert len(rows) == 120 == len({row.target for row in rows})
    assert {row.id for row in rows} <= set(known)
    assert all(known[row.id].target == row.target for row in rows)
    assert all(0 < len(row.prompt.split()) <= heard_pairs.LONGEST for row in rows)
    assert rows[:10] == sound.held_out(task, 10)


@pytest.mark.parametrize(
    ("target", "program", "whole"),
    [
        ("git push", "git", True),
        ("cd ..", "cd", True),
        ("pg_dump -F c shop", "pg_dump", True),
        ("sudo ls /root", "ls", True),
        ("src/main.py", "path", False),
        ("userName", "identifier", False),
        ("https://example.com", "url", False),
        ("PORT=80", "setting", False),
        ("./run.sh now", "script", False),
        ("", "", False),
    ],
)
def test_a_command_begins_with_a_program(target, program, whole):
    row = Example("1", "said", target, extra={"program": program})
    assert sound.is_command(row) is whole
