"""Reading and writing data folders: nothing is lost, and nothing bad passes in silence."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.core import examples, forms
from helpers.core.examples import (
    DataError,
    Example,
    read_rows,
    read_split,
    write_rows,
)
from helpers.core.labels import read_labels

PROJECT = Path(__file__).parents[2]
WHOLE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
FILLED = WHOLE.filter(str.strip)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | WHOLE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WHOLE, inner, max_size=3),
    max_leaves=8,
)
KNOWN = {
    examples.NO_ANSWER, *examples.OURS,
    *forms.SYSTEMS, *forms.PROMPTS, *forms.MORE_PROMPT, *forms.DECLARATIONS,
}  # fmt: skip
FREE = WHOLE.filter(lambda key: KNOWN.isdisjoint(forms.plain_keys({key: 0})))
EXAMPLES = st.lists(
    st.builds(
        Example,
        id=WHOLE,
        prompt=FILLED,
        target=FILLED,
        system=st.just("") | FILLED,
        group=st.just("") | WHOLE,
        context=st.none() | st.dictionaries(WHOLE, JSON, max_size=3),
        extra=st.dictionaries(FREE, JSON),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda example: example.id,
)
GOOD = {
    "id": "a",
    "messages": [{"role": "user", "content": "p"}, {"role": "assistant", "content": "t"}],
}
BAD = [
    (b"", "is empty; delete the line"),
    (b" \t ", "is empty; delete the line"),
    (b'{"id": ', r"is not JSON \(.* at column \d+\); mend it"),
    (b"\xff\xfe{}", "is not UTF-8 at byte 0; save the file as UTF-8"),
    (b'{"a":' * 100_000, "is nested too deeply to read; flatten it"),
    (b'{"n": ' + b"1" * 5_000 + b"}", r"holds a number too long to read \(.*\); quote it"),
    (b'{"a": "\\ud83d"}', r"holds half a character \('\\ud83d'\); write it whole"),
    (b"[1, 2]", "is not a JSON object; write one object"),
    (b"{}", "has no 'messages'; add them"),
    (b'{"messages": "hi"}', r"has the roles \[\]; write a system, a user and an assistant turn"),
    (b'{"messages": [{"role": "user", "content": "p"}]}', r"has the roles \['user'\]; write a"),
    (b'{"messages": [7, {"role": "assistant"}]}', r"has the roles \[None, 'assistant'\]; write"),
    (b'{"instruction": "p"}', "the assistant turn is not a text; write its content as a string"),
    (b'{"instruction": 3, "response": "t"}', "the user turn is not a text; write"),
    (b'{"instruction": " ", "response": "t"}', "the user turn is empty; remove the row or fill"),
    (b'{"instruction": "p", "response": ""}', "the assistant turn is empty; remove the row or"),
    (b'{"instruction": "p", "response": "t", "output": "u"}', "several answers, response and out"),
    (b'{"id": [1], "instruction": "p", "response": "t"}', "'id' is not a text; give the row an"),
    (b'{"id": true, "instruction": "p", "response": "t"}', "'id' is not a text; give the row an"),
    (b'{"id": "", "instruction": "p", "response": "t"}', "'id' is not a text; give the row an id"),
    (b'{"group": 4, "instruction": "p", "response": "t"}', "'group' is not a text; name the row"),
]


NO_ANSWERS = [
    (b'{"instruction": "p", "response": "", "no_answer": false}', "the assistant turn is empty"),
    (b'{"instruction": "p", "response": "t", "no_answer": true}', "has an answer; take one of"),
    (b'{"instruction": "p", "response": "", "no_answer": "yes"}', "is 'yes'; write true, or"),
    (b'{"instruction": "", "response": "", "no_answer": true}', "the user turn is empty"),
]


def chat(**changes) -> str:
    """One good row as a line, with changes."""
    return json.dumps(GOOD | changes, ensure_ascii=False)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "train.jsonl"


@given(examples=EXAMPLES)
def test_what_is_written_is_read_again(examples, tmp_path_factory):
    path = tmp_path_factory.mktemp("rows") / "train.jsonl"
    write_rows(path, examples)
    read = read_rows(path)
    assert [e.row() for e in read] == [e.row() for e in examples]
    assert [e.group for e in read] == [e.group or e.id for e in examples]


@pytest.mark.parametrize(("line", "message"), BAD + NO_ANSWERS, ids=lambda part: part[:30])
def test_a_bad_row_is_named_by_file_and_line_with_its_mending(file, line, message):
    file.write_bytes(chat().encode() + b"\n" + line + b"\n" + chat(id="b").encode() + b"\n")
    with pytest.raises(DataError, match=f"^{re.escape(str(file))} line 2: .*{message}") as error:
        read_rows(file)
    assert len(str(error.value).splitlines()) == 1


def test_a_repeated_id_names_both_lines(file):
    file.write_text("\n".join([chat(), chat(id="b"), chat()]))
    with pytest.raises(DataError, match="line 3: repeats id 'a' of line 1; rename one"):
        read_rows(file)


def test_an_id_that_is_left_out_may_not_be_taken_by_another_row(file):
    """Row 1 without an id is called 00001; a row that calls itself so would replace it."""
    unnamed = '{"instruction": "p", "response": "t"}'
    file.write_text("\n".join([chat(), unnamed, chat(id="00001")]))
    with pytest.raises(DataError, match="line 3: repeats id '00001' of line 2"):
        read_rows(file)


def test_all_bad_rows_are_listed(file):
    file.write_bytes(b"\n".join(line for line, _ in BAD))
    with pytest.raises(DataError) as error:
        read_rows(file)
    *lines, rest = str(error.value).splitlines()
    assert [f"{file} line {number}:" in line for number, line in enumerate(lines, 1)] == [True] * 20
    assert rest == f"… and {len(BAD) - 20} more bad rows"


def test_past_twenty_bad_rows_the_rest_is_counted(file):
    file.write_text("{}\n" * 20)
    with pytest.raises(DataError) as error:
        read_rows(file)
    assert len(str(error.value).splitlines()) == 20
    file.write_text("{}\n" * 33)
    with pytest.raises(DataError) as error:
        read_rows(file)
    *shown, count = str(error.value).splitlines()
    assert len(shown) == 20
    assert count == "… and 13 more bad rows"


def test_one_bad_row_among_many_good_ones_is_not_skipped(file):
    lines = [chat(id=str(number)) for number in range(500)]
    file.write_text("\n".join([*lines[:400], "{", *lines[400:]]))
    with pytest.raises(DataError, match="line 401"):
        read_rows(file)


def test_a_byte_order_mark_and_windows_line_ends_are_read(file):
    file.write_bytes(b"\xef\xbb\xbf" + f"{chat()}\r\n{chat(id='b')}\r\n".encode())
    assert [(e.id, e.target) for e in read_rows(file)] == [("a", "t"), ("b", "t")]


def test_a_missing_last_line_end_loses_no_row(file):
    file.write_text(f"{chat()}\n{chat(id='b')}")
    assert len(read_rows(file)) == 2


def test_only_line_feeds_end_rows(file):
    """Python's splitlines also cuts at U+2028, which JSON allows inside a text."""
    target = "a\u2028b\u2029c\x85d"
    write_rows(file, [Example("a", "p", target)])
    assert read_rows(file)[0].target == target


def test_a_row_of_five_megabytes_is_read_whole(file):
    write_rows(file, [Example("a", "p" * 5_000_000, "t"), Example("b", "p", "t")])
    assert [len(e.prompt) for e in read_rows(file)] == [5_000_000, 1]


def test_instruction_rows_are_read(file):
    file.write_text('{"instruction": "say hi", "response": "hi", "source": "us"}')
    (example,) = read_rows(file)
    assert (example.system, example.prompt, example.target) == ("", "say hi", "hi")
    assert example.extra == {"source": "us"}


def test_other_keys_and_the_context_are_kept(file):
    file.write_text(chat(context={"apps": ["a", None]}, written_by="a person", n=3))
    (example,) = read_rows(file)
    assert example.context == {"apps": ["a", None]}
    assert example.extra == {"written_by": "a person", "n": 3}
    assert example.row() == GOOD | {"context": {"apps": ["a", None]}} | example.extra


def test_the_group_defaults_to_the_id_and_an_id_may_be_a_number(file):
    file.write_text("\n".join([chat(id=7), chat(id="8", group="g")]))
    assert [(e.id, e.group) for e in read_rows(file)] == [("7", "7"), ("8", "g")]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n"])
def test_a_file_without_rows_is_an_error(file, content):
    file.write_bytes(content)
    with pytest.raises(DataError, match="holds no rows; write one|line 1: is empty; delete"):
        read_rows(file)


def test_a_missing_file_is_an_error(file):
    with pytest.raises(DataError, match=r"train\.jsonl: cannot be read \(.*\); check the path"):
        read_rows(file)


def test_a_missing_split_is_an_error_only_when_asked_for(tmp_path):
    for split in ("train", "test"):
        write_rows(tmp_path / f"{split}.jsonl", [Example(split, "p", "t")])
    assert read_split(tmp_path, "train")[0].id == "train"
    with pytest.raises(DataError, match=r"valid\.jsonl: is missing; add it, or use train or test$"):
        read_split(tmp_path, "valid")


def test_a_folder_without_any_split_says_so(tmp_path):
    with pytest.raises(DataError, match=r"test\.jsonl: is missing; .* another folder"):
        read_split(tmp_path, "test")


def test_an_unknown_split_and_a_missing_folder_are_told_apart(tmp_path):
    with pytest.raises(DataError, match="no split 'dev'; choose one of train, valid, test"):
        read_split(tmp_path, "dev")
    with pytest.raises(DataError, match="nowhere: there is no such data folder; check the path"):
        read_split(tmp_path / "nowhere", "test")


def test_a_row_that_cannot_be_written_leaves_the_old_file(file):
    write_rows(file, [Example("old", "p", "t")])
    before = file.read_bytes()
    with pytest.raises(TypeError):
        write_rows(file, [Example("a", "p", "t"), Example("b", "p", "t", extra={"x": object()})])
    with pytest.raises(UnicodeEncodeError):
        write_rows(file, [Example("a", "p", "half a character: \ud83d")])
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(file):
    """Half a file of rows is still valid JSON lines: a course trained on it would not notice."""
    write_rows(file, [Example("old", "p", "t")])
    before = file.read_bytes()
    code = (
        "import resource, sys\n"
        "from helpers.core.examples import Example, write_rows\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "write_rows(sys.argv[1], [Example(str(i), 'p', 't') for i in range(1000)])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, file], capture_output=True, text=True, cwd=PROJECT
    )
    assert done.returncode == 1
    assert "OSError" in done.stderr.splitlines()[-1]
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ({"instruction": "p", "response": "t", "input": "text"}, "input"),
        ({"instruction": "p", "response": "t", "context": "text"}, "context"),
        ({"instruction": "p", "response": "t", "Input": "text"}, "input"),
        ({"instruction": "p", "response": "t", "system": "text"}, "system"),
        ({"instruction": "p", "response": "t", "history": [["a", "b"]]}, "history"),
        (GOOD | {"system": "text"}, "system"),
        (GOOD | {"context": "text"}, "context"),
        (GOOD | {"tools": [{"name": "f"}]}, "tools"),
        (GOOD | {"documents": ["text"]}, "documents"),
    ],
)
def test_a_key_with_text_of_the_prompt_is_never_ignored(file, row, key):
    """A model that has learned the order without the text answers all texts alike."""
    file.write_text(f"{chat(id='first')}\n{json.dumps(row)}")
    with pytest.raises(DataError, match=f"line 2: '{key}' holds text of the prompt.*import-rows"):
        read_rows(file)


@pytest.mark.parametrize(
    "row",
    [
        {"instruction": "p", "response": "t", "input": "", "context": None, "history": []},
        GOOD | {"prompt": "p", "text": "<user> p <assistant> t", "tools": [], "system": None},
    ],
)
def test_an_empty_key_and_a_copy_of_the_turns_are_no_loss(file, row):
    file.write_text(json.dumps(row))
    assert [(e.prompt, e.target) for e in read_rows(file)] == [("p", "t")]


def test_null_is_absent(file):
    turns = [turn | {"name": None, "tool_calls": None} for turn in GOOD["messages"]]
    system = {"role": "system", "content": None}
    rows = [{"id": None, "group": None, "context": None, "messages": [system, *turns]}] * 2
    file.write_text("\n".join(map(json.dumps, rows)))
    assert [(e.id, e.group, e.system) for e in read_rows(file)] == [
        ("00000", "00000", ""), ("00001", "00001", ""),
    ]  # fmt: skip


def test_files_that_were_joined_have_a_mark_before_any_line(file):
    file.write_bytes(b"".join(b"\xef\xbb\xbf" + chat(id=i).encode() + b"\r\n" for i in "ab"))
    assert [e.id for e in read_rows(file)] == ["a", "b"]


def test_a_form_of_some_rows_is_told_by_the_line_and_of_all_rows_once(file):
    other = '{"question": "p", "answer": "t"}'
    file.write_text("\n".join([chat(), other, other]))
    with pytest.raises(DataError) as error:
        read_rows(file)
    assert [f"line {n}: holds 'question' and 'answer'" in line for n, line in zip(
        (2, 3), str(error.value).splitlines(), strict=True)] == [True, True]  # fmt: skip
    file.write_text("\n".join([other] * 30))
    with pytest.raises(DataError, match="line 1: .* none of its 30 rows is the course's") as error:
        read_rows(file)
    assert len(str(error.value).splitlines()) == 1


def test_a_key_that_is_there_twice_is_no_row(file):
    file.write_text('{"instruction": "p", "response": "t", "response": "u"}')
    with pytest.raises(DataError, match="line 1: has the key 'response' twice; write it once"):
        read_rows(file)


@pytest.mark.parametrize(
    ("split", "name"),
    [("test", "test.csv"), ("test", "test.json"), ("valid", "validation.tsv"),
     ("valid", "dev.jsonl")],
)
def test_a_split_in_another_form_is_seen(tmp_path, split, name):
    (tmp_path / name).write_text("prompt,completion\n")
    with pytest.raises(DataError, match=f"{split}.jsonl: is missing; {name} is there; import it: "):
        read_split(tmp_path, split)


def test_a_file_in_the_place_of_a_folder_is_named(file):
    file.write_text(chat())
    with pytest.raises(DataError, match="is a file; name the data folder that it lies in"):
        read_split(file, "train")


def test_what_is_wrong_with_a_folder_is_said_once_and_not_for_every_row(file):
    def check(example: Example) -> None:
        raise DataError("labels.json: is missing")

    file.write_text("\n".join(chat(id=str(n)) for n in range(30)))
    with pytest.raises(DataError, match="^labels.json: is missing$"):
        read_rows(file, check)


def test_labels_are_read(tmp_path):
    (tmp_path / "labels.json").write_text('["one", "two"]')
    assert read_labels(tmp_path) == ["one", "two"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, r"cannot be read \(.*\); list the labels"),
        ("[", r"is not JSON \(.*\); write a list of label names"),
        ('{"a": 1}', "is not a list of label names; write"),
        ('["a", 1]', "is not a list of label names; write"),
        ('["a", ""]', "is not a list of label names; write"),
        ('{"0": "a", "1": "b"}', "has names by number; write a list of them"),
        ("[0, 1]", "lists numbers; write the labels' names"),
        ("[]", "names no label; write"),
        ('["a", "b", "a"]', "names a label twice; list each once"),
    ],
)
def test_bad_labels_are_an_error_that_names_the_file(tmp_path, content, message):
    if content is not None:
        (tmp_path / "labels.json").write_text(content)
    with pytest.raises(DataError, match=rf"labels\.json: {message}"):
        read_labels(tmp_path)


def test_a_row_may_say_that_nothing_is_its_answer(file):
    """A gate that never sees such rows would write a command for every sentence it hears."""
    rows = [Example("a", "so what", "", extra={"no_answer": True}), Example("b", "p", "t")]
    write_rows(file, rows)
    assert [(e.id, e.target, e.no_answer) for e in read_rows(file)] == [
        ("a", "", True), ("b", "t", False),
    ]  # fmt: skip
    assert [e.row() for e in read_rows(file)] == [e.row() for e in rows]
