"""Rows of the further domains of dictation: SQL, patterns, paths, addresses, formulas.

What is written comes from the templates and values in each domain's own folder; all else is shared.
`python -m helpers.corpora.dictated_domains` writes the data folders of all of them.
"""

from helpers.corpora.dictated_domains.dataset import stream

__all__ = ["stream"]
