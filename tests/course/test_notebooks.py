"""The notebooks: static gates, each with the failure it prevents, and one execution each."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import types
from pathlib import Path

import psutil
import pytest
from served import small_pipeline, wait_until

from helpers import tasks
from helpers.core import examples, paths
from helpers.core.examples import Example
from helpers.corpora import same_text
from helpers.course import address, colab, notebooks
from helpers.course.outputs import ANSI
from helpers.evaluation import comparison
from helpers.remote import loopback
from helpers.sweep import nodes

ROOT = paths.root()
FILES = sorted((ROOT / "notebooks").glob("*.ipynb"))
SMOKE = {  # notebook → task → values; other notebooks run with their own parameters
    "02": {
        "dictated_bash": {"ROWS": 60, "TRAIN_ROWS": 400},
        "support_label": {"ROWS": 40, "TRAIN_ROWS": 80},
        "voice_command": {"ROWS": 60},
    },
    "09": {"support_label": {"WHISPER": "tiny.en"}, "voice_command": {"WHISPER": "tiny.en"}},
    "10": {
        "dictated_bash": {"PAGE": True},
        "support_label": {"SOUND": True},
        "voice_command": {"GGUF": "tiny-1m"},
    },
}
TINY = {"BASE": "data/tiny_base/2m"}
QUICK = {  # in every execution
    "02": {"TRAIN_ROWS": 400},
    "03": {"COUNT": 20, "TRAIN_ROWS": 400},
    "04": TINY | {"ROWS": 8, "TRAIN_ROWS": 24, "STEPS": 2, "EVAL_ROWS": 8},
    "05": {"ROWS": 6, "TRAIN_ROWS": 24, "STEPS": 1, "EVAL_ROWS": 6},
    "06": {"ROWS": 4, "TRAIN_ROWS": 24, "STEPS": 1, "EVAL_ROWS": 4, "GGUF_KINDS": "Q8_0"}
    | {"CALIBRATION": 24},
    "07": {"ROWS": 8, "TRAIN_ROWS": 24, "STEPS": 1, "EVAL_ROWS": 4, "ADDED": 6, "POOL": 30},
    "09": {"ROWS": 12, "TRAIN_ROWS": 400, "WHISPER": ""},
    "10": {"CLIENTS": "1 2", "REQUESTS": 6, "IDLE": 0.3, "GGUF": "", "SOUND": False, "PAGE": False},
    "11": {"HOST": "", "CLUSTER": "", "STEPS": 1, "EVAL_ROWS": 4, "TRAIN_ROWS": 24, "CELLS": 1},
    "A2": {"ROWS": 8, "TRAIN_ROWS": 200, "STEPS": 2},
    "A1": {"STEPS": 4, "AMOUNT": 300, "ROWS": 4, "ITEMS": 6},
}
ON_VALID = {"SPLIT": "valid", "CHOOSE_ON": "fold"}  # where there is no test split
UNTESTED = dict.fromkeys(("04", "05", "06", "07", "11"), ON_VALID) | dict.fromkeys(
    ("09", "10"), {"SPLIT": "valid"}
)
ADDRESS = address.address()
SETUP_CELL = address.setup_cell(ADDRESS)
PARAMETER = re.compile(r"^[A-Z][A-Z_0-9]*: (str|int|float|bool) = .+  # \S.*$")
REST = "# --- the rest may stay as it is ---"
SCORE = re.compile(
    r"\b(?!100 %)(\d[\d.,]*) ?(?:%|percent\b|points\b)|\b(\d*\.\d{2,})\b|\bn = (\d[\d,]*)"
)
TRAINING = ("04", "05")
# Refreshed since pictures carry words.
IN_WORDS = ("01", "02", "08", "09", "10", "11", "A2", *TRAINING)
PATH = re.compile(r"""["'](?:/\w|~/|\.\./|[A-Z]:\\)""")
TRAINS = re.compile(r"finetune\(task|session\.finish\(")
ASKS = re.compile(r"\bmeasure\(|results\[")
PROVIDES = {"sklearn": "scikit-learn", "mlx_lm": "mlx-lm", "IPython": "ipykernel"}

each = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
each_task = pytest.mark.parametrize("task", tasks.names())
# Each page on one row of one job, all jobs in turn; on one row of every job in `make check-pages`.
IN_TURN = [
    pytest.param(path, task, id=f"{path.stem}-{task}")
    for number, path in enumerate(FILES)
    for place, task in enumerate(tasks.names())
    if os.environ.get("CHECK_PAGES") or number % len(tasks.names()) == place
]


def content(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def cells(path: Path, kind: str) -> list[dict]:
    return [cell for cell in content(path)["cells"] if cell["cell_type"] == kind]


def source(cell: dict) -> str:
    return "".join(cell["source"])


def outputs(path: Path) -> list[dict]:
    return [output for cell in cells(path, "code") for output in cell["outputs"]]


def text_of(output: dict) -> str:
    parts = [output.get("text", "")]
    parts += [text for kind, text in output.get("data", {}).items() if kind.startswith("text/")]
    return "".join("".join(part) for part in parts)


def told(cell: dict) -> str:
    """What a cell prints, then its tables, without what stands for a picture."""
    found = [o for o in cell["outputs"] if "image/png" not in o.get("data", {})]
    printed = [o["text"] for o in found if o.get("name") == "stdout"]
    tables = [o["data"]["text/plain"] for o in found if "data" in o]
    return "".join(map("".join, printed + tables))


def code_lines(cell: dict) -> list[str]:
    lines = source(cell).splitlines()
    return [line for line in lines if line.strip() and not line.strip().startswith("#")]


def test_there_are_notebooks():
    """An empty folder would pass every test below."""
    assert FILES


@each
def test_cells_ran_once_from_top_to_bottom(path):
    """A cell that was run out of order shows what no reader will ever see."""
    counts = [cell["execution_count"] for cell in cells(path, "code")]
    assert counts == list(range(1, len(counts) + 1)), f"run: python -m helpers refresh {path.name}"


@each
def test_outputs_belong_to_the_code(path):
    """Code was edited after its outputs were made, and the page showed numbers of older code."""
    recorded = content(path)["metadata"].get("outputs_of")
    assert recorded == notebooks.code_hash(path), f"run: python -m helpers refresh {path.name}"


@each
def test_the_setup_cell_is_the_one_of_all_notebooks(path):
    """A mended setup cell reached all notebooks but one, which then failed on Colab only."""
    assert source(cells(path, "code")[0]) == SETUP_CELL, "run: python -m helpers refresh --address"


@each
def test_the_opening_says_what_a_reader_asks_first(path):
    """A badge that opened another notebook, and openings that each said something else."""
    opening = source(content(path)["cells"][0])
    number = path.stem.partition("_")[0]
    assert re.match(rf"# {number} · [A-Z][a-z-]+,? ", opening)
    assert address.badge(ADDRESS, path.name) in opening.splitlines()
    for words in ("Runs on", "Takes", "Needs", "Makes", "What you'll do", "What you'll learn"):
        assert f"**{words}" in opening, words
    assert 3 <= len(re.findall(r"^- ", opening, re.MULTILINE)) <= 5
    assert "**What you'll need" in opening
    assert "#glossary)" in path.read_text("utf-8")


@each
def test_parameters_are_typed_and_explained(path):
    """A parameter without a type let "3" through as a text; without help nobody knew its unit."""
    tagged = [c for c in cells(path, "code") if "parameters" in c["metadata"].get("tags", [])]
    assert len(tagged) == 1
    lines = source(tagged[0]).splitlines()
    if REST in lines:
        assert lines.index(REST) == 5  # what a reader needs stands first
        lines.remove(REST)
    assert lines
    for line in lines:
        assert PARAMETER.match(line), line
    assert {"TASK", "DATA_DIR"} <= {line.partition(":")[0] for line in lines}


@each
def test_code_cells_are_short_and_narrow(path):
    """A cell of sixty lines is a program, not a lesson; a wide one scrolls sideways on a laptop."""
    for number, cell in enumerate(cells(path, "code"), 1):
        lists = number in (2, 3)  # parameters and imports: to look things up, not to follow
        assert len(code_lines(cell)) <= (20 if lists else 15), f"code cell {number}"
        if source(cell) != SETUP_CELL:
            wide = [line for line in source(cell).splitlines() if len(line) > 88]
            assert not wide, f"code cell {number}: {wide}"


@each
def test_a_notebook_is_one_lesson_long(path):
    """Readers gave up on notebooks of a hundred cells."""
    assert 25 <= len(content(path)["cells"]) <= 40


@each
def test_prose_goes_between_the_code(path):
    """A row of bare code cells shows results that nobody explains."""
    found = content(path)["cells"]
    lesson = next(n for n, cell in enumerate(found) if "## Exercises" in source(cell))
    kinds = "".join(cell["cell_type"][0] for cell in found[:lesson])
    assert "ccc" not in kinds[4:]  # setup, parameters and imports stand before


@each
def test_no_path_of_one_machine(path):
    """A notebook that names a folder of its writer's machine runs there and nowhere else."""
    for cell in cells(path, "code"):
        assert not PATH.search(source(cell)), source(cell)
    for output in outputs(path):
        assert str(ROOT) not in text_of(output)
        assert not re.search(r"site-packages|ipykernel_\d", text_of(output))


@each
def test_outputs_are_fit_to_be_committed(path):
    """Widgets show nothing on the web, colours show as garbage, a traceback was once published."""
    assert "widgets" not in content(path)["metadata"]
    for output in outputs(path):
        assert output["output_type"] != "error"
        assert output.get("name") != "stderr"
        kinds = set(output.get("data", {}))
        assert not {k for k in kinds if "widget" in k or "javascript" in k}
        assert not ANSI.search(text_of(output))
        assert len(text_of(output).splitlines()) <= 300
    assert path.stat().st_size <= 300_000


@each
def test_there_is_a_picture(path):
    """Tables were all there was where people would rather look."""
    assert any("image/png" in output.get("data", {}) for output in outputs(path))


@pytest.mark.parametrize("number", IN_WORDS)
def test_every_picture_is_told_in_words(number):
    """Who cannot see a picture learned that there was one, and nothing else."""
    (path,) = (path for path in FILES if path.stem.startswith(number))
    pictures = [output for output in outputs(path) if "image/png" in output.get("data", {})]
    assert len(pictures) >= 3
    for output in pictures:
        assert len(output["metadata"].get("image/png", output["metadata"]).get("alt", "")) > 20


@pytest.mark.parametrize("number", TRAINING)
def test_a_page_that_trains_shows_its_training(number):
    """Its outputs said that the run was finished before: a reader saw nobody train."""
    (path,) = (path for path in FILES if path.stem.startswith(number))
    (cell,) = (cell for cell in cells(path, "code") if "session.finish(" in source(cell))
    printed = told(cell)
    assert not re.search("finished before|going on from|fetched", printed)
    steps = re.findall(r"^step (\d+)/(\d+) ·.* left$", printed, re.MULTILINE)
    assert len(steps) >= 2 and int(steps[0][0]) <= int(steps[0][1]) / 5


@each
def test_imports_are_declared(path):
    """A package that happened to be on the writer's machine was missing on everybody else's."""
    files = (ROOT / name for name in ("requirements.txt", "requirements-unsloth.txt"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    lines = (line for line in lines if line and not line.startswith("#"))
    names = {re.split(r"[=<>!~\[; ]", line)[0] for line in lines}
    known = names | {"helpers"} | set(sys.stdlib_module_names)
    for cell in cells(path, "code"):
        for node in ast.walk(ast.parse(source(cell))):
            if isinstance(node, ast.Import):
                found = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                found = [node.module or ""]
            else:
                continue
            for name in (module.partition(".")[0] for module in found):
                assert PROVIDES.get(name, name) in known, name


def scores(text: str) -> list[str]:
    """The measured numbers that a text names."""
    return ["".join(found) for found in SCORE.findall(text)]


def shows(printed: str, number: str) -> bool:
    """Whether a number stands in what was printed, not as a part of another."""
    return bool(re.search(rf"(?<![\d.]){re.escape(number)}(?!\d|[.,]\d)", printed))


@each
def test_a_measured_number_in_prose_stands_in_the_outputs(path):
    """A table typed by hand contradicted the output of the cell above it."""
    printed = "\n".join(map(told, cells(path, "code")))
    for cell in cells(path, "markdown"):
        for number in scores(source(cell)):
            assert shows(printed, number), number


def test_the_gate_for_numbers_in_prose_finds_them():
    """A gate that matches nothing passes everything."""
    assert scores("from 2.585 to 97.1%, n = 630") == ["2.585", "97.1", "630"]
    assert shows("loss 2.585 over", "2.585") and not shows("12.585 2.5851", "2.585")
    assert all(map(SCORE.search, ("76.2 % exact", "97.1%", "p = 0.03", "n = 630", "3 points")))
    assert not any(map(SCORE.search, ("100 % sure", "step 2", "version 1", "`-n1`", "*.txt")))


@each
def test_links_lead_somewhere(path):
    """A renamed notebook left dead links in its neighbours."""
    for cell in cells(path, "markdown"):
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", source(cell)):
            if not link.startswith("https://"):
                assert (path.parent / link).exists(), link


@each
def test_exercises_are_starred_and_not_solved(path):
    """An exercise whose solution stood below it, and one with a check nobody had written."""
    from helpers.course import exercises

    text = "\n".join(source(cell) for cell in content(path)["cells"])
    assert len(re.findall(r"^\d\. ★+ \*\*", text, re.MULTILINE)) in (3, 4)
    checks = re.findall(r"^# exercises\.(check_\w+)\(\w+\)$", text, re.MULTILINE)
    assert len(checks) in (3, 4)
    for check in checks:
        assert hasattr(exercises, check), check
        assert re.search(rf"def {check.removeprefix('check_')}\([^\n]*\n    \.\.\.", text)


@each
def test_a_page_ends_with_what_to_take_along_and_where_to_go(path):
    """A page stopped at its last exercise, and the reader with it."""
    text = "\n".join(source(cell) for cell in cells(path, "markdown"))
    end = text.partition("## Wrap-up")[2]
    assert "**Where to go from here.**" in end and "## Exercises" in end
    open_ones = end.partition("**Open ones**, without a check:")[2]
    assert len(re.findall(r"^- \*", open_ones, re.MULTILINE)) in (3, 4)


@each
def test_the_last_cell_keeps_the_record(path):
    """Scores that were only printed could not be compared a week later."""
    last = content(path)["cells"][-1]
    assert last["cell_type"] == "code"
    assert "runs.write(" in source(last)


@pytest.fixture
def kernel(tmp_path, monkeypatch):
    """Let kernels find the helpers, and keep what they write out of the project."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("TINY_SPECIALISTS_RUNS", str(tmp_path / "runs"))
    for library in ("OMP", "OPENBLAS", "MKL"):  # kernels side by side fight for the same cores
        monkeypatch.setenv(f"{library}_NUM_THREADS", "1")
    return tmp_path


def execute(path: Path, values: dict, folder: Path, seconds: int = 120) -> list[dict]:
    """Run a copy with checked parameters, so long at most a cell; return the records it wrote."""
    from nbmake.nb_run import NotebookRun

    values = QUICK.get(path.stem[:2], {}) | values
    if path.stem.startswith("10"):  # what it serves loads quickly
        for name in ("dictated_bash", "support_label"):
            small_pipeline(folder / "pipelines", 200, name)
        values |= {"PIPELINES": str(folder / "pipelines")}
    prepared = notebooks.prepare(path, values, folder / path.name)
    result = NotebookRun(prepared, default_timeout=seconds).execute()
    assert result.error is None, result.error.trace
    found = [json.loads(file.read_text()) for file in (folder / "runs").glob("*/record.json")]
    assert found, "it left no record"
    return found


@each_task
@each
def test_a_notebook_runs(path, task, kernel):
    """A cell knew the tables of one task, and the notebook broke on the two others."""
    values = SMOKE.get(path.stem[:2], {}).get(task, {})
    for record in execute(path, {"TASK": task} | values, kernel):
        assert record["task"] == task
        assert {"commit", "versions", "hardware"} <= record.keys()
        check_comparisons(path.stem[:2], task, record)


def test_04_runs_on_the_small_base(kernel):
    """The page is told with it, and all other executions are of the tiny one."""
    path = next(path for path in FILES if path.stem.startswith("04"))
    short = {"BASE": "smollm2-135m", "ROWS": 4, "EVAL_ROWS": 4, "BATCH": 4}
    found = execute(path, {"TASK": "support_label"} | short, kernel)
    (page,) = (record for record in found if "mixes" in record)
    names = {score["name"] for score in page["scores"]}
    assert "baseline, generator's text" in names and "baseline, same text" not in names
    (run,) = (one for one in found if one.get("base") == "smollm2-135m" and "best_step" in one)
    assert run["total_weights"] > 130e6 and run["trainable_weights"] < 10e6


def test_11_trains_elsewhere(kernel):
    """Where sshd, rsync or tmux are missing it says so, and goes on; Ray is make check-cluster's.

    Without Ray the page had never met the two nodes that it tells about.
    """
    path = next(path for path in FILES if path.stem.startswith("11"))
    values = {"TASK": "dictated_bash", "HOST": "loopback", "BASE": "tiny-1m"}
    if on_ray := "CHECK_CLUSTER" in os.environ and nodes.installed():
        values |= {"CLUSTER": "here", "CELLS": 4}
    found = execute(path, values, kernel, 1200 if on_ray else 120)
    (page,) = (record for record in found if "timeline" in record)
    assert page["host"] == (not loopback.missing())
    trained = [record["run"] for record in found if "best_step" in record]
    assert trained == [page["run"]] * page["host"]
    lanes = {row["lane"] for row in page["timeline"]}
    assert page["cluster"] == on_ray and lanes == ({"node 1", "node 2"} if on_ray else {"job 1"})


def check_comparisons(notebook: str, task: str, record: dict) -> None:
    """What a page compares got the same choices, stands beside the same text, and is corrected.

    An untuned base at another's weight, and an n-gram that had read a twentieth of what the base
    had, once made a tuning look fifteen times as good as it was.
    """
    if notebook in ("04", "07", "08") and "compared" in record:
        family = record["compared"]
        wanted = comparison.holm([one["p"] for one in family])
        assert [one["p_corrected"] for one in family] == pytest.approx(wanted)
    reads = bool(same_text.SOURCES.get(task))
    if notebook == "02" and "steps" in record:
        names = [step["name"] for step in record["steps"]]
        assert names[-1].endswith("same text") == reads and record["best"] in names
    if notebook == "04" and "scores" in record:
        names = [score["name"] for score in record["scores"]]
        assert ("baseline, same text" in names) == reads
        assert {name.removeprefix("un") for name in names if name.startswith("untuned")} == {
            name for name in names if name.startswith("tuned")
        }
        assert set(record["mixes"]) == {"untuned", "tuned"}
        assert f"tuned, {record['decode']}" in names


@pytest.mark.parametrize(("path", "task"), IN_TURN)
def test_a_notebook_runs_on_one_row_of_ones_own(path, task, kernel):
    """One row has no spread, no second group, no second label, and one or no error to read."""
    bundled = tasks.get(task)
    for split in ("train", "valid", "test"):
        examples.write_rows(kernel / "own" / f"{split}.jsonl", bundled.load(split)[:1])
    if (labels := bundled.data_dir / "labels.json").exists():
        (kernel / "own" / labels.name).write_bytes(labels.read_bytes())
    for record in execute(path, {"TASK": task, "DATA_DIR": str(kernel / "own")}, kernel):
        assert record["task"] == task


@each
def test_a_notebook_runs_on_a_few_rows_of_ones_own(path, kernel):
    """The first thing a reader does is bring ten rows, without groups and without a test split."""
    commands = ["wc -l a", "ls -a", "df -h", "find . -name a", "cat a | wc", "cd ..", "kill -9 12"]
    said = ["wc dash L A", "ls dash A", "df dash H", "find dot dash name A", "cat A pipe wc"]
    said += ["cd dot dot", "kill dash nine twelve"]
    own = [Example(f"{i}", p, t) for i, (p, t) in enumerate(zip(said, commands, strict=True))]
    for split in ("train", "valid"):
        examples.write_rows(kernel / "own" / f"{split}.jsonl", own)
    values = UNTESTED.get(path.stem[:2], {})
    execute(path, {"DATA_DIR": str(kernel / "own")} | values, kernel)


def test_a_base_that_mlx_rounded_works_to_the_end_of_05_and_in_06(kernel):
    """05 recommended such a base, trained on it, and then a cell asked torch to load it."""
    from helpers.export.quantize import quantize

    base = quantize(ROOT / "data" / "tiny_base" / "2m", kernel / "base", 4)
    for split in ("train", "valid", "test"):  # few rows: on a CPU such weights are slow
        rows = tasks.get("support_label").load(split)[:8]
        examples.write_rows(kernel / "own" / f"{split}.jsonl", rows)
    path_05, path_06 = (next(p for p in FILES if p.stem.startswith(n)) for n in ("05", "06"))
    own = {"DATA_DIR": str(kernel / "own")}
    execute(path_05, own | {"BASE": str(base)}, kernel)
    (run,) = (kernel / "runs").glob("finetune-*")
    execute(path_06, own | {"RUN": str(run), "GGUF_KINDS": ""}, kernel)
    (record,) = (kernel / "runs").glob("export-*/record.json")
    table = json.loads(record.read_text())["artefacts"]
    bits = {row["name"]: row["settings"]["dtype"] for row in table}
    assert (bits["adapter"], bits["fused, 32 bits"]) == ("4-bit", "float32")


def test_06_and_07_find_the_run_that_04_kept_copies_of(kernel, monkeypatch):
    """On Colab each notebook has a machine of its own, and each of them trained the same run."""
    from nbmake.nb_run import NotebookRun

    printed = {}
    for number in ("04", "06", "07"):
        path = next(path for path in FILES if path.stem.startswith(number))
        monkeypatch.setenv("TINY_SPECIALISTS_RUNS", str(kernel / number))  # another machine's
        values = QUICK["04"] | {"BACKUP_DIR": str(kernel / "backup")}
        if number != "04":  # they train the profile's base, here the same
            values.pop("BASE")
        prepared = notebooks.prepare(path, values, kernel / path.name)
        short = content(prepared)
        coded = [cell for cell in short["cells"] if cell["cell_type"] == "code"]
        last = next(n for n, cell in enumerate(coded) if TRAINS.search(source(cell)))
        at_work = [c for c in coded[4:last] if not ASKS.search(source(c))]
        short["cells"] = coded[:4] + at_work + [coded[last]]  # set-up, parameters twice, imports
        prepared.write_text(json.dumps(short), encoding="utf-8")
        result = NotebookRun(prepared, default_timeout=120).execute()
        assert result.error is None, result.error.trace
        printed[number] = told(result.nb.cells[-1])
    (run,) = (kernel / "backup").iterdir()
    assert "fetched" not in printed["04"]
    for number in ("06", "07"):
        assert f"fetched {run.name} from" in printed[number]


def test_a_page_of_records_shows_those_on_record(kernel):
    """Records were published anew, and the page that compares them went on showing the old ones."""
    from nbmake.nb_run import NotebookRun

    path = next(path for path in FILES if path.stem.startswith("08"))
    prepared = notebooks.prepare(path, {}, kernel / path.name)
    result = NotebookRun(prepared, default_timeout=120).execute()
    assert result.error is None, result.error.trace
    now = [cell for cell in result.nb.cells if cell.cell_type == "code"]
    pairs = list(zip(cells(path, "code"), now, strict=True))[:-1]  # the last names a folder
    for committed, made in pairs:
        assert told(committed) == told(made), f"run: python -m helpers refresh {path.name}"
    assert sum(bool(told(committed)) for committed, _ in pairs) > 5


def test_10_leaves_no_process_behind_when_a_cell_fails(kernel):
    """A page that starts servers would fill a reader's memory, one failure after another."""
    from nbmake.nb_run import NotebookRun

    path = next(path for path in FILES if path.stem.startswith("10"))
    prepared = notebooks.prepare(path, {}, kernel / path.name)
    short = content(prepared)
    starts = next(n for n, cell in enumerate(short["cells"]) if "local.serve(" in source(cell))
    short["cells"][starts]["source"] += ["\nclient.get('/ready')\n1 / 0"]
    prepared.write_text(json.dumps(short | {"cells": short["cells"][: starts + 1]}), "utf-8")
    result = NotebookRun(prepared, default_timeout=120).execute()
    assert "ZeroDivisionError" in str(result.error.trace)
    wait_until(lambda: not started_in(kernel / "runs"))


def started_in(runs: Path) -> list[psutil.Process]:
    """The processes that a page of this test has started, by what their environment says."""
    found = []
    for one in psutil.process_iter():
        try:
            if one.environ().get("TINY_SPECIALISTS_RUNS") == str(runs) and one.pid != os.getpid():
                found.append(one)
        except psutil.Error:  # another's, or it has just ended
            continue
    return found


def test_an_unknown_parameter_is_refused(kernel):
    """papermill only warns of it, so a misspelt name silently ran with the default."""
    with pytest.raises(notebooks.ParameterError, match="its parameters are"):
        notebooks.prepare(FILES[0], {"TAKS": "dictated_bash"}, kernel / "x.ipynb")


def test_the_setup_cell_works_on_colab(tmp_path, monkeypatch):
    """It can only be seen to fail on Colab, where no test runs: so Colab is played here."""
    cloned, installed = [], []
    folder = ADDRESS.rpartition("/")[2]

    def play(command, check):
        cloned.append(command)
        (tmp_path / folder).mkdir()

    monkeypatch.setattr(subprocess, "run", play)
    monkeypatch.setattr(colab, "install", lambda: installed.append(Path.cwd()))
    monkeypatch.setitem(sys.modules, "google.colab", types.ModuleType("google.colab"))
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.chdir(tmp_path)
    exec(SETUP_CELL, {})
    assert Path.cwd() == tmp_path / folder
    assert sys.path[0] == str(Path.cwd())
    assert cloned[0][-1] == ADDRESS
    exec(SETUP_CELL, {})  # once more, after a restart: nothing is cloned twice
    monkeypatch.chdir(tmp_path)  # where a restarted kernel begins
    exec(SETUP_CELL, {})
    assert len(cloned) == 1
    assert installed == [tmp_path / folder] * 3


def test_the_setup_cell_does_nothing_on_a_laptop(tmp_path, monkeypatch):
    """A setup cell that installs things into a reader's own environment is not forgiven."""
    monkeypatch.setattr(subprocess, "run", None)
    monkeypatch.delitem(sys.modules, "google.colab", raising=False)
    monkeypatch.chdir(tmp_path)
    exec(SETUP_CELL, {})
    assert Path.cwd() == tmp_path
    assert not list(tmp_path.iterdir())
