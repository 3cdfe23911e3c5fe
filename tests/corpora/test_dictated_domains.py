"""Rows of domains: made again byte for byte, by templates that never leave their split."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from helpers import tasks
from helpers.core import paths
from helpers.corpora.dictated_domains import content, dataset
from helpers.corpora.dictated_domains.__main__ import main
from helpers.evaluation import splits
from helpers.tasks.domains import registry

each = pytest.mark.parametrize("name", tasks.domain_names())


@each
def test_one_command_writes_the_bundled_rows_again(name: str, tmp_path: Path) -> None:
    main([name, "--out", str(tmp_path)])
    for file in ("train.jsonl", "valid.jsonl", "test.jsonl", "README.md"):
        assert (tmp_path / name / file).read_bytes() == (paths.data(name) / file).read_bytes()


@each
def test_no_template_no_text_and_no_dictation_is_in_two_splits(name: str) -> None:
    task = tasks.get(name)
    rows = {split: task.load(split) for split in ("train", "valid", "test")}
    assert {split: len(found) for split, found in rows.items()} == dataset.sizes(1500)
    report = splits.report(rows)
    assert report.clean, report.leaks
    assert all(one.repeated == one.two_targets == 0 for one in report.splits)
    for split in ("valid", "test"):
        groups = [row.group for row in rows[split]]
        assert len(set(groups)) >= 40 and max(map(groups.count, groups)) <= 5


@each
def test_every_template_holds_a_row_and_is_filled(name: str) -> None:
    drawer, domain = content.read(registry.folder_of(name)), tasks.get(name).domain
    speaker, rng = dataset.Speaker(domain), Random(1)
    for template in drawer.templates:
        tries = [content.draw(drawer, template, rng) for _ in range(40)]
        spoken = next(filter(None, map(speaker.speak, tries)), None)
        assert spoken, template
        assert not {"«", "»", "¦", "‹", "›"} & set(spoken.drawn.text), spoken.drawn.text


def write(folder: Path, templates: str, values: str) -> Path:
    """Write what a domain's rows are drawn from."""
    (folder / "templates.txt").write_text(templates, encoding="utf-8")
    (folder / "values.txt").write_text(values, encoding="utf-8")
    return folder


def test_a_slot_that_nothing_fills_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path, "# one\n<size> <colour>\n", "# size\nsmall large\n")
    with pytest.raises(ValueError, match="'<size> <colour>': values.txt has no kind 'colour'"):
        content.read(folder)


def test_a_form_is_chosen_once_and_a_tie_is_kept(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        "# one\n<part> and <part> of <word#1> and <word#1>\n",
        "# part\ntop <1..3>¦base <1..3>\n# word\nred green blue\n",
    )
    read = content.read(folder)
    assert set(read.forms) == {"part"} and set(read.values) == {"word"}
    for seed in range(20):
        words = content.draw(read, read.templates[0], Random(seed)).text.split()
        assert {words[0], words[3]} == {"top", "base"} and words[-1] == words[-3]


def test_templates_that_hold_too_few_rows_are_told() -> None:
    with pytest.raises(ValueError, match="dictated_path: its templates hold .* rows of train"):
        dataset.make("dictated_path", rows=60_000)


def test_a_domain_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(ValueError, match="no domain 'dictated_css'; choose one of dictated_math, "):
        registry.folder_of("dictated_css")


def test_a_stream_of_which_everything_is_left_out_ends_at_once():
    templates = content.read(registry.folder_of("dictated_path")).templates
    with pytest.raises(ValueError, match="dictated_path: every template is excluded"):
        next(dataset.stream("dictated_path", 1, templates))
