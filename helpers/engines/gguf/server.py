"""llama.cpp's server within this process, reached through a socket file: it opens no port."""

from __future__ import annotations

import atexit
import json
import os
import socket
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from helpers.core.examples import EngineError
from helpers.engines.mlx import blas

LONGEST = 100  # bytes of a socket's path: macOS takes 103, Linux 107
CONTEXT = 4096  # tokens of prompt and answer; a model that reads fewer gets what it reads

# llama.cpp keeps the tokenizer of the last grammar by its vocabulary's address. Freed, the next
# model's may lie there: its masks would be the old one's, or the process would abort. So the last
# server that followed a grammar stays until another has (llama.cpp's common/llguidance.cpp).
_followed: list[LlamaServer] = []
atexit.register(_followed.clear)


class LlamaServer:
    """A GGUF model, loaded by xllamacpp.

    Answers are computed one at a time and each from the beginning, so they depend on nothing that
    was asked before: a prompt read in other portions rounds differently.
    """

    def __init__(self, file: Path, context: int = CONTEXT, exact: bool = False) -> None:
        """Load a model; raises `EngineError` if llama.cpp cannot.

        What is exact remembers in 32 bits and without flash attention, to compare logits; by
        default llama.cpp does as it does elsewhere.
        """
        if blas.borrowed():
            raise EngineError(
                "this process trains with MLX, whose matrix products llama.cpp does not survive; "
                "answer with llama.cpp in another one (restart the kernel)"
            )
        try:
            from xllamacpp import (
                CommonParams,
                Server,
                get_device_info,
                ggml_type,
                llama_flash_attn_type,
            )
        except ModuleNotFoundError as error:
            raise EngineError(
                f"{error.name} is not installed; run pip install -r requirements.txt"
            ) from error
        self.file = file
        self._folder = TemporaryDirectory(prefix="llama-")
        self._socket = str(Path(self._folder.name) / "llama.sock")  # the ending counts
        if len(os.fsencode(self._socket)) > LONGEST:
            raise EngineError(
                f"{self._socket}: is too long a path for a socket; set TMPDIR to a shorter folder"
            )
        params = CommonParams()
        params.model.path = str(file)
        params.hostnames = [self._socket]
        params.n_ctx = context
        params.cache_ram_mib = 0
        params.verbosity = 1  # errors alone
        # llama.cpp takes all cores, unless told as torch and all others are.
        threads = int(os.environ.get("OMP_NUM_THREADS", "").partition(",")[0] or -1)
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
        if exact:
            params.cache_type_k = params.cache_type_v = ggml_type.GGML_TYPE_F32
            params.flash_attn_type = llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
        try:
            self._server = Server(params)
        except RuntimeError as error:
            raise EngineError(
                f"{file}: llama.cpp cannot load it (it says why on stderr); export it again"
            ) from error
        # Its queue must have begun: a server that ends before that waits for itself for ever.
        self.complete([0], 1)
        properties = self.ask("/props")
        self.positions: int = properties["default_generation_settings"]["n_ctx"]
        self.type: str = properties["model_ftype"]
        gpu = any("GPU" in str(device["type"]) for device in get_device_info())
        self.device = "gpu" if gpu else "cpu"

    def complete(self, prompt: list[int], limit: int, **options: Any) -> dict[str, Any]:
        """Return what llama.cpp answers to a prompt, greedily; raises `ValueError`."""
        body = {"prompt": prompt, "n_predict": limit, "temperature": 0, "cache_prompt": False}
        body["repeat_penalty"] = 1.0  # a file may bring its base's, greedy or not
        found = self._server.handle_completions(body | options)
        if "grammar" in options:
            _followed[:] = [self]
        return _checked(found)

    def tokenize(self, text: str) -> list[int]:
        """Return a text's tokens, control tokens among them, as llama.cpp reads it."""
        return self.ask("/tokenize", content=text, parse_special=True)["tokens"]

    def prompt(self, messages: list[dict[str, str]]) -> str:
        """Return the text of a prompt, by the template in the file, thinking switched off."""
        options = {"enable_thinking": False}
        found = self.ask("/apply-template", messages=messages, chat_template_kwargs=options)
        return found["prompt"]

    def ask(self, path: str, **body: Any) -> dict[str, Any]:
        """Ask the server for something else; without a body it is a GET request."""
        connection = _Connection(self._socket)
        try:
            connection.request(
                "POST" if body else "GET",
                path,
                json.dumps(body) if body else None,
                {"Content-Type": "application/json"},
            )
            return _checked(json.loads(connection.getresponse().read()))
        finally:
            connection.close()


def _checked(found: dict[str, Any]) -> dict[str, Any]:
    if "error" in found:
        raise ValueError(found["error"]["message"])
    return found


class _Connection(HTTPConnection):
    """HTTP through a socket file."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost")
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self._path)
