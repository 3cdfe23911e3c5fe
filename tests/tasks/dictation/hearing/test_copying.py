"""What a model may write of an utterance that no lattice reaches, and what mends it."""

import pytest
from llguidance import LLMatcher, LLTokenizer

from helpers import tasks
from helpers.core.examples import Example
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.hearing import copying, mending, writer
from helpers.tasks.dictation.hearing.task import heard

TEXTS = ["chmod 755 run.sh", "git push -u origin", "ls -la | wc -l", "find . -name a"] * 3
SAID = "change permissions to seven fifty five on the nginx dot conf in the etsy folder"


@pytest.fixture(scope="module")
def listener():
    return writer.fit(TEXTS, BASH)


def allows(grammar: str, text: str) -> bool:
    matcher = LLMatcher(LLTokenizer("byte"), LLMatcher.grammar_from_lark(grammar), log_level=0)
    return matcher.consume_tokens(list(text.encode())) and matcher.is_accepting()


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("chmod 755 /etc/nginx.conf", True),  # a program nobody said, a number and a name heard
        ("nginx.conf 755", True),
        ("", True),  # talk may hold no command
        ("chmod 644 nginx.conf", False),  # a number that nobody said
        ("chmod 755 apache.conf", False),  # a name that nobody said
        ("chmod  755", False),
        ("nginxconf", False),
    ],
)
def test_words_are_copied_or_known_and_none_is_made_up(listener, text, allowed):
    known = copying.vocabulary(TEXTS)
    assert allows(copying.lark(SAID, listener.reader, known), text) is allowed


def test_words_stand_together_only_where_a_case_is_announced(listener):
    plain, cased = "max count", "camel case max count of them"
    assert not allows(copying.lark(plain, listener.reader, []), "maxCount")
    assert allows(copying.lark(cased, listener.reader, []), "maxCount")


@pytest.mark.parametrize("said", ["", "?", "🙂 dash", 'a "b\\c', "dash " * 300, "x" * 3000])
def test_every_utterance_has_a_grammar(listener, said):
    assert allows(copying.lark(said, listener.reader, ["ls"]), "ls")


def test_a_heard_dictation_has_the_grammar_of_its_lattice_or_copies(listener):
    task, known = tasks.get("dictated_bash"), copying.vocabulary(TEXTS)
    row = Example("1", "LS dash LA", "ls -la")
    within = heard(task, listener, known)
    assert allows(within.grammar(row), "ls -la") and not allows(within.grammar(row), "ls la -ls")
    assert allows(heard(task, listener, known, copies=True).grammar(row), "ls la -ls")
    assert within.candidates(row, 3)[0].text == "ls -la"


def test_what_a_transcript_writes_in_capitals_is_not_mended(listener):
    """The plain repair gives words the case in which they were dictated, which is none here."""
    row = Example("1", "LS dash LA", "ls -la")
    assert heard(tasks.get("dictated_bash"), listener, ()).repair("ls -la", row).details == {}


@pytest.mark.parametrize(
    ("text", "said", "mended", "kinds"),
    [
        ("cat ngnix.conf", "show me the nginx dot conf", "cat nginx.conf", ["word"]),
        ("```\nls -l\n```", "list it dash L", "ls -l", ["artefact"]),
        ('echo "hi', "print quote hi quote", 'echo "hi"', ["balance"]),
    ],
)
def test_what_the_utterance_shows_to_be_wrong_is_mended(listener, text, said, mended, kinds):
    found = mending.repair(text, said, listener.reader, ["cat", "echo", "ls"])
    assert (found.text, [one.kind for one in found.repairs]) == (mended, kinds)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ls 777", "list the folder 777"),
        ("ls 8000", "list what port 8000 has"),
        ("ls 1000", "list a thousand of them"),
        ("ls 777", "list triple seven please"),
    ],
)
def test_a_number_that_was_said_is_no_loop(listener, text, said):
    assert mending.repair(text, said, listener.reader, ["ls"]).text == text
