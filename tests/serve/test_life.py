"""The service sleeps, wakes, is killed, is left: nobody else is harmed, and nothing stays."""

import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from random import Random

import httpx
import numpy as np
import psutil
import pytest
import soundfile
from served import DESKTOP, OPEN_SLACK, PATIENCE, Served, serving, wait_until

from helpers.serve.config import Config, ServeError
from helpers.serve.measuring import memory
from helpers.speech import synthesize
from helpers.speech.audio import RATE
from helpers.speech.synthesize import Voice

MANY = int(os.environ.get("CHECK_SERVE_REQUESTS", 150))  # make check-serve: 20,000
SOUNDS = int(os.environ.get("CHECK_SERVE_SOUNDS", 2))  # make check-serve: 50
KILLS = int(os.environ.get("CHECK_SERVE_KILLS", 1))  # make check-serve: 20
ACTIVATE = shutil.which("systemd-socket-activate")  # make check-serve: systemd's own launcher, too
CLIENTS = 32
SAID = {"text": "open slack", "desktop": DESKTOP}
ONE = ["--task", "voice_command"]


BASH = ["--task", "dictated_bash"]  # make check-serve: the whole pipeline


@pytest.mark.parametrize("job", ["voice_command", "dictated_bash"])
def test_it_sleeps_when_nobody_asks_and_wakes_with_the_same_answer(tmp_path, small, job):
    few = [*BASH, *([] if MANY > 1000 else ["--pipeline", str(small)])]
    options, path, body, right = {
        "voice_command": (ONE, "/v1/command", SAID, OPEN_SLACK),
        "dictated_bash": (few, "/v1/write", {"text": "LS dash LA"}, "ls -la"),
    }[job]
    with serving(tmp_path, [*options, "--idle", "0.5"]) as made, made.client() as client:
        assert not made.workers()
        first, before = "", 0.0
        for _ in range(3):
            began = time.perf_counter()
            text = client.post(path, json=body).json()["text"]
            print(f"woke in {time.perf_counter() - began:.2f} s; busy", end=" ")
            first = first or text
            assert text == first == right
            if made.workers():
                print(f"{memory(made.process.pid):.0f} MB", end=" ")
            wait_until(lambda: not made.workers())
            now = memory(made.process.pid)
            print(f"asleep {now:.0f} MB")
            before = before or now
            assert now < 1.2 * before
        assert client.get("/ready").json()["workers"] == {"text": "asleep", "sound": "asleep"}


def processor(made: Served) -> float:
    """Return the seconds that a service and its workers have had a processor."""
    taken = [one.cpu_times() for one in (psutil.Process(made.process.pid), *made.workers())]
    return sum(each.user + each.system for each in taken)


def waits(times: list[float], seconds: float) -> str:
    """Say how long half of them waited, and 95 of 100, and their share of a processor's seconds.

    The share tells more than the waits on a machine that has other work to do.
    """
    times = sorted(times)
    half, late = (1000 * times[int(share * (len(times) - 1))] for share in (0.5, 0.95))
    each = 1000 * seconds / len(times)
    return f"p50 {half:.0f} ms, p95 {late:.0f} ms; {each:.1f} ms of a processor each"


def sounds() -> dict[str, bytes]:
    """Return files of noise, which goes all the way but the words, and of words where many are
    asked for and a voice is here."""
    found = {"noise": np.random.default_rng(0).normal(0, 0.02, 2 * RATE)}
    if SOUNDS > 2 and not synthesize.missing():
        found["words"] = synthesize.speak("please open google chrome", Voice("flite", "slt"))
    files = {name: io.BytesIO() for name in found}
    for name, samples in found.items():
        soundfile.write(files[name], samples, RATE, format="WAV")
    return {name: file.getvalue() for name, file in files.items()}


def test_sounds_are_answered_in_turn_and_none_is_left_behind(tmp_path):
    temporary, kind = tmp_path / "temporary", {"content-type": "audio/wav"}
    temporary.mkdir()
    with serving(tmp_path, ONE, {"TMPDIR": str(temporary)}) as made, made.client() as client:
        for name, sound in sounds().items():
            times, taken = [], []
            for _ in range(SOUNDS):
                began = time.perf_counter()
                assert client.post("/v1/command", content=sound, headers=kind).is_success
                times.append(time.perf_counter() - began)
                taken.append(processor(made))
            # The first one wakes the service.
            print(f"{SOUNDS} sounds, {name}: {waits(times[1:], taken[-1] - taken[0])}")
        open_now = {file.path for one in made.workers() for file in one.open_files()}
        assert not [path for path in open_now if path.startswith(str(temporary))]
        assert "chrome" not in made.said().lower()
    # onnxruntime, which finds where somebody speaks, leaves the number of its session there.
    left = [file for file in temporary.rglob("*") if file.is_file() and file.name != ".ses"]
    assert not left


def ask_much(made: Served, seed: int, count: int, found: list) -> None:
    """Ask again and again, and leave amid one of five requests; note status, text, seconds."""
    draw = Random(seed)
    with made.client() as client:
        for _ in range(count):
            name = draw.choice(["Slack", "Google Chrome"])
            body = {"text": f"open {name.lower()}", "desktop": DESKTOP}
            patience = draw.uniform(0, 0.02) if draw.random() < 0.2 else PATIENCE
            began = time.perf_counter()
            try:
                reply = client.post("/v1/command", json=body, timeout=patience)
            except httpx.TimeoutException:
                found.append((0, "", name, 0.0))
                continue
            table = reply.json()
            seconds = time.perf_counter() - began
            found.append((reply.status_code, table.get("text", ""), name, seconds))


def test_many_ask_at_once_and_some_leave(service):
    """Whoever stays gets the own answer: nothing is lost, and nobody gets another's."""
    with service.client() as client:
        client.post("/v1/command", json=SAID)
    found: list = []
    began, before = time.perf_counter(), processor(service)
    threads = [
        threading.Thread(target=ask_much, args=(service, seed, -(-MANY // CLIENTS), found))
        for seed in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds, taken = time.perf_counter() - began, processor(service) - before
    times = [took for status, *_, took in found if status]
    left = len(found) - len(times)
    print(f"{len(found)} texts in {seconds:.1f} s, {left} left; {waits(times, taken)}")
    assert len(found) == CLIENTS * -(-MANY // CLIENTS)
    assert {status for status, *_ in found} <= {0, 200}
    assert all(f'"app":"{name}"' in text for status, text, name, _ in found if status == 200)
    with service.client() as client:
        wait_until(lambda: 'serve_waiting{worker="text"} 0.0' in client.get("/metrics").text)
    assert "error" not in service.said() and "Traceback" not in service.said()


def test_whoever_leaves_amid_a_job_stops_it(tmp_path):
    """Here the job is a long one: to hear two minutes of noise."""
    noise = tmp_path / "noise.wav"
    soundfile.write(noise, np.random.default_rng(0).normal(0, 0.1, 110 * 8000), 8000)
    with serving(tmp_path, ONE) as made, made.client() as client:
        short = tmp_path / "short.wav"
        soundfile.write(short, np.zeros(8000), 8000)
        kind = {"content-type": "audio/wav"}
        assert client.post("/v1/command", content=short.read_bytes(), headers=kind).is_success
        with pytest.raises(httpx.TimeoutException):
            client.post("/v1/command", content=noise.read_bytes(), headers=kind, timeout=0.2)
        reply = client.post("/v1/command", content=short.read_bytes(), headers=kind)
        assert reply.json()["action"] == "nothing"
        text = client.get("/metrics").text
        assert 'event="cancelled",worker="sound"} 1.0' in text and 'event="died"' not in text


def test_too_many_are_sent_away_and_told_when_to_come_again(tmp_path):
    """The worker sleeps while it is held back, so that the row fills."""
    with serving(tmp_path, ONE) as made, made.client() as client:
        client.post("/v1/command", json=SAID)
        (worker,) = made.workers()
        worker.suspend()
        statuses: list[httpx.Response] = []
        threads = [
            threading.Thread(target=lambda: statuses.append(client.post("/v1/command", json=SAID)))
            for _ in range(70)
        ]
        for thread in threads:
            thread.start()
        wait_until(lambda: len(statuses) >= 5)  # one is at work, 64 wait
        worker.resume()
        for thread in threads:
            thread.join()
        away = [reply for reply in statuses if reply.status_code == 429]
        assert len(away) == 5 and sum(reply.is_success for reply in statuses) == 65
        assert all(1 <= int(reply.headers["retry-after"]) <= 60 for reply in away)
        assert client.get("/ready").json()["ready"] is True


def test_killed_under_load_it_leaves_no_process_and_starts_again(tmp_path):
    for number in range(KILLS):
        folder = tmp_path / str(number)
        folder.mkdir()
        with serving(folder, ONE) as made:
            with made.client() as client:
                client.post("/v1/command", json=SAID)
            workers = made.workers()
            found: list = []
            threads = [
                threading.Thread(target=_until_it_ends, args=(made, found)) for _ in range(4)
            ]
            for thread in threads:
                thread.start()
            wait_until(lambda found=found: len(found) > 8)
            made.process.kill()
            for thread in threads:
                thread.join()
            assert workers and all(text == OPEN_SLACK for text in found)
            psutil.wait_procs(workers, 60)
            assert not any(worker.is_running() for worker in workers)


def _until_it_ends(made: Served, found: list) -> None:
    """Ask until nobody answers; an answer is whole, or there is none."""
    with made.client() as client:
        while True:
            try:
                found.append(client.post("/v1/command", json=SAID).json()["text"])
            except httpx.TransportError:
                return


LAUNCHER = """\
import os, socket, sys
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
sys.stdin.readline()  # the first connection is there
os.dup2(listener.fileno(), 3)
os.set_inheritable(3, True)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.executable, [sys.executable, "-m", "helpers", "serve", *sys.argv[1:]])
"""


@pytest.mark.parametrize("systemd", [False, True] if ACTIVATE and MANY > 1000 else [False])
def test_a_socket_starts_it_and_long_unused_it_ends(tmp_path, systemd):
    """As systemd does: the socket is there first, who connects waits, and gets the answer."""
    log, options = tmp_path / "serve.log", [*ONE, "--idle", "2"]
    command, port = [sys.executable, "-c", LAUNCHER, *options], 0
    if systemd:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        kept = [f"--setenv={name}" for name in os.environ if name.isidentifier()]
        command = [ACTIVATE, f"--listen=127.0.0.1:{port}", *kept, sys.executable, "-m", "helpers",
                   "serve", *options]  # fmt: skip
    with log.open("w") as err:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=err, text=True
        )
    if systemd:
        wait_until(lambda: "Listening on" in log.read_text())
    else:
        port = int(process.stdout.readline())
    found: list[str] = []

    def ask() -> None:
        url = f"http://127.0.0.1:{port}/v1/command"
        found.append(httpx.post(url, json=SAID, timeout=PATIENCE).json()["text"])

    early = threading.Thread(target=ask)
    early.start()
    if not systemd:
        process.stdin.write("\n")
        process.stdin.flush()
    early.join()
    assert found == [OPEN_SLACK]
    assert process.wait(PATIENCE) == 0
    assert "Traceback" not in log.read_text()


def test_a_socket_that_others_reach_needs_the_secret_however_it_came():
    from helpers.serve import launch

    secret = Config({}, token="correct horse battery")
    with socket.create_server(("0.0.0.0", 0)) as wide:
        with pytest.raises(ServeError, match="0.0.0.0 can be reached by others"):
            launch.at_address_of(wide, Config({}))
        assert launch.at_address_of(wide, secret).host == "0.0.0.0"
    with socket.create_server(("127.0.0.1", 0)) as own:
        assert launch.at_address_of(own, Config({}, host="::1")).host == "127.0.0.1"
    with (
        socket.socket(socket.AF_UNIX) as file,
        pytest.raises(ServeError, match="none of TCP"),
    ):
        launch.at_address_of(file, secret)


def test_whoever_waits_when_it_ends_is_told_so(tmp_path):
    """They got a server's error in plain text, and the log a trace of fifty lines."""
    with serving(tmp_path, ONE) as made, made.client() as client:
        client.post("/v1/command", json=SAID)
        (worker,) = made.workers()
        worker.suspend()
        host, port = made.url.removeprefix("http://").split(":")
        slow = socket.create_connection((host, int(port)))
        head = f"POST /v1/command HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json"
        slow.sendall(f"{head}\r\nContent-Length: 600\r\n\r\n{{".encode())
        found: dict[str, httpx.Response] = {}

        def ask(kind: str) -> None:
            found[kind] = client.post("/v1/command", json=SAID, headers={"accept": kind})

        kinds = ("application/json", "text/event-stream")
        threads = [threading.Thread(target=ask, args=[kind]) for kind in kinds]
        for thread in threads:
            thread.start()
        wait_until(lambda: 'serve_waiting{worker="text"} 1.0' in client.get("/metrics").text)
        made.process.send_signal(signal.SIGTERM)
        for thread in threads:
            thread.join()
        with slow:
            late = b"".join(iter(lambda: slow.recv(1000), b"")).decode()
        worker.resume()
        made.process.wait(PATIENCE)
    whole, stream = (found[kind] for kind in kinds)
    assert whole.status_code == 503 and "the service ends" in whole.json()["error"]["message"]
    assert "event: error" in stream.text and "the service ends" in stream.text
    assert late.startswith("HTTP/1.1 503") and "the service ends" in late
    assert "Traceback" not in made.said()


def test_a_socket_of_others_is_not_taken(monkeypatch):
    from helpers.serve import launch

    monkeypatch.setenv("LISTEN_FDS", "1")
    monkeypatch.setenv("LISTEN_PID", "1")
    assert launch.handed_over() is None


def test_whoever_connects_waits_for_no_confirmation():
    """Without this each answer takes 40 ms longer: the delay of a confirmation in TCP."""
    from helpers.serve import launch

    listener = launch.at_once(launch.bound("127.0.0.1", 0))
    with listener, socket.create_connection(listener.getsockname()):
        taken, _ = listener.accept()
        with taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_free_port_is_found_and_listened_to():
    from helpers.serve import launch

    with launch.bound("127.0.0.1", 0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
        socket.create_connection(listener.getsockname()).close()
