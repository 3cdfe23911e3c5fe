"""Names for code: another name where something that answers depend on is another.

A module depends on all that it imports, inside functions too. Of our own code that is followed,
file by file; of libraries the version counts. Docstrings and comments are left out, so that
mending a sentence forgets no answers.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from importlib.util import find_spec
from pathlib import Path

from helpers.core.fingerprints import digest


@dataclass(frozen=True)
class Code:
    """What one file says, but for its docstrings and comments, and what it imports.

    `tables` are the files beside it that are no code.
    """

    digest: str
    tables: tuple[tuple[str, str], ...]
    modules: frozenset[str]
    libraries: frozenset[str]


@cache
def source_of(*modules: str) -> str:
    """Return a name for the code of modules, of all that they import, and libraries' versions.

    Raises `ModuleNotFoundError` for a module that is not there.
    """
    found = followed(*modules)
    libraries = sorted(set().union(*(code.libraries for code in found.values())))
    files = [[name, code.digest, code.tables] for name, code in sorted(found.items())]
    return digest(files, [[name, version_of(name)] for name in libraries])


@cache
def source_below(package: str) -> str:
    """Return a name for the code of every module of a package, and for the tables beside it."""
    top = _file(package).parent
    files = (file.relative_to(top).with_suffix("") for file in sorted(top.rglob("*.py")))
    names = [".".join([package, *file.parts]).removesuffix(".__init__") for file in files]
    return source_of(*names)


def followed(*modules: str) -> dict[str, Code]:
    """Return the modules, and all of the same package that they import, with their code.

    A package that is only passed through on the way to a module is left out: nothing of it is used.

    >>> sorted(followed("helpers.core.files"))
    ['helpers.core.files']
    """
    found: dict[str, Code] = {}
    missing = set(modules)
    while missing:
        name = missing.pop()
        found[name] = read(name)
        missing |= found[name].modules - found.keys()
    return found


@cache
def read(module: str) -> Code:
    """Read one module's code; raises `ModuleNotFoundError` if it is not there."""
    file = _file(module)
    tree = _plain(file.read_text(encoding="utf-8"))
    imported = set(_imported(tree))
    top = module.partition(".")[0]
    own = {name for name in imported if name.partition(".")[0] == top}
    others = {name.partition(".")[0] for name in imported - own} - sys.stdlib_module_names
    modules = frozenset(name if _exists(name) else name.rpartition(".")[0] for name in own)
    return Code(digest(ast.dump(tree)), _tables(file.parent), modules, frozenset(others))


def plain(text: str) -> str:
    """Return what a file's code says, without its docstrings and comments.

    >>> plain("x = 1  # one") == plain("'A number.'; x = 1"), plain("x = 1") == plain("x = 2")
    (True, False)
    """
    return ast.dump(_plain(text))


def _plain(text: str) -> ast.AST:
    return _Plain().visit(ast.parse(text))


class _Plain(ast.NodeTransformer):
    """Takes out what has no say in answers: docstrings, and imports for type checkers alone."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        text = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return None if text else self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        node = self.generic_visit(node)
        checking = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        return node.orelse if checking else node


def _imported(tree: ast.AST) -> Iterator[str]:
    """Yield the dotted names that a file imports: of modules, or of something in them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _file(module: str) -> Path:
    """Return a module's file, found without importing anything."""
    top, *rest = module.split(".")
    spec = find_spec(top)
    if spec is not None and spec.origin is not None:
        path = Path(spec.origin).parent.joinpath(*rest)
        for file in (path / "__init__.py", path.with_name(f"{path.name}.py")):
            if file.exists():
                return file
    loaded = getattr(sys.modules.get(module), "__file__", None)  # of a package's further folder
    if loaded:
        return Path(loaded)
    raise ModuleNotFoundError(f"there is no module {module!r}; check the name")


def _exists(module: str) -> bool:
    try:
        return bool(_file(module))
    except ModuleNotFoundError:
        return False


def _tables(folder: Path) -> tuple[tuple[str, str], ...]:
    """Return the names and contents of the files in a folder, and in `tables` below, but code."""
    files = [*folder.iterdir(), *folder.glob("tables/*")]
    tables = [file for file in files if file.is_file() and file.suffix not in (".py", ".pyc")]
    shown = [file for file in tables if not file.name.startswith(".")]
    return tuple((file.name, digest(file.read_bytes().hex())) for file in sorted(shown))


@cache
def version_of(library: str) -> str:
    """Return the version of what brings a module, by its import's name; "" if nothing does."""
    try:
        return version(library)
    except PackageNotFoundError:
        names = sorted(set(packages_distributions().get(library, ())))
        return " ".join(f"{name} {version(name)}" for name in names)
