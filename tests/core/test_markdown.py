"""What a command writes on a page stays between its marks, and can be written again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.core.markdown import insert

MARKS = ("<!-- begin -->", "<!-- end -->")


@given(st.lists(st.text("ab |\n"), min_size=4, max_size=4))
def test_only_what_stands_between_the_marks_is_written(texts):
    before, old, new, after = texts
    page = f"{before}{MARKS[0]}{old}{MARKS[1]}{after}"
    found = insert(page, MARKS, new)
    assert found.startswith(before) and found.endswith(after) and new in found
    assert insert(found, MARKS, new) == found
    assert insert(found, MARKS, old) == insert(page, MARKS, old)


@pytest.mark.parametrize("page", ["# Title", MARKS[0], MARKS[1] + MARKS[0]])
def test_a_page_without_marks_is_named(page):
    with pytest.raises(ValueError, match="^README.md lacks the marks .* put them back"):
        insert(page, MARKS, "| a |", "README.md")
