"""The page without a server in a real browser; these tests need chromium, Pyodide and wllama.

`make check-web` asks it all rows of a split; here it is asked a few. `make check-web RUN=folder`
lets a tuned run rank there, not the untuned base.
"""

import json
import os
import statistics
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from browser import Host, opened

from helpers import engines, tasks
from helpers.core import paths
from helpers.export.web import build, inside, model
from helpers.pipeline.route import LATTICE

ROWS = int(os.environ.get("CHECK_WEB_ROWS", "20"))
RANKED = int(os.environ.get("CHECK_WEB_ROWS", "6"))
MIX = 0.2  # as the scoreboard has it for the tiny base, untuned and tuned
PROJECT = paths.root()
RUN = Path(os.environ.get("CHECK_WEB_RUN") or PROJECT / "data/tiny_base/1m")
SAID = [
    "find dot dash name star dot txt",
    "LS dash LA.",
    "CD dot dot slash docs",
    "git space push space dash u",
    "wc dash L",
    "we should meet at noon because the kids are home",
    "okay so the command is git push",
    "grep dash R error slash var slash log",
    "sudo systemctl restart nginx",
    "tar dash X Z F backup dot tar dot gz",
]
ASK = """async (said) => {
    const { answer } = await import("./app.js");
    const found = [];
    for (const one of said) found.push(await answer(one));
    return found;
}"""
TOGETHER = """async (said) => {
    const { answer } = await import("./app.js");
    return Promise.all(said.map(answer));
}"""

REACH = """(url) => {
    const asking = new XMLHttpRequest();
    asking.open("GET", url, false);
    try { asking.send(); return asking.status; } catch { return "refused"; }
}"""


def ask(page, said: list[str], name: str = "") -> list[dict]:
    """Return what the page's own code answers; with a name, say what that took."""
    before = processor()
    found = page.evaluate(ASK, said)
    if name:
        print_figures(name, page, found, processor() - before)
    return found


def ready(browser, address: str):
    """Open a page and wait until it can answer; also return what it asked for and complained of."""
    page = browser.new_page()
    asked, problems = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: problems.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    return page, asked, problems


def renderers() -> list[psutil.Process]:
    """Return the browser's processes that run pages, their workers with them."""
    children = psutil.Process().children(recursive=True)
    return [child for child in children if "--type=renderer" in child.cmdline()]


def memory() -> float:
    """Return the megabytes of the browser's process that runs the page."""
    return max(child.memory_full_info().uss for child in renderers()) / 1e6


def processor() -> float:
    """Return the seconds that pages have had a processor."""
    taken = [child.cpu_times() for child in renderers()]
    return sum(each.user + each.system for each in taken)


def predicted(said: list[str], tmp_path: Path) -> list[str]:
    """Return what `predict` answers to lines."""
    words = ["predict", "--task", "dictated_bash", "--engine", "pipeline"]
    done = subprocess.run(
        [sys.executable, "-m", "helpers", *words], input="\n".join(said) + "\n", text=True,
        stdout=subprocess.PIPE, cwd=PROJECT,
        env=os.environ | {"TINY_SPECIALISTS_RUNS": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def site(learned, tmp_path_factory) -> build.Site:
    """The page without a model."""
    return build.build(tmp_path_factory.mktemp("web") / "site", learned.table)


def test_ten_dictations_are_answered_as_predict_does_and_again_offline(site, learned, tmp_path):
    assert site.bytes < 7_000_000
    host = Host(site.out)
    rows = [row.prompt for row in tasks.get("dictated_bash").load("test")[:ROWS]]
    page_in_python = inside.load(learned.table)
    with opened(tmp_path / "profile") as browser:
        page, asked, problems = ready(browser, host.address)
        assert page.get_by_role("button", name="Write").is_enabled()
        told = []
        for said in SAID:
            page.get_by_label("Dictation").fill(said)
            page.get_by_label("Dictation").press("Enter")
            page.wait_for_function("text => document.body.dataset.said === text", arg=said)
            told.append(page.locator("#command").text_content().replace("—", ""))
        assert told == predicted(SAID, tmp_path / "runs")
        found = ask(page, rows, "page")
        assert [one["text"] for one in found] == [
            json.loads(page_in_python.answer(said))["text"] for said in rows
        ]
        assert problems == []
        assert {url for url in asked if not url.startswith((host.address, "blob:"))} == set()
        elsewhere = Host(site.out)
        assert page.workers[0].evaluate(REACH, host.address) == 200
        assert page.workers[0].evaluate(REACH, elsewhere.address) == "refused"
        from_page = "url => fetch(url).catch(() => 'refused')"
        assert page.evaluate(from_page, elsewhere.address) == "refused"
        elsewhere.stop()
        host.stop()
        page.reload()
        page.wait_for_selector("body[data-ready]")
        assert "works without a network" in page.locator("#offline").text_content()
        assert [one["text"] for one in ask(page, SAID)] == told


@pytest.fixture(scope="module")
def ranked(tmp_path_factory) -> model.Model:
    """A run's model, else the smallest bundled base, which was never tuned."""
    return model.of_run(RUN, tmp_path_factory.mktemp("model"), MIX)


def test_a_model_ranks_as_llama_cpp_does_in_python(learned, ranked, tmp_path):
    site = build.build(tmp_path / "site", learned.table, ranked)
    assert site.bytes < 10_000_000
    router = inside.load(learned.table).router
    task = replace(tasks.get("dictated_bash"), lister=router.writer)
    engine = engines.create("gguf", task, model=ranked.file, decode="rescore", mix=MIX)
    routes = [(row, router.route(row.prompt)) for row in task.load("test")[:RANKED]]
    rows = [row for row, route in routes if route.name == LATTICE]
    wanted = [one.text for one in engine.answer(rows)]
    host = Host(site.out)
    with opened(tmp_path / "profile") as browser:
        page, asked, problems = ready(browser, host.address)
        found = ask(page, [row.prompt for row in rows], "with a model")
        single = [len(task.candidates(row, engine.listed)) == 1 for row in rows]  # none to rank
        assert [not one.get("model") for one in found] == single
        pairs = [(one["text"], text) for one, text in zip(found, wanted, strict=True)]
        unequal = [pair for pair in pairs if pair[0] != pair[1]]
        print(f"with a model: {len(rows) - len(unequal)} of {len(rows)} as in Python")
        assert len(unequal) <= 0.005 * len(rows), f"page and Python of {len(rows)}: {unequal}"
        together = page.evaluate(TOGETHER, [row.prompt for row in rows])
        alone = [one["text"] for one in found]
        assert [one["text"] for one in together] == alone, "answers got into each other's way"
        assert problems == []
        assert {url for url in asked if not url.startswith((host.address, "blob:"))} == set()
    host.stop()


def print_figures(name: str, page, found: list[dict], taken: float) -> None:
    """Say what the page took: shown by `make check-web`.

    The processor's share tells more than the clock on a machine that has other work to do.
    """
    times = sorted(one["milliseconds"] for one in found)
    seconds = int(page.evaluate("document.body.dataset.ready")) / 1000
    print(
        f"\n{name}: ready in {seconds:.1f} s; {len(times)} answers, the median in "
        f"{statistics.median(times):.1f} ms, one in twenty in {times[int(0.95 * len(times))]:.1f} "
        f"or more, {1000 * taken / len(times):.1f} ms of a processor each; {memory():.0f} MB of "
        "memory"
    )
