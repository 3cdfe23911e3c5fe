"""A page in a browser writes dictations down with Python alone: no package is installed there."""

import subprocess
import sys
from pathlib import Path

from helpers.core import source

PROJECT = Path(__file__).parents[3]
ROOM = PROJECT / "helpers" / "tasks" / "dictation"
OTHERS = {  # for grading, for models, for pages and for the factory
    "task", "hearing/task", "report", "errors", "settings", "lattice_plot", "scenarios",
}  # fmt: skip

CODE = """
import sys
sys.path.insert(0, {project!r})
from importlib import import_module
for name in {names}:
    import_module("helpers.tasks.dictation." + name)
from helpers.tasks.dictation import pattern, protocol, repair, writer
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.hearing import writer as hearing
print(hearing.fit(["ls -la", "cd .."], BASH).candidates("LS dash LA.")[0].text)
fitted = writer.fit(["wc -l b.txt", "wc -w a.txt", "ls -l b.txt"], BASH)
print(fitted.candidates("wc dash L B dot txt")[0].text)
print(writer.by_rules(BASH).candidates("find dot dash name star dot txt")[0].text)
print(protocol.write("git space push space dash u", BASH))
print(repair.repair("ls -l -l -l", "ls dash L", BASH).text)
print(pattern.lark(fitted.lattice("ls")).splitlines()[-1])
print(*sorted(sys.modules))
"""


def test_dictations_are_written_without_any_package():
    """One import of the grader, and the page would have to fetch RapidFuzz, compiled."""
    files = [file.relative_to(ROOM).with_suffix("") for file in ROOM.rglob("*.py")]
    names = sorted(".".join(file.parts) for file in files if str(file) not in OTHERS)
    code = CODE.format(project=str(PROJECT), names=names)
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    *lines, loaded = done.stdout.splitlines()
    assert lines == [
        "ls -la",
        "wc -l b.txt",
        "find . -name *.txt",
        "git push -u",
        "ls -l",
        'N0: "ls"',
    ]
    assert "helpers.tasks.base" not in loaded and "helpers.evaluation" not in loaded


def test_no_part_of_it_knows_one_domain():
    """Another domain is another table: what only a shell has stands in its own files."""
    own = {"task", "bash", "shfmt"}  # the bundled domain is listed in `task`
    for file in ROOM.glob("*.py"):
        if file.stem not in own:
            assert "bash" not in source.plain(file.read_text(encoding="utf-8")).lower(), file.name
