"""A server that writes and judges texts, and misbehaves in every way that a real one may.

What it does with a case, its plain wording says: "trouble: NAME" in it. It notes each request.
"""

import json
import re
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FINE = "so listen, {} and that is the whole story, thanks a lot"
GERMAN = "ich möchte bitte sofort wissen, wann mein Paket endlich bei mir ankommt"
TEXTS = {  # of a case in trouble: what is written for it
    "german": GERMAN,
    "empty": " ... ",
    "babble": "please help me " * 30,
    "code": "```json please tell me where my parcel is ```",
    "two lines": "where is my parcel\n\nI mean the blue one",
}
BROKEN = '{"1": "where is my par'


class Speaker(ThreadingHTTPServer):
    """Listens at a free port of this machine; `pause` seconds go by before each answer."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, pause: float = 0.0) -> None:
        """Begin with nothing seen."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/v1"
        self.pause, self.lock = pause, threading.Lock()
        self.seen: list[str] = []  # requests, in their order
        self.count: Counter[str] = Counter()  # of each troubled request, by its trouble
        self.keys: set[str] = set()
        self.now = self.most = 0
        self.usage: dict = {"prompt_tokens": 100, "completion_tokens": 10}
        self.echo = ""  # something that it should not repeat
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request: object, address: object) -> None:
        """Say nothing of clients that were killed."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    def do_POST(self) -> None:
        """Answer, or do what the case's trouble says."""
        server, size = self.server, int(self.headers["Content-Length"])
        body = self.rfile.read(size).decode()
        if len(body.encode()) < size:  # its client was killed while it asked
            return
        with server.lock:
            server.seen.append(body)
            server.keys.add(self.headers["Authorization"])
            server.now += 1
            server.most = max(server.most, server.now)
        time.sleep(server.pause)
        with server.lock:
            server.now -= 1  # before the reply: whoever has it may ask the next at once
        self.reply(json.loads(body))

    def reply(self, asked: dict) -> None:
        """Write the texts that are asked for, or a verdict."""
        if "decision" in json.dumps(asked["response_format"]):
            return self.say(json.dumps(verdict(asked)))
        user = asked["messages"][-1]["content"]
        troubles = set(re.findall(r"trouble: ([a-z ]+)", user))
        if "broken" in troubles or ("broken once" in troubles and not asked["seed"]):
            return self.say(BROKEN)
        for kind in ("slow", "busy", "down"):
            if kind in troubles:
                with self.server.lock:
                    self.server.count[kind] += 1
                    first = self.server.count[kind] == 1
                if kind == "slow" and first:
                    time.sleep(3)
                if kind == "busy" and first:
                    return self.send(429, '{"error": {"message": "slow down"}}', "1")
                if kind == "down":
                    return self.send(503, f'{{"error": {{"message": "tired {self.server.echo}"}}}}')
        return self.say(json.dumps(written(asked, self.server.echo)))

    def say(self, content: str) -> None:
        """Send a chat completion."""
        choice = {"message": {"content": content}, "finish_reason": "stop"}
        self.send(200, json.dumps({"choices": [choice], "usage": self.server.usage}))

    def send(self, status: int, text: str, retry_after: str = "") -> None:
        """Send a response."""
        content = text.encode()
        self.send_response(status)
        if retry_after:
            self.send_header("Retry-After", retry_after)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def written(asked: dict, echo: str) -> dict[str, str]:
    """Return a text for each case of a request."""
    system, *shots, last = (turn["content"] for turn in asked["messages"])
    found = {}
    for part in re.split(r"\n\n(?=\d+\. answer)", last):
        number, answer, plain = re.fullmatch(
            r"(\d+)\. answer: (.*?)\n(?:.*\n)*?said plainly: (.*)", part
        ).groups()
        trouble = re.search(r"trouble: ([a-z ]+)", plain)
        kind = trouble[1].strip() if trouble else ""
        found[number] = TEXTS.get(kind) or {
            "leak": f"this is surely a {answer.upper()} for you",
            "prompt": system.splitlines()[1],
            "shot": json.loads(shots[1])["1"] if shots else "",
            "plain": plain,
            "key": f"{plain}, and my number is {echo}",
        }.get(kind, FINE.format(plain))
    return found


def verdict(asked: dict) -> dict[str, str]:
    """Return a verdict as the text wants it."""
    text = asked["messages"][-1]["content"].rpartition("said: ")[2]
    told = {"why": "it is so", "problem": "none", "decision": "accept", "text": ""}
    if "trouble: wrong" in text:
        return told | {"problem": "another meaning", "decision": "reject"}
    if "trouble: mend" in text and "mended" not in text:
        return told | {"problem": "unnatural", "decision": "rewrite", "text": f"{text}, mended"}
    if "trouble: never" in text:
        return told | {"problem": "unnatural", "decision": "rewrite", "text": f"{text} again"}
    if "trouble: spoil" in text:
        return told | {"problem": "unclear", "decision": "rewrite", "text": GERMAN}
    return told
