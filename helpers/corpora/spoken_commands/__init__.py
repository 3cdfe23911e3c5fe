"""Commands as people say them and a transcriber hears them, and talk that is no command.

`commands` draws what is meant, `tiers` says it, `dataset` deals rows to splits.
`python -m helpers.corpora.spoken_commands OUT_DIR` writes the data.
"""

from helpers.corpora.spoken_commands.dataset import stream

__all__ = ["stream"]
