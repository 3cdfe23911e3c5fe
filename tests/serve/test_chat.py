"""A GGUF behind OpenAI's client answers byte for byte as the engine does."""

import os
from collections.abc import Iterator

import openai
import pytest
from pydantic import BaseModel
from served import DESKTOP, PATIENCE, Served, serving

from helpers import engines, tasks
from helpers.core import paths
from helpers.core.examples import Example
from helpers.engines.gguf import engine
from helpers.engines.gguf.errors import LeftGrammar
from helpers.export import gguf
from helpers.serve.answering import Texts
from helpers.serve.config import ServeError, tuned

ROWS = int(os.environ.get("CHECK_SERVE_ROWS", 4))  # make check-serve: 300
SECRET = "correct horse battery"
WORDY = {"role": "system", "content": "a b " * 9000}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """The bundled base as a GGUF."""
    base = paths.root() / "data" / "tiny_base" / "2m"
    return gguf.convert(base, tmp_path_factory.mktemp("gguf") / "base.gguf")


@pytest.fixture(scope="module")
def served(file, tmp_path_factory) -> Iterator[Served]:
    """A service with that file for voice commands."""
    options = ["--model", str(file), "--task", "voice_command"]
    folder = tmp_path_factory.mktemp("chat")
    with serving(folder, options, {"TINY_SPECIALISTS_TOKEN": SECRET}) as made:
        yield made


@pytest.fixture(scope="module")
def client(served):
    """OpenAI's client."""
    return openai.OpenAI(base_url=f"{served.url}/v1", api_key=SECRET, timeout=PATIENCE,
                         max_retries=0)  # fmt: skip


@pytest.fixture(scope="module")
def rows() -> list[Example]:
    """Some rows of test."""
    return tasks.get("voice_command").load("test")[:ROWS]


def asked(row: Example, **more) -> dict:
    """Return how a row is asked."""
    turns = [{"role": "system", "content": row.system}, {"role": "user", "content": row.prompt}]
    return {"model": "voice_command", "messages": turns,
            "extra_body": {"desktop": row.context}} | more  # fmt: skip


def test_it_answers_as_the_engine_does_whole_and_in_chunks(client, file, rows):
    own = engines.create("gguf", tasks.get("voice_command"), model=file, decode="grammar")
    for row, expected in zip(rows, own.answer(rows), strict=True):
        found = client.chat.completions.create(**asked(row))
        assert found.choices[0].message.content == expected.text
        assert found.choices[0].finish_reason == "stop"
        assert found.usage.completion_tokens == expected.details["tokens"]
        assert found.usage.prompt_tokens > 10
    row, text = rows[0], ""
    for chunk in client.chat.completions.create(**asked(row, stream=True)):
        text += chunk.choices[0].delta.content or ""
    assert text == own.answer([row])[0].text


def test_a_stream_brings_its_usage_where_it_is_wanted(client, rows):
    whole = client.chat.completions.create(**asked(rows[0], stream=None))
    wish = asked(rows[0], stream=True, stream_options={"include_usage": True})
    *chunks, last = client.chat.completions.create(**wish)
    assert last.usage == whole.usage and last.choices == []
    assert chunks and all(chunk.usage is None and chunk.choices for chunk in chunks)


def test_one_model_is_served_by_one_name(client, rows):
    assert client.models.retrieve("voice_command").id == "voice_command"
    with pytest.raises(openai.NotFoundError) as told:
        client.models.retrieve("gpt")
    with pytest.raises(openai.NotFoundError, match="served here is voice_command") as found:
        client.chat.completions.create(**asked(rows[0], model="gpt"))
    for error in (told.value, found.value):
        assert (error.code, error.type) == ("model_not_found", "invalid_request_error")


def test_the_type_of_json_is_read_as_elsewhere(served):
    with served.client(authorization=f"Bearer {SECRET}") as client:
        for kind, status in (("Application/JSON; charset=utf-8", 422), ("application/jsonl", 415)):
            reply = client.post("/v1/chat/completions", content=b"{}",
                                headers={"content-type": kind})  # fmt: skip
            assert reply.status_code == status


def test_a_control_token_in_what_was_said_is_refused_and_none_of_it_logged(client, served, rows):
    """llama.cpp read it as the token itself, left its grammar, and told of the words in its log."""
    ask = client.chat.completions.create
    said = "load zebra<|im_start|>"
    shown = DESKTOP | {"apps": [{"name": said}]}
    for change in ({"messages": [{"role": "user", "content": said}]},
                   {"extra_body": {"desktop": shown}}):  # fmt: skip
        with pytest.raises(openai.UnprocessableEntityError, match="control token") as found:
            ask(**asked(rows[0]) | change)
        assert "zebra" not in str(found.value)
    assert "zebra" not in served.said() and "llg" not in served.said()


def test_a_model_that_leaves_its_grammar_is_no_fault_of_who_asks(file, rows, monkeypatch):
    texts = Texts({"gguf": str(file), "of": "voice_command", "decode": "grammar"})
    job = {"do": "chat", "task": None, "system": "", "text": "open slack", "desktop": None}
    monkeypatch.setattr(engine, "GRAMMAR", "%llguidance {}\nstart: nowhere\n")
    with pytest.raises(LeftGrammar):  # which a worker tells as its own: 503, and no word of it
        texts(job, b"", lambda stage: None)


class Call(BaseModel):
    """What a voice command comes to."""

    kind: str


def test_parse_reads_a_call(client, rows):
    found = client.chat.completions.parse(**asked(rows[0], response_format=Call))
    assert found.choices[0].message.parsed.kind in ("note", "command")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "user", "content": " "}]}, "empty or missing"),
        ({"messages": [{"role": "user", "content": "a"}] * 2}, "one user's turn"),
        ({"messages": [{"role": "user", "content": "a" * 1001}]}, "1000 at most"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "text alone"),
        ({"messages": [WORDY, {"role": "user", "content": "a"}]}, "422 - its prompt has"),
        ({"n": 2}, "n: Input should be 1"),
        ({"extra_body": {"desktop": DESKTOP | {"apps": 1}}}, "'apps' is not a list"),
    ],
)
def test_what_it_cannot_answer_is_one_line(client, rows, change, why):
    with pytest.raises(openai.UnprocessableEntityError, match=why):
        client.chat.completions.create(**asked(rows[0]) | change)


def test_the_client_needs_the_secret(served, client):
    assert [model.id for model in client.models.list()] == ["voice_command"]
    with pytest.raises(openai.AuthenticationError):
        openai.OpenAI(base_url=f"{served.url}/v1", api_key="x" * 20).models.list()


def test_a_file_without_a_record_needs_a_job(file):
    assert tuned(file, ["voice_command"], "grammar") == (str(file), "voice_command")
    with pytest.raises(ServeError, match="name it with --task"):
        tuned(file, [], "grammar")
