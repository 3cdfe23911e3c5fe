"""Write a Modelfile whose prompt is the one trained on, and have Ollama make a model of it.

Ollama writes prompts with Go's text/template. `make check-template` renders the Modelfile's with
Go itself and compares.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.core.files import replace_file
from helpers.export import gguf, steps
from helpers.export.steps import ExportError
from helpers.models.loading import tokenizer_of
from helpers.models.template import template_of, write
from helpers.tasks.prompts import turns

if TYPE_CHECKING:
    from helpers.core.examples import Example
    from helpers.tasks.base import Task

CONTEXT = 4096  # tokens of prompt and answer, as in the gguf engine
SYSTEM, USER = "{s} ", ' "u"\n'  # texts with white space about them, which some templates trim


def template(tokenizer: Any) -> str:
    """Return a tokenizer's chat template as Go's; raises `ExportError` where it has none.

    It has one where a system and a user turn are written alike, as by ChatML and Granite. What it
    writes where the answer begins, such as Qwen3's empty thoughts, comes with it.
    """
    messages = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": USER}]
    written = write(tokenizer, messages, ask=True) if template_of(tokenizer).has_system else ""
    before, _, after = written.partition(SYSTEM)
    opens, _, names = before.partition("system")
    closes, _, rest = after.partition(f"{opens}user{names}{USER}")
    answer = rest.removeprefix(closes)
    turns = "".join(f"{opens}{m['role']}{names}{m['content']}{closes}" for m in messages)
    if not written or written != turns + answer or '"""' in written or "{{" in written:
        raise ExportError(
            "ollama: the chat template does not write all turns alike, as ChatML does (it has no "
            "system turn, begins with a token of its own, or trims texts); write a TEMPLATE equal "
            "to it into the Modelfile"
        )
    turn = f"{opens}{{{{ .Role }}}}{names}{{{{ .Content }}}}{closes}"
    return f"{{{{ range .Messages }}}}{turn}{{{{ end }}}}{answer}"


def write_modelfile(file: str | Path, system: str = "", context: int = CONTEXT) -> Path:
    """Write a `Modelfile` beside a GGUF, from which Ollama makes a model; return its path.

    `system` is the system turn where the asker gives none, and `context` the most tokens to read.
    Raises `ExportError` for a chat template or a text that it cannot hold.
    """
    file = Path(file)
    tokenizer = tokenizer_of(file.parent)
    if '"""' in system:
        raise ExportError('ollama: the system text holds """, which ends it; write it otherwise')
    architecture = gguf.metadata_of(file, "general.architecture")
    reads = gguf.metadata_of(file, f"{architecture}.context_length")
    stops = dict.fromkeys([template_of(tokenizer).end, tokenizer.eos_token])
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


def request(name: str, task: Task, example: Example) -> dict[str, Any]:
    """Return the body of a request to Ollama's `/api/chat`, with a schema where answers are JSON.

    Ollama builds a grammar of the schema: https://docs.ollama.com/capabilities/structured-outputs
    """
    schema = task.answer_schema(example)
    body = {"model": name, "messages": turns(task, example), "stream": False}
    return body if schema is None else body | {"format": schema}


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
