"""The data factory: canonical answers become rows, as people would say them.

`make` or `read` cases; a `Generator` writes a draft of each, `check` and judges turn drafts down,
`deduplicate` keeps what is new; `Factory.run` does all of it, and `report` says what became of
every case.
"""

from helpers.factory.asking import Model
from helpers.factory.budget import Budget, Price
from helpers.factory.cases import Case, make, plain_rows, read
from helpers.factory.checks import check
from helpers.factory.deduplicate import Known, deduplicate
from helpers.factory.drafts import Draft, Step
from helpers.factory.generator import Generator
from helpers.factory.judges import Judge, ModelJudge, RoundTrip, Verdict, settle
from helpers.factory.kept import (
    Repeat,
    RepeatJudge,
    read_drafts,
    read_verdicts,
    write_drafts,
    write_verdicts,
)
from helpers.factory.ledger import PrivateLedger
from helpers.factory.local import HttpServer, serving
from helpers.factory.measure import measure, read_labelled
from helpers.factory.run import Factory, Output

__all__ = [
    "Budget", "Case", "Draft", "Factory", "Generator", "HttpServer", "Judge", "Known", "Model",
    "ModelJudge", "Output", "Price", "PrivateLedger", "Repeat", "RepeatJudge", "RoundTrip", "Step",
    "Verdict", "check", "deduplicate", "make", "measure", "plain_rows", "read", "read_drafts",
    "read_labelled", "read_verdicts", "serving", "settle", "write_drafts", "write_verdicts",
]  # fmt: skip
