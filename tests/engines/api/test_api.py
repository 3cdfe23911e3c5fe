"""Prompted models: llama.cpp's server answers, and a proxy before it is slow or breaks answers."""

import json
import os
import shutil
import threading
import traceback
import urllib.error
import urllib.request
from collections import deque
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import stamina

from helpers import scoring, tasks
from helpers.core import paths
from helpers.core.examples import EngineError, Example
from helpers.engines.api import engine as api
from helpers.engines.api.endpoint import OPENAI, Endpoint
from helpers.engines.api.failures import wait
from helpers.tasks import reach
from helpers.tasks.base import Task
from helpers.tasks.shots import nearest

KEY = "sk-nobody-may-see-this"
ODD_DASHES = ("\\u002d", "%2d")
COMPLETIONS = "/v1/chat/completions"
REFUSALS = {
    "max_tokens": "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
    "'max_completion_tokens' instead.",
    "temperature": "Unsupported value: 'temperature' does not support 0 with this model. Only the "
    "default (1) value is supported.",
}


@pytest.fixture(scope="session")
def gguf(tmp_path_factory) -> Path:
    """The tiny base as a GGUF, made to read longer prompts than it was trained on."""
    from helpers.export.gguf import convert

    folder = tmp_path_factory.mktemp("long")
    shutil.copytree(paths.root() / "data" / "tiny_base" / "2m", folder, dirs_exist_ok=True)
    config = json.loads((folder / "config.json").read_text())
    told = json.dumps(config | {"max_position_embeddings": 16_384})
    (folder / "config.json").write_text(told)
    return convert(folder, folder / "tiny.gguf", "f16")


@pytest.fixture(scope="session")
def llama(gguf) -> str:
    """llama.cpp's server, at a free port of this machine alone."""
    from xllamacpp import CommonParams, Server

    params = CommonParams()
    params.model.path, params.hostnames, params.port = str(gguf), ["127.0.0.1"], 0
    params.n_ctx, params.n_parallel = 16_384, 1
    params.cache_prompt = False  # a prompt read in other portions rounds differently
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.verbosity = 1  # errors alone
    server = Server(params)
    yield server.listening_address
    del server


class Proxy(ThreadingHTTPServer):
    """Hands requests on to llama.cpp, but for those that a plan says to break."""

    daemon_threads = True

    def __init__(self, behind: str) -> None:
        """Listen at a free port of this machine alone."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.behind, self.url = behind, f"http://127.0.0.1:{self.server_address[1]}/v1"
        self.plan: deque = deque()  # what to do with the next requests; then all are handed on
        self.refuses: tuple[str, ...] = ()  # what newer hosted models do not take
        self.seen: list[dict] = []
        self.keys: set[str] = set()
        self.slow = threading.Event()  # ends what is slow
        self.lock, self.now, self.most = threading.Lock(), 0, 0
        self.meeting: threading.Barrier | None = None


class Handler(BaseHTTPRequestHandler):
    """One request to the proxy."""

    def do_POST(self) -> None:
        """Answer, or break the answer, as the plan says."""
        proxy, body = self.server, self.rfile.read(int(self.headers["Content-Length"]))
        with proxy.lock:
            proxy.seen.append(asked := json.loads(body))
            proxy.keys.add(self.headers["Authorization"])
            what = proxy.plan.popleft() if proxy.plan else refusal(proxy.refuses, asked)
            proxy.now += 1
            proxy.most = max(proxy.most, proxy.now)
        try:
            if proxy.meeting:
                proxy.meeting.wait(timeout=60)
            self.carry_out(what, body)
        finally:
            with proxy.lock:
                proxy.now -= 1

    def carry_out(self, what: str | tuple, body: bytes) -> None:
        """Do one thing of a plan: a status with a text, or something by name."""
        if isinstance(what, tuple):
            self.send(*what)
        elif what == "slow":
            self.server.slow.wait(timeout=60)
        elif what == "cut":
            self.send(200, '{"choices": [', length=1000)
        elif what == "hand on":
            request = urllib.request.Request(
                self.server.behind + self.path, body, {"Content-Type": "application/json"}
            )
            try:
                with urllib.request.urlopen(request) as found:
                    self.send(found.status, found.read().decode())
            except urllib.error.HTTPError as error:
                self.send(error.code, error.read().decode())

    def send(self, status: int, text: str, headers: dict = {}, length: int = 0) -> None:  # noqa: B006
        """Send a response."""
        content = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(length or len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args) -> None:
        """Say nothing."""


def refusal(refuses: tuple[str, ...], asked: dict) -> str | tuple[int, str]:
    """What the makers of newer models answer to the first parameter that those do not take."""
    for name in refuses:
        if name in asked:
            return 400, json.dumps({"error": {"message": REFUSALS[name], "param": name}})
    return "hand on"


@pytest.fixture
def proxy(llama):
    """A proxy of this test's, so that its port, and with it what is kept, is new."""
    server = Proxy(llama)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.slow.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def environment(runs_dir, monkeypatch):
    """Runs and a key of the test's own, no endpoint, and no pause between two tries."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    with stamina.set_testing(True, attempts=3):
        yield


@pytest.fixture
def bash() -> Task:
    """The task whose prompts are the shortest."""
    return tasks.get("dictated_bash")


@pytest.fixture
def engine(proxy, bash):
    """An engine at the proxy that is soon impatient."""

    def make(task=bash, **options) -> api.Api:
        endpoint = Endpoint(proxy.url, tries=3, timeout=options.pop("timeout", 120.0))
        told = {"shots": 2, "max_tokens": 16, "at_once": 2} | options
        return api.create(task, "tiny", endpoint=endpoint, **told)

    return make


def ask_llama(llama: str, request: dict) -> str:
    """What llama.cpp itself answers, without a client of ours."""
    body = json.dumps(request).encode()
    with urllib.request.urlopen(urllib.request.Request(llama + COMPLETIONS, body)) as found:
        return json.loads(found.read())["choices"][0]["message"]["content"].strip()


@pytest.mark.parametrize("name", tasks.names())
def test_every_task_is_answered_and_answers_out_of_bounds_are_counted(engine, llama, proxy, name):
    task = tasks.get(name)
    rows, made = task.load("valid")[:4], engine(task, shots=1)
    scored = scoring.score(task, made, rows, "valid")
    record, folder = scored.record, scored.folder
    assert (record["n"], record["engine"], len(proxy.seen)) == (4, "api", 4)
    answers = [p.text for p in scoring.answer_all(made, rows, folder)]
    assert answers == [ask_llama(llama, made.request(row)) for row in rows]
    assert all(request["temperature"] == 0 for request in proxy.seen)
    aspect = {"support_label": "in_set", "voice_command": "valid"}.get(name)
    if aspect:
        said = [replace(row, target=a or "-") for row, a in zip(rows, answers, strict=True)]
        assert record["aspects"][aspect] == 1 - len(reach.unreachable(task, said)) / 4
        told = {request["messages"][0]["content"] for request in proxy.seen}
        assert all(any(task.grammar(row) in text for text in told) for row in rows)


def test_the_likest_training_rows_are_shown_and_never_the_row_itself(engine, bash):
    made, row = engine(shots=3), bash.load("train")[7]
    messages = made.request(row)["messages"]
    assert [m["role"] for m in messages] == ["system", *["user", "assistant"] * 3, "user"]
    assert messages[-1]["content"] == row.prompt
    train = bash.load("train")
    shown = nearest(bash, row, train, 3)
    assert [m["content"] for m in messages[1:-1:2]] == [shot.prompt for shot in shown]
    assert [m["content"] for m in messages[2:-1:2]] == [shot.target for shot in shown]
    assert row.id not in {shot.id for shot in shown}
    close = Example("new", shown[0].prompt + " x", "")
    assert nearest(bash, close, train, 3)[-1].id == shown[0].id  # the likest stands last
    assert engine(shots=0).request(row)["messages"] == [messages[0], messages[-1]]


def test_a_row_is_known_by_its_question_not_by_its_number(tmp_path):
    """Rows without an id are numbered in each split, so that equal ids are other rows."""
    said = {"train": ["list files", "list all files", "go up"], "test": ["list the files", "go up"]}
    for split, prompts in said.items():
        rows = [json.dumps({"instruction": p, "response": f"{split} ls"}) for p in prompts]
        (tmp_path / f"{split}.jsonl").write_text("\n".join(rows) + "\n")
    task = tasks.get("dictated_bash", tmp_path)
    train, (first, second) = task.load("train"), task.load("test")
    assert first.id == train[0].id and second.id == train[1].id != train[2].id
    assert {shot.prompt for shot in nearest(task, first, train, 3)} == set(said["train"])
    others = {shot.prompt for shot in nearest(task, second, train, 3)}
    assert others == {"list files", "list all files"}
    for row in train:  # asked itself, none is told its own answer
        shown = {shot.id for shot in nearest(task, row, train, 3)}
        assert shown == {e.id for e in train} - {row.id}


def test_the_same_words_on_another_desktop_are_another_question():
    task = tasks.get("voice_command")
    train = task.load("train")
    words = [row.prompt for row in train]
    twins = [row for row in train if words.count(row.prompt) > 1 and row.context]
    assert twins
    for row in twins:
        (shot,) = nearest(task, row, train, 1)
        assert shot.prompt == row.prompt and shot.id != row.id and shot.context != row.context


def test_an_answer_is_paid_once(engine, proxy, bash):
    """Asked again, of another run, or twice in a batch: what was answered is not asked."""
    rows = bash.load("valid")[:3]
    twins = [*rows, Example("twin", rows[0].prompt, rows[0].target)]
    first = scoring.score(bash, engine(), twins, "valid").record
    assert len(proxy.seen) == 3
    again = scoring.score(bash, engine(), twins, "test").record
    assert len(proxy.seen) == 3
    assert again["exact"] == first["exact"] and again["seconds_median"] == first["seconds_median"]
    engine(max_tokens=17).answer(rows[:1])
    assert len(proxy.seen) == 4


def test_a_fresh_run_asks_again_and_what_it_hears_is_kept(engine, proxy, bash):
    rows = bash.load("valid")[:3]
    for text in ("ls", "ls", "ls", "pwd", "pwd", "pwd"):
        proxy.plan.append((200, says(text)))
    made = engine(at_once=1)
    starts = (False, True, False)
    texts = [scoring.score(bash, made, rows, "valid", fresh=fresh).texts for fresh in starts]
    assert texts == [["ls"] * 3, ["pwd"] * 3, ["pwd"] * 3] and len(proxy.seen) == 6
    assert [p.text for p in made.answer(rows)] == ["pwd"] * 3  # in a run of its own, too


def test_a_fresh_run_that_was_interrupted_does_not_go_on_with_old_answers(engine, proxy, bash):
    rows, made = bash.load("valid")[:4], engine(at_once=1)
    proxy.plan.extend([(200, says("old"))] * 4 + [(200, says("new"))] * 2 + [(401, "{}")] * 2)
    scoring.score(bash, made, rows, "valid")
    with pytest.raises(EngineError, match="check the key"):
        scoring.score(bash, made, rows, "valid", fresh=True)
    proxy.plan.clear()
    proxy.plan.extend([(200, says("new"))] * 4)
    assert scoring.score(bash, made, rows, "valid").texts == ["new"] * 4


def test_an_answer_found_again_keeps_the_date_it_was_given(engine, proxy, bash):
    rows = bash.load("valid")[:2]
    first = scoring.score(bash, engine(), rows, "valid")
    for file in first.folder.parent.glob("cache/reply-*.json"):
        file.write_text(file.read_text().replace(first.record["created"][:4], "2020"))
    again = scoring.score(bash, engine(), rows, "test").record  # another run, the same questions
    assert again["created"][:4] == "2020" and len(proxy.seen) == 2


def test_what_was_answered_before_a_failure_is_not_asked_again(engine, proxy, bash):
    rows = bash.load("valid")[:6]
    proxy.plan.extend(["hand on"] * 4 + [(401, '{"error": {"message": "who?"}}')])
    with pytest.raises(EngineError, match="check the key in OPENAI_API_KEY"):
        scoring.score(bash, engine(at_once=1), rows, "valid")
    assert len(proxy.seen) in (5, 6)  # the next may have begun
    record = scoring.score(bash, engine(at_once=1), rows, "valid").record
    assert record["n"] == 6 and len(proxy.seen) == 7


BUSY = [
    (500, '{"error": {"message": "oh"}}'),
    (503, "<html>no</html>"),
    (429, '{"error": {"message": "slow down"}}', {"Retry-After": "7"}),
    (408, "{}"),
    "slow",
    "cut",
]


@pytest.mark.parametrize("trouble", BUSY, ids=str)
def test_a_busy_endpoint_is_asked_again(engine, proxy, bash, llama, trouble, capfd):
    proxy.plan.extend([trouble, trouble])
    made = engine(timeout=1.0 if trouble == "slow" else 120.0)
    (row,) = bash.load("valid")[:1]
    (found,) = made.answer([row])
    assert found.text == ask_llama(llama, made.request(row)) and found.details["ended"] in (0, 1)
    assert len(proxy.seen) == 3
    out, err = capfd.readouterr()
    assert out == "" and err.count("asks again in") == 2


@pytest.mark.parametrize("trouble", BUSY, ids=str)
def test_after_the_last_try_one_line_says_what_is_wrong(engine, proxy, bash, trouble):
    proxy.plan.extend([trouble] * 9)
    made = engine(timeout=1.0 if trouble == "slow" else 120.0)
    with pytest.raises(EngineError, match=r"it was tried 3 times; try later") as error:
        made.answer(bash.load("valid")[:1])
    assert str(error.value).startswith(f"tiny at {proxy.url}: ")
    assert "\n" not in str(error.value) and len(proxy.seen) == 3


def test_where_nobody_listens_the_line_says_so(bash):
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as closed:
        port = closed.server_address[1]
    made = api.create(bash, "tiny", endpoint=Endpoint(f"http://127.0.0.1:{port}/v1"), shots=1)
    with pytest.raises(EngineError, match=r"tiny at http://127.*Connection refused.*try later"):
        made.answer(bash.load("valid")[:1])


@pytest.mark.parametrize(
    ("status", "error", "message"),
    [
        (401, {"message": "no such key"}, "no such key.*; check the key in OPENAI_API_KEY"),
        (404, {"message": "no such model"}, "no such model.*; check the model's name, and what"),
        (429, {"message": "pay", "code": "insufficient_quota"}, "pay.*; check the model's name"),
    ],
)
def test_what_another_try_does_not_mend_is_not_tried_again(
    engine, proxy, bash, status, error, message
):
    proxy.plan.append((status, json.dumps({"error": error})))
    with pytest.raises(EngineError, match=message):
        engine().answer(bash.load("valid")[:1])
    assert len(proxy.seen) == 1


def test_a_prompt_too_long_for_the_model_is_no_reason_to_ask_again(engine, proxy, bash):
    with pytest.raises(EngineError, match="exceeds the available context size"):
        engine().answer([Example("long", "ls " * 20_000, "ls")])
    assert len(proxy.seen) == 1


def test_an_endpoint_says_how_long_to_wait(proxy):
    from openai import OpenAI, OpenAIError

    client = OpenAI(api_key=KEY, base_url=proxy.url, max_retries=0)
    for headers, expected in (
        ({"Retry-After": "7"}, 7.0), ({"Retry-After": "9999"}, 900.0), ({}, True),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, True),
    ):  # fmt: skip
        proxy.plan.append((429, "{}", headers))
        with pytest.raises(OpenAIError) as error:
            client.chat.completions.create(model="tiny", messages=[])
        assert wait(error.value) == expected


def says(content: object, reason: str = "stop", usage: object = None, **message: object) -> str:
    """The body of a reply whose message has this content."""
    choice = {"message": {"content": content} | message, "finish_reason": reason}
    return json.dumps({"choices": [choice], "usage": usage})


NO_ANSWERS = {
    "": "its reply is empty",
    " \n": "its reply is empty",
    "<html>sign in</html>": "its reply is no JSON: '<html>sign in</html>'",
    "[" * 100_000: "its reply is no JSON",
    "[]": "its reply is no chat completion",
    "null": "its reply is no chat completion: 'null'",
    '{"choices": []}': "its reply is no chat completion",
    '{"choices": [{}]}': "its reply is no chat completion",
    '{"choices": ["ls"]}': "its reply is no chat completion",
    '{"error": {"message": "overloaded, try later"}}': "is an error: 'overloaded, try later'",
    '{"error": "over\\u001b[31mloaded", "choices": []}': r"is an error: .over.{1,2}x1b\[31mloaded",
    says(None): r"its reply has no text \(content: 'null'\)",
    says([]): r"no text \(content: '\[\]'\)",
}


@pytest.mark.parametrize(("body", "why"), NO_ANSWERS.items(), ids=range(len(NO_ANSWERS)))
def test_what_is_no_answer_is_asked_again_and_never_kept(engine, proxy, bash, runs_dir, body, why):
    """A page to sign in, with status 200, once stood for ever as wrong answers."""
    rows, made = bash.load("valid")[:2], engine(at_once=1)
    proxy.plan.extend([(200, body)] * 2 + [(200, says("ls"))])
    assert [p.text for p in made.answer(rows[:1])] == ["ls"]
    proxy.plan.extend([(200, body)] * 3)
    with pytest.raises(EngineError, match=f"{why}.*; it was tried 3 times; try later") as error:
        scoring.score(bash, made, rows[1:], "valid")
    told = str(error.value)
    assert "\n" not in told and "\x1b" not in told and len(told) < 500
    assert len(list(runs_dir.glob("cache/reply-*"))) == 1 and len(proxy.seen) == 6
    assert not list(runs_dir.glob("score-*/predictions.jsonl"))
    proxy.plan.append((200, says("pwd")))
    assert scoring.score(bash, made, rows[1:], "valid").texts == ["pwd"]


@pytest.mark.parametrize("usage", ["much", None, [], {"completion_tokens_details": "few"}], ids=str)
def test_an_odd_count_of_tokens_costs_no_answer(engine, proxy, bash, usage):
    proxy.plan.append((200, says("ls", usage=usage)))
    assert engine().answer(bash.load("valid")[:1])[0].text == "ls"


def test_half_a_character_in_an_answer_ends_nothing(engine, proxy, bash):
    """It cannot be written as UTF-8, and once ended every later start."""
    rows, made = bash.load("valid")[:2], engine(at_once=1)
    proxy.plan.extend([(200, says("x\ud800y")), (200, says("\ud83d\ude42"))])
    for _ in range(2):
        assert scoring.score(bash, made, rows, "valid").texts == ["x\ufffdy", "\U0001f642"]


THOUGHTS = {
    "<think>\nA count of lines.\n</think>\n\nwc -l": "wc -l",
    "  <THINK>a</THINK> <think>b</think>wc -l": "wc -l",
    "<thinking>a</thinking>\nwc -l": "wc -l",
    "[THINK]a[/THINK]wc -l": "wc -l",
    "A count, so\n</think>\n\nwc -l": "wc -l",  # the template opened the block
    "<think></think>wc -l": "wc -l",
    "echo '<think>'": "echo '<think>'",
    "echo '</think>'": "echo '</think>'",
    "echo [/THINK][/think]": "",  # a lone tag before the end: all was a thought
    "<think>a</think>\ngrep '</think>' log": "grep '</think>' log",
    "Tags, so </think> grep -c '</thinking>' a": "grep -c '</thinking>' a",
    "<think>\nA count of lines, so": "",
    "<think>A count.</think>\n": "",
}


@pytest.mark.parametrize(("content", "answer"), THOUGHTS.items())
def test_thoughts_are_no_part_of_an_answer(engine, proxy, content, answer):
    for task in (tasks.get("dictated_bash"), tasks.get("support_label")):
        proxy.plan.append((200, says(content, "length" if not answer else "stop")))
        made = engine(task, shots=0)
        assert made.answer([Example("1", "wc dash L", "wc -l")])[0].text == answer


SILENT = (
    says("", reasoning="A count of lines"),
    says(None, reasoning_content="A count of lines"),
    says("<think>A count", "length"),
    says("", "length", {"completion_tokens_details": {"reasoning_tokens": 512}}),
    says(None, "length"),
    says([{"type": "thinking", "thinking": [{"type": "text", "text": "A count"}]}]),
)


@pytest.mark.parametrize("body", SILENT, ids=range(len(SILENT)))
def test_a_model_that_only_thought_gave_an_empty_answer_and_that_is_told_once(
    engine, proxy, bash, body, capfd
):
    api.tell_of_thoughts.cache_clear()
    proxy.plan.extend([(200, body)] * 5)
    scored = scoring.score(bash, engine(), bash.load("valid")[:5], "valid")
    assert scored.texts == [""] * 5 and len(proxy.seen) == 5
    err = capfd.readouterr().err
    assert err.count("the model thought and did not answer; switch thinking off") == 1


def test_an_empty_answer_without_thoughts_is_just_that(engine, proxy, bash, capfd):
    api.tell_of_thoughts.cache_clear()
    proxy.plan.append((200, says("")))
    assert engine().answer(bash.load("valid")[:1])[0].text == ""
    assert capfd.readouterr().err == ""


def test_what_a_filter_holds_back_is_an_empty_answer_and_asked_once(engine, proxy, bash):
    """At temperature 0 it would be held back, and paid, once more."""
    proxy.plan.append((200, says(None, "content_filter")))
    (found,) = engine().answer(bash.load("valid")[:1])
    assert (found.text, found.details["ended"], len(proxy.seen)) == ("", False, 1)


def test_an_answer_in_parts_is_joined_without_its_thoughts(engine, proxy, bash):
    thought = {"type": "thinking", "thinking": [{"type": "text", "text": "A count"}]}
    parts = [thought, {"type": "text", "text": "wc"}, {"type": "text", "text": " -l"}]
    proxy.plan.append((200, says(parts)))
    assert engine().answer(bash.load("valid")[:1])[0].text == "wc -l" and len(proxy.seen) == 1


@pytest.mark.parametrize("refused", [("max_tokens", "temperature"), ("temperature",)], ids=str)
def test_what_a_model_refuses_is_left_out_and_the_record_tells(engine, proxy, bash, refused):
    """Of several rows asked at once as well, in a new process, and where a run goes on."""
    rows, proxy.refuses = bash.load("valid")[:8], refused
    made, before = engine(at_once=4), engine(at_once=4).settings
    assert (before["max_tokens"], before["temperature"]) == (16, 0)
    record = scoring.score(bash, made, rows[:6], "valid").record
    limit = "max_completion_tokens" if "max_tokens" in refused else "max_tokens"
    taken = {name: before[name] for name in before if name not in refused} | {limit: 16}
    assert record["settings"] == taken and record["n"] == 6
    answered = [r for r in proxy.seen if refusal(refused, r) == "hand on"]
    assert len(answered) == 6 and all(r[limit] == 16 for r in answered)
    asked = len(proxy.seen)
    assert len(refused) <= asked - 6 <= 4 * len(refused)  # once a thread at most

    other = engine(at_once=4)  # as another process would have it
    assert other.settings == taken and other.fingerprint == made.fingerprint
    again = scoring.score(bash, other, rows[:6], "valid").record
    assert again["settings"] == taken and again["run"] == record["run"]
    fresh = scoring.score(bash, other, rows[:6], "valid", fresh=True).record
    assert fresh["settings"] == taken and len(proxy.seen) == asked + 6
    other.answer(rows[6:])
    assert len(proxy.seen) == asked + 8  # further rows meet no refusal
    assert replace(made, model="another").settings == before | {"model": "another"}


@pytest.mark.parametrize(
    "message",
    ["'messages[0].role' does not support 'system'", "'max_completion_tokens' is not supported"],
)
def test_another_refusal_is_told(engine, proxy, bash, message):
    told = json.dumps({"error": {"message": f"Unsupported value: {message} with this model."}})
    proxy.plan.append((400, told))
    with pytest.raises(EngineError, match=r"Unsupported value.*; check the model's name, and what"):
        engine().answer(bash.load("valid")[:1])
    assert len(proxy.seen) == 1 and engine().settings["temperature"] == 0


def test_a_model_that_refuses_what_it_was_not_sent_is_not_asked_for_ever(engine, proxy, bash):
    proxy.plan.extend([(400, json.dumps({"error": {"message": REFUSALS["max_tokens"]}}))] * 9)
    with pytest.raises(EngineError, match="Unsupported parameter: 'max_tokens'"):
        engine().answer(bash.load("valid")[:1])
    assert len(proxy.seen) == 2 and "max_tokens" not in proxy.seen[1]


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_no_more_requests_run_than_allowed(engine, proxy, bash, at_once):
    """They meet in the proxy, so that many do run at a time; none of the others is there."""
    proxy.meeting = threading.Barrier(at_once)
    found = engine(at_once=at_once).answer(bash.load("valid")[:6])
    assert len(found) == 6 and proxy.most == at_once


def test_the_key_is_sent_and_nowhere_else(engine, proxy, bash, runs_dir, capfd):
    """Not even where an endpoint repeats it."""
    rows = bash.load("valid")[:3]
    proxy.plan.append((200, json.dumps({"choices": [{"message": {"content": KEY}}]})))
    proxy.plan.append((200, f"<html>{KEY}</html>"))
    for told in (KEY.replace("-", "\\u002D"), f"{KEY[:-1]} …", KEY[1:], KEY.replace("-", "%2d")):
        proxy.plan.append((200, f'{{"choices": [{{"message": {{"content": "{told}"}}}}]}}'))
    rows = bash.load("valid")[:6]
    made = engine(at_once=1)
    record = scoring.score(bash, made, rows, "valid").record
    assert proxy.keys == {f"Bearer {KEY}"}
    proxy.plan.append((401, json.dumps({"error": {"message": f"{KEY} is no key"}})))
    with pytest.raises(EngineError, match=r"\(the key\) is no key") as error:
        made.answer([Example("other", "ls", "ls")])
    assert error.value.__suppress_context__
    said = [str(error.value), repr(made), str(made.settings), json.dumps(record), made.fingerprint]
    long = "." * 10 + f"{KEY} " * 40  # cut within the key, unless that is taken out before
    # Tried again, and told on stderr each time.
    for text in (f"{KEY} is tired", long, f"bad {KEY[:-1]} ..."):
        proxy.plan.extend([(503, json.dumps({"error": {"message": text}}))] * 3)
        with pytest.raises(EngineError, match=r"\(the key\).*; it was tried 3 times") as error:
            made.answer([Example("other", "ls", "ls")])
        said += ["".join(traceback.format_exception(error.value))]
    printed = [*capfd.readouterr()]
    assert printed[0] == "" and printed[1].count("(the key)") > printed[1].count("asks again") == 7
    said += printed
    said += [file.read_text() for file in runs_dir.rglob("*") if file.is_file()]
    assert len(said) > 10 and not any(KEY[:12] in text for text in said)  # nor half of it
    odd = [KEY[:-1].replace("-", dash) for dash in ODD_DASHES]
    assert not any(key in text.lower() for text in said for key in odd)
    os.environ["OTHER_KEY"] = f"{KEY}-other"
    try:
        other = api.create(bash, "tiny", endpoint=Endpoint(proxy.url, "OTHER_KEY"), shots=2,
                           max_tokens=16, at_once=1)  # fmt: skip
        assert other.fingerprint == made.fingerprint  # another key, the same answers
    finally:
        del os.environ["OTHER_KEY"]


def test_a_key_that_is_a_word_is_left_in_answers(engine, proxy, bash, monkeypatch):
    """Servers of one's own take any key, and "none" may well be an answer."""
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    proxy.plan.append((200, json.dumps({"choices": [{"message": {"content": "echo none"}}]})))
    assert engine().answer(bash.load("valid")[:1])[0].text == "echo none"


def test_space_around_the_key_is_not_part_of_it(engine, proxy, bash, monkeypatch, capfd):
    """A key that was read from a file ends in a line break; a header cannot."""
    monkeypatch.setenv("OPENAI_API_KEY", f" {KEY}\r\n")
    proxy.plan.append((503, json.dumps({"error": {"message": KEY}})))
    proxy.plan.append((200, json.dumps({"choices": [{"message": {"content": KEY}}]})))
    assert engine().answer(bash.load("valid")[:1])[0].text == "(the key)"
    assert proxy.keys == {f"Bearer {KEY}"}
    assert "(the key)" in (err := capfd.readouterr().err) and KEY not in err
    monkeypatch.setenv("OPENAI_API_KEY", " \n")
    with pytest.raises(EngineError, match="OPENAI_API_KEY is not set"):
        engine()


@pytest.mark.parametrize("odd", ["\n", "é", "\x7f", "\N{ZERO WIDTH SPACE}", "\udcff"], ids=ascii)
def test_a_key_that_no_header_can_hold_is_refused_unseen(engine, proxy, monkeypatch, odd):
    monkeypatch.setenv("OPENAI_API_KEY", f"sk-nobody{odd}may-see-this")
    with pytest.raises(EngineError, match="the key in OPENAI_API_KEY holds a charac") as error:
        engine()
    text = str(error.value)
    assert "nobody" not in text and "see-this" not in text and "\n" not in text
    assert not proxy.seen


@pytest.mark.parametrize("url", ["127.0.0.1:8000/v1", "localhost:8000/v1", "api.openai.com", ""])
def test_an_address_without_a_scheme_is_refused_at_once(bash, monkeypatch, url):
    with pytest.raises(EngineError, match=f"the endpoint '{url}' lacks its http:// or https://; w"):
        Endpoint(url)
    if url:  # an empty variable is none
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        with pytest.raises(EngineError, match="lacks its http:// or https://"):
            api.create(bash, "tiny")


@pytest.mark.parametrize(
    "url",
    [
        "http://", "http:///v1", "https://:80/v1", "http://a:b/v1", "http://[::1/v1",
        "http://a/v1\n", "http://a b/v1", "http://a/ v1",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_at_once(url):
    with pytest.raises(EngineError, match="is no plain address; write it like https://") as error:
        Endpoint(url)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://me:hidden@127.0.0.1:9/v1", "http://127.0.0.1:9/v1?api-key=hidden",
        "http://127.0.0.1:9?hidden", "http://127.0.0.1:9/v1#hidden", "http://a/v1?k=x@hidden",
        "http://me:hid?hidden@a/v1", "127.0.0.1:9/v1?hidden", "http://a/v1;key=hidden",
    ],
)  # fmt: skip
def test_an_address_that_may_hold_a_key_is_refused_unseen(url):
    fix = "without a password or a query, and export the key in OPENAI_API_KEY"
    with pytest.raises(EngineError, match=fix) as error:
        Endpoint(url)
    assert "hid" not in str(error.value)


def test_a_key_in_the_path_of_an_address_is_refused_unseen():
    with pytest.raises(EngineError, match="the endpoint's address holds the key; leave") as error:
        Endpoint(f"http://127.0.0.1:9/{KEY}/v1")
    assert KEY[:12] not in str(error.value)


@pytest.mark.parametrize(
    "url", ["HTTP://localhost:8000/v1", "http://[::1]:8000/v1", "https://a.example/x/v1/", OPENAI]
)
def test_addresses_are_taken(url):
    assert Endpoint(url).url == url


def test_where_to_ask_and_with_which_key_is_the_environments(bash, monkeypatch):
    assert api.create(bash, "tiny").endpoint.url == OPENAI
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert api.create(bash, "tiny").settings["endpoint"] == "http://127.0.0.1:9/v1"
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(EngineError, match="OPENAI_API_KEY is not set; export your key for http"):
        api.create(bash, "tiny")
    with pytest.raises(EngineError, match="MINE is not set"):
        Endpoint(key_name="MINE")


def test_what_cannot_be_is_refused(bash):
    with pytest.raises(EngineError, match="tokens cannot be masked, so not 'grammar'; decode free"):
        api.create(bash, "tiny", "grammar")
    for name in ("at_once", "max_tokens"):
        with pytest.raises(EngineError, match=f"{name} is 0; take 1 or more"):
            api.create(bash, "tiny", **{name: 0})
    with pytest.raises(EngineError, match="0 tries of"):
        Endpoint(tries=0)


def test_other_models_prompts_and_rows_are_other_runs(engine, bash, bash_folder):
    prints = {
        engine().fingerprint, engine(shots=1).fingerprint, engine(max_tokens=9).fingerprint,
        engine(tasks.get("dictated_bash", bash_folder)).fingerprint,
    }  # fmt: skip
    assert len(prints) == 4
    assert engine(at_once=7).fingerprint == engine().fingerprint
