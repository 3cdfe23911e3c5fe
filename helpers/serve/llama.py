"""llama.cpp's own server in a process of its own: `python -m helpers.serve.llama FILE`.

It has no grammar of ours and never sleeps; it is here to be compared with. It ends with its stdin.
"""

from __future__ import annotations

import os
import sys

from helpers.factory import HttpServer
from helpers.serve.launch import until_stdin_ends


def main() -> None:
    """Serve a base or a GGUF file; what libraries print goes to stderr."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    try:
        server = HttpServer(sys.argv[1])
    except (OSError, ValueError, RuntimeError) as error:
        sys.exit(f"error: {error}")
    print(f"serving {server.file.name} at {server.url.removesuffix('/v1')}", file=out, flush=True)
    until_stdin_ends()


if __name__ == "__main__":
    main()
