"""Commands spoken by a program, sent as sound; these tests need espeak-ng and flite."""

import base64
import json
from io import BytesIO

import numpy as np
import pytest
import soundfile
from served import DESKTOP, OPEN_CHROME

from helpers.speech import synthesize
from helpers.speech.audio import RATE
from helpers.speech.synthesize import Voice


@pytest.fixture(scope="module")
def spoken() -> bytes:
    """Somebody says a voice command."""
    out = BytesIO()
    samples = synthesize.speak("please open google chrome", Voice("flite", "slt"))
    soundfile.write(out, samples, RATE, format="OGG", subtype="OPUS")
    return out.getvalue()


def test_a_spoken_command_is_heard_beside_the_names_on_its_desktop(client, spoken):
    body = {"audio": base64.b64encode(spoken).decode(), "desktop": DESKTOP}
    reply = client.post("/v1/command", json=body, headers={"accept": "text/event-stream"})
    blocks = [dict(line.split(": ", 1) for line in block.splitlines())
              for block in reply.text.strip().split("\n\n")]  # fmt: skip
    assert [block["event"] for block in blocks] == ["heard", "stage", "stage", "stage", "answer"]
    heard, answer = json.loads(blocks[0]["data"]), json.loads(blocks[-1]["data"])
    assert "google chrome" in heard["text"].lower() and heard["duration"] > 0.5
    assert answer["text"] == OPEN_CHROME
    assert answer["stages"][0]["name"] == "transcriber" and answer["stages"][0]["ms"] > 1


def test_sound_that_is_broken_off_is_one_line(client, spoken):
    body = {"audio": base64.b64encode(spoken[:200]).decode()}
    reply = client.post("/v1/command", json=body)
    assert reply.status_code in (200, 422) and "Traceback" not in reply.text
    out = BytesIO()
    noise = np.random.default_rng(0).uniform(-1, 1, 4 * RATE)
    soundfile.write(out, noise, RATE, format="FLAC")
    body = {"audio": base64.b64encode(out.getvalue()[:60_000]).decode()}
    reply = client.post("/v1/command", json=body)
    assert reply.status_code == 422 and "is broken after 2 seconds" in reply.text
    body = {"audio": "not base64!"}
    assert client.post("/v1/command", json=body).status_code == 422
