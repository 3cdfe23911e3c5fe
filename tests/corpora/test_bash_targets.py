"""Targets are commands that their programs accept; nothing of the data is executed to see it.

Programs that are installed are asked for their help with one flag of the tables before it: the
arguments are made here, one letter and a dummy, in an empty folder and without a shell.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
from collections import defaultdict
from pathlib import Path
from random import Random

import pytest

from helpers.core.examples import read_split
from helpers.corpora.bash_commands.catalog import BY_NAME, FLAG, PROGRAMS, flags, glues
from helpers.corpora.bash_commands.compose import INK, draw_shape
from helpers.corpora.bash_commands.grammar import SLOT
from helpers.corpora.bash_commands.mends import MENDS, possible
from helpers.corpora.bash_commands.program import Program

DATA = Path(__file__).parents[2] / "data" / "dictated_bash"

# Programs that only read, or change files they are given, and that check flags before they help.
ASKED = (
    "ls", "cp", "mv", "rm", "mkdir", "rmdir", "ln", "touch", "stat", "du", "df", "chmod", "chown",
    "chgrp", "basename", "dirname", "realpath", "readlink", "mktemp", "truncate", "install", "cat",
    "head", "tail", "tee", "nl", "tac", "sort", "uniq", "cut", "wc", "comm", "join", "paste",
    "split", "fold", "expand", "shuf", "od", "md5sum", "sha256sum", "sha1sum", "cksum", "base64",
    "seq", "date", "uname", "who", "id", "groups", "nice", "timeout", "xargs", "grep", "egrep",
    "fgrep", "sed", "diff", "tar", "gzip", "gunzip", "bzip2", "xz", "file", "patch", "free",
    "pgrep", "watch", "lsblk", "column", "journalctl", "make", "curl", "wget", "iconv", "strings",
    "hexdump", "vmstat", "ss",
)  # fmt: skip
ALONE = ("tar", "grep", "diff", "free", "column", "wget", "pgrep")  # some of their letters clash
COMPLAINT = re.compile(r"(?:invalid|unrecognized|unknown|illegal) option|option \S+ is unknown")


@pytest.fixture(scope="module")
def targets() -> list[str]:
    return [row.target for name in ("train", "valid", "test") for row in read_split(DATA, name)]


@pytest.fixture(scope="module")
def shapes() -> list[str]:
    rng = Random(5)
    return [draw_shape(rng) for _ in range(25_000)]


@pytest.fixture(scope="module")
def bundles(shapes: list[str]) -> dict[str, set[str]]:
    """The letters after one dash that each program's forms write, up to the first value."""
    found = defaultdict(set)
    for shape in shapes:
        for program, word in flags(possible(shape)):
            if program and not program.words and (letters := re.match(r"-([a-zA-Z]\w*)", word)):
                valued = [at for at, flag in enumerate(letters[1]) if flag in program.values]
                found[program.name].add(letters[1][: valued[0] + 1] if valued else letters[1])
    return found


def help_after(program: Program, flag: str, folder: Path) -> str:
    """What a program says to a flag with its help asked for; its parser stops before any work."""
    done = subprocess.run(
        [program.name, flag, "--help"],
        cwd=folder,
        env=os.environ | {"LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=20,
    )
    return done.stderr + done.stdout


@pytest.mark.parametrize("name", ASKED)
def test_the_program_itself_reads_its_table(
    name: str, bundles: dict[str, set[str]], tmp_path: Path
) -> None:
    """`ls -d/var/www`: something glued to a flag that takes no value, or a flag that is not."""
    program, bsd = BY_NAME[name], set(BY_NAME[name].bsd)
    if not shutil.which(name) or not COMPLAINT.search(help_after(program, "-@", tmp_path)):
        return  # not installed, or of another make: the table alone is held to, below
    plain = {b for b in bundles[name] if b[-1] not in program.values and not set(b) & bsd}
    for letters in plain if name in ALONE else ["".join(sorted(set("".join(plain))))]:
        answer = help_after(program, f"-{letters}@", tmp_path)  # only "@" is no flag
        assert COMPLAINT.search(answer) and "@" in answer.splitlines()[0], (letters, answer)
    for flag in set(program.values) - bsd:
        answer = help_after(program, f"-{flag}@", tmp_path)  # "@" is a value, maybe a bad one
        assert not COMPLAINT.search(answer), (flag, answer)
    assert list(tmp_path.iterdir()) == []


def test_many_programs_are_there_to_be_asked(tmp_path: Path) -> None:
    """On Linux the test above must not pass because nothing was asked."""
    if Path("/etc/os-release").exists():
        installed = [name for name in ASKED if shutil.which(name)]
        strict = [n for n in installed if COMPLAINT.search(help_after(BY_NAME[n], "-@", tmp_path))]
        assert len(strict) >= 40


def test_tables_name_flags_of_one_letter() -> None:
    for program in PROGRAMS:
        assert re.fullmatch(r"[A-Za-z0-9]*", program.values), program.name
        assert "".join(sorted(set(program.values), key=program.values.index)) == program.values


def test_no_form_leaves_a_gap_after_a_flag_without_a_value(shapes: list[str]) -> None:
    """The writer of a form may forget it; then the gap stays open, and this says where."""
    gaps = 0
    for shape in shapes:
        before = ""
        for part in INK.split(shape):
            if part in ("·", "°", "¬") and FLAG.search(before):
                *_, (program, _) = flags(before)
                assert program or "clang++" in before, shape  # whose table is clang's
                assert glues(before), shape
                gaps += 1
            before += part
    assert gaps > 2000


def test_a_gap_stays_open_where_the_table_says_so() -> None:
    assert [glues(f"{name} -{flag}") for name, flag in (
        ("ls", "d"), ("ls", "I"), ("passwd", "S"), ("seq", "w"), ("seq", "s"), ("tree", "L"),
        ("screen", "S"), ("paste", "sd"), ("sort", "rk"), ("xargs", "0"), ("lsof", "i"),
    )] == [False, True, False, False, True, False, False, True, True, False, True]  # fmt: skip


def bare(command: str) -> str:
    """Return a command with every quotation as one word of letters, and open pipes."""
    quoted = re.sub(r"'[^']*'|\"[^\"]*\"", lambda text: re.sub(r"\W", "_", text[0]), command)
    return re.sub(r"\s*\|\s*", " | ", quoted.replace(";", " ; "))


def test_no_row_glues_an_operand_to_a_flag_without_a_value(targets: list[str]) -> None:
    seen = 0
    for target in targets:
        for program, word in flags(bare(target)):
            if program is None or program.words or not re.match(r"-\w", word):
                continue
            for at, flag in enumerate(word[1:], 2):
                if flag in program.values:
                    seen += len(word) > at
                    break
                assert re.match(r"[\w;]", flag), (target, word)
    assert seen > 300


def test_bash_reads_every_target(targets: list[str], tmp_path: Path) -> None:
    """`bash -n` parses and executes nothing; a quotation left open could hide the next line."""
    for target in targets:
        shlex.split(target)
    script = tmp_path / "targets.sh"
    script.write_text("\n".join(targets) + "\n", encoding="utf-8")
    done = subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_values_are_in_their_range(targets: list[str]) -> None:
    """Units of find, modes, signals, dates of the journal, the end of -exec."""
    text = "\n".join(targets)
    sizes = re.findall(r"find [^\n|]*-size (\S+)", text)
    assert len(sizes) > 20 and [s for s in sizes if not re.fullmatch(r"[+-]?\d+[ckMG]?", s)] == []
    modes = re.findall(r"(?:chmod (?:-\w+ )*|-perm [-/]?|mkdir (?:-p )?-m ?)(\S+)", text)
    symbolic = r"[ugoa]*[-+=][rwxXst]*(,[ugoa]*[-+=][rwxXst]*)*"
    known = re.compile(rf"[0-7]{{3,4}}|{symbolic}|--reference=.*")
    assert len(modes) > 100 and [m for m in modes if not known.fullmatch(m.rstrip(";"))] == []
    names = {name.removeprefix("SIG") for name in signal.Signals.__members__}
    sent = re.findall(r"\b(?:p?kill|killall) -(?:s )?(?:SIG)?([A-Z\d]{2,}|\d)\b", text)
    assert len(sent) > 20 and [s for s in sent if not s.isdigit() and s not in names] == []
    images = re.findall(r"docker (?:build -t|tag|save -o \S+) (\S+)", text)
    assert len(images) > 20 and [image for image in images if image != image.lower()] == []
    assert not re.search(r"--since ['\"]?\d{8}", text)
    assert not re.search(r"\{\} \S+ \+( |$)|\{\}/\S+ \+", text, re.MULTILINE)


def test_extended_expressions_close_what_they_open(targets: list[str]) -> None:
    """`grep -E 'w('` and `sed -E 's/\\(w\\)/\\1s/'`."""
    found = 0
    for target in targets:
        for expression in re.findall(r"grep (?:-\w+ )*-\w*[EP]\w* '([^']+)'", target):
            re.compile(re.sub(r"\[:\w+:\]", "a-z", expression))
            found += 1
        for expression in re.findall(r"\bsed (?:-\S+ )*-\w*[Er]\w* '([^']+)'", target):
            assert r"\(" not in expression, target
            found += 1
    assert found > 30


@pytest.mark.parametrize(
    ("impossible", "instead"),
    [
        ("find . -size +<1..9>K -print", "find . -size +<1..9>k -print"),
        ("find . -type f -exec mv {} <dir> +", "find . -type f -exec mv -t <dir> {} +"),
        ("find . -type d -exec touch {}/.keep + && date", None),
        ("sed -i -E '<sed>' <file>", "sed -i -E '<extended_sed>' <file>"),
        ("cat <text> | grep -oE '<regex>'", "cat <text> | grep -oE '<extended_regex>'"),
        ("egrep -<R>n '<regex>' <dir>", "egrep -<R>n '<extended_regex>' <dir>"),
        ("pkill -P <user> <daemon>", "pkill -U <user> <daemon>"),
        ("ssh -f <login>", "ssh -fN <login>"),
        ("iptables -t nat -A POSTROUTING -i <nic> -j MASQUERADE", None),
        ("iptables -t nat -A PREROUTING -o <nic> -j MASQUERADE", None),
        ("docker network prune -a", "docker network prune -f"),
        ("aws s3 cp --recursive <dir> s3://<name>-<label>/<d> --delete", None),
        ("git merge --abort<branch>", "git merge --no-commit <branch>"),
        ("apt show -y <package>", "apt show -a <package>"),
        ("npx tsc --write <code>", "npx prettier --write <code>"),
        ("redis-cli lrange <w>", "redis-cli hgetall <w>"),
        ("rpm -qf | grep <package>", "rpm -qa | grep <package>"),
        ("journalctl -u·<service> --since ¨<date>¨", None),
        ("docker build -t <name>:<version> -f <d>/Dockerfile .", None),
        ("docker save -o <name#1>.tar <name#1>", None),
        ("sudo -E cd <dir>", "sudo -E ls <dir>"),
    ],
)
def test_what_no_program_accepts_is_mended(impossible: str, instead: str | None) -> None:
    mended = possible(impossible)
    assert mended == instead if instead else mended != impossible
    assert possible(mended) == mended


def test_a_mend_draws_as_many_values_in_the_same_order(shapes: list[str]) -> None:
    """Else every row after it would be another."""
    mended = 0
    for shape in shapes:
        before, after = (SLOT.findall(flat) for flat in (shape, possible(shape)))
        plain = [re.sub(r"<(?:extended|find|journal|image(?=_name))_", "<", slot) for slot in after]
        assert plain == before, shape
        mended += shape != possible(shape)
    assert len(MENDS) < mended < len(shapes) / 50


def test_what_may_still_be_drawn_is_possible(shapes: list[str]) -> None:
    for shape in shapes:
        flat = possible(shape)
        assert possible(flat) == flat
        assert not re.search(r"sudo (-\w+ )?cd |--abort<|prune -a.*(network|container)", flat)
