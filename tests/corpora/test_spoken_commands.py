"""The spoken bash data: made again from its seed, split without leaks, commands that bash reads."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from helpers.core.examples import SPLITS, Example, read_split
from helpers.core.tables import table
from helpers.corpora.bash_commands.grammar import SLOT, expand
from helpers.corpora.spoken_commands import commands, dataset, fragments, tiers, wider
from helpers.corpora.spoken_commands.__main__ import write
from helpers.corpora.spoken_commands.dataset import LARGEST, TIERS
from helpers.tasks.dictation import protocol
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.verbalize import verbalize

PROJECT = Path(__file__).parents[2]
DATA = PROJECT / "data" / "spoken_bash"
BARE = {"identifier", "path", "url"}


@pytest.fixture(scope="module")
def splits() -> dict[str, list[Example]]:
    return {name: read_split(DATA, name) for name in SPLITS}


@pytest.fixture(scope="module")
def dictated() -> dict[str, list[Example]]:
    return {name: read_split(PROJECT / "data" / "dictated_bash", name) for name in SPLITS}


def test_the_seed_writes_the_committed_files(tmp_path: Path) -> None:
    """Rows edited by hand, or a table changed without writing the data again."""
    write(tmp_path)
    for name in (*(f"{split}.jsonl" for split in SPLITS), "README.md"):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), name


def test_tiers_ids_and_system(splits: dict[str, list[Example]]) -> None:
    for name, rows in splits.items():
        assert [row.id for row in rows] == [f"{name}-{n:05d}" for n in range(len(rows))]
        assert {row.system for row in rows} == {BASH.system}
        counts = Counter(row.extra["tier"] for row in rows)
        expected = {t: n if name == "train" else n // 10 for t, n in TIERS.items()}
        assert {tier: counts[tier] for tier in TIERS} == expected
        assert 0.1 <= sum(row.no_answer for row in rows) / len(rows) <= 0.14
    assert sum((DATA / f"{name}.jsonl").stat().st_size for name in SPLITS) < 6_000_000


def test_nothing_is_in_two_splits(splits: dict[str, list[Example]]) -> None:
    for key in (
        lambda row: row.group,
        lambda row: " ".join(row.prompt.lower().split()),
        lambda row: row.target or row.id,
    ):
        where = {name: {key(row) for row in rows} for name, rows in splits.items()}
        assert where["train"] & where["valid"] == set()
        assert where["train"] & where["test"] == set()
        assert where["valid"] & where["test"] == set()


def test_what_dictated_bash_has_stays_in_its_split(
    splits: dict[str, list[Example]], dictated: dict[str, list[Example]]
) -> None:
    """An n-gram fitted on both train files would have read the other's test."""
    for key in (lambda row: row.group, lambda row: row.target):
        for name in SPLITS:
            here = {key(row) for row in splits[name] if not row.no_answer}
            for other in set(SPLITS) - {name}:
                assert here & {key(row) for row in dictated[other]} == set()


def test_groups_are_many_and_small(splits: dict[str, list[Example]]) -> None:
    for name, rows in splits.items():
        sizes = Counter(row.group for row in rows if row.extra["tier"] != "audio")
        assert max(sizes.values()) <= LARGEST[name]
        assert len(sizes) > len(rows) / 4


def test_no_prompt_occurs_twice(splits: dict[str, list[Example]]) -> None:
    prompts = [row.prompt for rows in splits.values() for row in rows]
    assert len(set(prompts)) == len(prompts)


def test_bash_reads_every_target(splits: dict[str, list[Example]], tmp_path: Path) -> None:
    """`bash -n` parses and executes nothing; names, paths and addresses are no commands."""
    targets = [
        row.target
        for rows in splits.values()
        for row in rows
        if row.target and row.extra["program"] not in BARE
    ]
    script = tmp_path / "targets.sh"
    script.write_text("\n".join(targets) + "\n", encoding="utf-8")
    done = subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_targets_are_lines_of_ascii_and_nothing_dangerous(
    splits: dict[str, list[Example]],
) -> None:
    for row in (row for rows in splits.values() for row in rows):
        assert row.target.isascii() and row.target == " ".join(row.target.split())
        assert not re.search(r"\brm -\w+ (/|~|\$HOME|/\w+)/?( |$)", row.target), row.target
        assert ":(){" not in row.target


def test_conventions_are_followed(splits: dict[str, list[Example]]) -> None:
    for row in (row for rows in splits.values() for row in rows):
        if row.extra["tier"] == "plain":
            assert row.prompt == verbalize(row.target, BASH, literals=())
        elif row.extra["tier"] == "protocol":
            assert protocol.write(row.prompt, BASH) == row.target


def test_what_was_heard_is_of_the_split_that_it_was_spoken_from(
    splits: dict[str, list[Example]], dictated: dict[str, list[Example]]
) -> None:
    for name, rows in splits.items():
        known = {row.prompt: row for row in dictated[name]}
        heard = [row for row in rows if row.extra["tier"] == "audio"]
        assert heard
        for row in heard:
            spoken = known[row.extra["spoken"]]
            assert (row.target, row.group) == (spoken.target, spoken.group)


def test_a_row_without_a_command_says_so(splits: dict[str, list[Example]]) -> None:
    for row in (row for rows in splits.values() for row in rows):
        silent = row.extra["tier"] == "none"
        assert (row.no_answer, not row.target) == (silent, silent)


def test_the_tables_have_no_slip() -> None:
    """A kind that nobody defined, a choice left open, a phrase with a slot of no command."""
    rng = Random(0)
    for name in ("commands", "bare"):
        for rule, *_ in zip(*commands.families(name), strict=True):
            for form in commands._parted(rule):
                for _ in range(3):
                    assert "<" not in re.sub(r" < | << ", "", commands.fill(
                        expand(form, {}, rng), rng).text), form  # fmt: skip
    for template, phrases in table(commands.ROOM, "natural").items():
        drawn = commands.fill(expand(template, {}, rng), rng, tied=True)
        for phrase in phrases:
            assert set(SLOT.findall(phrase)) <= set(drawn.values), (template, phrase)
            assert not re.search(r"[«»¦]", expand(phrase, {}, rng)), phrase


def test_talk_about_commands_is_in_the_talk() -> None:
    """A gate that learned to find program names would send talk about them to the shell."""
    rng = Random(1)
    talk = [tiers.none(rng)[0].lower() for _ in range(1500)]
    for word in ("git", "docker", "slash", "python", "grep", "sudo"):
        assert any(word in line for line in talk), word


def test_wide_rows_are_new_and_of_no_group_that_is_held_out(
    splits: dict[str, list[Example]], dictated: dict[str, list[Example]]
) -> None:
    counts = {"natural": 120, "chaotic": 80, "heard": 40, "fragment": 60, "spelled": 30}
    found = wider.rows(counts)
    assert Counter(row.extra["tier"] for row in found) == counts
    assert wider.rows(counts) == found != wider.rows(counts, seed=2)
    held = [row for data in (splits, dictated) for part in SPLITS[1:] for row in data[part]]
    assert not {row.group for row in held} & {row.group for row in found}
    assert not {row.prompt for row in held} & {row.prompt for row in found}
    keys = [" ".join(row.prompt.lower().split()) for row in found]
    assert len(set(keys)) == len(keys) and not any(map(dataset.is_withheld, keys))


def test_the_wide_folder_keeps_what_grades_and_leaves_silence_to_the_gate(
    tmp_path: Path, splits: dict[str, list[Example]]
) -> None:
    wider.write(tmp_path, counts={"natural": 5})
    for part in ("valid", "test"):
        kept = read_split(tmp_path, part)
        assert [row.prompt for row in kept] == [row.prompt for row in splits[part] if row.target]
    tiers_of = Counter(row.extra["tier"] for row in read_split(tmp_path, "train"))
    audio = sum(row.extra["tier"] == "audio" for row in splits["train"])
    assert tiers_of == {"natural": 5, "audio": audio}


def test_a_piece_of_a_command_is_asked_for_in_its_own_words() -> None:
    drawn = [fragments.talk(Random(seed)) for seed in range(400)]
    assert {piece.program for _, piece in drawn} == set(fragments.KINDS)
    for words, piece in drawn:
        if piece.program == "pipe":
            assert piece.text.startswith("| ") and {"pipe", "feed", "through"} & {*words}
        if piece.program == "redirect":
            assert piece.text[0] in "<>&2"


@pytest.mark.parametrize("kind", fragments.KINDS)
def test_a_kind_of_piece_has_words_before_it_and_slots_that_can_be_filled(kind: str) -> None:
    pieces, weight, before, _ = fragments.KINDS[kind]
    assert len(before) >= 5 and len({*before}) == len(before) and weight >= 1
    for piece in pieces:
        drawn = commands.fill(expand(piece, {}, Random(1)), Random(1))
        assert drawn.text and not set("<>") & {*SLOT.sub("", drawn.text)} - {*piece}
