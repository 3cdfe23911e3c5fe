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


def test_a_killed_run_goes_on_asks_nothing_twice_and_ends_the_same(
    tmp_path, folder, speaker, runs_dir, monkeypatch
):
    write_cases(tmp_path / "cases.jsonl", TROUBLES)
    words, rng = command(tmp_path, folder, speaker.url), random.Random(7)
    speaker.pause = 0.05
    for_nothing: Counter[str] = Counter()  # asked, and killed before the answer was kept
    total, done = 26, 0
    while done < KILLS:
        before = len(speaker.seen)
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        wanted = before + rng.randint(1, max(1, total // KILLS))
        while len(speaker.seen) < wanted and process.poll() is None:
            time.sleep(0.002)
        time.sleep(rng.uniform(0, 0.08))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        done += 1
        time.sleep(0.5)  # what was under way is noted by the server
        after = kept(runs_dir)
        asked = {content(json.loads(body)) for body in speaker.seen[before:]}
        assert len(asked - after) <= CONCURRENCY
        for_nothing.update(asked - after)
    last = whole(words)
    counts = Counter(content(json.loads(body)) for body in speaker.seen)
    assert counts.keys() == kept(runs_dir)
    assert {name: n - 1 - for_nothing[name] for name, n in counts.items()} == dict.fromkeys(
        counts, 0
    )
    assert "none is asked again" in last.stderr and "is asked again in" not in last.stderr
    found = results(tmp_path)
    asked = len(speaker.seen)
    whole(words)  # once more: all is kept
    assert len(speaker.seen) == asked and results(tmp_path) == found
    monkeypatch.setenv("TINY_SPECIALISTS_RUNS", str(tmp_path / "other"))
    whole(words)
    assert results(tmp_path) == found and found[2]["accepted"] > 10
