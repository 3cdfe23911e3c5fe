"""Commands spoken and heard, from end to end; these tests need espeak-ng and flite."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from helpers import engines, tasks
from helpers.cli.main import main
from helpers.course import sound, sound_requests, utterances
from helpers.speech import (
    audio,
    confusions,
    dictations,
    heard_pairs,
    prompt,
    synthesize,
    transcribe,
)
from helpers.speech.audio import RATE, SpeechError
from helpers.speech.synthesize import VOICES, Voice

PROJECT = Path(__file__).parents[2]
SLT = Voice("flite", "slt")
PROMPT = "find dot dash name star dot txt, git commit dash m quote fix quote"
COMMAND = "grep dash R error slash var slash log"


def silence(seconds: float) -> np.ndarray:
    """A stretch in which nobody speaks, and nothing hums."""
    return np.zeros(int(seconds * RATE), np.float32)


@pytest.mark.parametrize("voice", VOICES, ids=str)
def test_each_voice_speaks_at_one_rate_and_faster_if_told(voice):
    slow, fast = (synthesize.speak(COMMAND, voice, speed) for speed in (0.9, 1.3))
    assert slow.dtype == np.float32 and np.abs(slow).max() > 0.1
    assert 0.55 < len(fast) / len(slow) < 0.85
    assert np.array_equal(synthesize.speak(COMMAND, voice, 0.9), slow)


def test_an_utterance_of_a_page_is_spoken_again_as_it_was():
    """What a page plays can be made again: by the same voice, as long, and as loud."""
    one = utterances.load("support_label")[0]
    again, before = synthesize.speak(one.spoken, Voice(*one.voice.split())), audio.read(one.file)
    assert len(again) == pytest.approx(len(before), rel=0.02)
    assert np.abs(again).max() == pytest.approx(np.abs(before).max(), rel=0.2)


@pytest.mark.parametrize("text", ["$(touch spoken) `touch spoken`; touch spoken", "-f /etc/passwd"])
@pytest.mark.parametrize("voice", VOICES[:2], ids=str)
def test_what_is_spoken_is_never_obeyed(text, voice, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert 1 < len(synthesize.speak(text, voice)) / RATE < 12
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "voice", "speed", "problem"),
    [
        ("  ", SLT, 1.0, "cannot be spoken; write 1 to 2000 characters"),
        ("ls " * 1_000, SLT, 1.0, "cannot be spoken"),
        ("ls", SLT, 9.0, "nobody speaks at speed 9.0"),
        ("ls", Voice("espeak-ng", "nobody"), 1.0, "espeak-ng failed .*; check the voice 'nobody'"),
    ],
)
def test_what_cannot_be_spoken_is_one_line(text, voice, speed, problem):
    with pytest.raises(SpeechError, match=problem):
        synthesize.speak(text, voice, speed)


def test_noise_lies_as_far_below_the_voice_as_told_and_is_seeded():
    voice = synthesize.speak(COMMAND, SLT) * 0.3
    noisy = synthesize.with_noise(voice, 10, seed=1)
    rest = noisy - voice
    assert 10 * np.log10(np.mean(voice**2) / np.mean(rest**2)) == pytest.approx(10, abs=0.1)
    assert np.array_equal(noisy, synthesize.with_noise(voice, 10, seed=1))
    assert not np.array_equal(noisy, synthesize.with_noise(voice, 10, seed=2))


def test_a_prompt_makes_whisper_write_symbols_by_their_names(listener):
    spoken = synthesize.speak(COMMAND, SLT)
    prompted = transcribe.hear(spoken, listener, PROMPT).text
    assert prompted == prompted.lower() and prompted.count("slash") == 2
    bare = transcribe.hear(spoken, listener).text
    said = [(COMMAND, prompted)], [(COMMAND, bare)]
    assert confusions.word_error_rate(said[0]) < confusions.word_error_rate(said[1])


@pytest.mark.parametrize("text", ["thank you", "you"])
def test_what_whisper_makes_up_is_heard_when_it_is_said(text, listener):
    around = silence(0.7)
    spoken = np.concatenate([around, synthesize.speak(text, SLT), around])
    assert transcribe.hear(spoken, listener).text.lower().strip(" .") == text


def test_silence_around_a_command_changes_nothing_but_its_times(listener):
    spoken = synthesize.speak("find dot dash name", SLT)
    around = silence(3)
    padded = transcribe.hear(np.concatenate([around, spoken, around]), listener, PROMPT)
    assert "dash name" in padded.text
    (segment,) = padded.segments
    assert 2 < segment.start < 3.5 and 4 < segment.end < 5.5 and padded.duration > 7


def test_a_long_file_is_heard_to_its_end_and_kept_by_its_pieces(listener, tmp_path, monkeypatch):
    spoken = synthesize.speak("git status", SLT)
    minute = np.concatenate([spoken, silence(9)] * 7)
    audio.write(tmp_path / "minute.wav", minute)
    shown = []

    def watch(pieces: Iterable) -> Iterable:
        for piece in pieces:
            shown.append(piece)
            yield piece

    heard = transcribe.transcribe(tmp_path / "minute.wav", listener, PROMPT, watch, keep=True)
    assert heard.text.count("status") == 7 and len(shown) == len(heard.segments) >= 3
    assert heard.segments[-1].end <= heard.duration == pytest.approx(len(minute) / RATE)
    monkeypatch.setattr(type(listener), "hear", None)  # asked again, it would fail
    assert transcribe.transcribe(tmp_path / "minute.wav", listener, PROMPT, keep=True) == heard


def test_pairs_go_on_where_they_were_killed_and_learn_from_train_alone(listener, tmp_path):
    task, path = tasks.get("dictated_bash"), tmp_path / "pairs.jsonl"
    first = heard_pairs.gather(task, listener, path, 2)
    half = path.read_bytes() + b'{"id": "train-0'
    path.write_bytes(half)
    assert heard_pairs.read(path) == first and path.read_bytes() == half
    pairs = heard_pairs.gather(task, listener, path, 3)
    assert pairs[:4] == first and len(pairs) == 6 and heard_pairs.read(path) == pairs
    assert [pair.prompt for pair in pairs] == [False, True] * 3
    others = [vars(pair) | {"id": "test-1"} for pair in pairs]
    table = confusions.counted([*pairs, *(heard_pairs.Pair(**other) for other in others)])
    assert table["prompt"]["utterances"] == table["bare"]["utterances"] == 3


def test_only_what_was_heard_alike_is_not_heard_again(listener, tmp_path, monkeypatch):
    """A table of one Whisper and prompt was counted from what others had heard."""
    task, path = tasks.get("dictated_bash"), tmp_path / "pairs.jsonl"
    first = heard_pairs.gather(task, listener, path, 2)
    assert heard_pairs.gather(task, listener, path, 1) == first[:2]
    path.write_bytes(path.read_bytes().rstrip(b"\n"))  # an editor may drop the last line break
    assert heard_pairs.gather(task, listener, path, 2) == first == heard_pairs.read(path)
    monkeypatch.setattr(prompt, "hints", lambda task: "cd dot dot")
    again = heard_pairs.gather(task, listener, path, 2)
    assert [one.heard_with for one in first[::2]] == [one.heard_with for one in again[::2]]
    assert heard_pairs.read(path) == [*first, again[1], again[3]]
    assert len(heard_pairs.newest([*first, *again])) == 6


def test_more_utterances_than_there_are_rows_is_one_line():
    with pytest.raises(ValueError, match="need .* rows of train, of which .* can be spoken"):
        heard_pairs.utterances(tasks.get("dictated_bash"), 100_000)


def test_utterances_are_of_all_splits_in_proportion():
    task = tasks.get("dictated_bash")
    ids = [one.row.id.partition("-")[0] for one in heard_pairs.utterances(task, 120)]
    assert {name: ids.count(name) for name in ids} == {"train": 100, "valid": 10, "test": 10}


def listening(*arguments: str | Path, runs: Path) -> subprocess.CompletedProcess:
    """Run `listen`, on rules that a small folder was not fitted for."""
    command = [sys.executable, "-m", "helpers", "listen", *map(str, arguments)]
    own = os.environ | {"TINY_SPECIALISTS_RUNS": str(runs)}
    return subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=own)


def test_listen_answers_each_file_and_names_what_it_could_not_hear(tmp_path):
    audio.write(tmp_path / "note.flac", synthesize.speak("buy some milk tomorrow", SLT))
    audio.write(tmp_path / "silence.wav", silence(2))
    (tmp_path / "broken.mp3").write_bytes(b"no sound")
    files = [tmp_path / name for name in ("note.flac", "silence.wav", "broken.mp3")]
    done = listening("--task", "voice_command", *files, runs=tmp_path / "runs")
    assert done.returncode == 2
    assert f"{files[2]}: is no sound that can be read" in done.stderr
    assert done.stderr.endswith("1 of 3 files were not heard to their end; mend those named\n")
    *lines, last = done.stdout.splitlines()
    assert lines[0].startswith("note.flac: ") and "milk" in lines[0].lower()
    assert lines[1] == '  {"kind":"note"}' and lines[2:] == ["silence.wav:"]
    note, nothing = json.loads(last)["files"]
    assert note["answer"] == '{"kind":"note"}' and note["duration"] > 1 and note["segments"]
    assert (nothing["text"], nothing["answer"]) == ("", "")
    assert note["action"] == "type" and note["undo"] == "delete the note"
    runs = [file for file in (tmp_path / "runs").rglob("*") if file.is_file()]
    assert not [file for file in runs if b"milk" in file.read_bytes().lower()]  # nothing is kept


def test_listen_goes_on_after_names_that_no_library_reads_and_broken_files(tmp_path):
    """One name out of form ended everything, and so did a break far behind what was said."""
    spoken = np.concatenate([synthesize.speak("buy some milk tomorrow", SLT), silence(6)])
    audio.write(tmp_path / "note.flac", spoken)
    sound = (tmp_path / "note.flac").read_bytes()
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/na\xefve.flac")
    Path(odd).write_bytes(sound)
    hum = np.random.default_rng(0).uniform(-1e-3, 1e-3, 40 * RATE)
    audio.write(tmp_path / "broken.flac", np.concatenate([spoken, hum]))
    whole = (tmp_path / "broken.flac").read_bytes()
    (tmp_path / "broken.flac").write_bytes(whole[: len(whole) * 3 // 4])
    files = [odd, tmp_path / f"{'n' * 300}.wav", tmp_path / "broken.flac", tmp_path / "note.flac"]
    done = listening("--task", "voice_command", *files, runs=tmp_path / "runs")
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "has a name that is not UTF-8; rename it" in done.stderr
    assert "cannot be read (File name too long); check the path" in done.stderr
    assert "broken.flac: is broken after" in done.stderr
    assert done.stderr.endswith("3 of 4 files were not heard to their end; mend those named\n")
    broken, note = json.loads(done.stdout.splitlines()[-1])["files"]
    assert broken["text"] == note["text"] and "milk" in note["text"].lower()
    assert broken["answer"] == note["answer"] and 10 < broken["duration"] < 45
    assert "is broken after" in broken["broken"] and note["broken"] == ""


@pytest.mark.parametrize(
    ("content", "problem"),
    [("{bad", "is not JSON"), ("5", "context: the desktop is not a JSON object"), ("", "is empty")],
)
def test_a_desktop_out_of_form_is_named_before_hearing(content, problem, tmp_path, capsys):
    (tmp_path / "desktop.json").write_text(content)
    asked = ["--context", str(tmp_path / "desktop.json"), "--model", "huge"]
    assert main(["listen", str(tmp_path / "none.wav"), "--task", "voice_command", *asked]) == 2
    assert f"error: {tmp_path / 'desktop.json'}: {problem}" in capsys.readouterr().err


of_requests = partial(sound_requests.measure, "voice_command")


@pytest.mark.parametrize("measure", [sound.measure, of_requests], ids=["commands", "requests"])
def test_a_slip_in_the_engine_is_told_before_anything_is_spoken(measure):
    with pytest.raises(ValueError, match="pipelin"):
        measure("pipelin", "huge", 1, 1)


def test_the_benchmark_of_sound_counts_what_was_heard():
    task = tasks.get("dictated_bash")
    rows = sound.held_out(task, 2)
    heard = [
        sound.Heard(row, "flite slt", 4.0,
                    transcribe.Transcript("git", 1.0, 4.0, dictated=row.prompt),
                    transcribe.Transcript("", 2.0, 4.0))
        for row in rows
    ]  # fmt: skip
    rules = engines.create("rules", task)
    found = sound.shares(task, rules, rules, heard)
    assert found["prompt word error rate"] == 0 and found["bare word error rate"] == 1
    assert found["unsteered word error rate"] > 0 and found["unsteered exact"] == 0
    assert found["prompt exact"] == found["typed exact"] == found["without readings exact"]
    assert found["bare exact"] == 0 and found["flite slt exact"] == found["prompt exact"]
    assert found["seconds p95"] >= found["seconds p50"] >= 1 and found["4-second utterances"] == 2
    assert found["hearing seconds p50"] == 1.0 > found["answering seconds p95"] > 0
    assert found["seconds p95"] > found["hearing seconds p95"] and found["typed seconds p95"] < 1


def test_spoken_requests_are_counted_as_typed_and_as_heard():
    task = tasks.get("voice_command")
    rows = sound_requests.held_out(task, 3)
    assert len({row.id for row in rows}) == 3
    assert not any({"typo", "mangled"} & {*row.extra["traits"]} for row in rows)
    heard = [
        sound_requests.Spoken(row, transcribe.Transcript(row.prompt, 1.0, 4.0),
                              transcribe.Transcript("", 2.0, 4.0))
        for row in rows
    ]  # fmt: skip
    found = sound_requests.shares(task, engines.create("rules", task), heard)
    assert found["names word error rate"] == 0 and found["bare word error rate"] == 1
    assert found["names exact"] == found["typed exact"] and found["lost in hearing"] == 0
    assert found["bare exact"] == 0 and found["seconds p50"] >= 1


def test_a_spoken_request_is_heard_with_the_names_of_its_desktop(listener):
    task = tasks.get("voice_command")
    (row,) = sound_requests.held_out(task, 1)
    found = sound_requests._hear(task, row, SLT, listener)
    assert found.shown.text and found.bare.text and found.row == row


@pytest.fixture(scope="module")
def steering(listener, tmp_path_factory):
    """What steers the tiny Whisper towards dictated commands."""
    return dictations.steering(tasks.get("dictated_bash"), listener)


def test_a_steered_beam_writes_the_program_that_whisper_misheard(listener, steering):
    spoken = synthesize.speak(COMMAND, Voice("flite", "rms"))
    shown = "ls dash l, cat dot dot slash notes dot txt"
    heard = transcribe.hear(spoken, listener, shown, steering)
    assert "grep" not in heard.text.lower()
    assert heard.dictated == "grep dash r error slash var slash log"


def test_talk_is_no_dictation_however_the_beam_is_steered(listener, steering):
    spoken = synthesize.speak("the kids are at home until four because it snows", SLT)
    heard = transcribe.hear(spoken, listener, PROMPT, steering)
    assert "home" in heard.text and heard.dictated == ""


def test_listening_that_is_killed_goes_on(tmp_path):
    spoken = synthesize.speak("git status", SLT)
    audio.write(tmp_path / "long.wav", np.concatenate([spoken, silence(9)] * 12))
    command = [sys.executable, "-m", "helpers", "listen", "--keep", "--task", "voice_command",
               str(tmp_path / "long.wav")]  # fmt: skip
    own = os.environ | {"TINY_SPECIALISTS_RUNS": str(tmp_path / "runs")}
    process = subprocess.Popen(
        command, cwd=PROJECT, env=own, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    while not list(tmp_path.glob("runs/cache/heard-*")) and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = {file: file.stat().st_mtime_ns for file in tmp_path.glob("runs/cache/heard-*")}
    assert 0 < len(kept) < 5
    again = ("--keep", "--task", "voice_command", tmp_path / "long.wav")
    done = listening(*again, runs=tmp_path / "runs")
    assert done.returncode == 0 and all(f.stat().st_mtime_ns == t for f, t in kept.items())
    assert len(list(tmp_path.glob("runs/cache/heard-*"))) > len(kept)
