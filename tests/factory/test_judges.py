"""Judges without an endpoint, a judge measured, and llama.cpp's server as an endpoint."""

import json
import shutil
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from signal import SIG_IGN, SIGINT, SIGTERM, signal
from socket import socket
from subprocess import PIPE, Popen

import numpy as np
import pytest

from helpers import engines, factory, tasks
from helpers.cli import factory_options
from helpers.core.examples import DataError, Example, Prediction, RowError
from helpers.engines.api.endpoint import Endpoint
from helpers.engines.base import Engine
from helpers.evaluation.agreement import agreement
from helpers.factory import local, structured
from helpers.factory.asking import NotAnswered
from helpers.factory.ledger import private_folder

BASH = tasks.get("dictated_bash")


def draft(answer: str, text: str) -> factory.Draft:
    """A text for a command."""
    return factory.Draft(factory.Case("c", answer), text)


def test_a_round_trip_accepts_what_comes_back():
    judge = factory.RoundTrip(BASH, {"rules": engines.create("rules", BASH)})
    verdicts = judge.judge([draft("ls -l", "ls dash L"), draft("ls -l", "show me my files")])
    assert [verdict.decision for verdict in verdicts] == ["accept", "reject"]
    assert verdicts[1].problem == "rules did not come back" and "rules answers" in verdicts[1].why
    assert judge.settings["engines"]["rules"] and judge.name == "a round trip of rules"


def test_a_run_has_to_come_back_too_and_rows_name_it_by_its_folder(tuned, runs_dir, tmp_path):
    """Its own best way to decode is the one that its record names; here any label it knows."""
    run = shutil.copytree(tuned, tmp_path / "finetune-own")
    record = json.loads((run / "record.json").read_text())
    (run / "record.json").write_text(json.dumps(record | {"decode": "grammar"}))
    task = tasks.get("support_label")
    asked = factory_options.engines_of([str(run)], task)
    text = "nobody brought my parcel"
    label = asked["finetune-own"].answer([Example("1", text, "", task.system)])[0].text
    other = next(name for name in task.labels if name != label)
    judge = factory.RoundTrip(task, asked)
    verdicts = judge.judge([draft(label, text), draft(other, text)])
    assert [verdict.decision for verdict in verdicts] == ["accept", "reject"]
    assert judge.name == "a round trip of finetune-own"


@dataclass(frozen=True)
class Refusing(Engine):
    """Refuses every row."""

    name: str = "refusing"
    batch_size: int = 1
    fingerprint: str = "r"

    def answer(self, examples: list[Example]) -> list[Prediction]:
        """Raise `RowError`."""
        raise RowError("too long")


def test_every_engine_has_to_come_back_and_a_refused_row_does_not():
    both = {"rules": engines.create("rules", BASH), "refusing": Refusing()}
    (verdict,) = factory.RoundTrip(BASH, both).judge([draft("ls -l", "ls dash L")])
    assert (verdict.decision, verdict.problem) == ("reject", "refusing did not come back")


def test_a_broken_reply_counts_as_none_and_a_cut_journal_swallows_no_name(tmp_path, runs_dir):
    names = ["0123456789abcde" + digit for digit in "012"]
    for name, kept in zip(names, (
        {"request": {}, "body": "", "seconds": 1}, {"request": {"model": "m"}, "body": 5},
        {"request": {"model": "m"}, "body": "<html>", "seconds": 1},
    ), strict=True):  # fmt: skip
        (private_folder() / f"{name}.json").write_text(json.dumps(kept))
    journal = tmp_path / "asked.txt"
    journal.write_text("\n".join([*names, "0123"]))  # stopped in the middle of a name
    ledger = factory.PrivateLedger(journal)
    assert ledger.unanswered == len(names) and not ledger.earlier
    reply = {"body": '{"choices": [{"message": {"content": "a"}}]}', "seconds": 1.0}
    ledger.remember("f" * 16, {"model": "m", "messages": [{"content": "q"}]}, lambda: reply)
    assert journal.read_text().split("\n")[-2:] == ["f" * 16, ""]
    again = factory.PrivateLedger(journal)
    assert again.unanswered == len(names) and again.earlier["m"].answers == 1


def test_a_factory_without_a_judge_is_an_error():
    with pytest.raises(ValueError, match="nobody judges"):
        factory.Factory(factory.Generator(BASH, factory.Model("m")), [])


def test_a_judge_is_measured_against_labels(tmp_path):
    """Four pairs: it agrees on three, and by chance would on half of them."""
    rows = [
        ("ls -l", "ls dash L", True), ("ls -l", "ls dash A", False),
        ("wc -l", "wc dash L", True), ("df -h", "df dash H", False),
    ]  # fmt: skip
    path = tmp_path / "labelled.jsonl"
    keys = ("answer", "text", "accept")
    path.write_text("".join(json.dumps(dict(zip(keys, r, strict=True))) + "\n" for r in rows))
    pairs = factory.read_labelled(path, BASH)
    judge = factory.RoundTrip(BASH, {"rules": engines.create("rules", BASH)})
    found = factory.measure(judge, pairs)
    assert (found.n, found.both, found.only_a, found.neither) == (4, 2, 1, 1)
    assert (found.share, found.kappa) == (0.75, 0.5)
    path.write_text('{"answer": "ls", "text": "ls"}\n')
    with pytest.raises(DataError, match="line 1: must contain"):
        factory.read_labelled(path, BASH)


def test_kappa_is_what_statsmodels_says_and_its_interval_holds_it():
    from statsmodels.stats.inter_rater import cohens_kappa

    rng = np.random.default_rng(3)
    for _ in range(20):
        a = rng.integers(0, 2, 60)
        b = np.where(rng.random(60) < 0.75, a, rng.integers(0, 2, 60))
        found = agreement(a, b)
        table = np.array([[found.neither, found.only_b], [found.only_a, found.both]])
        theirs = cohens_kappa(table)
        assert found.kappa == pytest.approx(theirs.kappa)
        assert found.kappa_ci[0] < found.kappa < found.kappa_ci[1]
        assert found.kappa_ci == pytest.approx((theirs.kappa_low, theirs.kappa_upp), abs=0.12)
    with pytest.raises(ValueError, match="rate the same pairs"):
        agreement([1], [1, 0])


@pytest.fixture(scope="module")
def tiny_gguf(tmp_path_factory) -> Path:
    """The smallest base as a GGUF file, as the factory makes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TINY_SPECIALISTS_RUNS", str(tmp_path_factory.mktemp("bases")))
        file = local.gguf_of("tiny-1m")
        assert local.gguf_of("tiny-1m") == file and list(file.parent.glob("*.gguf")) == [file]
    return file


TURNS = [{"role": "user", "content": "Say yes as JSON."}]
YES = structured.said(1) | {"properties": {"1": {"type": "string", "enum": ["yes", "no"]}}}


def test_llama_cpps_server_answers_as_the_schema_says(tmp_path, runs_dir, tiny_gguf):
    """A tiny base writes nonsense; the server keeps it to the schema, or it is cut and counted."""
    ledger = factory.PrivateLedger(tmp_path / "asked.txt")
    with factory.serving(tiny_gguf, ledger) as served:
        assert served.url.startswith("http://127.0.0.1:")
        model = factory.Model("tiny-1m", served)
        first = model.ask(TURNS, YES, 40)
        assert first["1"] in ("yes", "no")
        with pytest.raises(NotAnswered) as error:
            model.ask(TURNS, structured.said(1), 3)  # cut before its end, twice
        assert error.value.reason == "broken JSON"
    with factory.serving(tiny_gguf, ledger) as again:  # another port, the same model
        assert factory.Model("tiny-1m", again).ask(TURNS, YES, 40) == first
    assert ledger.tries["sent"] == 3


@pytest.mark.parametrize("stop", [SIGINT, SIGTERM])
def test_a_model_is_served_to_other_programs_until_it_is_stopped(
    stop, tiny_gguf, runs_dir, tmp_path
):
    """In the background of a shell SIGINT is ignored: a test that was started there hung."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "helpers", "endpoint", str(tiny_gguf), "--port", str(port)]
    ignored = partial(signal, SIGINT, SIG_IGN)
    with Popen(words, stdout=PIPE, stderr=PIPE, text=True, preexec_fn=ignored) as process:
        told = json.loads(process.stdout.readline())
        assert told["url"] == f"http://127.0.0.1:{port}/v1"
        ledger = factory.PrivateLedger(tmp_path / "asked.txt")
        model = factory.Model("tiny", Endpoint(told["url"], "", ledger=ledger))
        assert model.ask(TURNS, YES, 40)["1"] in ("yes", "no")
        process.send_signal(stop)
        assert "stopped" in process.communicate(timeout=60)[1] and process.returncode == 0
