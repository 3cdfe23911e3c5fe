"""Grammars: every target is allowed, and nothing that the task cannot mean.

Checked with llguidance itself and a tokenizer whose tokens are single bytes.
"""

import pytest
from llguidance import LLMatcher, LLTokenizer

from helpers import tasks
from helpers.core.examples import Example
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.lattice import build

BYTES = LLTokenizer("byte")


def allows(grammar: str, text: str) -> bool:
    matcher = LLMatcher(BYTES, LLMatcher.grammar_from_lark(grammar))
    assert not matcher.get_error(), matcher.get_error()
    for byte in text.encode("utf-8"):
        if not matcher.consume_token(byte):
            return False
    return matcher.is_accepting()


@pytest.mark.parametrize("name", tasks.names())
def test_every_target_is_in_its_grammar(name):
    task = tasks.get(name)
    for example in task.load("valid")[::7]:
        assert allows(task.grammar(example), example.target), example.id


def test_a_bash_grammar_holds_the_lattice_and_nothing_beside_it():
    task = tasks.get("dictated_bash")
    example = Example("0", "wc dash L two redirect ampersand one", "")
    grammar = task.grammar(example)
    texts = list(build(example.prompt, BASH).paths())
    assert all(allows(grammar, text) for text in texts)
    for text in ("wc -l 2> & 1 ", "wc -ll", "wc  -l 2>&1", "wc -l", "wc -l 2>&12"):
        assert text not in texts
        assert not allows(grammar, text)


def test_a_dictation_by_the_protocol_allows_one_text():
    grammar = tasks.get("dictated_bash").grammar(Example("0", "git space push space dash u", ""))
    assert allows(grammar, "git push -u")
    assert not allows(grammar, "git push -U")


def test_a_twelfth_label_is_impossible():
    task = tasks.get("support_label")
    grammar = task.grammar(Example("0", "where is my refund", ""))
    assert all(allows(grammar, label) for label in task.labels)
    for text in ("billing", "billing_refund", f"{task.labels[0]} ", task.labels[0].upper(), ""):
        assert not allows(grammar, text)


def test_a_name_that_is_not_on_the_desktop_is_impossible():
    task = tasks.get("voice_command")
    row = next(e for e in task.load("valid") if '"app.activate"' in e.target and e.context)
    grammar = task.grammar(row)
    assert allows(grammar, row.target)
    assert allows(grammar, '{"kind":"note"}')
    assert not allows(grammar, row.target.replace('"app":"', '"app":"No Such '))
    assert not allows(grammar, '{"kind": "note"}')


def test_grammars_of_odd_inputs_are_still_grammars():
    for name in tasks.names():
        task = tasks.get(name)
        for prompt in ("", "\"\\ \n", "naïve 🙂 dash 日本", "one " * 200):
            grammar = task.grammar(Example("0", prompt, ""))
            assert not LLMatcher(BYTES, LLMatcher.grammar_from_lark(grammar)).get_error()
