"""Grammars as token masks: canonical forced tokens, an end that only closes whole answers."""

import pytest

from helpers import tasks
from helpers.core.examples import EngineError
from helpers.engines.decoding.masks import allowed, guides_for
from helpers.tasks.dictation import pattern


@pytest.fixture(scope="module")
def guides(loaded):
    return guides_for(loaded.tokenizer, loaded.vocabulary, loaded.end)


def follow(guide, tokens: list[int], width: int) -> int:
    """Lead a guide along a right answer; return how many tokens it forced."""
    at = forced = 0
    while at < len(tokens):
        must = guide.forced()
        assert tokens[at : at + len(must)] == must
        at, forced = at + len(must), forced + len(must)
        if at < len(tokens):
            assert allowed([guide], width)[0, tokens[at]]
            if tokens[at] != guide.end:
                guide.take(tokens[at])
            at += 1
    assert at == len(tokens)
    return forced


def test_forced_tokens_are_those_of_training(task, loaded, guides):
    """Text forced in pieces can fall into other tokens than the whole answer had in training."""
    forced = total = 0
    for row in task.load("valid")[::6]:
        tokens = [*loaded.encode([row.target])[0], loaded.end]
        forced += follow(guides.guide(task.grammar(row), row.id), tokens, loaded.width)
        total += len(tokens)
    assert forced / total > (0.2 if task.name == "dictated_bash" else 0.6)


def test_the_end_is_allowed_where_the_grammar_is_satisfied(loaded, guides):
    guide = guides.guide('start: "ls" | "ls -l"', "1")
    assert loaded.decode(guide.forced()) == "ls"
    texts = {loaded.decode([t]) for t in allowed([guide], loaded.width)[0].nonzero()[0]}
    assert allowed([guide], loaded.width)[0, loaded.end]
    assert texts <= {"", " ", " -"}
    guide.take(loaded.encode([" -"])[0][0])
    assert not allowed([guide], loaded.width)[0, loaded.end]
    assert guide.forced() == [*loaded.encode(["l"])[0], loaded.end]


def test_a_grammar_with_one_text_forces_all_of_it(loaded, guides):
    for text in ("", "naïve 🙂 日本", 'say "\\n"'):
        guide = guides.guide(f"start: {pattern.quoted(text)}", "1")
        assert guide.forced() == [*loaded.encode([text])[0], loaded.end]


def test_padding_of_the_vocabulary_is_never_allowed(loaded, guides):
    assert loaded.width < loaded.vocabulary == guides.vocabulary
    guide = guides.guide("start: /(.|\\n)*/", "1")
    mask = allowed([guide], loaded.vocabulary)[0]
    assert mask[: loaded.width].sum() > 200
    assert not mask[loaded.width :].any()


@pytest.mark.parametrize("grammar", ["start: nobody", "start: (", 'start: %json {"type": 3}'])
def test_a_broken_grammar_is_one_line_that_names_the_row(guides, grammar):
    with pytest.raises(EngineError, match="row 'r7': its grammar cannot be used") as caught:
        guides.guide(grammar, "r7")
    assert "\n" not in str(caught.value)


def test_long_dictations_keep_within_the_limits_of_the_grammar_reader(loaded, guides):
    task = tasks.get("dictated_bash")
    row = task.example_of("one " * 300)
    guide = guides.guide(task.grammar(row), "long")
    for _ in range(50):
        guide.forced()
        guide.take(int(allowed([guide], loaded.width)[0].nonzero()[0][-1]))
