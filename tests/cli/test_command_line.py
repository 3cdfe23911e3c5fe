"""The command line, as a reader's shell sees it: stdout, stderr and exit status."""

import csv
import json
import os
import random
import select
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from helpers import tasks
from helpers.core import runs
from helpers.core.examples import Example, read_rows, write_rows
from helpers.corpora.nl2bash import HELD_OUT
from helpers.tasks.dictation.verbalize import verbalize
from helpers.tasks.dictation.writer import by_rules

PROJECT = Path(__file__).parents[2]
PROMISED = {
    "task", "engine", "split", "n", "exact", "near", "partial", "wrong", "effective", "exact_ci",
    "effective_ci", "seconds_median", "seconds_p95",
}  # fmt: skip
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}


class CommandLine:
    """`python -m helpers` with a runs folder of its own."""

    def __init__(self, runs_dir: Path):
        buffered = {key: os.environ[key] for key in os.environ.keys() - {"PYTHONUNBUFFERED"}}
        self.options = {
            "cwd": PROJECT,
            "env": buffered | {"TINY_SPECIALISTS_RUNS": str(runs_dir)} | ONE_THREAD,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
        }

    def start(self, *arguments: str | Path, **options) -> subprocess.Popen:
        command = [sys.executable, "-m", "helpers", *map(str, arguments)]
        return subprocess.Popen(command, **(self.options | options))

    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> tuple[int, str, str]:
        """Run to the end; return status, stdout and stderr."""
        process = self.start(*arguments, stdin=subprocess.PIPE)
        out, err = process.communicate(stdin)
        return process.returncode, out.decode(), err.decode()


@pytest.fixture
def command_line(tmp_path):
    return CommandLine(tmp_path / "runs")


BASH = ("--task", "dictated_bash", "--engine")


@pytest.mark.parametrize("engine", ["rules", "baseline"])
def test_score_prints_one_object_with_all_scores_last(command_line, bash_folder, tmp_path, engine):
    out = tmp_path / "made" / "answers.jsonl"
    status, stdout, stderr = command_line(
        "score", *BASH, engine, "--data-dir", bash_folder, "--out", out
    )
    assert status == 0, stderr
    record = json.loads(stdout.splitlines()[-1])
    assert record.keys() >= PROMISED
    assert (record["task"], record["engine"], record["split"]) == ("dictated_bash", engine, "test")
    assert sum(record[b] for b in ("exact", "near", "partial", "wrong")) == pytest.approx(1)
    assert record["effective"] == pytest.approx(record["exact"] + record["near"])
    assert record["exact_ci"][0] <= record["exact"] <= record["exact_ci"][1]
    assert 0 < record["seconds_median"] <= record["seconds_p95"]
    assert "answering" in stderr and "answering" not in stdout
    assert ("folds" in stderr) == (engine == "baseline")

    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    examples = read_rows(bash_folder / "test.jsonl")
    assert [(r["id"], r["prompt"], r["target"]) for r in rows] == [
        (e.id, e.prompt, e.target) for e in examples
    ]
    assert record["n"] == len(rows)
    assert sum(row["bucket"] == "exact" for row in rows) / len(rows) == record["exact"]
    assert all(isinstance(r["prediction"], str) and r["seconds"] > 0 for r in rows)


def test_limit_scores_the_first_rows_of_the_split_that_was_named(
    command_line, bash_folder, tmp_path
):
    out = tmp_path / "answers.jsonl"
    status, stdout, stderr = command_line(
        "score", *BASH, "rules", "--data-dir", bash_folder, "--split", "train", "--limit", 3,
        "--out", out,
    )  # fmt: skip
    assert status == 0, stderr
    assert (json.loads(stdout)["n"], json.loads(stdout)["split"]) == (3, "train")
    ids = [json.loads(line)["id"] for line in out.read_text().splitlines()]
    assert ids == [e.id for e in read_rows(bash_folder / "train.jsonl")[:3]]


@pytest.fixture
def many_rows(tmp_path, commands):
    """Rows enough for a second or two; targets are what the rules write, so grading is quick."""
    domain = tasks.get("dictated_bash").domain
    writer, said = by_rules(domain), [verbalize(command, domain) for command in commands]
    prompts = [" pipe ".join(said[start : start + 6]) for start in range(10)]
    targets = [writer.candidates(prompt)[0].text for prompt in prompts]
    folder = tmp_path / "many"
    write_rows(
        folder / "test.jsonl",
        [Example(f"{i:05d}", prompts[i % 10], targets[i % 10]) for i in range(1_500)],
    )
    return folder


def lines_in(runs_dir: Path) -> int:
    """Count whole lines of predictions so far."""
    return sum(path.read_bytes().count(b"\n") for path in runs_dir.glob("*/predictions.jsonl"))


def predictions_of(runs_dir: Path) -> dict[str, dict]:
    """Read a runs folder's predictions, but for how long they took."""
    (path,) = runs_dir.glob("*/predictions.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = {row["id"]: row | {"seconds": None} for row in rows}
    assert len(found) == len(rows)
    return found


def test_a_killed_run_goes_on_where_it_stopped_and_ends_the_same(many_rows, tmp_path):
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    command = ("score", *BASH, "rules", "--data-dir", many_rows)
    process = CommandLine(killed).start(*command)
    while process.poll() is None and not lines_in(killed):
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    kept = lines_in(killed)
    assert 0 < kept < 1_500

    uninterrupted = CommandLine(whole).start(*command)
    status, stdout, stderr = CommandLine(killed)(*command)
    expected, _ = uninterrupted.communicate()
    assert (status, uninterrupted.returncode) == (0, 0), stderr
    resumed = json.loads(stdout)
    assert runs.without_times(resumed) == runs.without_times(json.loads(expected))
    assert resumed["n"] == 1_500
    assert predictions_of(killed) == predictions_of(whole)


def one_error(found: tuple[int, str, str]) -> str:
    """Check that a command ended as it should on bad input, and return what it said."""
    status, stdout, stderr = found
    assert (status, stdout) == (2, ""), stderr
    assert "Traceback" not in stderr
    return stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["score", "--task", "sing", "--engine", "rules"], "error: there is no task 'sing'; choo"),
        (["score", *BASH, "steam"], "error: there is no engine 'steam'; choose one of rules,"),
        (["score", *BASH, "rules", "--split", "dev"], "error: there is no split 'dev'; choose one"),
        (["score", *BASH, "rules", "--data-dir", "nowhere"], "error: nowhere: there is no such"),
        (["predict", *BASH, "baseline", "--data-dir", "nowhere"], "error: nowhere: there is no"),
        (["score", *BASH, "rules", "--shots", "2"], "error: engine 'rules' is shown no rows;"),
        (["score", *BASH, "rules", "--mix", ".5"], "error: mix is the model's weight in"),
        (["predict", *BASH, "rules", "--decode", "grammar"], "'rules' cannot decode 'grammar'; it"),
        (["predict", *BASH, "rules", "--model", "x"], "error: engine 'rules' has no model; leave"),
        (["score", *BASH, "baseline", "--variant", "raw"], "'baseline' has no model to ask; lea"),
        (["score", *BASH, "baseline", "--shots", "2"], "'baseline' is shown no rows; leave"),
        (["score", *BASH, "rules", "--repair", "off"], "error: repair is of a model's free answer"),
        (["predict", *BASH, "torch", "--model", "x", "--decode", "grammar", "--repair", "off"],
         "error: repair is of a model's free answers; leave it out, or decode free"),
        (["import-rows", "x.csv", "out"], "error: x.csv does not say which split it is; write"),
        (["import-rows", "test.csv", "a.jsonl"], "a data folder's files are train"),
        (["import-rows", "nowhere/test.csv", "x"], "nowhere/test.csv: cannot be read (No"),
        (["score", *BASH, "torch", "--model", "tiny-2m", "--decode", "best", "--mix", "choose"],
         "error: mix is the model's weight in rescoring; leave it out, or decode rescore"),
        (["predict", *BASH, "rules", "--explain"], "engine 'rules' has no stages to explain"),
        (["score", *BASH, "rules", "--limit", "0"], "'0' is not a whole number from 1 on"),
        (["run", "no_such_notebook"], "error: no_such_notebook: no such notebook; choose one of"),
        (["run", "01", "-p", "LIMIT"], "error: -p 'LIMIT' is not an assignment; write -p NAME=VAL"),
        (["import-nl2bash", "nowhere/all.cm", "x"], "error: nowhere/all.cm: cannot be read (No"),
        (["run", "01", "-p", "TASK=sing"], "error: there is no task 'sing'; choose one of dict"),
        (["train", "-p", "MINUTES=nan"], "error: minutes is nan; name some, or 0 for no limit"),
        (["sweep", "x.yaml", "--gpus-per-cell", "1"], "error: --gpus-per-cell is for a cluster;"),
        (["sweep", "x.yaml", "--list", "--cpus-per-cell", "1"], "error: --cpus-per-cell is for a"),
        (["batch", "x.csv", "--gpus-per-cell", "0"], "error: --gpus-per-cell is for a cluster;"),
        (["spine", "--task", "sing"], "error: there is no task 'sing'; choose one of dictated"),
        (["compare", "nowhere", "x"], "error: nowhere: there is no such file; give one that"),
        (["bench", "weight"], "error: there is no benchmark 'weight'; choose one of linear"),
        (["sing"], "invalid choice: 'sing'"),
        ([], "the following arguments are required: COMMAND"),
    ],
)
def test_a_wrong_command_ends_with_status_two_and_a_line_that_says_why(
    command_line, arguments, message
):
    assert message in one_error(command_line(*arguments))


def test_a_python_without_the_packages_is_told_how_to_get_them():
    """The pages say `python -m helpers`, and a reader's own Python answered with a traceback."""
    bare = subprocess.run(
        [sys.executable, "-S", "-m", "helpers", "--help"],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert bare.returncode == 2 and bare.stderr.startswith("error: ")
    assert bare.stderr.count("\n") == 1 and "source .venv/bin/activate" in bare.stderr


def test_a_folder_without_the_split_names_those_that_it_has(command_line, bash_folder):
    error = one_error(
        command_line("score", *BASH, "rules", "--data-dir", bash_folder, "--split", "valid")
    )
    assert error.endswith("valid.jsonl: is missing; add it, or use train or test\n")


def test_bad_rows_are_all_named_and_nothing_is_scored(command_line, bash_folder, tmp_path):
    path = bash_folder / "test.jsonl"
    good = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join([good[0], b"{", b"\xff", good[1], b'{"messages": []}']))
    error = one_error(command_line("score", *BASH, "rules", "--data-dir", bash_folder))
    assert [line.partition(".jsonl ")[2][:7] for line in error.splitlines()] == [
        "line 2:", "line 3:", "line 5:"
    ]
    assert lines_in(tmp_path / "runs") == 0


ODD_LINES = [
    b"find dot dash name star dot txt",
    b"",
    b"   \t ",
    b"grep space dash capital e space all caps todo",
    b"\xff\xfe not utf eight \xc3",
    b"find " * 2_000,
    b"a" * 10_000,
    "\N{PILE OF POO} dash \N{FAMILY} é ٣ \u2028 next \x85 line".encode(),
    b"nul \0 dash \0\0 bytes",
    b"carriage \r return\r",
    b"\xef\xbb\xbfbyte order mark",
    b"\x1b[31mred\x1b[0m \x0b \x0c \x1c",
    b"git push dash U",
]


@pytest.mark.parametrize(
    ("stdin", "answers"),
    [
        (b"\xef\xbb\xbfls dash L\r\nwc dash L\r\n", ["ls -l", "wc -l"]),
        (b"ls dash L\n\xef\xbb\xbfwc dash L", ["ls -l", "wc -l"]),  # two files, one after the other
        (b"\xef\xbb\xbf\n\xef\xbb\xbf", ["", ""]),
        (b"ls dash \x1b]0;title\x07 \xff", ["ls -\\x1b]0;title\\x07\ufffd"]),
        ("ls dash \x9b2J".encode(), ["ls -\\x9b2j"]),
    ],
)
def test_predict_takes_marks_off_and_shows_what_would_steer_a_terminal(
    command_line, stdin, answers
):
    status, stdout, stderr = command_line("predict", *BASH, "rules", stdin=stdin)
    assert (status, stderr) == (0, "")
    assert [line.lower() for line in stdout.split("\n")[:-1]] == answers


def test_predict_reads_a_marked_line_of_json_as_json(command_line):
    found = [
        command_line("predict", "--task", "voice_command", "--engine", "rules", stdin=stdin)
        for stdin in (b'{"transcript": "open mail"}', b'\xef\xbb\xbf{"transcript": "open mail"}')
    ]
    assert found[0] == found[1] and "app.launch" in found[0][1]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_predict_refuses_utf_16_in_one_line(command_line, codec):
    error = one_error(command_line("predict", *BASH, "rules", stdin="ls dash L\n".encode(codec)))
    assert error.startswith("error: stdin is UTF-16; write UTF-8") and error.count("\n") == 1


@pytest.mark.parametrize("decode", ["free", "grammar"])
def test_a_line_that_a_model_cannot_read_costs_its_own_answer(command_line, decode, tiny):
    """Behind a dictation program all that is said afterwards would be lost.

    The tokenizer has its own word for it, of transformers' and on several lines: it is not shown.
    """
    config = json.loads((tiny / "tokenizer_config.json").read_text(encoding="utf-8"))
    assert config["model_max_length"] < 3_000
    lines = ["ls dash L", "word " * 3_000, "wc dash L", "find dot"]
    status, stdout, stderr = command_line(
        "predict", *BASH, "torch", "--model", tiny, "--decode", decode,
        stdin="\n".join(lines).encode(),
    )  # fmt: skip
    answers = stdout.split("\n")[:-1]
    assert status == 2 and len(answers) == 4 and answers[1] == ""
    assert all(answers[n] for n in (0, 2, 3)) or decode == "free"
    assert stderr.splitlines()[0].startswith("input line 2: row '1': its prompt has"), stderr
    assert stderr.endswith("error: 1 of 4 input lines have no answer; mend what is named\n")


def test_a_row_that_a_model_cannot_read_stops_a_score(command_line, tiny, bash_folder):
    """A score of the rows that could be read would not be of the same rows as another's."""
    row = Example("long", "word " * 3_000, "ls")
    write_rows(bash_folder / "test.jsonl", [*read_rows(bash_folder / "test.jsonl"), row])
    status, stdout, stderr = command_line(
        "score", *BASH, "torch", "--model", tiny, "--data-dir", bash_folder
    )
    assert (status, stdout) == (2, "") and "error: row 'long': its prompt has" in stderr


def test_rows_are_imported_into_a_data_folder(command_line, tmp_path):
    (tmp_path / "validation.csv").write_text("text,label\nwhere is it,1\nit broke,0\n")
    (tmp_path / "labels.json").write_text('{"0": "broken", "1": "late"}')
    command = ("import-rows", tmp_path / "validation.csv", tmp_path / "out", "--task")
    status, stdout, stderr = command_line(*command, "support_label")
    assert status == 0, stderr
    assert stdout.splitlines()[-1] == f"2 rows in {tmp_path / 'out' / 'valid.jsonl'}"
    assert [e.target for e in read_rows(tmp_path / "out" / "valid.jsonl")] == ["late", "broken"]
    assert json.loads((tmp_path / "out" / "labels.json").read_text()) == ["broken", "late"]
    score = ("score", "--task", "support_label", "--engine", "rules", "--split", "valid")
    assert command_line(*score, "--data-dir", tmp_path / "out")[0] == 0
    assert command_line(*command, "support_label")[0] == 0  # the same again is no harm
    (tmp_path / "validation.csv").write_text("text,label\nsomething else,1\n")
    assert "holds other rows; remove it first" in one_error(command_line(*command, "support_label"))


def test_an_import_shows_a_row_without_obeying_it_and_writes_nothing(command_line, tmp_path):
    (tmp_path / "test.jsonl").write_text('{"prompt": "a", "x": "\x9b2J"}')
    error = one_error(command_line("import-rows", tmp_path / "test.jsonl", tmp_path / "out"))
    assert "line 1: has no answer" in error and '"x": "\\x9b2J"}' in error
    assert not (tmp_path / "out").exists()
    error = one_error(command_line("import-rows", tmp_path / "test.jsonl", tmp_path))
    assert "is FILE itself; name a folder of its own" in error


@pytest.mark.parametrize("last_line_end", [b"", b"\n"])
def test_predict_answers_each_line_with_one_line(command_line, last_line_end):
    status, stdout, stderr = command_line(
        "predict", *BASH, "rules", stdin=b"\n".join(ODD_LINES) + last_line_end
    )
    assert (status, stderr) == (0, "")
    assert stdout.endswith("\n")
    answers = stdout[:-1].split("\n")
    assert len(answers) == len(ODD_LINES)
    assert answers[:4] == ["find . -name *.txt", "", "", "grep -E TODO"]
    assert all(answers[4:])
    assert all(len(answer.splitlines()) <= 1 for answer in answers)
    assert answers[5].split() == ["find"] * 2_000
    assert answers[6] == "a" * 10_000
    assert answers[-1] == "git push -u"


def test_predict_with_a_baseline_is_fitted_on_the_folder_that_was_named(command_line, bash_folder):
    status, stdout, _ = command_line(
        "predict", *BASH, "baseline", "--data-dir", bash_folder, stdin=b"grep dash E bar A dot txt"
    )
    assert (status, stdout) == (0, "grep -E bar a.txt\n")


def test_predict_of_nothing_is_nothing(command_line):
    assert command_line("predict", *BASH, "rules") == (0, "", "")


def test_predict_answers_while_the_next_line_is_not_said_yet(command_line):
    """A dictation program that waits for its answer must not wait for our buffer."""
    process = command_line.start("predict", *BASH, "rules", stdin=subprocess.PIPE)
    for _ in range(2):
        process.stdin.write(b"ls dash L\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], 60)
        if not ready:
            process.kill()
        assert process.stdout.readline() == b"ls -l\n"
    out, err = process.communicate()
    assert (process.returncode, out, err) == (0, b"", b"")


def test_a_reader_that_leaves_ends_predict_in_silence(command_line, tmp_path):
    said = tmp_path / "said.txt"
    said.write_text("ls dash L\n" * 20_000)
    with said.open("rb") as stdin:
        process = command_line.start("predict", *BASH, "rules", stdin=stdin)
        assert process.stdout.readline() == b"ls -l\n"
        process.stdout.close()
        error = process.stderr.read()
    assert (process.wait(), error) == (141, b"")


def test_a_reader_that_left_before_the_only_line_is_no_crash(command_line):
    """What is printed once, at the end, is still in the buffer when the command is done."""
    reading, writing = os.pipe()
    os.close(reading)
    process = command_line.start("scoreboard", stdout=writing)
    os.close(writing)
    _, error = process.communicate()
    assert (process.returncode, error) == (141, b"")


def corpus(count: int) -> str:
    """Return so many different commands that the benchmark keeps, and some that it does not."""
    kept = [f"grep -{'abcdefg'[i % 7]} word{i} src/file{i}.txt" for i in range(count)]
    left_out = ["echo `date`", "ls", "", "for i in a; do b; done", kept[0], "find . -name café"]
    return "\n".join([*kept, *left_out]) + "\n"


def test_importing_too_few_commands_is_an_error_that_counts_them(command_line, tmp_path):
    (tmp_path / "all.cm").write_text(corpus(50))
    error = one_error(command_line("import-nl2bash", tmp_path / "all.cm", tmp_path / "out"))
    assert "gives 50 usable commands, and 1260 are held out; use NL2Bash's whole all.cm" in error
    assert not (tmp_path / "out").exists()


def test_an_imported_corpus_is_split_the_same_way_each_time(command_line, tmp_path):
    (tmp_path / "all.cm").write_text(corpus(1_300))
    status, stdout, stderr = command_line("import-nl2bash", tmp_path / "all.cm", tmp_path / "out")
    assert status == 0
    assert "1300 pairs" in stdout
    assert "this is another version of all.cm, and scores on it cannot be compared" in stderr
    splits = {s: read_rows(tmp_path / "out" / f"{s}.jsonl") for s in ("train", "valid", "test")}
    assert [len(rows) for rows in splits.values()] == [1_300 - 2 * HELD_OUT, HELD_OUT, HELD_OUT]
    expected = corpus(1_300).splitlines()[:1_300]
    random.Random(42).shuffle(expected)
    assert [row.target for rows in splits.values() for row in rows] == expected

    command_line("import-nl2bash", tmp_path / "all.cm", tmp_path / "again")
    for split in splits:
        name = f"{split}.jsonl"
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_out_follows_a_link_and_leaves_a_device_alone(command_line, bash_folder, tmp_path):
    """Putting a new file in the place of /dev/stdout would break it for everybody."""
    target, link = tmp_path / "target.jsonl", tmp_path / "link.jsonl"
    target.write_text("old")
    link.symlink_to(target)
    score = ("score", *BASH, "rules", "--data-dir", bash_folder, "--out")
    assert command_line(*score, link)[0] == 0
    assert link.is_symlink() and json.loads(target.read_text().splitlines()[0])["id"]
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    process = command_line.start(*score, pipe)
    with pipe.open() as file:
        assert json.loads(file.readline())["bucket"]
    process.communicate()
    assert pipe.is_fifo()


def test_out_refuses_a_folder_before_it_scores(command_line, bash_folder, tmp_path):
    status, _, stderr = command_line(
        "score", *BASH, "rules", "--data-dir", bash_folder, "--out", tmp_path
    )
    assert status == 2 and "is a folder; name a file in it" in stderr and "answering" not in stderr


def test_every_row_with_an_unknown_label_is_listed_with_its_line(command_line, tmp_path):
    rows = [Example(str(n), f"message {n}", f"no_label_{n}") for n in range(25)]
    write_rows(tmp_path / "test.jsonl", rows)
    (tmp_path / "labels.json").write_text('["late", "lost"]')
    status, _, stderr = command_line(
        "score", "--task", "support_label", "--engine", "rules", "--data-dir", tmp_path
    )
    assert status == 2
    assert "test.jsonl line 20: 'no_label_19' is not in labels.json; mend the row" in stderr
    assert "and 5 more bad rows" in stderr


def test_other_labels_are_another_run(command_line, tmp_path):
    """A score kept for one list of labels must not be shown for another."""
    rows = [Example(str(n), "my parcel is late", "late") for n in range(3)]
    write_rows(tmp_path / "test.jsonl", rows)
    found = []
    for labels in ('["late", "lost"]', '["parcel", "late"]'):
        (tmp_path / "labels.json").write_text(labels)
        _, stdout, _ = command_line(
            "score", "--task", "support_label", "--engine", "rules", "--data-dir", tmp_path
        )
        found.append(json.loads(stdout.splitlines()[-1]))
    assert found[0]["run"] != found[1]["run"]
    assert [record["exact"] for record in found] == [1.0, 0.0]


def test_a_transcript_that_cannot_be_read_leaves_the_others_answered(command_line):
    lines = [
        '{"transcript": "open mail", "desktop": null}', '{"transcript": null}', "", "open mail",
        '{"transcript": "open mail", "dekstop": {}}', '{"a":' + "[" * 100_000,
        '{"transcript": "open \\ud800 mail"}', '["a"]',
    ]  # fmt: skip
    status, stdout, stderr = command_line(
        "predict", "--task", "voice_command", "--engine", "rules",
        stdin="\n".join(lines).encode() + b"\n",
    )  # fmt: skip
    answers = stdout.split("\n")[:-1]
    assert list(map(bool, answers)) == [True, False, False, True, False, False, False, True]
    assert answers[0] == answers[3]
    assert status == 2 and "Traceback" not in stderr
    assert [f"input line {n}:" in stderr for n in (2, 5, 6, 7)] == [True] * 4


@pytest.fixture
def swept(bash_folder, tmp_path) -> Path:
    """A sweep of three cells without a model, in a clone whose code and data are committed."""
    for name in ("data", "notebooks"):
        (tmp_path / "clone" / name).mkdir(parents=True)
    who = ("-c", "user.name=a", "-c", "user.email=a@b.c")
    for words in (["init", "-q"], [*who, "commit", "-q", "--allow-empty", "-m", "all"]):
        subprocess.run(["git", "-C", tmp_path / "clone", *words], check=True)
    text = "task: dictated_bash\ndata: {{folder: {}}}\nscore: {{engine: rules, limit: [1, 2]}}\n"
    more = "---\ntask: dictated_bash\ndata: {{folder: {}}}\nscore: {{engine: baseline}}\n"
    file = tmp_path / "some.yaml"
    file.write_text((text + more).format(bash_folder, bash_folder))
    return file


def test_a_sweep_is_listed_run_and_published(command_line, swept, tmp_path):
    """Its table is a reader's way to the scores; its file is what notebook 08 reads."""
    command_line.options["env"] |= {"TINY_SPECIALISTS_ROOT": str(tmp_path / "clone")}

    def listed() -> list[str]:
        status, stdout, stderr = command_line("sweep", swept, "--list")
        assert (status, stderr) == (0, "")
        return [line.split("\t")[0] for line in stdout.splitlines()]

    assert listed() == ["to do"] * 3
    assert not list((tmp_path / "runs").glob("cell-*"))
    status, stdout, stderr = command_line("sweep", swept, "--jobs", "2", "--publish")
    assert status == 0, stderr
    assert "exact %" in stdout and listed() == ["finished"] * 3
    *_, table, said = stdout.splitlines()
    scores = list(csv.DictReader((tmp_path / "clone" / table.split()[-1]).open()))
    assert [(row["score.engine"], row["n"]) for row in scores] == [
        ("rules", "1"), ("rules", "2"), ("baseline", "6"),
    ]  # fmt: skip
    file = tmp_path / "clone" / said.removeprefix("published: ")
    head, *lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    assert [(line["engine"], len(line["right"])) for line in lines] == [
        ("rules", 1), ("rules", 2), ("baseline", 6),
    ]  # fmt: skip
    assert all(line["commit"] and "dirty" not in line["commit"] for line in lines)
    assert head["groups"].keys() == {line["content"] for line in lines}


def test_what_cannot_be_published_is_refused_before_the_work(command_line, swept, tmp_path):
    """Cells may take hours, and none of them could be published."""
    command_line.options["env"] |= {"TINY_SPECIALISTS_ROOT": str(tmp_path / "clone")}
    (tmp_path / "clone" / "data" / "new.jsonl").write_text("{}")
    refused = "error: helpers or data have uncommitted changes; commit them, then start again\n"
    assert one_error(command_line("sweep", swept, "--publish")) == refused
    assert one_error(command_line("score", *BASH, "rules", "--publish", "one")) == refused
    assert not list((tmp_path / "runs").glob("*/record.json"))


def test_a_sweep_with_a_failed_cell_ends_with_status_two(
    command_line, swept, bash_folder, tmp_path
):
    """A script that goes on after half a sweep compares half the systems."""
    command_line.options["env"] |= {"TINY_SPECIALISTS_ROOT": str(tmp_path / "clone")}
    train = bash_folder / "train.jsonl"
    good = train.read_bytes()
    train.write_bytes(good + b"{")
    status, stdout, stderr = command_line("sweep", swept, "--publish")
    assert status == 2 and "published" not in stdout
    assert stderr.splitlines()[-1] == (
        "error: 1 cells failed; mend what their lines name and start again"
    )
    assert "train.jsonl line 25: is not JSON" in stderr and "line 25" in stdout
    train.write_bytes(good)
    status, stdout, _ = command_line("sweep", swept)
    assert status == 0 and "error" not in stdout


def test_a_sweep_that_cannot_be_run_is_one_line(command_line, swept):
    swept.write_text("task: dictated_bash\nscore: {engine: rules, model: x}\n")
    for options in ([], ["--list"], ["--jobs", "2", "--publish"]):
        error = one_error(command_line("sweep", swept, *options))
        assert "some.yaml: score.engine 'rules' has no model; leave score.model out" in error
    assert "'0' is not a whole number" in one_error(command_line("sweep", swept, "--jobs", "0"))
    for options in (["--jobs", "2"], ["--publish"]):
        error = one_error(command_line("sweep", swept, "--list", *options))
        assert error == "error: --list runs nothing; leave --jobs and --publish out, or --list\n"


def test_only_answers_are_compared(command_line, bash_folder):
    rows = bash_folder / "test.jsonl"
    error = one_error(command_line("compare", rows, rows))
    assert "test.jsonl line 1: is no graded answer; give a file that 'score --out' wrote" in error


class Answering(BaseHTTPRequestHandler):
    """Answers "ls" to every question, and notes how many turns came with it."""

    def do_POST(self) -> None:
        """Answer one request."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.turns.append(len(asked["messages"]))
        text = b'{"choices": [{"message": {"content": "ls"}, "finish_reason": "stop"}]}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args) -> None:
        """Say nothing."""


def test_shots_says_how_many_rows_a_prompted_model_is_shown(command_line, bash_folder):
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        server.turns = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        command_line.options["env"] |= {"OPENAI_BASE_URL": url, "OPENAI_API_KEY": "none"}
        command = ("score", *BASH, "api", "--model", "any", "--data-dir", bash_folder, "--limit", 1)
        for shots in (0, 3):
            status, stdout, stderr = command_line(*command, "--shots", shots)
            assert status == 0, stderr
            assert json.loads(stdout)["settings"]["shots"] == shots
        assert "error: shots is -1; take 0" in one_error(command_line(*command, "--shots", -1))
        assert server.turns == [2, 8]  # system and question, and two turns for a row
        server.shutdown()


def test_what_an_endpoint_says_to_the_terminal_is_shown_not_obeyed(command_line, bash_folder):
    """Of an answer as of an error: a title, a colour or a moved cursor is nobody else's to set."""
    said = ["\x1b]0;title\x07\x1b[31mred", "<think>so</think>ls\t\u202egpj", "plain — é 日"]

    class Rude(Answering):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            status = 200 if said else 400
            choice = {"message": {"content": said.pop(0)}} if said else {}
            error = None if choice else {"message": "\x1b[2Jno"}
            text = json.dumps({"choices": [choice], "error": error})
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

    with ThreadingHTTPServer(("127.0.0.1", 0), Rude) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        command_line.options["env"] |= {"OPENAI_BASE_URL": url, "OPENAI_API_KEY": "none"}
        command = ("predict", "--task", "support_label", "--engine", "api", "--model", "any")
        status, stdout, stderr = command_line(*command, "--shots", 0, stdin=b"1\n2\n3\n4\n")
        server.shutdown()
    assert stdout.splitlines() == [
        r"\x1b]0;title\x07\x1b[31mred", "ls\t\\u202egpj", "plain — é 日"
    ]
    assert status == 2 and "\x1b" not in stderr and r"\x1b[2Jno" in stderr


def test_the_spine_tells_every_step_from_its_record(command_line, tmp_path):
    """`make run` is the first thing a reader does, and the longest path through the course."""
    status, stdout, stderr = command_line("spine", "--steps", "1", "--rows", "24")
    assert status == 0, stderr
    told = [line for line in stdout.splitlines() if line[:2] in ("1/", "2/", "3/", "4/", "5/")]
    assert [line[:3] for line in told] == ["1/5", "2/5", "3/5", "4/5", "5/5"]
    assert "0 leaks between splits" in told[0] and "24 rows right" in told[1]
    made = [json.loads(file.read_text()) for file in (tmp_path / "runs").glob("*/record.json")]
    [trained] = [record for record in made if record.get("scores")]
    for score in trained["scores"]:
        assert f"{100 * score['exact']:.1f} %" in stdout and score["name"] in stdout
    assert "GGUF Q8_0" in stdout and "errors:" in told[4]
    assert "committed records" in stdout and "make lab" in stdout
    asked, served = (line.split() for line in stdout.splitlines() if "-m helpers " in line)
    assert (PROJECT / asked[-1] / "record.json").is_file() and asked[3] == "predict"
    assert (PROJECT / served[-1]).is_file() and served[3] == "serve"
