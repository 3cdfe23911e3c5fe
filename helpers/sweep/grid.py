"""A sweep's file: grids in YAML, expanded to parameters by dotted name, such as `train.size`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from helpers.core.files import read_file
from helpers.sweep import parameters

Values = dict[str, Any]
MOST = 10_000  # cells of a grid; more is a slip, and would take days to list alone
FLOAT = re.compile(  # of YAML 1.2: 1e-4 too, which PyYAML takes for a text
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+"
)


class SweepError(ValueError):
    """A sweep's file that cannot be run; the message names the file, the item and the fix."""


def read(file: Path) -> list[dict[str, Any]]:
    """Return a file's grids, of which `---` lines may separate several; raises `SweepError`."""
    import yaml

    try:
        grids = list(yaml.load_all(read_file(file).decode("utf-8"), _loader()))
    except OSError as error:
        raise SweepError(f"{file}: cannot be read ({error.strerror}); check the path") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SweepError(f"{file} line {line}: is not YAML ({error.problem}); mend it") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        raise SweepError(f"{file}: is not YAML ({reason}); save it as UTF-8 text") from error
    if not grids or not all(isinstance(grid, dict) for grid in grids):
        raise SweepError(f"{file}: a grid is a mapping; write a line such as 'task: support_label'")
    return grids


def _loader() -> type:
    """Return PyYAML's safe loader, strict about equal keys and with the numbers of YAML 1.2."""
    import yaml

    class Loader(yaml.SafeLoader):
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            seen: set[str] = set()
            for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
                if key.value in seen:
                    problem = f"{key.value!r} is there twice"
                    raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
                seen.add(key.value)
            return super().construct_mapping(node, deep)

    tag = "tag:yaml.org,2002:int"
    Loader.yaml_implicit_resolvers = {
        first: [one for one in known if one[0] != tag]  # YAML 1.1 reads 012 as 10, and 1:30 as 90
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    Loader.add_implicit_resolver(tag, re.compile(r"[-+]?[0-9]+$"), list("-+0123456789"))
    Loader.add_constructor(tag, lambda loader, node: int(loader.construct_scalar(node)))
    Loader.add_implicit_resolver(
        "tag:yaml.org,2002:float", re.compile(f"{FLOAT.pattern}$"), list("-+.0123456789")
    )
    return Loader


def expand(grid: Mapping[str, Any]) -> list[Values]:
    """Return the parameters of a grid's cells.

    Lists are axes, the cells their product, less those that a rule of `exclude` describes.
    Raises `ValueError` that names what is wrong and lists what is right.

    >>> grid = {"task": "a_task", "score": {"engine": ["rules", "torch"], "limit": [5, 9]}}
    >>> grid["exclude"] = [{"score.engine": "rules", "score.limit": 9}]
    >>> [[values["score.engine"], values["score.limit"]] for values in expand(grid)]
    [['rules', 5], ['torch', 5], ['torch', 9]]
    >>> expand(grid | {"trian": {"size": "2m"}})
    Traceback (most recent call last):
    ValueError: a grid has no 'trian'; it has task, variant, data, train, score, exclude
    """
    axes = dict(_axes(grid))
    count = prod(map(len, axes.values()))
    if count > MOST:
        sizes = " x ".join(f"{len(v)} {name}" for name, v in axes.items() if len(v) > 1)
        raise ValueError(f"has {count:,} cells ({sizes}); {MOST:,} are the most, so split it")
    rules = _rules(grid.get("exclude") or [], axes)
    found = [dict(zip(axes, values, strict=True)) for values in product(*axes.values())]
    kept = [
        values
        for values in found
        if not any(all(values[n] in right for n, right in rule.items()) for rule in rules)
    ]
    if not kept:
        raise ValueError("exclude leaves no cell; take a rule out")
    return kept


def _axes(grid: Mapping[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """Flatten a grid to dotted names, each with the list of its values, every one checked."""
    known = parameters.known("notebook" in grid)
    sections = dict.fromkeys(name.partition(".")[0] for name in known)  # in order, each once
    for name, value in grid.items():
        if name == "exclude":
            continue
        if name not in sections:
            raise ValueError(f"a grid has no {name!r}; it has {', '.join(sections)}, exclude")
        if name not in known and not isinstance(value, dict):
            raise ValueError(f"{name!r} is {value!r}; write its parameters below it, indented")
        inside = {name: value} if name in known else {f"{name}.{k}": v for k, v in value.items()}
        for dotted, listed in inside.items():
            values = listed if isinstance(listed, list) else [listed]
            if not values:
                raise ValueError(f"{dotted} is an empty list; name a value, or leave it out")
            for one in values:
                parameters.check(dotted, one, known)
            yield dotted, values


def _rules(rules: Any, axes: Mapping[str, Any]) -> list[dict[str, list[Any]]]:
    """Return the rules of `exclude`, the values that each names as a list."""
    if not isinstance(rules, list) or not all(isinstance(rule, dict) and rule for rule in rules):
        raise ValueError("exclude is a list of rules; write '- {train.size: 1m, train.rank: 64}'")
    for name in {name: None for rule in rules for name in rule}:
        if name not in axes:
            raise ValueError(f"exclude names {name!r}; this grid has {', '.join(axes)}")
    listed = [{n: v if isinstance(v, list) else [v] for n, v in rule.items()} for rule in rules]
    for name, values in (named for rule in listed for named in rule.items()):
        if unknown := [value for value in values if value not in axes[name]]:
            raise ValueError(f"exclude names {name} {unknown[0]!r}; this grid has {axes[name]}")
    return listed


def label(values: Values, cells: Sequence[Values]) -> str:
    """Name a cell by what tells it from a grid's other cells, or by all if it is the only one.

    >>> label({"task": "a", "train.seed": 1}, [{"task": "a", "train.seed": n} for n in (0, 1)])
    'seed=1'
    """
    names = [name for name in values if any(cell[name] != values[name] for cell in cells)]
    return " ".join(f"{short}={values[name]}" for name, short in shorter(names or values).items())


def shorter(names: Collection[str]) -> dict[str, str]:
    """Return each name without its section where that is still unambiguous.

    >>> shorter(["train.size", "train.engine", "score.engine"])
    {'train.size': 'size', 'train.engine': 'train.engine', 'score.engine': 'score.engine'}
    """
    last = [name.rpartition(".")[2] for name in names]
    return {n: n if last.count(end) > 1 else end for n, end in zip(names, last, strict=True)}


def section(values: Mapping[str, Any], name: str) -> Values:
    """Return a section's parameters, without the section's name.

    >>> section({"task": "a", "train.size": "2m"}, "train")
    {'size': '2m'}
    """
    start = f"{name}."
    return {n.removeprefix(start): v for n, v in values.items() if n.startswith(start)}
