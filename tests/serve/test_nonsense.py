"""Whatever is sent, the service answers in its own form, opens no file, and goes on."""

import json
import os
from io import BytesIO
from random import Random

import numpy as np
import schemathesis
import soundfile
from hypothesis import HealthCheck, given, settings
from served import DESKTOP, OPEN_SLACK, PATIENCE

BODIES = int(os.environ.get("CHECK_SERVE_BODIES", 200))  # make check-serve: 10,000
PATHS = ("/v1/write", "/v1/command", "/v1/label", "/v1/chat/completions")
KINDS = ("application/json", "application/json; charset=utf-16", "audio/wav", "text/plain", "")
WORDS = (b"{", b"}", b'"', b"\\u0000", b"\\ud800", b"null", b"1e999", b"[[[[", b"\xff\xfe", b"../",
         b"text", b"audio", b"desktop", b"explain", b"NaN", b"\n", b"file:///")  # fmt: skip


def test_no_server_error_whatever_the_description_allows(service):
    described = schemathesis.openapi.from_url(f"{service.url}/openapi.json")
    labels = set()
    for found in described.get_all_operations():
        operation = found.ok()
        labels.add(operation.label)

        @settings(max_examples=max(5, BODIES // 40), deadline=None, database=None,
                  derandomize=True, suppress_health_check=[*HealthCheck])  # fmt: skip
        @given(case=operation.as_strategy())
        def ask(case):
            response = case.call(timeout=PATIENCE)
            assert response.status_code < 500, (case.label, response.text)

        ask()
    assert {"POST /v1/write", "POST /v1/command", "GET /ready", "GET /metrics"} <= labels


def bodies(canary: str):
    """Yield bodies without end: right ones, spoilt in a few places."""
    draw, out = Random(0), BytesIO()
    soundfile.write(out, np.zeros(800), 8000, format="WAV")
    right = [
        json.dumps({"text": "open slack", "desktop": DESKTOP}).encode(),
        json.dumps({"text": canary, "explain": True}).encode(),
        json.dumps({"text": "ls dash L", "task": canary, "desktop": canary}).encode(),
        json.dumps({"audio": canary, "file": canary, "path": canary}).encode(),
        out.getvalue(),
    ]
    while True:
        body = bytearray(draw.choice(right))
        for _ in range(draw.randrange(4)):
            at = draw.randrange(len(body) + 1)
            gone = draw.choice([0, 0, 1, 2, len(body)])
            body[at : at + gone] = draw.choice([*WORDS, draw.randbytes(draw.randrange(1, 5))])
        kind = draw.choice(KINDS)
        path = "/v1/command" if kind == "audio/wav" else draw.choice(PATHS)  # it loads quickly
        yield path, kind, bytes(body)


def test_spoilt_bodies_get_a_line_and_no_file_is_opened(client, service, tmp_path):
    """A file whose name is in the bodies is never shown: what is said is text, or sound."""
    canary = tmp_path / "canary.wav"
    canary.write_text("a secret that no reply may hold")
    statuses: dict[int, int] = {}
    asked = bodies(str(canary))
    for _ in range(BODIES):
        path, kind, body = next(asked)
        reply = client.post(path, content=body, headers={"content-type": kind})
        statuses[reply.status_code] = statuses.get(reply.status_code, 0) + 1
        assert reply.status_code < 500, (path, kind, body)
        assert "secret" not in reply.text and "Traceback" not in reply.text
        if not reply.is_success:
            assert "\n" not in reply.json()["error"]["message"]
    print(dict(sorted(statuses.items())))
    assert statuses[200] and statuses[422] and statuses[400]
    assert "Traceback" not in service.said()
    reply = client.post("/v1/command", json={"text": "open slack", "desktop": DESKTOP})
    assert reply.json()["text"] == OPEN_SLACK
