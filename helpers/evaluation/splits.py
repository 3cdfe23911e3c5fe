"""What a corpus repeats: leaks between splits, repeated rows, prompts with several targets.

Texts are compared with their white space collapsed. "Near" means RapidFuzz's `fuzz.ratio`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from rapidfuzz import fuzz, process

from helpers.core.examples import Example
from helpers.evaluation.grading import collapse

CELLS = 8_000_000  # similarities held at once, four bytes each

Splits = Mapping[str, Sequence[Example]]


@dataclass(frozen=True)
class Near:
    """The training row nearest to an evaluated row, as far as the field `by` goes."""

    by: str  # "prompt" or "target"
    id: str
    train_id: str
    similarity: float  # percent


@dataclass(frozen=True)
class Split:
    """What one split repeats, in rows of it unless said otherwise; None where not asked."""

    split: str
    rows: int
    groups: int  # distinct ones
    repeated: int  # rows whose prompt and target stood before
    two_targets: int  # prompts with more than one target
    ceiling: float  # best exact score any function of the prompt can reach
    shared_groups: int  # groups also in another split
    shared_prompts: int  # prompts also in another split
    shared_targets: int | None  # targets also in another split; None where targets are labels
    near_prompts: int | None  # rows whose prompt is near one of train, equal ones counted
    near_targets: int | None


@dataclass(frozen=True)
class Report:
    """What the splits of a corpus repeat, and what of that is a leak."""

    splits: tuple[Split, ...]
    leaks: Mapping[str, int]  # groups, prompts and (open) targets that stand in two splits

    @property
    def clean(self) -> bool:
        """Whether nothing crosses splits."""
        return not any(self.leaks.values())

    def rows(self) -> list[dict[str, object]]:
        """Return a row a split, as `pandas.DataFrame` takes them."""
        return [asdict(split) for split in self.splits]


def _group(example: Example) -> str:
    return example.group or example.id


def crossings(splits: Splits, open_targets: bool = True) -> dict[str, dict[str, tuple[str, ...]]]:
    """Find the groups, prompts and targets of two or more splits: kind → key → split names.

    With `open_targets=False` targets are left out: a label is meant to be in every split. A group
    that no row declares is its row's id, often a line number, and equal line numbers are no leak.
    Nor is it one that several rows have no answer.

    >>> train, test = [Example("1", "go up", "cd ..")], [Example("1", "go  up", "cd")]
    >>> crossings({"train": train, "test": test})
    {'groups': {}, 'prompts': {'go up': ('train', 'test')}, 'targets': {}}
    """
    declared = {e.group for rows in splits.values() for e in rows if e.group not in ("", e.id)}
    groups = _shared(splits, _group)
    found = {
        "groups": {group: where for group, where in groups.items() if group in declared},
        "prompts": _shared(splits, lambda e: collapse(e.prompt)),
    }
    if open_targets:
        answered = {name: [e for e in rows if not e.no_answer] for name, rows in splits.items()}
        found["targets"] = _shared(answered, lambda e: collapse(e.target))
    return found


def _shared(splits: Splits, key: Callable[[Example], str]) -> dict[str, tuple[str, ...]]:
    where: dict[str, dict[str, None]] = defaultdict(dict)
    for name, rows in splits.items():
        for e in rows:
            where[key(e)][name] = None
    return {found: tuple(names) for found, names in where.items() if len(names) > 1}


def duplicates(examples: Sequence[Example]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Find rows that say the same: (prompt, target) → the ids of all rows that have both.

    >>> duplicates([Example("1", "list", "ls"), Example("2", " list", "ls")])
    {('list', 'ls'): ('1', '2')}
    """
    ids: dict[tuple[str, str], list[str]] = defaultdict(list)
    for e in examples:
        ids[collapse(e.prompt), collapse(e.target)].append(e.id)
    return {key: tuple(found) for key, found in ids.items() if len(found) > 1}


def _targets(examples: Sequence[Example]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for e in examples:
        counts[collapse(e.prompt)][collapse(e.target)] += 1
    return counts


def prompts_with_two_targets(examples: Sequence[Example]) -> dict[str, tuple[str, ...]]:
    """Find prompts that are answered in more than one way: prompt → targets, commonest first.

    >>> prompts_with_two_targets([Example("1", "list", "ls"), Example("2", "list", "ls -l")])
    {'list': ('ls', 'ls -l')}
    """
    return {
        prompt: tuple(target for target, _ in counts.most_common())
        for prompt, counts in _targets(examples).items()
        if len(counts) > 1
    }


def ceiling(examples: Sequence[Example]) -> float:
    """Return the best exact score that any function of the prompt alone can reach, 0–1.

    It answers each prompt with its commonest target. Raises `ValueError` if there are no rows.

    >>> ceiling([Example("1", "list", "ls"), Example("2", "list", "ls -l")])
    0.5
    """
    if not examples:
        raise ValueError("no rows have no ceiling; give at least one row")
    return sum(max(counts.values()) for counts in _targets(examples).values()) / len(examples)


def near_duplicates(
    evaluated: Sequence[Example],
    train: Sequence[Example],
    threshold: float = 90,
    by: Sequence[str] = ("prompt", "target"),
) -> list[Near]:
    """Find, for each evaluated row and field, the nearest training row of `threshold` or more.

    A similarity of 100 is an equal text. Nearness in prompt and in target are found apart.

    >>> test, train = [Example("t1", "wc dash l", "wc -l")], [Example("7", "wc dash c", "wc -c")]
    >>> near_duplicates(test, train, threshold=85)
    [Near(by='prompt', id='t1', train_id='7', similarity=88.88...)]
    """
    found = []
    for field in by:
        silent = field == "target"  # two rows without an answer have no targets that are alike
        asked = [e for e in evaluated if not (silent and e.no_answer)]
        known = {
            collapse(getattr(e, field)): e.id
            for e in reversed(train)
            if not (silent and e.no_answer)
        }
        texts = [collapse(getattr(e, field)) for e in asked]
        found += [
            Near(field, asked[row].id, id_, percent)
            for row, id_, percent in _nearest(texts, known, threshold)
        ]
    return found


def _nearest(
    texts: Sequence[str], ids: Mapping[str, str], threshold: float
) -> Iterator[tuple[int, str, float]]:
    import numpy as np

    choices = list(ids)
    step = max(1, CELLS // max(1, len(choices)))  # a block of rows at a time bounds the memory
    for first in range(0, len(texts) if choices else 0, step):
        block = texts[first : first + step]
        scores = process.cdist(
            block, choices, scorer=fuzz.ratio, score_cutoff=threshold, dtype=np.float32, workers=-1
        )
        for row, best in enumerate(scores.argmax(axis=1), first):
            # Short floats are rounded: work the one that is shown out again.
            percent = fuzz.ratio(texts[row], choices[best])
            if percent >= threshold:
                yield row, ids[choices[best]], percent


def report(splits: Splits, open_targets: bool = True, threshold: float = 90) -> Report:
    """Count what every split repeats; near-duplicates are looked for in the split "train".

    >>> rows = {"train": [Example("1", "list", "ls")], "test": [Example("2", "list", "ls -l")]}
    >>> found = report(rows)
    >>> found.leaks, found.clean, found.rows()[1]["near_prompts"]
    ({'groups': 0, 'prompts': 1, 'targets': 0}, False, 1)
    """
    shared = crossings(splits, open_targets)
    fields = ("prompt", "target") if open_targets else ("prompt",)
    counted = []
    for name, rows in splits.items():
        compared = fields if name != "train" and "train" in splits else ()
        near = Counter(
            n.by for n in near_duplicates(rows, splits.get("train", ()), threshold, compared)
        )
        counted.append(_count(name, rows, shared, {f: near[f] for f in compared}))
    return Report(tuple(counted), {kind: len(keys) for kind, keys in shared.items()})


def _count(
    name: str,
    rows: Sequence[Example],
    shared: Mapping[str, Mapping[str, tuple[str, ...]]],
    near: Mapping[str, int],
) -> Split:
    here = {kind: sum(name in where for where in keys.values()) for kind, keys in shared.items()}
    return Split(
        split=name,
        rows=len(rows),
        groups=len({_group(e) for e in rows}),
        repeated=sum(len(ids) - 1 for ids in duplicates(rows).values()),
        two_targets=len(prompts_with_two_targets(rows)),
        ceiling=ceiling(rows),
        shared_groups=here["groups"],
        shared_prompts=here["prompts"],
        shared_targets=here.get("targets"),
        near_prompts=near.get("prompt"),
        near_targets=near.get("target"),
    )
