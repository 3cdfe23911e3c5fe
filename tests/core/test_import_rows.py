"""Rows of other people: read whatever their form, refused whole where something would be lost."""

import csv
import json
import os

import pytest

from helpers import tasks
from helpers.core.conversations import Call, call_of
from helpers.core.examples import DataError, Example, read_rows, write_rows
from helpers.core.import_rows import as_text, import_file

ASK, SAY, ORDER = "ls dash A", "ls -a", "Write the command."
USER, BOT = {"role": "user", "content": ASK}, {"role": "assistant", "content": SAY}
FORMS = {  # a form, and the system turn that it brings
    "prompt and completion": ({"prompt": ASK, "completion": SAY}, ""),
    "question and answer": ({"question": ASK, "answer": SAY}, ""),
    "input and output": ({"input": ASK, "output": SAY, "instruction": None}, ""),
    "Alpaca": ({"instruction": ORDER, "input": ASK, "output": SAY}, ORDER),
    "Alpaca, empty input": ({"instruction": ASK, "input": "", "output": SAY}, ""),
    "Alpaca, rendered too": (
        {"instruction": ORDER, "input": ASK, "output": SAY, "text": f"## {ORDER} {ASK} {SAY}"},
        ORDER,
    ),
    "Dolly": ({"instruction": ORDER, "context": ASK, "response": SAY, "category": "qa"}, ORDER),
    "a system key": ({"system": ORDER, "prompt": ASK, "response": SAY}, ORDER),
    "ShareGPT": (
        {"conversations": [{"from": "human", "value": ASK}, {"from": "gpt", "value": SAY}]},
        "",
    ),
    "ShareGPT with a system turn": (
        {"conversations": [{"from": "system", "value": ORDER}, {"from": "Human", "value": ASK},
                           {"from": "GPT", "value": SAY}]}, ORDER,
    ),
    "conversations with roles": ({"conversations": [USER, BOT]}, ""),
    "messages of parts": (
        {"messages": [{"role": "USER", "content": [{"type": "text", "text": ASK}]},
                      {"role": "model", "content": [{"type": "text", "text": SAY}]}]}, "",
    ),
    "a developer": ({"messages": [{"role": "developer", "content": ORDER}, USER, BOT]}, ORDER),
    "keys in capitals": ({"System Prompt": ORDER, "Prompt ": ASK, "Completion": SAY}, ORDER),
    "turns as a text": ({"messages": json.dumps([USER, BOT])}, ""),
    "contents of parts": (
        {"contents": [{"role": "user", "parts": [{"text": ASK}]},
                      {"role": "model", "parts": [{"text": SAY}]}]}, "",
    ),
    "lists of turns": ({"prompt": [USER], "completion": [BOT]}, ""),
    "nulls": ({"id": None, "messages": [USER | {"tool_calls": None}, BOT], "context": None}, ""),
    "thoughts": ({"prompt": ASK, "completion": f"<think>\nhm\n</think>\n\n{SAY}"}, ""),
    "thoughts without a beginning": ({"prompt": ASK, "completion": f"hm</think>\n{SAY}"}, ""),
}  # fmt: skip
LOST = {  # a row, and what is said of it
    "no answer": ({"prompt": ASK}, "has no answer; its keys are prompt"),
    "no prompt": ({"completion": SAY}, "has no prompt; its keys are completion"),
    "two prompts": ({"prompt": ASK, "question": "?", "answer": SAY}, "several prompts, promp"),
    "two answers": ({"prompt": ASK, "answer": SAY, "output": "ls"}, "several answers, outpu"),
    "two exchanges": ({"messages": [USER, BOT, USER, BOT]}, "a row is one question and its answer"),
    "a tool's turn": ({"messages": [USER, {"role": "tool", "content": "x"}, BOT]}, "user, tool,"),
    "an image": (
        {"messages": [{"role": "user", "content": [{"type": "image_url"}]}, BOT]}, "'image_url'",
    ),
    "earlier turns": ({"prompt": ASK, "completion": SAY, "history": [["a", "b"]]}, "'history'"),
    "a passage": ({"prompt": ASK, "completion": SAY, "passage": "text"}, "'passage' holds text"),
    "thoughts without an end": ({"prompt": ASK, "completion": "<think>hm"}, "ends inside a"),
    "thoughts alone": ({"prompt": ASK, "completion": "<think>hm</think>"}, "its answer is empty"),
    "a tool call": (
        {"messages": [USER, {"role": "assistant", "tool_calls": [{"function": {"name": "f"}}]}]},
        "name the task that has it, with --task",
    ),
    "a number": ({"text": ASK, "label": 3}, "answers with 3, which is no text"),
    "an answer of no weight": ({"messages": [USER, BOT | {"weight": 0}]}, "has the weight 0"),
    "a judged answer": ({"prompt": ASK, "completion": SAY, "label": False}, "several answers"),
    "no keys": ({}, "its keys are none"),
    "no object": (["a", "b"], "is not an object"),
    "turns that are none": ({"messages": ["hi", "there"]}, "has the turn 'hi'"),
}  # fmt: skip


def written(tmp_path, *rows, name="test.jsonl"):
    """Write rows one a line, and return the file."""
    file = tmp_path / name
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return file


@pytest.mark.parametrize("form", FORMS)
def test_a_known_form_gives_the_row_that_was_meant(form, tmp_path):
    row, system = FORMS[form]
    (example,) = import_file(written(tmp_path, row)).examples
    assert (example.system, example.prompt, example.target) == (system, ASK, SAY)
    write_rows(tmp_path / "train.jsonl", [example])
    assert read_rows(tmp_path / "train.jsonl") == [example]


@pytest.mark.parametrize("form", FORMS)
def test_the_plain_reader_takes_a_form_as_it_was_meant_or_names_the_import(form, tmp_path):
    """Somebody's first step is to name their folder; half a row must not be trained on."""
    row, system = FORMS[form]
    file = written(tmp_path, row, row, row)
    try:
        (first, *_) = read_rows(file)
    except DataError as error:
        lines = str(error).splitlines()
        assert len(lines) == (3 if "think block" in str(error) else 1)
        assert f"{file} line 1" in lines[0] or "is an object around" in lines[0]
        assert "import-rows" in lines[0]
    else:
        assert (first.system, first.prompt, first.target) == (system, ASK, SAY)


@pytest.mark.parametrize("form", LOST)
def test_a_row_that_cannot_be_mapped_is_shown_whole_and_nothing_is_imported(form, tmp_path):
    row, message = LOST[form]
    file = written(tmp_path, {"prompt": ASK, "completion": SAY}, row)
    with pytest.raises(DataError) as error:
        import_file(file)
    said, shown, total = str(error.value).splitlines()
    assert f"{file} line 2: " in said and message in said
    assert json.loads(shown) == row
    assert "1 rows cannot be mapped, so none is written" in total


def test_many_rows_that_cannot_be_mapped_are_counted(tmp_path):
    with pytest.raises(DataError, match="… and 13 more rows"):
        import_file(written(tmp_path, *[{"prompt": ASK}] * 33))


def test_what_is_taken_out_is_counted(tmp_path):
    thinking = FORMS["thoughts"][0]
    imported = import_file(written(tmp_path, thinking, FORMS["question and answer"][0], thinking))
    assert imported.notes == {"think blocks taken out of answers": 2}


def test_ids_groups_and_other_keys_are_kept(tmp_path):
    row = {"id": 7, "group": "ls", "prompt": ASK, "completion": SAY, "source": "a person"}
    (example,) = import_file(written(tmp_path, row)).examples
    assert (example.id, example.group, example.extra) == ("7", "ls", {"source": "a person"})
    with pytest.raises(DataError, match="line 2: repeats id '7' of line 1; rename one"):
        import_file(written(tmp_path, row, row))


TWO = [{"prompt": ASK, "completion": SAY}, {"prompt": "wc, dash L", "completion": "wc -l"}]
LINES = "\n".join(json.dumps(row) for row in TWO)
CONTAINERS = {
    "lines": LINES,
    "carriage returns": LINES.replace("\n", "\r\n") + "\r\n",
    "blank lines": LINES.replace("\n", "\n\n\n"),
    "an array": json.dumps(TWO),
    "an indented array": json.dumps(TWO, indent=2),
    "an array with a last comma": f"[{LINES.replace(chr(10), ',')},]",
    "pretty": "\n".join(json.dumps(row, indent=2) for row in TWO),
    "a comma after each": LINES.replace("\n", ",\n") + ",",
    "in an object": json.dumps({"version": "1", "data": TWO}),
    "rows of a server": json.dumps({"rows": [{"row_idx": 0, "row": row} for row in TWO]}),
    "two marks": "\ufeff" + LINES.replace("\n", "\n\ufeff"),
}


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("container", CONTAINERS)
def test_any_container_of_json_in_any_unicode_is_read(container, codec, tmp_path):
    file = tmp_path / "test.json"
    file.write_bytes(CONTAINERS[container].encode(codec))
    assert [(e.prompt, e.target) for e in import_file(file).examples] == [
        (row["prompt"], row["completion"]) for row in TWO
    ]


@pytest.mark.parametrize("container", sorted(CONTAINERS.keys() - {"lines", "blank lines"}))
def test_a_container_is_one_line_to_the_plain_reader(container, tmp_path):
    file = tmp_path / "test.jsonl"
    file.write_text(CONTAINERS[container], encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_rows(file)
    assert "import-rows" in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "mark", "codec"),
    [("a.csv", ",", "utf-8"), ("a.csv", ",", "utf-8-sig"), ("a.csv", ";", "utf-8"),
     ("a.tsv", "\t", "utf-16"), ("a.txt", "\t", "utf-8")],
)  # fmt: skip
def test_tables_are_read_with_their_quotes(name, mark, codec, tmp_path):
    rows = [("Text", "label"), ('say "hi", now', "late"), ("two\nlines", "lost")]
    with (tmp_path / name).open("w", encoding=codec, newline="") as file:
        csv.writer(file, delimiter=mark).writerows([("text", "label"), *rows[1:]])
    examples = import_file(tmp_path / name).examples
    assert [(e.prompt, e.target) for e in examples] == rows[1:]


def test_a_table_with_a_cell_too_many_shows_the_row(tmp_path):
    (tmp_path / "test.csv").write_text("prompt,completion\na,b\nc,d,e\n")
    with pytest.raises(DataError, match=r"line 3: has 3 cells, and the first line names 2 columns"):
        import_file(tmp_path / "test.csv")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no rows"),
        (b"\xff\xfe", "holds no rows"),
        (b"\x1f\x8b\x08\x00rows", r"is packed \(gzip\); write its rows as JSON Lines or CSV first"),
        (b"PAR1\x15\x04\n", r"is packed \(Parquet\)"),
        (b"caf\xe9,b\n", "is neither UTF-8 nor UTF-16 at byte 3"),
        (b'{"prompt": "a", "prompt": "b", "completion": "c"}', "has the key 'prompt' twice"),
        (b'{"prompt": "a", "completion": "b"}\n{"prompt": \n', "line 2: is not whole JSON"),
        (b'{"train": [{"a": 1}], "test": [{"a": 1}]}', "holds the lists train, test; write each"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_that_says_why(content, message, tmp_path):
    (tmp_path / "test.json").write_bytes(content)
    with pytest.raises(DataError, match=message):
        import_file(tmp_path / "test.json")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "train.jsonl")
    for read in (read_rows, import_file):
        with pytest.raises(DataError, match="it is a pipe or a device, not a file"):
            read(tmp_path / "train.jsonl")


CALL = '{"kind":"command","action":"app.activate","arguments":{"app":"Slack"}}'
CALLS = [
    {"tool_calls": [{"function": {"name": "app.activate", "arguments": {"app": "Slack"}}}]},
    {"tool_calls": [{"function": {"name": "app_activate", "arguments": '{"app": "Slack"}'}}],
     "content": ""},
    {"tool_calls": [{"name": "appActivate", "arguments": {"app": "Slack", "display": None}}]},
    {"function_call": {"name": "app.activate", "arguments": '{"app": "Slack"}'}},
    {"content": '{"name": "app.activate", "parameters": {"app": "Slack"}}'},
    {"content": '<tool_call>{"name": "app.activate", "arguments": {"app": "Slack"}}</tool_call>'},
    {"content": "<start_function_call>call:app_activate{app:<escape>Slack<escape>}"
                "<end_function_call>"},
    {"content": CALL.replace(",", ", ")},
]  # fmt: skip


def imported(task, file):
    """Import a file for a task."""
    answered = lambda example, answer: task.imported(example, answer, file.parent)  # noqa: E731
    return import_file(file, answered)


@pytest.mark.parametrize("turn", CALLS, ids=range(len(CALLS)))
def test_tool_calls_become_the_calls_of_the_surface(turn, tmp_path):
    row = {"messages": [{"role": "user", "content": "bring up slack"},
                        {"role": "assistant"} | turn], "tools": [{"name": "x"}]}  # fmt: skip
    (example,) = imported(tasks.get("voice_command"), written(tmp_path, row)).examples
    assert example.target == CALL and "tools" not in example.extra


@pytest.mark.parametrize(
    ("turn", "message"),
    [
        ({"tool_calls": [{"function": {"name": "lights.on", "arguments": {}}}]}, "is no action"),
        ({"tool_calls": [{"name": "app.quit", "arguments": {"x": "y"}}]}, "has no argument 'x'"),
        ({"tool_calls": [{"function": {"name": "app.quit", "arguments": "{"}}]}, "are no JSON"),
        ({"tool_calls": [{"name": "app.list"}, {"name": "app.list"}]}, "several tool calls"),
        ({"tool_calls": [{"type": "function", "function": None}]}, "a call without a name"),
        ({"content": "Sure, opening Slack."}, "the answer is not JSON"),
    ],
)  # fmt: skip
def test_a_call_that_the_surface_lacks_is_shown(turn, message, tmp_path):
    row = {"messages": [USER, {"role": "assistant"} | turn]}
    with pytest.raises(DataError, match=message):
        imported(tasks.get("voice_command"), written(tmp_path, row))


def test_a_call_can_be_read_in_each_form():
    for value in ({"function": "f", "arguments": {"a": 1}}, {"name": "f", "parameters": {"a": 1}}):
        assert call_of(value) == Call("f", {"a": 1})
    with pytest.raises(ValueError, match="with --task"):
        as_text(Example("1", "p", ""), Call("f", {}))


@pytest.mark.parametrize(
    "labels",
    [["late", "lost_parcel"], {"0": "late", "1": "lost_parcel"}, {"late": 0, "lost_parcel": 1}],
)
def test_labels_by_number_or_in_another_case_get_their_names(labels, tmp_path):
    (tmp_path / "labels.json").write_text(json.dumps(labels))
    answers = [0, 1, "1", 1.0, "Lost Parcel", "late "]
    file = written(tmp_path, *[{"text": f"m {n}", "label": a} for n, a in enumerate(answers)])
    task = tasks.get("support_label", tmp_path / "out")
    found = imported(task, file)
    assert [e.target for e in found.examples] == [
        "late", "lost_parcel", "lost_parcel", "lost_parcel", "lost_parcel", "late",
    ]  # fmt: skip
    companions = task.companions(found.examples, tmp_path)
    assert json.loads(companions["labels.json"]) == ["late", "lost_parcel"]


def test_a_name_beside_a_number_is_the_label(tmp_path):
    file = written(tmp_path, {"text": "where is it", "label": 4, "label_text": "late"})
    task = tasks.get("support_label", tmp_path / "out")
    assert [e.target for e in imported(task, file).examples] == ["late"]


@pytest.mark.parametrize(
    ("labels", "answer", "message"),
    [
        (None, 2, "no labels.json beside the file names it"),
        (["late"], 2, "labels.json names 1"),
        (["late_parcel"], "late_parcl", "the nearest is 'late_parcel'"),
        ([0, 1], 0, "lists numbers; write the labels' names"),
        ([], "late", "names no label"),
    ],
)
def test_a_label_that_nothing_names_is_an_error(labels, answer, message, tmp_path):
    if labels is not None:
        (tmp_path / "labels.json").write_text(json.dumps(labels))
    file = written(tmp_path, {"text": "m", "label": answer})
    with pytest.raises(DataError, match=message):
        imported(tasks.get("support_label", tmp_path / "out"), file)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", '{"prompt": "so what", "completion": "", "no_answer": true}'),
        ("a.csv", "prompt,completion,no_answer\nso what,,true\n"),
        ("a.jsonl", '{"conversations": [{"from": "human", "value": "so what"}, '
         '{"from": "gpt", "value": ""}], "no_answer": true}'),
    ],
)  # fmt: skip
def test_a_row_that_says_it_has_no_answer_is_imported_as_one(name, text, tmp_path):
    (tmp_path / name).write_text(text)
    (row,) = import_file(tmp_path / name).examples
    assert (row.prompt, row.target, row.no_answer) == ("so what", "", True)


def test_an_empty_answer_alone_and_one_too_many_are_refused(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text('{"prompt": "p", "completion": ""}')
    with pytest.raises(DataError, match="has no answer; its keys are"):
        import_file(file)
    file.write_text('{"prompt": "p", "completion": "t", "no_answer": true}')
    with pytest.raises(DataError, match="says 'no_answer' and has an answer; take one"):
        import_file(file)
