"""What Whisper is shown: lines of the task's own rows, names of the context, the reader's words."""

import pytest

from helpers import tasks
from helpers.core.examples import Example, write_rows
from helpers.speech import prompt


@pytest.mark.parametrize("name", tasks.names())
def test_each_task_shows_lines_of_its_own_rows_that_fit(name):
    task = tasks.get(name)
    lines = prompt.lines_of(task)
    rows = {example.prompt.lower() for example in task.load("train")}
    shown = prompt.common([example.prompt for example in task.load("train")])
    assert lines == ", ".join(shown) and set(shown) <= rows and len(shown) > 2
    assert len(lines.split()) <= prompt.WORDS


def test_dictated_shell_shows_symbols_by_their_names():
    words = set(prompt.hints(tasks.get("dictated_bash")).replace(",", "").split())
    assert {"dash", "dot", "slash", "pipe"} <= words


def test_names_of_a_desktop_come_last_where_the_model_keeps_them():
    context = {"workspaces": [{"name": "Atlas", "path": "~/a"}], "apps": [{"name": "iTerm2"}]}
    shown = prompt.hints(tasks.get("voice_command"), context, ["Kube"])
    assert shown == "Atlas, iTerm2, Kube"


def test_a_folder_without_rows_to_learn_from_shows_only_the_readers_words(tmp_path):
    write_rows(tmp_path / "test.jsonl", [Example("1", "ls", "ls")])
    assert prompt.hints(tasks.get("dictated_bash", tmp_path), words=["orderbook"]) == "orderbook"
