"""A model of one's own behind an endpoint: llama.cpp's server over HTTP, at this machine alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from helpers.core import paths
from helpers.core.examples import EngineError
from helpers.engines.api.endpoint import Endpoint
from helpers.engines.api.ledger import Ledger
from helpers.engines.gguf import loading
from helpers.engines.mlx import blas
from helpers.export import gguf
from helpers.models import folders

HOST = "127.0.0.1"
CONTEXT = 8192  # tokens of prompt and answer
KIND = "Q8_0"
PATIENCE = 900.0  # seconds for an answer: one core is slow, and a server answers in turn


def gguf_of(model: str | Path) -> Path:
    """Return a model as a GGUF file: itself, or a base's, made once and kept among the runs.

    Raises `EngineError` or `ExportError` for a model that cannot be had or converted.
    """
    if Path(model).suffix == ".gguf":
        return loading.find(model)
    located = folders.locate(model)
    if located.adapter:
        raise EngineError(f"{model}: is a run with an adapter; fuse and export it (notebook 06)")
    name = located.base.name
    out = paths.runs() / "gguf" / f"{name}-{located.digest}" / f"{name}-{KIND}.gguf"
    from filelock import FileLock

    out.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(out.with_name(".lock")):  # a generator and an endpoint may begin side by side
        if not out.exists():
            whole = gguf.convert(located.base, out.with_name(f"{name}-f16.gguf"))
            gguf.quantize(whole, out, KIND)
            whole.unlink()
    return out


class HttpServer:
    """llama.cpp's server with a model, as long as this object lives; it answers in turn."""

    def __init__(self, model: str | Path, port: int = 0) -> None:
        """Load a base or a GGUF file, and listen; port 0 takes a free one.

        Raises `EngineError`.
        """
        if blas.borrowed():
            raise EngineError(
                "this process trains with MLX, whose matrix products llama.cpp does not survive; "
                "serve in another one"
            )
        from xllamacpp import CommonParams, Server

        self.file = file = gguf_of(model)
        params = CommonParams()
        params.model.path, params.hostnames, params.port = str(file), [HOST], port
        params.n_ctx, params.n_parallel, params.verbosity = CONTEXT, 1, 1
        params.cache_prompt = False  # a prompt read in other portions rounds differently
        params.cache_ram_mib = 0
        threads = int(os.environ.get("OMP_NUM_THREADS", "").partition(",")[0] or -1)
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
        try:
            self._server: Any = Server(params)
        except RuntimeError as error:
            raise EngineError(
                f"{file}: llama.cpp cannot serve it at port {port} (it says why on stderr); "
                "export it again, or name another port"
            ) from error
        # Its queue must have begun: a server that ends before that waits for itself for ever.
        self._server.handle_completions({"prompt": [0], "n_predict": 1})
        self.url = f"{self._server.listening_address}/v1"

    def endpoint(self, ledger: Ledger | None = None) -> Endpoint:
        """Return the endpoint that asks it.

        Its answers are kept under the file's content, so another port is no other model.
        """
        known_as = f"llama.cpp {version('xllamacpp')}, {self.file.name} {loading.digest(self.file)}"
        options = {"ledger": ledger} if ledger else {}
        return Endpoint(self.url, "", 2, PATIENCE, known_as, **options)


@contextmanager
def serving(model: str | Path, ledger: Ledger | None = None, port: int = 0) -> Iterator[Endpoint]:
    """Serve a model within this process as long as this lasts; yield the endpoint that asks it."""
    server = HttpServer(model, port)
    try:
        yield server.endpoint(ledger)
    finally:
        del server
