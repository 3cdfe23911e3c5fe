"""`python -m helpers generate`, as a shell sees it."""

import json
import stat

import pytest
from some_cases import KEY, write_cases

from helpers.cli.main import main
from helpers.core.examples import read_rows


@pytest.fixture
def words(tmp_path, folder, speaker):
    """The command on the test's cases, its outputs in the test's folder."""
    write_cases(tmp_path / "cases.jsonl", ["german"])
    outs = [w for n in ("train", "eval", "report") for w in (f"--out-{n}", str(tmp_path / n))]
    return [
        "generate", "--task", "support_label", "--data-dir", str(folder), "--scenario", "rant",
        "--cases", str(tmp_path / "cases.jsonl"), "--url", speaker.url, "--generator-model",
        "writer", "--judge-model", "judge", "--round-trip", "baseline", "--batch-size", "5", *outs,
    ]  # fmt: skip


def test_rows_a_report_and_a_page_are_written_and_the_last_line_tells(
    words, tmp_path, labels, speaker, capsys
):
    assert main(words) == 0
    out, err = capsys.readouterr()
    told = json.loads(out.splitlines()[-1])
    rows = [row for n in ("train", "eval") for row in read_rows(tmp_path / n, labels.check)]
    assert told["cases"] == 18 and told["accepted"] == len(rows) == told["train"] + told["eval"]
    assert {json.dumps(row.extra["made_by"]["judge"]) for row in rows} == {
        '["judge", "a round trip of baseline"]'
    }
    report = json.loads((tmp_path / "report").read_text())
    assert report["stages"][1]["reasons"] == {"another language": 1} and rows
    assert report["judges"][1]["engines"]["baseline"] and report["near_duplicates_of_test"] == 0
    assert "## Examples of each fate" in (tmp_path / "report.md").read_text()
    assert "factory-cache, for your eyes only; python -m helpers forget-answers empties" in err
    assert "read the terms of whoever made or serves this model" in err and KEY not in out + err


def test_started_again_it_says_what_was_paid_and_asks_nothing(words, speaker, capsys, tmp_path):
    priced = [*words, "--generator-price", "1/2", "--judge-price", "1/2", "--max-cost", "1"]
    assert main(priced) == 0
    first, asked = (tmp_path / "train").read_bytes(), len(speaker.seen)
    capsys.readouterr()
    assert main(priced) == 0
    err = capsys.readouterr().err
    assert "kept from before: 4 answers of writer (400 tokens read, 40 written, $0.0005)" in err
    assert len(speaker.seen) == asked and (tmp_path / "train").read_bytes() == first
    assert main(["forget-answers"]) == 0 and f"{asked} answers forgotten" in capsys.readouterr().out
    assert main(priced) == 0 and len(speaker.seen) == 2 * asked


def test_a_dry_run_asks_nobody_and_needs_no_key(words, speaker, monkeypatch, capsys, runs_dir):
    monkeypatch.delenv("OPENAI_API_KEY")
    assert main([*words, "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "--- to writer, for 5 cases" in out and "--- to judge, for each of them" in out
    told = json.loads(out.splitlines()[-1])
    assert (told["requests"], told["dollars_at_most"]) == (4 + 18, None)
    assert not speaker.seen and not list(runs_dir.glob("generate-*"))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (["--max-cost", "1"], "--max-cost needs --generator-price: what writer costs is not"),
        (["--max-cost", "0"], "name more than 0 dollars"),
        (["--generator-price", "cheap"], "'cheap' is no price; write dollars"),
        (["--scenario", "calm"], "there is no scenario 'calm'; choose one of mixed, rant"),
        (["--language", "english"], "there is no language 'english'"),
        (["--round-trip", "torch"], "the engine 'torch' needs a model; name a run's folder"),
        (["--out-train", "{folder}"], "is a folder; name a file in it"),
        (["--out-train", "{folder}/x", "--out-eval", "{folder}/x"], "two outputs are one file"),
        (["--out-report", "{folder}/report.md"], "are one file, or the report's page (.md)"),
        (["--out-report", "{folder}/x.json", "--out-train", "{folder}/x.md"], "are one file, or"),
        (["--url", "http://u:p@h/v1"], "is no plain address"),
        (["--cases", "none.jsonl"], "none.jsonl: cannot be read"),
    ],
)
def test_what_cannot_be_is_one_line_before_anybody_is_asked(
    words, folder, speaker, capsys, more, why
):
    assert main([*words, *(word.replace("{folder}", str(folder)) for word in more)]) == 2
    err = capsys.readouterr().err
    assert why in err.splitlines()[-1] and not speaker.seen


def test_without_a_judge_nothing_is_asked(words, capsys, speaker):
    at = words.index("--judge-model")
    assert main(words[:at] + words[at + 4 :]) == 2
    assert "nobody judges; add --judge-model" in capsys.readouterr().err and not speaker.seen


def test_a_second_start_at_once_is_refused(words, speaker, capsys, runs_dir, monkeypatch):
    """Two at a time would ask the same twice."""
    from filelock import FileLock

    assert main(words) == 0
    (folder,) = runs_dir.glob("generate-*")
    with FileLock(folder / ".lock"):
        assert main(words) == 2
    assert "is at work elsewhere" in capsys.readouterr().err


def test_an_older_folder_is_closed_too(words, runs_dir):
    folder = runs_dir / "factory-cache"
    folder.mkdir(parents=True, mode=0o755)
    assert main(words) == 0 and stat.S_IMODE(folder.stat().st_mode) == 0o700
