"""Write a Modelfile whose prompt is the one trained on, and have Ollama make a model of it.

Ollama writes prompts with Go's text/template. `make check-template` renders the Modelfile's with
Go itself and compares.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

from helpers.core.files import replace_file
from helpers.export import gguf, steps
from helpers.export.steps import ExportError
from helpers.tasks.prompts import turn_end

CONTEXT = 4096  # tokens of prompt and answer, as in the gguf engine
TEMPLATE = (  # helpers.tasks.prompts.CHATML, in Go's words
    "{{ range .Messages }}<|im_start|>{{ .Role }}\n{{ .Content }}<|im_end|>\n{{ end }}"
    "<|im_start|>assistant\n"
)


def template(tokenizer: Any) -> str:
    """Return a tokenizer's chat template as Go's; raises `ExportError` if it is not ChatML.

    What a template writes where the answer begins, such as Qwen3's empty thoughts, comes with it.
    """
    messages = [{"role": "system", "content": "{s} "}, {"role": "user", "content": ' "u"\n'}]
    turns = [f"<|im_start|>{m['role']}\n{m['content']}<|im_end|>\n" for m in messages]
    chatml = "".join([*turns, "<|im_start|>assistant\n"])
    written = tokenizer.apply_chat_template(
        messages, tokenize=False, add_generation_prompt=True, enable_thinking=False
    )
    if not written.startswith(chatml):
        raise ExportError(
            "ollama: the chat template is not ChatML; write a TEMPLATE equal to it into the "
            "Modelfile"
        )
    return TEMPLATE + written.removeprefix(chatml)


def write_modelfile(file: str | Path, system: str = "", context: int = CONTEXT) -> Path:
    """Write a `Modelfile` beside a GGUF, from which Ollama makes a model; return its path.

    `system` is the system turn where the asker gives none, and `context` the most tokens to read.
    Raises `ExportError` for a chat template or a text that it cannot hold.
    """
    from transformers import AutoTokenizer

    file = Path(file)
    tokenizer = AutoTokenizer.from_pretrained(
        file.parent, trust_remote_code=False, local_files_only=True
    )
    if '"""' in system:
        raise ExportError('ollama: the system text holds """, which ends it; write it otherwise')
    architecture = gguf.metadata_of(file, "general.architecture")
    reads = gguf.metadata_of(file, f"{architecture}.context_length")
    stops = dict.fromkeys([turn_end(tokenizer), tokenizer.eos_token])
    lines = [
        f"FROM ./{file.name}",
        f'TEMPLATE """{template(tokenizer)}"""',
        *([f'SYSTEM """{system}"""'] if system else []),
        *(f'PARAMETER stop "{stop}"' for stop in stops),
        "PARAMETER temperature 0",
        f"PARAMETER num_ctx {min(context, reads or context)}",
    ]
    path = file.with_name("Modelfile")
    replace_file(path, "\n".join(lines) + "\n")
    return path


def create(name: str, modelfile: str | Path) -> str:
    """Have Ollama make the model `name`, where it is installed; return what to type next.

    Raises `ExportError` with Ollama's reason; all that it says is kept in `<modelfile>.log`.
    """
    modelfile = Path(modelfile)
    if not re.fullmatch(r"\w[\w./:-]*", name, re.ASCII):
        raise ExportError(f"ollama: {name!r} is not a name for a model; use letters and dashes")
    command = ["ollama", "create", name, "-f", str(modelfile)]
    if shutil.which("ollama") is None:
        return f"Ollama is not installed here; where it is, type: {shlex.join(command)}"
    steps.run("ollama create", command, gguf.log_of(modelfile))
    return f"Ollama has it; type: ollama run {name}"
