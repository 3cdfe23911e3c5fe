"""What is drawn to be counted holds nothing that anybody is graded on."""

from helpers.core import paths
from helpers.core.examples import read_split
from helpers.corpora import more_commands
from helpers.corpora.more_commands import FOLDERS


def test_no_command_is_a_held_out_text():
    commands = more_commands.commands(400, seed=3)
    assert len(set(commands)) == 400 and commands == more_commands.commands(400, seed=3)
    held = {
        row.target
        for name in FOLDERS
        for split in ("valid", "test")
        for row in read_split(paths.data(name), split)
    }
    assert len(held) > 1_000 and not held & set(commands)


def test_commands_of_held_out_groups_are_left_out(monkeypatch):
    first = more_commands.commands(5, seed=11)
    groups = {row.group for name in FOLDERS for row in more_commands._held_out(name)}
    drawn = iter([*_drawn(groups), *map(_command, first)])
    monkeypatch.setattr(more_commands.dataset, "draw", lambda rng: next(drawn))
    assert more_commands._draw(5, 0, [*_rows()]) == first


def _rows():
    return [row for name in FOLDERS for row in more_commands._held_out(name)]


def _drawn(groups):
    return [_command("ls --held-out", group) for group in sorted(groups)[:3]]


def _command(text, group="of train"):
    return more_commands.dataset.Drawn(text, group, "ls", {})
