"""Drafts on file: read as they were written, put through again, and judged by what was said."""

import pytest

from helpers import factory, tasks
from helpers.core import paths
from helpers.core.examples import DataError
from helpers.factory.judges import Verdict
from helpers.factory.structured import PROBLEMS

BASH = tasks.get("dictated_bash")
HEARD = BASH.brief.choose("heard")[0]


def drafts() -> list[factory.Draft]:
    """A draft that a judge keeps, one that it does not, and one that nobody wrote."""
    one = factory.Case("a", "ls -l", HEARD, "ls", group="ls", said="ls dash L")
    two = factory.Case("b", "df -h", HEARD, context={"seen": ["no dash"]}, language="de")
    kept = factory.Draft(one).step("generate", "kept", "LS dash L.").step("check", "kept")
    other = factory.Draft(two).step("generate", "kept", "DF").lose("check", "empty", "why not")
    lost = factory.Draft(factory.Case("c", "cd", HEARD)).lose("generate", "no answer")
    return [kept, other, lost]


def test_drafts_are_read_as_they_were_written(tmp_path):
    path = tmp_path / "drafts.jsonl"
    factory.write_drafts(path, drafts())
    assert factory.read_drafts(path, BASH) == drafts()
    first = path.read_text()
    factory.write_drafts(path, factory.read_drafts(path, BASH))
    assert path.read_text() == first


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        ('"heard"', '"loud"', "there is no scenario 'loud'"),
        ('"heard"', '"mixed"', "has the scenario 'mixed'; name one of them"),
        ('"stage": "generate", ', '"stage": "generate", "mood": "good", ', "must not contain"),
        ('"answer": "ls -l"', '"language": "xx", "answer": "ls -l"', "there is no language 'xx'"),
        ('"stage": "generate", ', "", "must contain"),
        ('"answer": "ls -l"', '"answer": ""', "line 1"),
    ],
)
def test_a_bad_line_of_drafts_is_named(tmp_path, was, now, why):
    path = tmp_path / "drafts.jsonl"
    factory.write_drafts(path, drafts())
    path.write_text(path.read_text().replace(was, now, 1))
    with pytest.raises(DataError, match=why):
        factory.read_drafts(path, BASH)


def test_what_was_written_goes_through_other_judges_and_nobody_is_asked():
    """One that was lost before there was a text is lost again; the checks look anew."""
    judge = factory.RepeatJudge("somebody", {("ls -l", "LS dash L."): Verdict("accept")})
    again = factory.Repeat(BASH, factory.Model("m"), drafts()[::2])
    none = factory.Known({split: [] for split in ("train", "valid", "test")})
    output = factory.Factory(again, [judge]).run([draft.case for draft in again.drafts], none)
    assert [draft.fate for draft in output.drafts] == [("accepted", ""), ("generate", "no answer")]
    assert [row.prompt for row in output.rows] == ["LS dash L."]
    assert output.rows[0].extra["made_by"]["judge"] == ["somebody"]
    with pytest.raises(DataError, match="nothing was written for the case 'b'; leave it out"):
        again.write([drafts()[1].case])
    with pytest.raises(DataError, match="'DF' was never judged; ask the judge itself"):
        judge.judge([drafts()[1]])


def test_verdicts_are_read_as_they_were_given(tmp_path):
    path = tmp_path / "verdicts.jsonl"
    given = [Verdict("accept"), Verdict("rewrite", "unnatural", "stiff", "ls dash l please")]
    factory.write_verdicts(path, drafts()[:2], given)
    found = factory.read_verdicts(path)
    assert list(found.values()) == given and ("ls -l", "LS dash L.") in found
    path.write_text('{"answer": "ls"}\n')
    with pytest.raises(DataError, match="line 1: must contain"):
        factory.read_verdicts(path)


def test_the_labelled_pairs_of_the_course_are_sixty_of_each_scenario_as_many():
    """Each is turned down for a problem that is named, or accepted for none."""
    pairs = factory.read_labelled(paths.data("factory") / "labelled.jsonl", BASH)
    assert len(pairs) == 60 and len({pair.draft.case.id for pair in pairs}) == 60
    names = [pair.draft.case.scenario.name for pair in pairs]
    assert {name: names.count(name) for name in names} == dict.fromkeys(names, 20)
    assert 25 <= sum(pair.accept for pair in pairs) <= 35
    assert all(pair.accept == (pair.problem == "") for pair in pairs)
    assert {pair.problem for pair in pairs} - {""} <= set(PROBLEMS[1:])
