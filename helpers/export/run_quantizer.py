"""Run llama.cpp's quantizer: `python run_quantizer.py SOURCE OUT FTYPE`, a program of its own.

What fails inside llama.cpp may end the process; its log goes to stderr.
"""

from __future__ import annotations

import sys


def main(source: str, out: str, ftype: str) -> None:
    """Quantize the GGUF file `source` to llama.cpp's file type number `ftype`."""
    from cyllama.llama.llama_cpp import LlamaModelQuantizeParams, model_quantize

    wanted = LlamaModelQuantizeParams()
    wanted.ftype = int(ftype)
    try:
        model_quantize(source, out, wanted)
    except RuntimeError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
