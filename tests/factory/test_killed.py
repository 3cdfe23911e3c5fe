"""kill -9 at any moment, start again: nothing whose answer was kept is asked twice.

`CHECK_FACTORY_KILLS` is how often it is killed (make check-factory: 20).
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from some_cases import write_cases

from helpers.core import fingerprints

KILLS = int(os.environ.get("CHECK_FACTORY_KILLS", 2))
CONCURRENCY, TROUBLES = 3, ["german", "mend", "", "broken once", "wrong"]
OUTS = ("train", "eval", "report")


def command(tmp_path: Path, folder: Path, url: str) -> list[str]:
    """The command that is killed; its outputs go to a folder of the test's."""
    outs = [word for n in OUTS for word in (f"--out-{n}", str(tmp_path / f"{n}.json"))]
    return [
        sys.executable, "-m", "helpers", "generate", "--task", "support_label",
        "--data-dir", str(folder), "--cases", str(tmp_path / "cases.jsonl"), "--url", url,
        "--generator-model", "writer", "--judge-model", "judge", "--batch-size", "2",
        "--concurrency", str(CONCURRENCY), *outs,
    ]  # fmt: skip


def content(request: dict) -> str:
    """A name for a request's content, as it was sent."""
    return fingerprints.digest(request)


def kept(runs_dir: Path) -> set[str]:
    """The requests whose answers were kept."""
    files = (runs_dir / "factory-cache").glob("*.json")
    return {content(json.loads(file.read_text())["request"]) for file in files}


def results(tmp_path: Path) -> tuple[str, str, dict]:
    """What was written, without what belongs to one start alone."""
    report = json.loads((tmp_path / "report.json").read_text())
    del report["start"]
    for usage in report["usage"].values():
        del usage["seconds"]
    return (tmp_path / "train.json").read_text(), (tmp_path / "eval.json").read_text(), report


def whole(words: list[str]) -> subprocess.CompletedProcess:
    """Run the command to its end."""
    return subprocess.run(words, capture_output=True, text=True, check=True)


def killed(words: list[str], speaker, runs_dir: Path, rng: random.Random, most: int) -> int:
    """Start the command and kill it, `most` times or until it ends by itself, then let it end.

    Return how often it was killed. A request is asked again only if it was under way at a kill.
    """
    start, kills = len(speaker.seen), 0
    under_way: Counter[str] = Counter()
    while kills < most:
        before = len(speaker.seen)
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wanted = before + rng.randint(1, 9)
        while len(speaker.seen) < wanted and process.poll() is None:
            time.sleep(0.002)
        time.sleep(rng.uniform(0, 0.08))
        ended = process.poll() is not None
        process.send_signal(signal.SIGKILL)
        process.wait()
        if ended:
            break
        kills += 1
        time.sleep(0.5)  # the server notes what was under way
        asked = {content(json.loads(body)) for body in speaker.seen[before:]}
        assert len(asked - kept(runs_dir)) <= CONCURRENCY
        under_way.update(asked - kept(runs_dir))
    whole(words)
    counts = Counter(content(json.loads(body)) for body in speaker.seen[start:])
    assert counts.keys() == kept(runs_dir)
    assert {name: count - under_way[name] for name, count in counts.items()} == dict.fromkeys(
        counts, 1
    )
    return kills


def test_a_killed_run_goes_on_asks_nothing_twice_and_ends_the_same(
    tmp_path, folder, speaker, monkeypatch
):
    """Run after run is killed until that happened often enough; each ends as one left alone."""
    write_cases(tmp_path / "cases.jsonl", TROUBLES)
    words, rng = command(tmp_path, folder, speaker.url), random.Random(7)
    whole(words)
    found, asked = results(tmp_path), len(speaker.seen)
    whole(words)  # once more: all is kept
    assert len(speaker.seen) == asked and results(tmp_path) == found and found[2]["accepted"] > 10
    speaker.pause = 0.05
    kills = runs = 0
    while kills < KILLS:
        runs += 1
        runs_dir = tmp_path / f"runs-{runs}"
        monkeypatch.setenv("TINY_SPECIALISTS_RUNS", str(runs_dir))
        kills += killed(words, speaker, runs_dir, rng, KILLS - kills)
        assert results(tmp_path) == found
