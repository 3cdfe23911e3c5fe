"""What a real browser finds wrong with pages: axe's rules, and what runs off a phone's screen."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.core import fetch, npm
from helpers.core.fetch import Archive, FetchError

AXE = Archive(
    "axe-core",
    "4.10.3",
    sha512="Xm7bpRXnDSX2YE2YFfBk2FnF0ep6tmG7xPh8iHee8MIcrgq762Nkce856dYtJYLkuIoYZvGfTs/PbZhideTcEg==",
    megabytes=0.6,
    inside="package/",
    needed=("axe.min.js", "LICENSE", "package.json"),
)
PHONE = {"width": 360, "height": 740}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
ASK = """async (tags) => {
    const found = await axe.run({ runOnly: { type: "tag", values: tags } });
    return found.violations.map((one) => [one.id, one.nodes.length, one.nodes[0].target.join(" ")]);
}"""
# A picture's own width tells how it was drawn; below about half of that nobody reads its words.
WIDTHS = """() => {
    const wide = document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth;
    const small = [...document.images].filter((one) => one.checkVisibility()
        && one.naturalWidth > 300 && one.getBoundingClientRect().width < one.naturalWidth * 0.5);
    return [wide, small.length];
}"""


def missing() -> list[str]:
    """Return what this machine lacks to look at pages."""
    lacking = [] if shutil.which("chromium") else ["chromium"]
    lacking += [] if importlib.util.find_spec("playwright") else ["playwright"]
    return lacking + ([] if fetch.is_there(AXE, fetch.home("axe")) else ["axe-core"])


def axe() -> Path:
    """Return axe's script, fetched once, its digest checked; raises `FetchError`."""
    return fetch.fetch(AXE, fetch.home("axe"), download=npm.download) / "axe.min.js"


def problems(folder: Path, legible: bool = True) -> list[str]:
    """Return what a browser as wide as a phone finds wrong with a folder's pages, a line each.

    `legible` also looks for pictures that shrink too far to be read. Raises `FetchError` where axe
    cannot be had, and `RuntimeError` where there is no browser.
    """
    if lacking := {*missing()} - {"axe-core"}:
        what = " and ".join(sorted(lacking))
        raise RuntimeError(f"{what}: missing; `make setup`, and Debian's apt-get install chromium")
    from playwright.sync_api import sync_playwright

    script = axe().read_text(encoding="utf-8")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = started.new_page(viewport=PHONE)
        found = [
            f"{file.relative_to(folder)}: {problem}"
            for file in sorted(folder.glob("**/*.html"))
            if "_static" not in file.parts and "reveal" not in file.parts
            for problem in _of(page, file, script, legible)
        ]
        started.close()
    return found


def _of(page: Any, file: Path, script: str, legible: bool) -> Iterator[str]:
    """Yield what is wrong with one page."""
    page.goto(file.resolve().as_uri())
    page.evaluate(script)
    for rule, count, where in page.evaluate(ASK, RULES):
        yield f"{rule}, {count} times, such as {where}"
    wide, small = page.evaluate(WIDTHS)
    if wide > 0:
        yield f"{wide} pixels run off the side of a phone"
    if legible and small:
        yield f"{small} pictures shrink too far to be read on a phone"


def main() -> None:
    """Fetch axe, or say in a line what is left out without it."""
    if not npm.is_there():
        print("left out: axe, which looks at the course's pages, for want of npm")
        return
    try:
        print(axe())
    except FetchError as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
