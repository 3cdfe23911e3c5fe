"""Who may ask: this machine's own pages and programs, and elsewhere whoever knows the secret."""

import asyncio
import errno
import socket

import pytest
from served import DESKTOP, serving

from helpers.cli.main import main
from helpers.serve.config import Config, ServeError
from helpers.serve.errors import JobError
from helpers.serve.guard import knows, refusal
from helpers.serve.workers import Worker

SECRET = "correct horse battery"
LOCAL = Config({}, port=8765)
OPEN = Config({}, host="0.0.0.0", token=SECRET, origins=("https://example.org",))
ALLOWED = "access-control-allow-origin"
BEARER = {"authorization": f"Bearer {SECRET}"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "localhost:8765"}, None),
        ({"host": "[::1]:8765"}, None),
        ({"host": "127.0.0.1:1", "origin": "http://127.0.0.1:1"}, None),
        ({}, 403),
        ({"host": "attacker.example"}, 403),  # its name was bound to 127.0.0.1
        ({"host": "localhost.attacker.example"}, 403),
        ({"host": "localhost@attacker.example"}, 403),
        ({"host": "[::1"}, 403),
        ({"host": "localhost:8765", "origin": "https://attacker.example"}, 403),
        ({"host": "localhost:8765", "origin": "http://localhost:3000"}, 403),
        ({"host": "localhost:8765", "origin": "null"}, 403),
    ],
)
def test_at_home_only_own_names_and_own_pages_ask(headers, status):
    problem = refusal(LOCAL, "POST", "/v1/write", headers)
    assert (problem and problem[0]) == status


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/v1/write", {}, 401),
        ("/v1/write", {"authorization": "Bearer "}, 401),
        ("/v1/write", {"authorization": f"Bearer {SECRET}x"}, 401),
        ("/v1/write", {"authorization": "Bearer \xff"}, 401),
        ("/metrics", {}, 401),
        ("/openapi.json", {}, 401),
        ("/", {}, None),
        ("/page/app.js", {}, None),
        ("/v1/write", BEARER, None),
        ("/v1/write", BEARER | {"origin": "https://example.org"}, None),
        ("/v1/write", BEARER | {"origin": "https://attacker.example"}, 403),
    ],
)
def test_elsewhere_the_secret_counts(path, headers, status):
    problem = refusal(OPEN, "POST", path, {"host": "studio.example:8765"} | headers)
    assert (problem and problem[0]) == status


def test_the_secret_is_compared_whole():
    assert knows(SECRET, f"Bearer {SECRET}")
    assert not any(knows(SECRET, f"Bearer {SECRET[:n]}") for n in range(len(SECRET)))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"host": "0.0.0.0"}, "0.0.0.0 can be reached by others"),
        ({"host": "::"}, "can be reached by others"),
        ({"token": "short"}, "16 characters or more"),
        ({"origins": ("*",)}, "no origin"),
        ({"origins": ("https://example.org/",)}, "no origin"),
    ],
)
def test_what_is_not_safe_does_not_start(change, why):
    with pytest.raises(ServeError, match=why):
        Config({}, **change)


def test_what_cannot_be_served_is_one_line(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("TINY_SPECIALISTS_TOKEN", raising=False)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        cases = {
            ("--port", port): f"error: port {port} of 127.0.0.1 is taken; name another",
            ("--pipeline", str(tmp_path / "a.json")): "there is no such file",
            ("--task", "dictated_bsh"): "there is no task 'dictated_bsh'",
            ("--task", "dictated_sql"): "there is no such file; fit it again",
            ("--host", "0.0.0.0"): "can be reached by others",
            ("--token-file", str(tmp_path / "b")): "No such file",
        }  # fmt: skip
        for options, why in cases.items():
            assert main(["serve", *options]) == 2
            said = capsys.readouterr().err
            assert why in said and said.count("\n") == 1


def test_a_page_of_elsewhere_asks_if_it_is_named_and_knows_the_secret(tmp_path):
    """Nothing is loaded for whoever may not ask; the secret is no part of what is printed."""
    (tmp_path / "secret").write_text(SECRET + "\n")
    options = ["--task", "voice_command", "--token-file", str(tmp_path / "secret")]
    with serving(tmp_path, [*options, "--origin", "https://example.org"]) as made:
        with made.client() as client:
            # x-stainless: OpenAI's client; a private network: this machine, from a public page
            own = "authorization,content-type,x-stainless-os"
            asked = {"origin": "https://example.org", "access-control-request-method": "POST",
                     "access-control-request-headers": own,
                     "access-control-request-private-network": "true"}  # fmt: skip
            reply = client.options("/v1/command", headers=asked)
            assert reply.is_success and reply.headers.get_list(ALLOWED) == ["https://example.org"]
            assert reply.headers["access-control-allow-headers"] == own
            assert reply.headers["access-control-allow-private-network"] == "true"
            body = {"text": "open slack", "desktop": DESKTOP}
            reply = client.post("/v1/command", json=body)
            assert reply.status_code == 401 and ALLOWED not in reply.headers
            assert reply.json()["error"]["code"] == "invalid_api_key"
            named = {"origin": "https://example.org"}
            for more, status in (({}, 401), (BEARER, 422)):
                reply = client.post("/v1/command", json={}, headers=named | more)
                assert reply.status_code == status
                assert reply.headers.get_list(ALLOWED) == ["https://example.org"]
            other = BEARER | {"origin": "https://attacker.example"}
            reply = client.post("/v1/command", json=body, headers=other)
            assert reply.status_code == 403 and ALLOWED not in reply.headers
            assert client.get("/metrics", headers=BEARER).is_success
            page = client.get("/")
            policy = page.headers["content-security-policy"]
            assert page.is_success and "default-src 'none'" in policy
            assert "access-control-allow-origin" not in page.headers
        assert not made.workers() and SECRET not in made.said()


def test_a_process_that_cannot_be_started_fails_its_job_and_the_next_is_asked(monkeypatch):
    """Who asked waited for ever, and the service never slept again."""

    async def none(*_, **__):
        raise OSError(errno.EMFILE, "Too many open files")

    async def ask() -> None:
        worker = Worker("texts", {}, 1.0, 4)
        for _ in range(2):
            with pytest.raises(JobError, match="no process can be started"):
                await asyncio.wait_for(worker.ask({"do": "load", "task": None}), 5)
        assert not worker.busy
        await worker.close()

    monkeypatch.setattr(asyncio, "create_subprocess_exec", none)
    asyncio.run(ask())
