"""What pages of HTML may not have: dead links, pictures without words, and loads from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

ELSEWHERE = re.compile(r"^(?:https?:)?//")
LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
IN_CSS = re.compile(r"(?:url\(|@import\s+)[\"']?((?:https?:)?//[^\"')]+)")
LINKED = ("stylesheet", "icon", "preload", "modulepreload")  # what a browser fetches by itself


class Page(HTMLParser):
    """What a page names, what it links to, what it loads, and how many pictures say nothing."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.names: set[str] = {""}
        self.links: list[str] = []
        self.loads: list[str] = []
        self.silent = 0
        text = file.read_text(encoding="utf-8")
        self.feed(text)
        self.loads += IN_CSS.findall(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.names |= {found[name] for name in ("id", "name") if name in found}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag == "img" and re.match(r"\s*$|No description", found.get("alt", "")):
            self.silent += 1
        loads = tag != "link" or set(found.get("rel", "").split()) & set(LINKED)
        if loads and LOADS.get(tag) in found:
            self.loads.append(found[LOADS[tag]])


def problems(folder: Path) -> list[str]:
    """Return what is wrong with the pages of a folder, a line each.

    Raises `ValueError` if there is no page: an empty folder would pass.
    """
    files = [f for f in sorted(folder.rglob("*.html")) if "_static" not in f.parts]
    files = [file for file in files if "reveal" not in file.relative_to(folder).parts]
    if not files:
        raise ValueError(f"{folder}: no page to check; make it first")
    pages = {file.resolve(): Page(file) for file in files}
    found = []
    for file, page in pages.items():
        found += [f"{file.relative_to(folder.resolve())}: {one}" for one in _of(file, page, pages)]
    for file in sorted(folder.rglob("*.css")):
        for load in IN_CSS.findall(file.read_text(encoding="utf-8")):
            found.append(f"{file.relative_to(folder)}: loads {load}")
    return found


def _of(file: Path, page: Page, pages: dict[Path, Page]) -> Iterator[str]:
    if page.silent:
        yield f"{page.silent} pictures without words"
    for load in page.loads:
        if ELSEWHERE.match(load):
            yield f"loads {load}"
        elif not load.startswith("data:") and not _there(file, load.partition("?")[0]).exists():
            yield f"loads {load}, which is not there"
    for link in page.links:
        if re.match(r"[a-z]+:", link) or ELSEWHERE.match(link):
            continue
        path, name = urldefrag(link)
        target = _there(file, path) if path else file
        if not target.exists():
            yield f"links to {link}, which is not there"
        elif target in pages and name not in pages[target].names:
            yield f"links to {link}, but no part of that page has this name"


def _there(file: Path, link: str) -> Path:
    return (file.parent / unquote(link)).resolve()
