"""Run llama.cpp's converter: `python run_converter.py SCRIPT PRE …`, a program of its own.

The converter knows a tokenizer by a hash over what it makes of a test text, and so refuses every
tokenizer that somebody trained. PRE names the pre-tokenizer to take where it knows none; whoever
calls has made sure of it. An empty PRE leaves the refusal as it is.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path


def main(script: str, pre: str, *words: str) -> None:
    """Run the converter `script` with its arguments `words`."""
    here = Path(script).parent
    sys.path[:0] = [str(here), str(here / "gguf-py")]
    from conversion.base import TextModel

    known = TextModel.get_vocab_base_pre

    def get_vocab_base_pre(self, tokenizer) -> str:
        try:
            return known(self, tokenizer)
        except NotImplementedError:
            if not pre:
                raise
            print(f"the hash is not known; the pattern is that of {pre}")
            return pre

    TextModel.get_vocab_base_pre = get_vocab_base_pre
    sys.argv = [script, *words]
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main(*sys.argv[1:])
