"""The composed bash data: made again from its seed, split without leaks, fit to be dictated."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from helpers.core.examples import Example, read_split
from helpers.corpora.bash_commands import stream
from helpers.corpora.bash_commands.__main__ import write
from helpers.corpora.bash_commands.card import card
from helpers.corpora.bash_commands.catalog import PROGRAMS, RULES
from helpers.corpora.bash_commands.compose import SPELLED
from helpers.corpora.bash_commands.dataset import SEED, SIZES
from helpers.corpora.bash_commands.filters import KINDS
from helpers.corpora.bash_commands.grammar import expand
from helpers.corpora.bash_commands.streams import NOTHING, PRINTS, SCREEN
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.joins import Joins
from helpers.tasks.dictation.lattice import build, literals_in
from helpers.tasks.dictation.shfmt import formatted
from helpers.tasks.dictation.verbalize import verbalize

DATA = Path(__file__).parents[2] / "data" / "dictated_bash"
FILES = [*(f"{name}.jsonl" for name in SIZES), "README.md"]


@pytest.fixture(scope="module")
def splits() -> dict[str, list[Example]]:
    return {name: read_split(DATA, name) for name in SIZES}


@pytest.fixture(scope="module")
def rows(splits: dict[str, list[Example]]) -> list[Example]:
    return [row for split in splits.values() for row in split]


def test_the_seed_writes_the_committed_files(tmp_path: Path) -> None:
    """Data edited by hand, or a grammar changed without writing the data again."""
    write(tmp_path)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), name


def test_sizes_ids_and_system(splits: dict[str, list[Example]]) -> None:
    for name, split in splits.items():
        assert len(split) == SIZES[name]
        assert [row.id for row in split] == [f"{name}-{n:05d}" for n in range(len(split))]
        assert {row.system for row in split} == {BASH.system}


def test_groups_are_many_small_and_in_one_split(splits: dict[str, list[Example]]) -> None:
    groups = {name: {row.group for row in split} for name, split in splits.items()}
    sizes = Counter(row.group for split in splits.values() for row in split)
    assert sum(len(keys) for keys in groups.values()) == len(sizes) >= 1500
    assert min(len(groups["valid"]), len(groups["test"])) >= 300
    assert max(sizes.values()) <= 25


def test_no_text_occurs_twice(rows: list[Example]) -> None:
    assert len({" ".join(row.target.split()) for row in rows}) == len(rows)
    assert len({row.prompt for row in rows}) == len(rows)


def test_the_splits_are_the_same_kind_of_data(splits: dict[str, list[Example]]) -> None:
    """A split by program or by length would make valid and test another task."""
    for split in splits.values():
        programs = Counter(row.extra["program"] for row in split)
        assert len(programs) >= 80
        assert programs["find"] / len(split) == pytest.approx(0.08, abs=0.04)
        assert sum(len(row.target) for row in split) / len(split) == pytest.approx(36, abs=6)


def test_many_rows_carry_a_choice(splits: dict[str, list[Example]]) -> None:
    for split in splits.values():
        kinds = Counter(kind for row in split for kind in row.extra["choice"])
        assert set(kinds) == {"spacing", "case"}
        assert sum(bool(row.extra["choice"]) for row in split) / len(split) >= 0.25
        assert kinds["case"] / len(split) >= 0.1


def test_every_command_can_be_said_and_heard_back(splits: dict[str, list[Example]]) -> None:
    """A reader who knows the literals of train alone must be able to find every answer."""
    literals = literals_in((row.target for row in splits["train"]), BASH)
    joins = Joins(BASH)
    for row in (row for split in splits.values() for row in split):
        assert row.prompt == verbalize(row.target, BASH, literals=literals)
        assert row.target in build(row.prompt, BASH, literals=literals, joins=joins)


def test_commands_are_lines_of_ascii(rows: list[Example]) -> None:
    for row in rows:
        assert row.target.isascii() and row.target.isprintable()
        assert row.target == " ".join(row.target.split())
        assert 8 <= len(row.target) <= 90 and 3 <= len(row.prompt.split()) <= 40


def test_commands_are_shell(rows: list[Example]) -> None:
    sample = [row.target for row in Random(0).sample(rows, 60)]
    bad = [text for text, shell in zip(sample, formatted(sample), strict=True) if shell is None]
    assert len(bad) <= 1, bad


def test_nothing_dangerous_and_nobody_real(rows: list[Example]) -> None:
    for row in rows:
        assert not re.search(r"\brm -\w+ (/|~|\$HOME|/\w+)/?( |$)", row.target), row.target
        assert ":(){" not in row.target
        for real in (".com", ".org", ".net", ".edu"):
            assert row.target.count(real) == row.target.count(f"example{real}"), row.target


def stages(command: str) -> list[str]:
    """Part a command at its pipes, lists and substitutions; what it quotes is one word."""
    quoted = re.compile(r"'[^']*'|\"[^\"]*\"")
    bare = quoted.sub(lambda found: re.sub(r"\W", "_", found[0]), command)
    return re.split(r"\|\||\||&&|;|&(?!>|\d)(?<!>&)|[()]", bare)


def test_redirects_are_single_and_go_to_places_of_the_user(rows: list[Example]) -> None:
    """`> a > b`, a filter's output over a system log, a sort into the file that it reads."""
    for stage in (stage for row in rows for stage in stages(row.target)):
        targets = re.findall(r"(?<![<\d])>>?(?![&(]) *(\S+)", stage)
        assert len(targets) <= 1, stage
        for target in targets:
            assert not target.startswith(("/var/log", "/etc", "/usr", "/opt", "/srv")), stage
            assert target not in re.sub(r">.*", "", stage).split(), stage


def test_pipes_join_what_fits(rows: list[Example]) -> None:
    """A filter after one number, an encoder after a listing, a silent program before a pipe."""
    for row in rows:
        for before, after in re.findall(r"([^|]+)\|(?=([^|]+))", row.target):
            assert not re.match(r" *wc( -\w+)? *$", before) or "cut" in after, row.target
            assert not re.match(r" *(cal|cp|mv|mkdir|chmod|rm|ping)\b", before), row.target
            if after.split()[0] in ("base64", "md5sum", "sha256sum"):
                assert re.match(r" *(echo|cat|head|gpg|tar|gzip|xz|zstd|bzip2|pg_dump|mysqldump|"
                                r"sqlite3|openssl) ", before), row.target  # fmt: skip


def test_every_kind_that_is_printed_is_known() -> None:
    """A kind without filters, or filters that no program can meet, for a slip in its name."""
    assert set(PRINTS) - {NOTHING, SCREEN, "one"} <= set(KINDS) <= {*PRINTS, "commands"}


def test_dates_are_in_the_calendar(rows: list[Example]) -> None:
    """The 30th of February."""
    found = 0
    for row in rows:
        for year, month, day in re.findall(r"(?<!\d)(20[12]\d)-?(\d\d)-?(\d\d)(?!\d)", row.target):
            date(int(year), int(month), int(day))
            found += 1
    assert found > 50


def test_folders_are_looked_for_by_names_of_folders(rows: list[Example]) -> None:
    for row in rows:
        if "-type d" in row.target:
            assert not re.search(r"-i?name \S+\.(?!git)\w+", row.target), row.target


def test_the_card_counts_the_data(splits: dict[str, list[Example]]) -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    assert text == card(splits, SEED, len(PROGRAMS))
    assert text.startswith("---\nlicense: apache-2.0\n")


def test_twins_stand_in_the_corpus_in_both_cases() -> None:
    """A flag marked as a choice of case that only ever has one case is no choice."""
    rng = Random(1)
    for program in (program for program in PROGRAMS if program.twins):
        flags: set[str] = set()
        for _ in range(9000):
            form = expand(program.rule, RULES, rng).replace("<R>", rng.choice("rR"))
            flags |= {f for word in form.split() for run in SPELLED.findall(word) for f in run}
            if set(program.twins) <= flags:
                break
        assert set(program.twins) <= flags, (program.name, set(program.twins) - flags)
        assert {letter.swapcase() for letter in program.twins} == set(program.twins)


def test_stream_leaves_groups_out(splits: dict[str, list[Example]]) -> None:
    held = {row.group for name in ("valid", "test") for row in splits[name]}
    commands = list(islice(stream(7, held), 1500))
    assert not held & {command.skeleton for command in commands}
    assert held & {command.skeleton for command in islice(stream(7), 1500)}
    assert commands == list(islice(stream(7, held), 1500))
    assert len({command.text for command in commands}) > 1400


def test_a_writer_keeps_to_one_hand() -> None:
    """Open and closed gaps of one kind in one command would leave nothing to infer."""
    several = 0
    for command in islice(stream(3), 9000):
        gaps = re.findall(r"(?:(?:head|tail|xargs|fold) -[a-zA-Z]|-[ABC])( ?)\d", command.text)
        assert len(set(gaps)) <= 1, command.text
        several += len(gaps) > 1
    assert several > 5
