"""The page without a server, but for the browser: what it ships, and what it answers."""

import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from helpers import tasks
from helpers.cli import main
from helpers.core.source import followed
from helpers.export.steps import ExportError
from helpers.export.web import build, inside, model, packages, tables
from helpers.pipeline import loading
from helpers.tasks.dictation import ngram

CODE = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from helpers.export.web import inside
page = inside.load(Path(sys.argv[2]).read_text(encoding="utf-8"))
print(page.answer("find dot dash name star dot txt", 3))
print(page.alternatives("LS dash LA.", "ls -la"))
print(page.answer("the kids are at home until four because it snows"))
"""


def test_the_files_that_ship_are_all_that_the_page_imports(learned, tmp_path):
    """Without any package, and without the rest of the course: as in the browser."""
    with zipfile.ZipFile(BytesIO(build.sources())) as archive:
        archive.extractall(tmp_path / "course")
    (tmp_path / "learned.json").write_text(learned.table, encoding="utf-8")
    words = [sys.executable, "-I", "-S", "-c", CODE, tmp_path / "course", tmp_path / "learned.json"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    command, others, talk = map(json.loads, done.stdout.splitlines())
    assert (command["text"], command["action"]) == ("find . -name *.txt", "type")
    assert command["candidates"][0][0] == command["text"] and len(command["candidates"]) == 3
    assert "ls -la" not in others and "ls -LA" in others
    assert (talk["text"], talk["action"], talk["kind"]) == ("", "nothing", "none")


def test_nothing_that_ships_needs_a_library():
    found = followed(build.INSIDE)
    found.pop("helpers.pipeline.confidence")  # it is fitted with libraries, and answers without
    assert {name: code.libraries for name, code in found.items() if code.libraries} == {}


def test_the_same_code_makes_the_same_archive():
    assert build.sources() == build.sources()
    assert build.compressed(b"a" * 99) == build.compressed(b"a" * 99)


def test_a_packed_ngram_is_the_same_tree_with_rounded_numbers(commands):
    model = ngram.fit(commands, order=5, cutoff=0)
    again = tables.unpack_ngram(json.loads(json.dumps(tables.pack_ngram(model))))
    assert again.log_probability.keys() == model.log_probability.keys()
    assert again.log_backoff.keys() == model.log_backoff.keys()
    errors = [abs(again.log_probability[gram] - p) for gram, p in model.log_probability.items()]
    assert 0 < max(errors) < 1 and sum(errors) / len(errors) < 0.05
    assert (again.order, again.alphabet) == (model.order, model.alphabet)


def test_what_was_learned_is_small_and_answers_like_the_pipeline(learned):
    assert len(build.compressed(learned.table.encode())) < 500_000
    task, page = tasks.get("dictated_bash"), inside.load(learned.table)
    reader, whole = page.router.listener.reader, learned.whole.listener.reader
    assert (reader.words, reader.costs, reader.misheard) == (
        whole.words, whole.costs, whole.misheard
    )  # fmt: skip
    assert page.router.writer.literals == learned.whole.writer.literals
    assert page.router.habits == learned.whole.habits and learned.whole.habits.subcommands
    rows = task.load("valid")[:60]
    pairs = [(page.router.answer(r.prompt), learned.whole.answer(r.prompt)) for r in rows]
    assert sum(a.text == b.text for a, b in pairs) >= 51
    assert all(a.details["kind"] == b.details["kind"] for a, b in pairs)


def test_the_page_is_as_sure_as_the_pipeline_of_the_same_router(learned):
    """Whether it types or asks is decided by the same numbers."""
    task, page = tasks.get("dictated_bash"), inside.load(learned.table)
    pipeline = loading.committed(task)
    same = replace(pipeline, drafter=replace(pipeline.drafter, router=page.router))
    rows = [*task.load("valid")[:20], *task.load("valid", "data/spoken_bash")[:60]]
    for row, outcome in zip(rows, same.answer(rows), strict=True):
        found = json.loads(page.answer(row.prompt))
        assert (found["text"], found["action"]) == (outcome.text, outcome.action)
        assert found["confidence"] == outcome.confidence


def test_candidates_are_listed_where_the_lattice_of_the_convention_answers(learned):
    page = inside.load(learned.table)
    found = json.loads(page.answer("wc dash L A dot txt", 40, "expanded"))
    assert found["question"] == "wc - L A . txt" and len(found["candidates"]) == 40
    assert "candidates" not in json.loads(page.answer("git space push space dash u", 40))
    assert "candidates" not in json.loads(page.answer("LS dash LA.", 40))


def test_a_folder_with_other_files_is_not_replaced(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "_python", list)
    monkeypatch.setattr(packages, "located", lambda package: tmp_path / "packages")
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "pyodide.mjs").write_text("")
    (tmp_path / "packages" / "pyodide-lock.json").write_text('{"info": {}}')
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work")
    with pytest.raises(ExportError, match="holds thesis.txt, which no page has; name a new"):
        build.build(out, "{}")
    assert (out / "thesis.txt").read_text() == "years of work"
    (out / "thesis.txt").unlink()
    first = build.build(out, "{}")
    assert build.build(out, "{}") == first and (out / "sw.js").exists()


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ([], "name a RUN before OUT, or say --no-model, and not both"),
        (["--no-model", "data/tiny_base/1m"], "and not both"),
        (["--no-model", "--mix", "0.5"], "--mix is a model's weight"),
    ],
)
def test_a_command_that_says_too_much_or_too_little_is_one_line(words, problem, tmp_path, capsys):
    assert main.main(["export-web", *words, str(tmp_path / "out")]) == 2
    assert problem in capsys.readouterr().err and not (tmp_path / "out").exists()


def test_a_model_needs_a_weight_and_the_page_s_own_job(base, tuned, tmp_path):
    with pytest.raises(ExportError, match="no weight for rescoring in its record; give --mix"):
        model.of_run(base, tmp_path)
    with pytest.raises(ExportError, match="mix is 7; give the model a weight from 0 to 1"):
        model.of_run(base, tmp_path, 7)
    with pytest.raises(ExportError, match="was tuned for support_label; the page is for dict"):
        model.of_run(tuned, tmp_path)


def test_without_npm_the_set_up_goes_on_and_says_what_it_leaves_out(monkeypatch, capsys):
    monkeypatch.setattr(packages, "are_there", lambda: False)
    monkeypatch.setattr(packages.npm, "is_there", lambda: False)
    packages.main()
    assert "left out: the page without a server, for want of npm" in capsys.readouterr().out


def test_the_page_never_sets_html_and_names_no_other_host():
    for file in build.PAGE.iterdir():
        text = file.read_text(encoding="utf-8")
        assert not any(word in text for word in ("innerHTML", "outerHTML", "insertAdjacent"))
        if file.name != "LICENCES.txt":
            assert "http://" not in text and "https://" not in text
    policy = (build.PAGE / "index.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy
    assert Path(build.PAGE / "sw.js").read_text(encoding="utf-8").count("Response.error()") == 1
