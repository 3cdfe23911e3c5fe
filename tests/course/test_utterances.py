"""The utterances that a page plays: small, held out, and heard as their record says."""

from __future__ import annotations

import base64
import re
from dataclasses import replace

import numpy as np
import pytest
from rapidfuzz import fuzz

from helpers import tasks
from helpers.core import paths
from helpers.course import utterances
from helpers.speech import audio, whisper
from helpers.speech.audio import SpeechError
from helpers.speech.words import timed

MOST = 60_000  # bytes that a page embeds

each_task = pytest.mark.parametrize("task", tasks.names())


@each_task
def test_an_utterance_is_a_held_out_row(task):
    """A page that plays what the pipeline has read shows what nobody else will hear."""
    own = tasks.get(task)
    folder = paths.data("spoken_bash") if own.domain else own.data_dir
    rows = {row.id: row for row in own.load("test", folder)}
    clips = utterances.load(task)
    assert len(clips) >= 2
    for one in clips:
        row = rows[one.row.extra["row"]]
        assert (one.row.prompt, one.row.target) == (row.prompt, row.target)
        assert one.row.context == row.context


@each_task
def test_what_a_page_embeds_is_small(task):
    """Players made a notebook too large to be opened on a phone."""
    html = utterances.players(utterances.load(task))
    assert len(html) <= MOST
    sounds = re.findall(r'src="data:audio/ogg;base64,([^"]+)"', html)
    assert len(sounds) == len(utterances.load(task))
    assert all(base64.b64decode(sound).startswith(b"OggS") for sound in sounds)


def test_markup_in_what_was_said_stays_text():
    (one, *_) = utterances.load("dictated_bash")
    html = utterances.players([replace(one, row=replace(one.row, prompt='a < "b" <script>'))])
    assert "<script>" not in html and "&lt;script&gt;" in html


@each_task
def test_what_was_heard_lies_beside_each(task):
    own = tasks.get(task)
    for one, found in zip(
        utterances.load(task), utterances.heard(own, utterances.load(task), ""), strict=True
    ):
        assert found.bare and found.prompted.text
        assert found.prompted.duration == pytest.approx(audio.duration(one.file), abs=0.05)
        assert fuzz.ratio(one.row.prompt.lower(), found.prompted.text.lower()) > 60
        assert [word.start for word in found.words] == sorted(word.start for word in found.words)
        assert found.words[-1].end <= found.prompted.duration + 0.05


def test_a_whisper_that_is_missing_is_told_in_one_line(monkeypatch, capsys):
    """On Colab nothing is heard until somebody installs what hears, and the page goes on."""

    def missing(name):
        raise SpeechError("faster_whisper is not installed")

    monkeypatch.setattr(whisper, "load", missing)
    task, clips = tasks.get("dictated_bash"), utterances.load("dictated_bash")
    assert utterances.heard(task, clips, "tiny.en") == [utterances.kept(one) for one in clips]
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1 and "make setup" in printed and "pip install" in printed


def test_only_rows_that_nothing_learned_from_count_as_held_out():
    task = tasks.get("dictated_bash")
    for shown in (True, False):
        said, heard = utterances.held_out(task, shown)
        assert len(said) == len(heard) >= 10
        assert not [row.id for row in said if row.id.startswith("train")]
        assert [row.target for row in said] == [row.target for row in heard]
        assert [row.prompt for row in said] != [row.prompt for row in heard]
    assert utterances.held_out(tasks.get("support_label"), True) == ([], [])


def test_words_have_their_seconds_where_somebody_speaks():
    one = utterances.load("support_label")[0]
    sound = audio.read(one.file)
    words = timed(whisper.load(threads=1), sound)
    assert "plan" in words[-1].text and 2 < words[-1].start < words[-1].end <= len(sound) / 16_000
    assert timed(whisper.load(threads=1), np.zeros(16_000, np.float32)) == ()
