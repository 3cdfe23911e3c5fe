"""Customers' support messages with one of eleven labels, written from tables of wordings.

`make_splits` makes the bundled data, `write_data` writes it, `stream` goes on for ever.
"""

from helpers.corpora.support_messages.dataset import (
    SEED,
    make_splits,
    stream,
    write_data,
)
from helpers.corpora.support_messages.wordings import LABELS

__all__ = ["LABELS", "SEED", "make_splits", "stream", "write_data"]
