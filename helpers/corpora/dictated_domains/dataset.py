"""From templates to a data folder: what may stay, how families are dealt to the splits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from random import Random

from helpers.core.examples import Example
from helpers.corpora.dictated_domains import content
from helpers.corpora.dictated_domains.content import Drawn
from helpers.tasks.dictation.domain import Domain
from helpers.tasks.dictation.joins import Joins
from helpers.tasks.dictation.lattice import build, literals_in
from helpers.tasks.dictation.report import function
from helpers.tasks.dictation.verbalize import Unspeakable, verbalize
from helpers.tasks.domains import registry

ROWS = 1500  # of train; valid and test have two for fifteen of them
LEAST = 8  # of train, so that each of the others has one
SEED = 20261129
# Rows of one template: few where rows are graded, so that they are of many.
LARGEST = {"train": 30, "valid": 5, "test": 5}
DRAWS = 150  # tries to draw a template's rows; some hold fewer
CHARACTERS = range(3, 101)
WORDS = range(2, 61)
SHARED = 3  # families with a reserved word that train keeps, if any leaves it


@dataclass(frozen=True)
class Spoken:
    """A text and how it is dictated."""

    drawn: Drawn
    dictation: str


class Speaker:
    """Says the texts of one domain; what its lattice worked out for one serves the next."""

    def __init__(self, domain: Domain) -> None:
        """Take the domain's table, and the parser that it names."""
        self.domain, self.joins = domain, Joins(domain)
        self.parsed = function(domain.formatter)

    def speak(self, drawn: Drawn) -> Spoken | None:
        """Dictate a text; None if it is too short or long, cannot be said, or does not parse."""
        if len(drawn.text) not in CHARACTERS or "  " in drawn.text:
            return None
        try:
            dictation = verbalize(drawn.text, self.domain)
        except Unspeakable:
            return None
        literals = literals_in([drawn.text], self.domain)
        if len(dictation.split()) not in WORDS or self.parsed([drawn.text]) == [None]:
            return None
        heard = build(dictation, self.domain, literals, self.joins)
        return Spoken(drawn, dictation) if drawn.text in heard else None


def gather(name: str, rng: Random) -> dict[str, list[Spoken]]:
    """Draw rows of every template of a domain; no text comes twice, and no dictation."""
    speaker, drawer = Speaker(registry.task_of(name).domain), content.read(registry.folder_of(name))
    families: dict[str, list[Spoken]] = {template: [] for template in drawer.templates}
    seen: set[str] = set()
    for template, rows in families.items():
        for _ in range(DRAWS):
            drawn = content.draw(drawer, template, rng)
            spoken = None if drawn.text in seen else speaker.speak(drawn)
            if spoken and spoken.dictation not in seen:
                rows.append(spoken)
                seen |= {drawn.text, spoken.dictation}
            if len(rows) == LARGEST["train"]:
                break
    return families


def sizes(rows: int) -> dict[str, int]:
    """Return how many rows each split has.

    >>> sizes(1500)
    {'train': 1500, 'valid': 200, 'test': 200}
    """
    return {"train": rows, "valid": rows * 2 // 15, "test": rows * 2 // 15}


def split(
    families: Mapping[str, list[Spoken]], domain: Domain, rng: Random, rows: int
) -> dict[str, list[Spoken]]:
    """Deal whole families at random: test and valid get theirs first.

    Where train would keep fewer than `SHARED` families that use a reserved word as a word
    ("count", a column), none of them leaves it: no model meets such a word first in a test.
    """
    words = {
        family: literals_in((spoken.drawn.text for spoken in texts), domain)
        for family, texts in families.items()
    }
    users = Counter(chain.from_iterable(words.values()))
    wanted = sizes(rows)
    splits: dict[str, list[Spoken]] = {name: [] for name in wanted}
    for family in rng.sample(list(families), len(families)):
        free = all(users[word] > SHARED for word in words[family])
        short = [name for name in ("test", "valid") if len(splits[name]) < wanted[name]]
        name = short[0] if free and short else "train"
        splits[name] += families[family][: LARGEST[name]]
        if name != "train":
            users -= Counter(words[family])
    for name, texts in splits.items():
        rng.shuffle(texts)
        del texts[wanted[name] :]
    return splits


def make(name: str, seed: int = SEED, rows: int = ROWS) -> dict[str, list[Example]]:
    """Make a domain's three splits; the same seed gives the same rows, byte for byte.

    Raises `ValueError` if its templates do not fill them.
    """
    rng, domain = Random(f"{seed} {name}"), registry.task_of(name).domain
    splits = split(gather(name, rng), domain, rng, rows)
    for part, texts in splits.items():
        if len(texts) < (wanted := sizes(rows)[part]):
            missing = f"{len(texts)} of {wanted} rows of {part}"
            raise ValueError(f"{name}: its templates hold {missing}; write more, or ask for fewer")
    return {
        part: [example(f"{part}-{number:05d}", one, domain) for number, one in enumerate(texts)]
        for part, texts in splits.items()
    }


def example(name: str, spoken: Spoken, domain: Domain) -> Example:
    """Return a row with an id."""
    drawn = spoken.drawn
    return Example(name, spoken.dictation, drawn.text, domain.system, group=drawn.template)


def stream(name: str, seed: int, without: Collection[str] = ()) -> Iterator[Example]:
    """Yield a domain's rows without end and without ids, none of a family in `without`.

    Raises `ValueError` if every template is in it.

    >>> next(stream("dictated_sql", 1)) == next(stream("dictated_sql", 1))
    True
    """
    speaker, drawer = Speaker(registry.task_of(name).domain), content.read(registry.folder_of(name))
    rng, excluded = Random(seed), frozenset(without)
    if excluded.issuperset(drawer.templates):
        raise ValueError(f"{name}: every template is excluded; leave some groups out of 'without'")
    while True:
        template = rng.choice(drawer.templates)
        if template in excluded:
            continue
        if spoken := speaker.speak(content.draw(drawer, template, rng)):
            yield example("", spoken, speaker.domain)
