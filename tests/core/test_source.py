"""A name for code changes with all that answers depend on, and with nothing else."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import tasks
from helpers.core import source
from helpers.engines.spec import SPECS

NUMBER = itertools.count()
FILES = {
    "__init__.py": "",
    "top.py": '"""Top."""\nfrom {0}.middle import double\nfrom typing import TYPE_CHECKING\n'
    "if TYPE_CHECKING:\n    from {0} import typed\n\ndef four():\n    return double(2)\n",
    "middle.py": "def double(n):\n    # as late as can be\n    from {0}.room import leaf\n"
    "    return leaf.times(2, n)\n",
    "typed.py": "KIND = int\n",
    "beside.py": "import {0}.room.leaf\n\nX = 1\n",
    "room/__init__.py": "",
    "room/leaf.py": 'import json\n\ndef times(a, b):\n    """Multiply."""\n    return a * b\n',
    "room/other.py": "Y = 2\n",
}


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with a name of its own, since what was read once in a process is not read again."""
    name = f"package_{next(NUMBER)}"
    for file, text in FILES.items():
        path = tmp_path / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(name))
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path / name


def forget():
    """Forget what this process has read, as another one would find it."""
    for remembered in (source.source_of, source.source_below, source.read, source.version_of):
        remembered.cache_clear()


def name_of(package, module="top"):
    """The name of a module's code, as another process would find it."""
    forget()
    return source.source_of(f"{package.name}.{module}")


def change(package, file, old, new):
    path = package / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("top.py", "Top.", "The top of all."),
        ("room/leaf.py", "Multiply.", "Return the product,\n    of both."),
        ("room/leaf.py", '    """Multiply."""\n', ""),
        ("middle.py", "as late as can be", "late"),
        ("middle.py", "double(n)", "double( n )"),
        ("room/leaf.py", "import json\n", "import json\n\n# nothing more\n"),
    ],
)
def test_mending_a_sentence_keeps_the_name(package, file, old, new):
    before = name_of(package)
    change(package, file, old, new)
    assert name_of(package) == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("top.py", "double(2)", "double(3)"),
        ("middle.py", "times(2, n)", "times(n, 2)"),
        ("room/leaf.py", "a * b", "a * b + 0"),
        ("room/leaf.py", "import json", "import csv"),
        ("middle.py", "return leaf", 'print("one")\n    return leaf'),  # a text that is used
    ],
)
def test_a_change_of_code_anywhere_below_changes_the_name(package, file, old, new):
    before = name_of(package)
    change(package, file, old, new)
    assert name_of(package) != before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("typed.py", "int", "float"),
        ("beside.py", "X = 1", "X = 2"),
        ("room/other.py", "Y = 2", "Y = 3"),
    ],
)
def test_a_change_of_what_is_not_used_keeps_the_name(package, file, old, new):
    before = name_of(package)
    change(package, file, old, new)
    assert name_of(package) == before


def test_the_file_of_a_package_counts_where_something_of_it_is_used(package):
    (package / "room" / "__init__.py").write_text("LIMIT = 1\n")
    change(package, "room/other.py", "Y = 2", f"from {package.name}.room import LIMIT")
    before = name_of(package, "room.other"), name_of(package, "room.leaf")
    (package / "room" / "__init__.py").write_text("LIMIT = 2\n")
    after = name_of(package, "room.other"), name_of(package, "room.leaf")
    assert [old == new for old, new in zip(before, after, strict=True)] == [False, True]


def test_a_table_beside_a_module_counts(package):
    names = [name_of(package)]
    for file in ("room/words.txt", "room/tables/more.txt"):
        for text in ("a", "b"):
            (package / file).parent.mkdir(exist_ok=True)
            (package / file).write_text(text)
            names.append(name_of(package))
    (package / "room" / ".hidden").write_text("a")
    assert len(set(names)) == 5 and name_of(package) == names[-1]


def test_another_version_of_a_library_is_another_name(package, monkeypatch):
    change(package, "room/leaf.py", "import json", "import numpy")
    before = name_of(package)
    assert name_of(package) == before
    monkeypatch.setattr(source, "version", lambda name: "0.0")
    assert name_of(package) != before


def test_below_a_package_every_module_counts(package):
    def below():
        forget()
        return source.source_below(package.name)

    before = below()
    change(package, "room/leaf.py", "Multiply.", "Return the product.")
    assert below() == before
    change(package, "typed.py", "int", "float")
    assert below() != before


def test_a_module_that_is_not_there_is_named(package):
    with pytest.raises(ModuleNotFoundError, match=r"no module 'package_.*nowhere'; check the name"):
        name_of(package, "nowhere")


@given(st.text(st.characters(codec="utf-8", exclude_characters='\\"\r\0'), max_size=40))
def test_no_docstring_and_no_comment_changes_a_name(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("written")
    comment = " ".join(text.split())
    (folder / "plain.py").write_text("def f():\n    return 1\n")
    written = f'"""{text}"""\n# {comment}\ndef f():\n    """{text}"""\n    return 1  # {comment}\n'
    (folder / "told.py").write_text(written, encoding="utf-8")
    plain, told = (folder / file for file in ("plain.py", "told.py"))
    assert source.plain(plain.read_text("utf-8")) == source.plain(told.read_text("utf-8"))


FOREIGN = {"torch": "gguf mlx api", "gguf": "mlx api", "mlx": "gguf api", "api": "torch mlx gguf"}


@pytest.mark.parametrize(("engine", "others"), FOREIGN.items())
def test_an_engine_depends_on_itself_and_on_no_other(engine, others):
    """Nor on what trains, plots, writes data, or commands; of what is named by a text, nothing."""
    found = source.followed(SPECS[engine].module)
    assert SPECS[engine].module in found and "helpers.tasks.prompts" in found
    rooms = {".".join(name.split(".")[1:2]) for name in found}
    assert rooms <= {"core", "models", "evaluation", "tasks", "engines"}
    foreign = [f"helpers.engines.{other}.engine" for other in others.split()]
    assert not set(foreign) & found.keys()
    assert not any(name.endswith(".task") for name in found)


def test_a_task_depends_on_itself_and_on_no_other():
    modules = {task: type(tasks.get(task)).__module__ for task in tasks.names()}
    for module in modules.values():
        assert set(source.followed(module)) & set(modules.values()) == {module}


def test_the_libraries_that_answer_count():
    def libraries(module):
        return set().union(*(code.libraries for code in source.followed(module).values()))

    assert {"torch", "transformers", "peft", "llguidance"} <= libraries(SPECS["torch"].module)
    assert "xllamacpp" in libraries(SPECS["gguf"].module)
    assert {"mlx", "mlx_lm"} <= libraries(SPECS["mlx"].module)
    assert "sklearn" in libraries("helpers.tasks.labels.task")
    assert source.version_of("sklearn").startswith("scikit-learn ")
    assert source.version_of("no_such_library") == ""


def test_naming_code_takes_less_time_than_loading_a_model():
    forget()
    began = time.process_time()
    source.source_of(SPECS["torch"].module, "helpers.tasks.dictation.task")
    assert time.process_time() - began < 1.5
