"""One call from text to an outcome, and the file that answers the same wherever it is copied."""

import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from families import save_run

from helpers import tasks
from helpers.cli.main import main
from helpers.core.examples import Prediction
from helpers.export.gguf import convert
from helpers.pipeline import explain, loading, making, measuring, settings, ways
from helpers.pipeline.gate import TALK
from helpers.pipeline.outcome import ASK, NOTHING, TYPE
from helpers.pipeline.run import run
from helpers.speech.transcribe import Transcript
from helpers.tasks.dictation.hearing import copying
from helpers.tasks.dictation.hearing.talk import Talk
from helpers.tasks.dictation.hearing.units import units_of

TALKED = "okay so the command is git push to origin on the main branch"
PLAIN = "wc dash L notes dot txt"
SAID = ["LS dash LA.", PLAIN, TALKED, "Thank you for watching.", ""]


@pytest.fixture(scope="module")
def made():
    """The pipeline of dictated commands that comes with the course: no model."""
    return loading.committed(tasks.get("dictated_bash"))


@pytest.fixture(scope="module")
def file(tiny, tmp_path_factory):
    """The file of a pipeline whose model, two layers of random weights, copies what talk holds."""
    path = tmp_path_factory.mktemp("made") / "bash.json"
    order = making.Order(tasks.get("dictated_bash"), tiny, words={"jay queue": "jq"}, rows=12)
    making.make(order, path, lambda label: iter)
    known = settings.read(path)
    model = replace(known.model, ways={TALK: ways.COPY})
    settings.write(replace(known, model=model), path)
    return path


@pytest.fixture(scope="module")
def with_model(file):
    """That pipeline, loaded."""
    return loading.load(file)


def test_every_stage_says_what_it_decided_how_sure_it_is_and_how_long_it_took(made):
    outcome = run(made, "LS dash LA.")
    assert (outcome.action, outcome.typed, outcome.choices) == (TYPE, "ls -la", ())
    assert [stage.name for stage in outcome.stages] == ["gate", "hearing", "plan"]
    gate, lattice, plan = outcome.stages
    assert 0.5 < gate.confidence <= 1 and gate.alternatives[0].text == gate.decision
    assert lattice.decision == lattice.alternatives[0].text == "ls -la"
    assert gate.seconds > 0 and outcome.seconds > lattice.seconds > 0
    assert "Backspace 6 times" in outcome.undo and outcome.undo in plan.note


def test_whoever_is_unsure_asks_between_two_or_three_and_types_nothing(made):
    outcome = run(made, TALKED)
    assert (outcome.action, outcome.typed, outcome.undo) == (ASK, "", "")
    assert 2 <= len(outcome.choices) <= 3 and outcome.choices[0] == outcome.text
    assert outcome.confidence < made.settings.confidence.ask_below
    assert run(made, PLAIN).confidence > outcome.confidence


@pytest.mark.parametrize("said", ["", "  ", "We should talk about the budget next week."])
def test_nothing_is_done_about_silence_and_about_talk_that_is_no_command(made, said):
    outcome = run(made, said)
    assert (outcome.action, outcome.text, outcome.typed) == (NOTHING, "", "")


def test_what_was_heard_counts_only_where_something_was_dictated(made):
    talk = Transcript("my cat slept on the keyboard all afternoon", 1.0, 2.0, dictated="cat dot")
    assert made.heard(talk).action == NOTHING
    heard = made.heard(Transcript("grip dash are error", 1.0, 2.0, dictated="grep dash r error"))
    assert (heard.said, heard.text) == ("grep dash r error", "grep -r error")
    assert heard.stages[0].name == "transcriber" and heard.seconds > 1
    alike = (("git fetch dash slash null", -5.0), ("git fetch dash dash all", -5.5))
    several = Transcript("git fetch dash hash all", 1.0, 2.0, (), alike[0][0], alike)
    assert made.heard(several).text == "git fetch --all"  # sounds less so, and is a command
    assert made.heard(Transcript("", 0.5, 2.0)).action == NOTHING


def test_an_outcome_is_explained_in_lines_a_table_and_a_picture(made):
    outcome = run(made, TALKED)
    text = explain.explained(outcome)
    assert text.splitlines()[0].split(maxsplit=1) == ["said", TALKED]
    assert "asked" in text and all(choice in text for choice in outcome.choices)
    table = explain.table(outcome)
    assert list(table.index) == [stage.name for stage in outcome.stages]
    assert table.loc["gate", "decision"] == TALK
    typed = run(made, "LS dash LA.")
    picture = explain.lattice(made, typed)  # its title is the path's; a style moves it left
    assert "ls -la" in (picture.get_title(), picture.get_title("left"))
    assert list(explain.milliseconds([outcome, typed]).columns) == ["gate", "hearing", "plan"]


def test_a_model_answers_talk_with_words_that_were_said_or_belong_to_commands(with_model):
    outcome = run(with_model, TALKED)
    assert [stage.name for stage in outcome.stages][:3] == ["gate", "hearing", "model"]
    router = with_model.drafter.router
    known = with_model.drafter.ways[TALK].task.known
    said, _ = copying.said(units_of(TALKED, router.domain), router.listener.reader)
    assert set(copying.WORD.findall(outcome.text)) <= {*known, *said, outcome.text.split()[-1]}
    assert router.listener.reader.words.own == {"jay queue": "jq"}
    assert run(with_model, PLAIN).route == "lattice"  # where it was not given the model


def test_a_gguf_answers_as_the_folder_it_was_made_from(file, with_model, tiny, tmp_path):
    """What ships is a GGUF, and a pipeline took folders only."""
    shipped = convert(tiny, tmp_path / "made" / "model.gguf", "f32")
    (shipped.parent / "of-another.gguf").write_bytes(b"")
    path = tmp_path / "pipeline" / "bash.json"
    order = making.Order(tasks.get("dictated_bash"), shipped, "gguf", {"jay queue": "jq"}, rows=12)
    making.make(order, path, lambda label: iter)
    made, known = settings.read(path), settings.read(file)
    copied = {Path(name).name for name in made.sha256 if "/model/" in name}
    assert {"model.gguf", "tokenizer.json"} <= copied and "of-another.gguf" not in copied
    with pytest.raises(settings.SettingsError, match="train.jsonl is no pipeline's file; it stays"):
        making.make(order, path.parent / "bash-parts" / "rows" / "0" / "train.jsonl", iter)
    there = path.parent / "bash-parts" / "model"
    (there / "mine.txt").write_text("kept")
    with pytest.raises(settings.SettingsError, match=r"mine.txt: is no part of .*bash.json; rem"):
        making.make(order, path, iter)
    (there / "mine.txt").unlink()
    named = shipped.rename(shipped.with_name("newer.gguf"))
    making.make(replace(order, model=named), path, lambda label: iter)
    assert [file.name for file in there.glob("*.gguf")] == ["newer.gguf"]
    made = settings.read(path)
    same = replace(made.model, ways=known.model.ways, mix=known.model.mix)
    settings.write(replace(made, model=same, confidence=known.confidence), path)
    there = loading.load(path)
    for said in SAID:
        one, other = run(with_model, said), run(there, said)
        assert (one.text, one.choices, one.route) == (other.text, other.choices, other.route)


def test_what_a_model_copies_is_ranked_among_what_the_lattice_lists(file, made):
    """Alone it missed what the lattice knew, and the lattice could not list what it wrote."""
    known = settings.read(file)
    found = loading.material(known, file.parent)
    asked = loading.ways_of(made.drafter, known, found)[TALK]
    rows = [made.task.example_of(said) for said in (TALKED, "now then show me the disks please")]
    copied = [one.text for one in asked[ways.COPY].answer(rows)]
    listed = [{one.text for one in row} for row in asked[ways.RESCORE].scored(rows)]
    joint, reader = asked[ways.JOINT], asked[ways.RESCORE].task.listener.reader
    for row, text, texts, one in zip(rows, copied, listed, joint.scored(rows), strict=True):
        assert {each.text for each in one} == texts | ({text} - {""})
        price = copying.left_out(text, row.prompt, reader, Talk())
        assert {each.own for each in one if each.text not in texts} <= {
            made.drafter.router.likelihood(text) - price
        }
        assert joint.answer([row])[0].text in {each.text for each in one}
    assert joint.fingerprint != asked[ways.RESCORE].fingerprint


def test_a_copied_file_answers_the_same_and_says_what_is_missing_or_changed(
    file, with_model, tmp_path
):
    copy = tmp_path / "elsewhere" / file.name
    shutil.copytree(file.parent, copy.parent)
    there = loading.load(copy)
    for said in SAID:
        one, other = run(with_model, said), run(there, said)
        assert (one.text, one.choices) == (other.text, other.choices)
        assert one.confidence == other.confidence
    weights = copy.parent / "bash-parts" / "model" / "model.safetensors"
    content = weights.read_bytes()
    weights.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(ValueError, match=r"bash-parts/model/model\.safetensors has changed; put"):
        loading.load(copy)
    weights.unlink()
    with pytest.raises(ValueError, match=r"bash-parts/model/model\.safetensors is missing; put"):
        loading.load(copy)


def test_predict_answers_by_a_file_and_keeps_nothing(file, monkeypatch, capsys, runs_dir):
    lines = "\n".join(SAID).encode() + b"\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8"))
    assert main(["predict", "--pipeline", str(file)]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines()[:2] == ["ls -la", "wc -l notes.txt"]
    assert len(shown.out.splitlines()) == len(SAID) and "no language model" not in shown.err
    kept = [path for path in runs_dir.rglob("*") if path.is_file()]
    assert [path for path in kept if b"notes" in path.read_bytes()] == []


def test_a_run_of_another_job_goes_the_same_way_with_the_base_below_its_adapter(
    tiny, tmp_path, capsys, runs_dir
):
    adapted = save_run(tiny, tmp_path / "run", ("q_proj",), task="voice_command")
    path = tmp_path / "made" / "voice.json"
    made = ["pipeline", "voice_command", "--model", str(adapted), "--rows", "4"]
    assert main([*made, "--out", str(path)]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert set(told["validation_exact_by_way"]["any"]) == {"", "rescore", "grammar", "free"}
    shutil.rmtree(adapted)
    answers = ["score", "--pipeline", str(path), "--limit", "8", "--out", str(tmp_path / "a.jsonl")]
    assert main(answers) == 0
    record = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (record["task"], record["engine"], record["n"]) == ("voice_command", "pipeline", 8)
    rows = [json.loads(row) for row in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert all(0 <= row["confidence"] <= 1 for row in rows)
    assert main(["predict", "--task", "support_label", "--pipeline", str(path)]) == 2
    assert "answers voice_command, not support_label" in capsys.readouterr().err


def test_what_does_not_go_together_is_one_line(tuned, tmp_path, capsys):
    made = ["pipeline", "dictated_bash", "--model", str(tuned), "--out", str(tmp_path / "a.json")]
    assert main(made) == 2
    assert "was tuned for support_label" in capsys.readouterr().err
    assert main(["predict", "--task", "dictated_bash", "--engine", "rules", "--pipeline", "a"]) == 2
    assert "leave pipeline out" in capsys.readouterr().err
    assert main(["score", "--task", "dictated_bash"]) == 2
    assert "--engine is missing" in capsys.readouterr().err
    assert main(["gate", "dictated_bash", "--pipeline", "a.json"]) == 2
    assert "add it, or leave them" in capsys.readouterr().err


def test_a_call_is_planned_on_this_desktop_and_a_note_is_never_asked_about():
    desk = {"workspaces": [], "apps": [{"name": "Google Chrome"}, {"name": "Slack"}],
            "displays": [{"index": 1, "name": "Built-in", "width": 1728, "height": 1117}],
            "focused_display": 1}  # fmt: skip
    calls = loading.committed(tasks.get("voice_command"))
    called = run(calls, "bring up gogle crome", desk)
    assert json.loads(called.text)["arguments"] == {"app": "Google Chrome"}
    assert [stage.name for stage in called.stages] == ["baseline", "plan"]
    note = run(calls, "buy some milk tomorrow", desk)
    assert (note.typed, note.undo) == ('{"kind":"note"}', "delete the note")


def test_routes_risk_and_calibration_are_counted(made):
    rows = tasks.get("dictated_bash").load("valid", "data/spoken_bash")[:80]
    found = measuring.measure(made, rows)
    routes = measuring.by_route(found)
    assert sum(route["rows"] for route in routes) == 80
    exact = sum(route["exact"] * route["rows"] for route in routes) / 80
    assert exact == pytest.approx(sum(found.right) / 80, abs=1e-3)
    risk = measuring.risk(found)
    assert risk["silently wrong at 90 %"] < risk["silently wrong at 100 %"]
    least = (risk["silently wrong at 100 %"] - 0.1) / 0.9  # the tenth left out was all wrong
    assert risk["the least possible at 90 %"] == pytest.approx(max(0, least), abs=1e-3)
    assert risk["the least possible at 90 %"] <= risk["silently wrong at 90 %"]
    assert risk["silently wrong as set"] < risk["silently wrong at 100 %"]
    assert sum(part["rows"] for part in measuring.calibration(found)) == 80
    by_tier = measuring.by_route(found, lambda row, outcome: row.extra["tier"])
    assert {part["route"] for part in by_tier} == {row.extra["tier"] for row in rows}


@pytest.mark.parametrize(("more", "best"), [(0, ""), (3, ""), (8, ways.FREE)])
def test_a_model_is_asked_where_it_helps_by_more_than_luck(more, best):
    task = tasks.get("dictated_bash")
    rows = task.load("valid")[:40]

    def right(count: int) -> list[str]:
        return [row.target if number < count else "" for number, row in enumerate(rows)]

    model = SimpleNamespace(answer=lambda _: [Prediction("", one, 0.0) for one in right(20 + more)])
    chosen, _, shares = ways.choose(task, {ways.FREE: model}, right(20), rows)
    assert (chosen, shares) == (best, {"": 0.5, ways.FREE: 0.5 + more / 40})


def test_always_and_never_the_model_are_compared_in_pairs(file):
    rows = tasks.get("dictated_bash").load("valid", "data/spoken_bash")[:16]
    found = measuring.compare(file, rows, lambda label: iter)
    assert set(found["exact"]) == {"pipeline", "never the model", "always the model"}
    assert found["against"]["always the model"]["p_corrected"] <= 1
    assert found["exact"]["never the model"] > found["exact"]["always the model"]
