"""Commands that write data end with one line where they cannot, and have written nothing."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

COMMANDS = ("bash_commands", "dictated_domains", "spoken_commands", "support_messages",
            "voice_requests")  # fmt: skip


def refused(name: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command that has to end in an error; return the line that tells it."""
    with pytest.raises(SystemExit) as ended:
        import_module(f"helpers.corpora.{name}.__main__").main(words)
    assert ended.value.code == 2
    return capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_is_no_folder_to_write_to(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "taken"
    file.write_text("mine", encoding="utf-8")
    words = ["--out", str(file)] if name == "dictated_domains" else [str(file)]
    assert f"{file} is a file; name a folder" in refused(name, words, capsys)
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["dictated_path", "dictated_poems"], "there is no domain 'dictated_poems'; choose one of"),
        (["dictated_path", "--rows", "7"], "--rows 7 leaves none to grade on; take 8 or more"),
        (["dictated_path", "--rows", "999999"], "dictated_path: its templates hold"),
    ],
)
def test_what_no_domain_can_be_made_of_is_told_before_anything_is_written(
    words: list[str], why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "data"
    assert why in refused("dictated_domains", [*words, "--out", str(out)], capsys)
    assert not out.exists()
