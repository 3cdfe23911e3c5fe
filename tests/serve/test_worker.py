"""A worker's log: what libraries say of words that somebody said never gets there."""

import subprocess
import sys
from io import BytesIO

from helpers.serve import frames

LIBRARY = """\
import os, sys
from helpers.serve import answering, worker

def work(job, sound, tell):
    os.write(2, job["words"].encode())  # as llama.cpp does of a grammar that fails
    print(job["words"])
    print(job["words"], file=sys.stderr)
    if job["do"] == "answer":
        raise KeyError(job["words"])
    return {}

answering.create = lambda start: work
worker.main()
"""


def test_a_librarys_words_are_logged_while_it_loads_and_never_once_something_was_said():
    jobs = [{"do": "load", "words": "no such file"}, {"do": "answer", "words": "my secret"},
            {"do": "load", "words": "told too late"}]  # fmt: skip
    process = subprocess.Popen([sys.executable, "-c", LIBRARY], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    process.stdin.write(frames.pack({}))
    replies = []
    for number, job in enumerate(jobs):
        process.stdin.write(frames.pack(job | {"number": number}))
        process.stdin.flush()
        replies.append(frames.read(process.stdout)[0])
    out, log = process.communicate()
    assert [reply.get("why") for reply in replies] == [None, "failed", None]
    assert frames.read(BytesIO(out)) is None
    assert "no such file" in log.decode() and "secret" not in log.decode()
    assert "error: KeyError at " in log.decode() and "too late" not in log.decode()
