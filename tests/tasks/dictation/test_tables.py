"""A domain's table, as a reader writes it: what it may say, and what a mistake in it is told."""

import pytest

from helpers.tasks.dictation import tables
from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.domain import Domain, Spacing, Symbol
from helpers.tasks.dictation.report import function

HEAD = 'name = "sums"\n'


def test_a_short_table_is_a_domain():
    found = tables.parse(
        HEAD + 'symbols = [{ written = "+", spoken = ["plus", "and"], space = "around" }]\n'
        'keywords = ["SUM", { written = "AVG", spoken = "average" }]\n'
        '[spacing]\nflag_marks = ["-"]\n'
    )
    assert found == Domain(
        "sums",
        (Symbol("+", "plus", ("and",), "around"),),
        (Symbol("SUM", "sum"), Symbol("AVG", "average")),
        spacing=Spacing(flag_marks=("-",)),
    )
    assert found.by_spoken[("average",)] == ("AVG",)
    assert found.reserved >= {"plus", "and", "sum", "average", "two"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("symbols = []", "'name' is missing; add it"),
        (HEAD, "'symbols' is missing; add it"),
        (HEAD + "symbols = []\nwords = []", "'words' is no part of a table; use cases, "),
        (HEAD + "symbols = [1]", r"1 is no row of symbols; write \{ written = "),
        (HEAD + 'symbols = [{ written = "+" }]', "is no row of symbols"),
        (HEAD + 'symbols = [{ written = "+", spoken = 1 }]', "is no row of symbols"),
        (HEAD + 'symbols = [{ written = "+", spoken = "a", says = "b" }]', "is no row of symbols"),
        (HEAD + 'symbols = [{ written = "+", spoken = [] }]', r"'\+' has nothing to be said"),
        (HEAD + 'symbols = [{ written = "+", spoken = "a", space = "left" }]', "the space 'left'"),
        (HEAD + 'symbols = [{ written = "a b", spoken = "c" }]', "'a b' cannot be a symbol"),
        (HEAD + 'symbols = [{ written = "12", spoken = "dozen" }]', "'12' cannot be a symbol"),
        (HEAD + 'symbols = [{ written = "SUM", spoken = "sum" }]', "'SUM' is a word; move it from"),
        (HEAD + 'symbols = []\nkeywords = ["+"]', r"'\+' is no word; move it from the keywords"),
        (HEAD + 'symbols = []\nkeywords = ["SUM", "SUM"]', "'SUM' stands twice; keep one row"),
        (HEAD + "symbols = []\n[numbers]\noh = 100", "'oh' is said for 100; number words are"),
        (HEAD + 'symbols = []\n[numbers]\noh = "0"', "'oh' is said for 0; number words are"),
        (HEAD + "symbols = []\n[spacing]\nheads = []", "'heads' is no habit of spacing; use"),
        (HEAD + "symbols = []\n[spacing]\nheads_after = 3", "heads_after is 3; list symbols"),
        (HEAD + 'symbols = []\n[spacing]\nheads_after = "&&"', "heads_after is '&&'; list symbols"),
        (HEAD + 'symbols = []\n[heard]\nwords = ["a"]', r"heard.words is \['a'\]; write a table"),
        (HEAD + 'symbols = []\n[cases]\n"title case" = "title"', "is the case 'title'; use"),
        (HEAD + "symbols = [", "Invalid value"),
        ("name = 5\nsymbols = []", "'name' is 5; write a text"),
        (HEAD + 'symbols = []\nkeywords = "SUM"', "'keywords' is 'SUM'; write a list"),
        (HEAD + "symbols = []\nspell_at_most = 'x'", "'spell_at_most' is 'x'; write a number"),
        (HEAD + "symbols = []\nnumbers = []", r"'numbers' is \[\]; write a table"),
    ],
)
def test_a_mistake_is_told_in_one_line_with_the_file(text, message, tmp_path):
    file = tmp_path / "sums.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message) as error:
        tables.read(file)
    assert str(error.value).startswith(f"{file}: ") and "\n" not in str(error.value)


def test_a_table_in_another_encoding_is_refused(tmp_path):
    file = tmp_path / "sums.toml"
    file.write_bytes('name = "é"'.encode("latin-1"))
    with pytest.raises(ValueError, match="is not UTF-8; save it as such"):
        tables.read(file)


def test_the_functions_that_a_table_names_are_there():
    for reference in (BASH.formatter, BASH.shape, *BASH.facts.values()):
        assert callable(function(reference))
    for reference in ("nowhere:x", "helpers.tasks.dictation.bash:nothing", "program_of"):
        with pytest.raises(ValueError, match="names no function .* write 'module:function'"):
            function(reference)
