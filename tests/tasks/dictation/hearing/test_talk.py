"""Talk before and after a dictation is left out, whatever is said there."""

from dataclasses import replace

import pytest

from helpers.tasks.dictation.bash import BASH
from helpers.tasks.dictation.hearing import lattice, writer
from helpers.tasks.dictation.hearing.readings import Reader
from helpers.tasks.dictation.hearing.talk import Talk
from helpers.tasks.dictation.hearing.units import units_of

TEXTS = [
    "git push origin main", "git commit -m fix", "cat notes.txt | sort -u", "grep -i error app.log",
    "docker run --rm -p 80:80 nginx", "curl -s https://example.com/api | jq .name", "ls -la src",
    "find . -name a.txt > b.txt", "ssh -J bastion me@host", "tail -n 20 app.log | grep warn",
]  # fmt: skip


@pytest.fixture(scope="module")
def listener():
    """A listener for whoever dictates, and nothing else."""
    return writer.fit(TEXTS * 4, BASH)


@pytest.fixture(scope="module")
def talker(listener):
    """The same, for whoever talks around it."""
    return replace(listener, talk=Talk())


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("my guess would be that the thing wants git push origin main", "git push origin main"),
        ("ls dash la src which shows what everybody forgot", "ls -la src"),
        ("there one wanted a jump as in ssh dash capital J bastion me at host",
         "ssh -J bastion me@host"),
        ("whatever he told us was tail space dash n space twenty space app dot log",
         "tail -n 20 app.log"),
    ],
)  # fmt: skip
def test_any_talk_is_left_out(listener, talker, said, written):
    assert talker.candidates(said)[0].text == written != listener.candidates(said)[0].text


@pytest.mark.parametrize(
    ("said", "written"),
    [
        # talk first, then a version that is taken back
        ("alright so let's do cat notes dot txt scratch that ls dash la src", "ls -la src"),
        # a long version, which begins as the last one does
        ("curl dash s https colon slash slash old dot example dot org slash v two slash notes"
         " no make it curl dash s https colon slash slash example dot com slash api",
         "curl -s https://example.com/api"),
        # thinking aloud in the middle
        ("docker run dash dash rm wait which one did they want oh well dash p 80 colon 80 nginx",
         "docker run --rm -p 80:80 nginx"),
        ("git git like push origin main", "git push origin main"),
        # pauses
        ("so like git um push basically origin main", "git push origin main"),
        # a clause of its own in front
        ("the one with a jump was ssh dash capital J bastion me at host", "ssh -J bastion me@host"),
        ("the line in the notes should be tail dash n twenty app dot log", "tail -n 20 app.log"),
    ],
)  # fmt: skip
def test_second_thoughts_amid_talk_are_left_out(talker, said, written):
    assert talker.candidates(said)[0].text == written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("and what they gave it was dash dash rm", "--rm"),
        ("then send it on with pipe that into sort dash u", "| sort -u"),
        ("the notes say that it lives in slash api slash src", "/api/src"),
        ("and write that greater than b dot txt", "> b.txt"),
    ],
)
def test_a_piece_of_a_command_may_be_all_that_is_meant(talker, said, written):
    assert written in [one.text for one in talker.candidates(said, 3)]


@pytest.mark.parametrize("said", ["pipe that into grep error", "my file is dot cache"])
def test_what_talk_may_hold_is_listed_best_first(talker, said):
    """A text that both beams found stood where the worse of them had it."""
    scores = [one.score for one in talker.candidates(said, 8)]
    assert scores == sorted(scores, reverse=True) and len(scores) == 8


def test_a_command_is_not_taken_for_talk(talker):
    assert talker.candidates("git commit dash m fix")[0].text == "git commit -m fix"
    assert talker.candidates("ls dash la src")[0].text == "ls -la src"


@pytest.mark.parametrize("said", ["", " ", ".", "the", "dash " * 40, "🙂 ß", "talk " * 300])
def test_odd_talk_has_an_answer(talker, said):
    found = talker.candidates(said, 3)
    assert found and all(isinstance(one.text, str) for one in found)
    assert len({one.text for one in found}) == len(found)


def test_cost_is_linear_in_the_length_of_talk():
    """Any word may be the first and the last: arcs over talk must not multiply each other."""
    said = "we think that um git push no wait then perhaps cd dot dot "
    sizes = [
        sum(map(len, lattice.build(said * n, Reader(BASH), Talk()).arcs)) for n in (8, 16, 32)
    ]
    assert sizes[2] - sizes[1] < 2.5 * (sizes[1] - sizes[0])


def test_a_constant_that_the_transcript_has_in_capitals_keeps_them_all():
    """Only its first word was announced, as people do, and the others became small."""
    units = units_of("all caps BUILD underscore CACHE underscore DIR", BASH)
    read = {(one.text, one.end) for one in Reader(BASH).readings(units, 0)}
    assert ("BUILD_CACHE_DIR", 7) in read and ("BUILD", 3) not in read
    units = units_of("all caps BUILD underscore cache", BASH)
    assert ("BUILD", 3) in {(one.text, one.end) for one in Reader(BASH).readings(units, 0)}


def test_a_name_ends_where_its_reason_begins(talker):
    units = units_of("camel case send mail because they asked", BASH)
    read = {one.text: one.cost for one in Reader(BASH).readings(units, 0)}
    assert read["sendMailBecauseTheyAsked"] < read["sendMail"] < read["send"]


def test_a_range_of_letters_may_follow_another():
    assert "[a-zA-Z]" in lattice.build("open bracket a dash z A dash Z close bracket", Reader(BASH))


def test_words_of_an_address_hold_together():
    said = "curl https colon slash slash my team dot example dot com"
    assert "curl https://my-team.example.com" in lattice.build(said, Reader(BASH))
