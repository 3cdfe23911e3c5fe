"""Where errors come from: hearing, the gate, the choice among what was listed, or the list itself.

An answer that a typed text gets right and a heard one does not was lost in hearing. What is wrong
even as typed was lost later, and the first stage that could not have saved it is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from helpers.core.examples import Example
from helpers.evaluation.grading import collapse
from helpers.pipeline.drafts import MODEL, Answers, Dictations
from helpers.pipeline.measuring import Measured
from helpers.pipeline.outcome import Outcome
from helpers.pipeline.route import NOTHING, place
from helpers.pipeline.run import Pipeline

RIGHT, HEARING, GATE, CHOICE, LIST = "right", "hearing", "gate", "choice", "not listed"
CAUSES = (RIGHT, HEARING, GATE, CHOICE, LIST, MODEL)
LISTED = 20  # texts among which the right one is looked for


def cause(made: Pipeline, row: Example, outcome: Outcome, right: bool) -> str:
    """Name what an answer failed by, as the text stood.

    The gate is to blame where nothing was written for something, or something for nothing; the
    choice where the right answer was listed and another one taken; the list where it lacks it.
    """
    if right:
        return RIGHT
    if not row.target or outcome.route == NOTHING:
        return GATE
    if outcome.route == MODEL:
        return MODEL
    wanted = collapse(row.target)
    return CHOICE if wanted in map(collapse, listed(made, row, outcome)) else LIST


def listed(made: Pipeline, row: Example, outcome: Outcome) -> list[str]:
    """Return the texts that the route of an answer had to choose from."""
    if isinstance(made.drafter, Dictations):
        at = place(str(outcome.details["kind"]), outcome.route)
        return made.drafter.router.texts(row.prompt, at, LISTED)
    if isinstance(made.drafter, Answers):
        return [one.text for one in made.drafter.task.candidates(row) or ()]
    return []


def causes(made: Pipeline, found: Measured) -> list[str]:
    """Return what each answer failed by."""
    rows = zip(found.rows, found.outcomes, found.right, strict=True)
    return [cause(made, *row) for row in rows]


def after_hearing(typed: Sequence[str], right: Sequence[bool]) -> list[str]:
    """Return what answers to heard texts failed by, from what the typed texts failed by.

    >>> after_hearing(["right", "right", "gate", "choice"], [True, False, False, True])
    ['right', 'hearing', 'gate', 'right']
    """
    pairs = zip(typed, right, strict=True)
    return [RIGHT if hit else HEARING if one == RIGHT else one for one, hit in pairs]


def shares(names: Sequence[str]) -> Mapping[str, float]:
    """Return the share of each cause in percent, in the order of the stages.

    >>> shares(["right", "gate", "right", "right"])
    {'right': 75.0, 'gate': 25.0}
    """
    counts = Counter(names)
    return {name: 100 * counts[name] / len(names) for name in CAUSES if counts[name]}
