"""The Modelfile's prompt is the trainer's, for every shape of example."""

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest
from families import FAMILIES, tokenizer_of
from transformers import AutoTokenizer

from helpers import tasks
from helpers.export import ollama
from helpers.export.steps import ExportError
from helpers.models.template import write
from helpers.tasks.prompts import turns

HERE = Path(__file__).parent
PROMPTS = HERE / "fixtures" / "prompts.json"
CASES = json.loads(PROMPTS.read_text("utf-8"))


@pytest.fixture(scope="module")
def tokenizer(base):
    """The bundled base's tokenizer."""
    return AutoTokenizer.from_pretrained(base)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["shape"])
def test_the_fixture_holds_what_the_trainer_writes(tokenizer, case):
    written = tokenizer.apply_chat_template(
        case["messages"], tokenize=False, add_generation_prompt=True, enable_thinking=False
    )
    assert written == case["prompt"]


def test_the_fixture_has_every_task_and_variant():
    shapes = {case["shape"]: [m["role"] for m in case["messages"]] for case in CASES}
    for name in tasks.names():
        for variant in tasks.get(name).variants:
            task = tasks.get(name, variant=variant)
            roles = [turn["role"] for turn in turns(task, task.load("valid")[0])]
            assert shapes[f"{name}/{variant}"] == roles


def test_the_modelfile_says_all_that_an_answer_depends_on(modelfile, f16):
    lines = modelfile.read_text("utf-8").splitlines()
    assert lines[0] == f"FROM ./{f16.name}" and modelfile.parent == f16.parent
    assert 'SYSTEM """Say {{ it }}."""' in lines
    assert lines[-3:] == [
        'PARAMETER stop "<|im_end|>"',
        "PARAMETER temperature 0",
        "PARAMETER num_ctx 1024",  # all that the base reads
    ]


def test_a_request_carries_the_turns_and_the_schema_of_its_row():
    for name in tasks.names():
        task = tasks.get(name)
        row = task.load("valid")[0]
        body = ollama.request("mine", task, row)
        assert body["messages"] == turns(task, row) and body["stream"] is False
        assert ("format" in body) == (name == "voice_command")


def test_every_right_call_fits_its_schema_and_a_name_of_nowhere_does_not():
    task = tasks.get("voice_command")
    for row in task.load("valid"):
        jsonschema.validate(json.loads(row.target), task.answer_schema(row))
    row = next(row for row in task.load("valid") if "workspace.load" in row.target)
    call = json.loads(row.target)
    call["arguments"]["workspace"] = "a workspace that this desktop never had"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(call, task.answer_schema(row))


def test_what_a_template_adds_to_chatml_comes_along(tokenizer, base):
    thinking = AutoTokenizer.from_pretrained(base)
    empty = "{% if add_generation_prompt %}<think>\n\n</think>\n\n{% endif %}"
    thinking.chat_template = tokenizer.chat_template + empty
    assert ollama.template(thinking) == ollama.template(tokenizer) + "<think>\n\n</think>\n\n"


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_another_family_s_template_is_right_or_refused_in_a_line(family):
    """Gemma's has no system turn of its own, Llama 3's trims, LFM2's begins with a token."""
    own = tokenizer_of(family)
    if family.name in ("gemma2", "gemma3", "llama3", "lfm2", "mistral"):
        with pytest.raises(ExportError, match="all turns alike.*write a TEMPLATE") as caught:
            ollama.template(own)
        assert "\n" not in str(caught.value)
        return
    go = r"\{\{ range \.Messages \}\}(.*)\{\{ end \}\}(.*)"
    turn, answer = re.fullmatch(go, ollama.template(own), re.DOTALL).groups()
    for case in CASES:
        if [m["role"] for m in case["messages"]] != ["system", "user"]:  # no task asks so
            continue
        turns = [
            turn.replace("{{ .Role }}", m["role"]).replace("{{ .Content }}", m["content"])
            for m in case["messages"]
        ]
        assert "".join([*turns, answer]) == write(own, case["messages"], ask=True)


def test_without_ollama_it_says_what_to_type(modelfile, monkeypatch):
    monkeypatch.setenv("PATH", "")
    told = ollama.create("dictated-bash", modelfile)
    assert told.endswith(f"type: ollama create dictated-bash -f {modelfile}")


@pytest.mark.parametrize("status", [0, 1])
def test_with_ollama_it_is_run(modelfile, tmp_path, monkeypatch, status):
    """A program of that name stands in for it: it is in no package index."""
    program = tmp_path / "ollama"
    said = "Error: could not connect to ollama server"
    program.write_text(f'#!/bin/sh\necho "$@"\necho "{said}"\nexit {status}\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    if status:
        with pytest.raises(ExportError, match=f"ollama create failed: {said}; "):
            ollama.create("bash", modelfile)
    else:
        assert ollama.create("bash", modelfile) == "Ollama has it; type: ollama run bash"
    log = modelfile.with_name("Modelfile.log").read_text("utf-8")
    said_by_whom = f"ollama create bash -f {modelfile}\n"  # then what it says: its arguments
    assert log.startswith(said_by_whom + said_by_whom.removeprefix("ollama "))


def test_what_a_modelfile_cannot_hold_is_refused(f16, modelfile):
    with pytest.raises(ExportError, match="which ends it"):
        ollama.write_modelfile(f16, 'Say """it""".')
    with pytest.raises(ExportError, match="is not a name"):
        ollama.create("--insecure", modelfile)
