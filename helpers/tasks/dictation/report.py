"""What pages show of a dictation: spoken forms, what stays open, why an answer is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from helpers.core.examples import Example
from helpers.evaluation.errors import Error, ErrorClass
from helpers.tasks.dictation import ambiguity, errors, lattice
from helpers.tasks.dictation.joins import Joins
from helpers.tasks.report import Table, TaskReport

if TYPE_CHECKING:
    from helpers.tasks.dictation.task import Dictation


@dataclass(frozen=True)
class DictationReport(TaskReport):
    """Spoken forms and their meanings, the choices left open, and classes of wrong texts."""

    task: Dictation

    def measures(self, example: Example) -> dict[str, int | str]:
        """Return lengths in words and characters, and the facts that the domain's table names."""
        return {
            "words dictated": len(example.prompt.split()),
            "characters written": len(example.target),
        } | {
            fact: self._fact(example, fact, reference)
            for fact, reference in self.task.domain.facts.items()
        }

    def _fact(self, example: Example, fact: str, reference: str) -> str:
        if example.no_answer:
            return f"(no {self.task.domain.what})"
        return str(example.extra.get(fact) or function(reference)(example.target))

    def tables(self, train: Sequence[Example]) -> list[Table]:
        """Return the spoken-form table, the count of what stays open, and the tiers of speech."""
        domain = self.task.domain
        tiers = _tier_tables(train, domain.what)
        train = [example for example in train if not example.no_answer]
        literals, joins = lattice.literals_in((e.target for e in train), domain), Joins(domain)
        pairs = [(lattice.build(e.prompt, domain, literals, joins), e.target) for e in train]
        forms = ambiguity.spoken_forms(pairs)
        of_forms = [_spoken_table(forms), _uncertain_table(forms), _open_table(pairs, domain.what)]
        return [*of_forms, *tiers]

    def shape(self, target: str) -> str:
        """Return what a text has in common with others of its kind, as the domain sees it."""
        reference = self.task.domain.shape
        return function(reference)(target) if reference else target

    @property
    def error_classes(self) -> Mapping[str, str]:
        """The classes of wrong texts."""
        return errors.CLASSES | dict(self.task.domain.classes)

    @property
    def remedies(self) -> Mapping[str, str]:
        """What each class of errors asks for."""
        return errors.REMEDIES | dict(self.task.domain.remedies)

    def classifier(self, train: Sequence[Example]) -> Callable[[Error], ErrorClass]:
        """Return what gives a wrong text its class."""
        return errors.classify


def function(reference: str) -> Callable[..., Any]:
    """Import the function that a domain's table names; raises `ValueError` if there is none.

    >>> function("helpers.tasks.dictation.bash:program_of")("sudo ls -l")
    'ls'
    """
    module, _, name = reference.partition(":")
    try:
        return getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise ValueError(
            f"{reference!r} names no function ({error}); write 'module:function'"
        ) from error


def _spoken_table(forms: list[ambiguity.SpokenForm]) -> Table:
    single = sum(form.certainty == 1 for form in forms) / max(1, len(forms))
    said = sum(form.count for form in forms)
    right = sum(max(form.written.values()) for form in forms) / max(1, said)
    return Table(
        "What each spoken form stands for",
        f"{100 * single:.0f} % of the {len(forms):,} spoken forms have one meaning (certainty 1). "
        f"A table that writes each form by its commonest meaning is right {100 * right:.1f} % of "
        "the time, and nothing is learned.",
        [_form_row(form) for form in forms],
        {form.spoken: form.count for form in forms if form.spoken != "(a word)"},
        "times said in train; plain words, which stand for themselves, are left out",
    )


def _uncertain_table(forms: list[ambiguity.SpokenForm]) -> Table:
    return Table(
        "Forms that stood for two things",
        "Every form whose certainty is below 1.",
        [_form_row(form) for form in forms if form.certainty < 1],
    )


def _form_row(form: ambiguity.SpokenForm) -> dict[str, Any]:
    return {
        "spoken": form.spoken,
        "count": form.count,
        "written": "  ".join(text for text, _ in form.written.most_common(3)),
        "certainty": round(form.certainty, 4),
    }


def _open_table(pairs: list[tuple[lattice.Lattice, str]], what: str) -> Table:
    found = [ambiguity.decisions(one, text) for one, text in pairs]
    known = [d for d in found if d]
    gaps, open_gaps = sum(d.gaps for d in known), sum(d.open_gaps for d in known)
    letters = sum(d.letters for d in known)
    return Table(
        "What is left to decide",
        "Most gaps between two spoken words allow a space or none, and every spelled letter has "
        f"two cases: {(open_gaps + letters) / max(1, len(known)):.1f} choices a row, on average.",
        [
            {"what": "rows", "count": len(found)},
            {"what": f"rows whose {what} the lattice reaches", "count": len(known)},
            {"what": "gaps between words", "count": gaps},
            {"what": "… where a space or none is possible", "count": open_gaps},
            {"what": "spelled letters (small or capital)", "count": letters},
        ],
    )




def _tier_tables(train: Sequence[Example], what: str) -> list[Table]:
    """Return a table of the tiers of speech, where the rows name them."""
    counts = Counter(str(row.extra["tier"]) for row in train if "tier" in row.extra)
    first = {str(row.extra["tier"]): row for row in reversed(train) if "tier" in row.extra}
    if not counts:
        return []
    silent = sum(row.no_answer for row in train)
    return [
        Table(
            "How the rows were said",
            f"The tiers of speech, each with its first row. In {silent:,} rows nobody dictates a "
            f"{what}: nothing is the right answer.",
            [
                {
                    "tier": tier,
                    "count": count,
                    "said": first[tier].prompt,
                    "written": first[tier].target or f"(no {what})",
                }
                for tier, count in counts.most_common()
            ],
            dict(counts.most_common()),
            "rows of train",
        )
    ]
