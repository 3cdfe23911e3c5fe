"""The lattice is the exact inverse of dictation: everything in it, nothing beside it."""

from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.decode import best
from helpers.tasks.dictation.domain import Domain, Symbol
from helpers.tasks.dictation.joins import Joins
from helpers.tasks.dictation.lattice import build, literals_in
from helpers.tasks.dictation.spacing import Rules, fit_majority
from helpers.tasks.dictation.verbalize import Unspeakable, verbalize

PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40)
# fmt: off
FRAGMENTS = [
    "find", ".", "-", "--", "-name", "*.txt", "|", "||", ">", ">>", "2>", "2>&1", "2>>x", "x", "&",
    "&&", "<", "{", "}", "(", ")", "\\;", "'", '"', "xzf", "n1", "10", "007", "42", "127", "2",
    "A", "b", "README", "Foo", "i", "h", "at", "star", "dot", "two", "..", "...", "/", "//", "=",
    ":", "a1b2", "1a", "2>&-", "---", "---ab", " ", " ", " ",
]
PARTS_OF_URLS = ["https", "://", "example", ".", "org", "/", "a", "42", "?", "=", "&", "-"]
# fmt: on
PIECES = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=14).map("".join)
NO_SYNONYMS = replace(BASH, symbols=tuple(replace(s, synonyms=()) for s in BASH.symbols))
URLS = Domain(
    "urls",
    (
        Symbol("://", "scheme"),
        Symbol("/", "slash"),
        Symbol(".", "dot"),
        Symbol("?", "query"),
        Symbol("=", "is"),
        Symbol("&", "and"),
        Symbol("-", "dash"),
    ),
)


@settings(max_examples=400, deadline=None)
@given(PRINTABLE | PIECES)
def test_a_dictated_command_is_in_its_own_lattice(command):
    if not command.strip():
        with pytest.raises(Unspeakable, match="empty"):
            verbalize(command, BASH)
        return
    lattice = build(verbalize(command, BASH), BASH, literals=literals_in([command], BASH))
    assert command in lattice


@settings(max_examples=300, deadline=None)
@given(PRINTABLE | PIECES)
def test_without_fitted_words_the_command_is_reached_or_the_reason_is_given(command):
    try:
        dictation = verbalize(command, BASH, literals=())
    except Unspeakable as reason:
        assert "would be heard as" in str(reason) or "empty" in str(reason)
    else:
        assert command in build(dictation, BASH)


@settings(max_examples=150, deadline=None)
@given(PRINTABLE | PIECES)
def test_every_text_of_the_lattice_is_dictated_in_the_same_words(command):
    if not command.strip():
        return
    dictation = verbalize(command, NO_SYNONYMS)
    literals = literals_in([command], NO_SYNONYMS)
    for text in islice(build(dictation, NO_SYNONYMS, literals).paths(), 60):
        assert verbalize(text, NO_SYNONYMS) == dictation


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_unicode_has_a_lattice_and_an_answer(dictation):
    lattice = build(dictation, BASH)
    assert next(lattice.paths(), None) is not None
    for scorer in (Rules(BASH), fit_majority(["ls -l"], BASH)):
        assert len(best(lattice, scorer, k=2)) >= 1


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PARTS_OF_URLS), min_size=1).map("".join))
def test_another_domain_is_another_table(url):
    lattice = build(verbalize(url, URLS), URLS, literals_in([url], URLS))
    assert url in lattice


def test_a_reserved_word_has_its_second_reading_only_if_the_targets_have_it():
    assert "echo at" not in build("echo at", BASH)
    literals = literals_in(["at"], BASH)
    assert {"echo at", "echo @"} <= set(build("echo at", BASH, literals).paths())


def test_numbers_that_would_be_said_otherwise_are_not_in_the_lattice():
    texts = set(build("one two seven", BASH).paths())
    assert texts == {"127", "1 2 7"}
    assert set(build("zero five", BASH).paths()) == {"05", "0 5"}
    assert set(build("forty two", BASH).paths()) == {"42", "40 2"}


def test_an_appended_error_stream_is_not_mistaken():
    assert "2>" in build("two redirect", BASH)
    assert "2 >" in build("two redirect", BASH)
    assert "2>" not in build("two greater than", BASH)
    assert "2 >" in build("two greater than", BASH)


def test_joins_forget_before_they_fill_the_memory():
    joins = Joins(BASH, {("x", str(i)): None for i in range(100_001)})
    joins.after("-", "n")
    assert len(joins.known) == 1
