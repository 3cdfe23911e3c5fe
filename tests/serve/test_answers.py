"""The service answers as the pipeline does, stage by stage, and says what it cannot do."""

import asyncio
import base64
import json
import socket
from dataclasses import asdict, replace
from io import BytesIO

import numpy as np
import pytest
import soundfile
from served import DESKTOP, OPEN_SLACK, wait_until

from helpers import tasks
from helpers.core.examples import Prediction
from helpers.pipeline import explain, loading, run
from helpers.pipeline.route import place_of
from helpers.serve.answering import Texts
from helpers.serve.config import Config, Limits
from helpers.serve.service import Service
from helpers.speech.audio import RATE


def events(text: str) -> list[tuple[str, dict]]:
    """Return server-sent events by name and table."""
    found = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        found.append((fields["event"], json.loads(fields["data"])))
    return found


def sound(seconds: float, channels: int = 1, form: str = "WAV", rate: int = RATE) -> bytes:
    """Return a file of silence."""
    out = BytesIO()
    soundfile.write(out, np.zeros((int(seconds * rate), channels)), rate, format=form)
    return out.getvalue()


def endless() -> bytes:
    """Return a FLAC file as a program writes it into a pipe: it cannot go back to tell its end."""
    file = bytearray(sound(1, form="FLAC"))
    file[21] &= 0xF0
    file[22:26] = bytes(4)
    return bytes(file)


def test_answers_are_the_pipelines(client, small):
    commands = loading.committed(tasks.get("voice_command"))
    bash = loading.load(small)
    for made, path in ((commands, "/v1/command"), (bash, "/v1/write")):
        for row in tasks.get(made.task.name).load("valid")[:15]:
            desktop = {} if row.context is None else {"desktop": row.context}
            table = client.post(path, json={"text": row.prompt, **desktop}).json()
            expected = run.run(made, row.prompt, row.context)
            for name in ("said", "text", "action", "confidence", "route", "undo"):
                assert table[name] == getattr(expected, name)
            assert table["choices"] == list(expected.choices) and "lattice" not in table
            for stage, own in zip(table["stages"], expected.stages, strict=True):
                assert (stage["name"], stage["decision"]) == (own.name, own.decision)
                assert stage["alternatives"] == [asdict(one) for one in own.alternatives]


def test_a_text_that_looks_like_a_row_is_still_a_text(client):
    """`predict` reads a line that begins with a brace as a transcript beside its own desktop."""
    text = json.dumps({"transcript": "open slack", "desktop": DESKTOP})
    table = client.post("/v1/command", json={"text": text}).json()
    assert table["said"] == text


def test_stages_stream_as_they_come(client, small):
    body = {"text": "LS dash LA", "explain": True}
    reply = client.post("/v1/write", json=body, headers={"accept": "text/event-stream"})
    assert reply.headers["content-type"].startswith("text/event-stream")
    names, tables = zip(*events(reply.text), strict=True)
    assert names == ("heard", "gate", "stage", "stage", "answer")
    assert tables[0]["text"] == body["text"] and tables[1]["decision"] == "dictated"
    answer = tables[-1]
    assert answer["text"] == "ls -la" and answer["stages"] == list(tables[1:-1])
    taken = [one for one in answer["lattice"]["readings"] if one["gap"] is not None]
    assert "".join(one["gap"] + one["text"] for one in taken) == answer["text"]
    made = loading.load(small)
    others = explain.others(made, run.run(made, body["text"]), 6)
    assert answer["others"] == list(others) and len(others) == 6 and "ls -la" not in others


@pytest.mark.parametrize("form", ["WAV", "FLAC", "MP3", "OGG"])
def test_sound_in_which_nobody_speaks_gets_no_answer(client, form):
    kind = {"MP3": "audio/mpeg"}.get(form, f"audio/{form.lower()}")
    content = sound(1.5, form=form)
    reply = client.post("/v1/command", content=content, headers={"content-type": kind})
    assert reply.status_code == 200, reply.text
    assert (reply.json()["action"], reply.json()["said"]) == ("nothing", "")
    assert reply.json()["stages"][0]["name"] == "transcriber"


def test_a_worker_that_is_killed_is_replaced(client, service):
    assert client.post("/v1/command", json={"text": "open slack", "desktop": DESKTOP}).is_success
    for worker in service.workers():
        worker.kill()
    reply = client.post("/v1/command", json={"text": "open slack", "desktop": DESKTOP})
    assert reply.json()["text"] == OPEN_SLACK


BAD = {
    "no json": (400, b"{", "application/json", "is not JSON"),
    "a key twice": (400, b'{"text": "a", "text": "b"}', "application/json", "twice"),
    "half a character": (400, b'{"text": "\\ud800"}', "application/json", "half a character"),
    "deep": (400, b"[" * 60_000, "application/json", "flatten it"),
    "no object": (422, b"[]", "application/json", "dictionary"),
    "empty": (422, b'{"text": ""}', "application/json", "text"),
    "long": (422, json.dumps({"text": "x" * 1001}).encode(), "application/json", "1000"),
    "neither": (422, b"{}", "application/json", "either text or audio"),
    "a path": (422, b'{"text": "a", "file": "/etc/passwd"}', "application/json", "file"),
    "no truth": (422, b'{"text": "a", "explain": "yes"}', "application/json", "explain"),
    "a form": (415, b"text=ls", "application/x-www-form-urlencoded", "send JSON"),
    "no type": (415, b'{"text": "ls"}', "", "send JSON"),
    "no sound": (422, b"RIFF....", "audio/wav", "no sound that can be read"),
    "empty sound": (422, b"", "audio/wav", "is empty"),
    "too long": (422, sound(121, rate=8_000), "audio/wav", "120 at most"),
    "no end": (422, endless(), "audio/flac", "does not tell its length"),
    "channels": (422, sound(0.1, 8), "audio/wav", "8 channels"),
    "desktop": (422, b'{"text": "a", "desktop": {"x": 1}}', "application/json", "unknown key 'x'"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_gets_one_line(client, name):
    status, body, kind, why = BAD[name]
    reply = client.post("/v1/command", content=body, headers={"content-type": kind})
    message = reply.json()["error"]["message"]
    assert (reply.status_code, "\n" in message) == (status, False) and why in message


def test_what_is_too_big_is_not_even_read(client):
    kind = {"content-type": "audio/wav"}
    reply = client.post("/v1/command", content=bytes(2**24 + 1), headers=kind)
    assert reply.status_code == 413

    def parts():
        for _ in range(17):
            yield bytes(2**20)

    reply = client.post("/v1/command", content=parts(), headers=kind)
    assert reply.status_code == 413


def test_beside_its_sound_a_body_of_json_has_its_own_limit(client):
    """A sound's base64 may have megabytes; names on a desktop took as many, and a minute."""
    apps = [{"name": f"App number {number}"} for number in range(4000)]
    audio = base64.b64encode(sound(3)).decode()
    for body in ({"text": "open slack"}, {"audio": audio}):
        reply = client.post("/v1/command", json=body | {"desktop": DESKTOP | {"apps": apps}})
        assert reply.status_code == 413 and "65536 bytes" in reply.json()["error"]["message"]
    assert len(audio) > 65536
    assert client.post("/v1/command", json={"audio": audio, "desktop": DESKTOP}).is_success


def test_whoever_leaves_amid_the_body_is_no_error(client, service):
    host, port = service.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as asker:
        head = f"POST /v1/command HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json"
        asker.sendall(f"{head}\r\nContent-Length: 600\r\n\r\n{{".encode())
        wait_until(lambda: client.get("/health").is_success)
    wait_until(lambda: "POST /v1/command 499" in service.said())
    assert "ClientDisconnect" not in service.said()


def test_only_served_jobs_are_answered(client):
    assert client.post("/v1/label", json={"text": "where is it"}).status_code == 404
    reply = client.post("/v1/write", json={"text": "a", "task": "../../etc/passwd"})
    assert reply.status_code == 404 and "dictated_bash" in reply.json()["error"]["message"]
    assert client.get("/page/../app.py").status_code == 404
    assert client.get("/page/%2e%2e/app.py").status_code == 404


def test_what_was_said_is_neither_logged_nor_kept(client, service):
    secret = "xylophone quartz slash slash"
    client.post("/v1/write", json={"text": secret})
    client.post("/v1/command", json={"text": secret, "desktop": DESKTOP})
    client.post(f"/v1/{secret}", json={"text": secret})
    client.post("/v1/command", content=json.dumps({"text": secret, "desktop": {secret: 1}}),
                headers={"content-type": "application/json"})  # fmt: skip
    runs = service.log.parent / "runs"
    kept = [file.read_text(errors="replace") for file in runs.rglob("*") if file.is_file()]
    for text in (service.said(), *kept):
        assert "xylophone" not in text and "quartz" not in text
    assert "POST /v1/write 200" in service.said()


def test_prometheus_counts(client):
    client.post("/v1/command", json={"text": "open slack", "desktop": DESKTOP})
    text = client.get("/metrics").text
    assert 'serve_requests_total{path="/v1/command",status="200"}' in text
    assert 'serve_worker_awake{worker="text"} 1.0' in text
    assert 'path="other"' in text or "404" not in text
    assert client.get("/ready").json()["ready"] is True


def test_the_gate_is_told_before_a_model_has_answered(small):
    """A reader saw nothing of a slow answer until all of it was there."""
    made = loading.load(small)
    happened: list[str] = []

    class Slow:
        def answer(self, examples):
            happened.append("model")
            return [Prediction(one.id, "ls", 9.0) for one in examples]

    place = place_of(made.drafter.router.route("LS dash LA"))
    slow = replace(made, drafter=replace(made.drafter, ways={place: Slow()}))
    texts = Texts({"jobs": {}}, {"dictated_bash": slow})
    job = {"do": "answer", "task": "dictated_bash", "desktop": None, "text": "LS dash LA",
           "explain": False, "follow": True}  # fmt: skip
    table = texts(job, b"", lambda stage: happened.append(stage["name"]))
    assert happened == ["gate", place, "model"] and table["text"] == "ls"
    happened.clear()
    texts(job | {"follow": False}, b"", lambda stage: happened.append(stage["name"]))
    assert happened == ["model"]


def test_what_is_told_early_reaches_the_reader_before_the_answer_is_there():
    """And it is told once, also where the worker had to be replaced."""

    async def listen() -> list[str]:
        service = Service(Config({"dictated_bash": ""}))
        gate, plan = ({"name": name, "ms": 1.0} for name in ("gate", "plan"))
        answer = asyncio.get_running_loop().create_future()
        service.text.ask = lambda job, tell: tell(gate) or tell(gate) or answer
        seen = []
        async for name, _ in service.steps("dictated_bash", "ls", follow=True):
            seen.append(name)
            if name == "gate":
                assert not answer.done()
                answer.set_result({"stages": [gate, plan]})
        return seen

    assert asyncio.run(listen()) == ["heard", "gate", "stage", "answer"]


def test_a_stream_ends_in_time_though_its_answer_does_not():
    """Its first step was taken in a task of its own, and the time ran out there, unseen."""

    async def listen() -> None:
        service = Service(Config({"dictated_bash": ""}, limits=Limits(seconds=0.05)))
        service.text.ask = lambda job, tell: asyncio.get_running_loop().create_future()
        steps = service.steps("dictated_bash", "ls", follow=True)
        assert (await asyncio.create_task(anext(steps)))[0] == "heard"
        with pytest.raises(TimeoutError):
            await anext(steps)

    asyncio.run(listen())
