"""The decoder agrees with CTranslate2's, and a beam that is steered writes what people dictate."""

import struct

import numpy as np
import pytest

from helpers import tasks
from helpers.speech import dictations, weights
from helpers.speech.audio import RATE, SpeechError
from helpers.speech.decoder import Decoder, read_weights
from helpers.speech.steering import Heard
from helpers.speech.whisper import MlxWhisper
from helpers.tasks.dictation import ngram


@pytest.fixture(scope="module")
def decoder() -> Decoder:
    """The tiny Whisper's decoder, that may write all tokens."""
    read = read_weights(weights.tiny() / "model.bin")
    return Decoder(read, np.arange(len(read["embeddings/weight"])))


@pytest.fixture(scope="module")
def encoded(listener) -> np.ndarray:
    """What the encoder makes of a hum."""
    hum = np.sin(np.arange(2 * RATE) / 20).astype(np.float32) * 0.3
    features = listener.model.feature_extractor(hum, padding=True)[:, :3000]
    window = np.pad(features, ((0, 0), (0, 3000 - features.shape[1])))
    return np.array(listener.model.encode(window))


PROMPT = [50257, 50362]  # the beginning of a text without times


def test_a_token_a_step_is_read_as_all_at_once(decoder, encoded):
    sound, tokens = decoder.listen(encoded[0]), [9, 340, 17]
    at_once, _ = decoder.read([*PROMPT, *tokens], sound)
    logits, past = decoder.read(PROMPT, sound)
    for token in tokens:
        logits, past = decoder.step([token, 11], past.of([0, 0]), sound)
    assert logits[0] == pytest.approx(at_once[0], abs=1e-2)
    assert not np.allclose(logits[1], at_once[0], atol=1e-2)


def test_the_decoder_finds_a_text_as_likely_as_ctranslate2_does(decoder, encoded, listener):
    import ctranslate2

    asked = {"beam_size": 1, "max_length": 6, "length_penalty": 0, "return_scores": True}
    kept = {"suppress_tokens": [], "suppress_blank": False}
    heard = ctranslate2.StorageView.from_array(encoded)
    (answer,) = listener.model.model.generate(heard, [PROMPT], **asked, **kept)
    sound, total = decoder.listen(encoded[0]), 0.0
    logits, past = decoder.read(PROMPT, sound)
    for token in answer.sequences_ids[0]:
        shifted = logits[0] - logits[0].max()
        total += shifted[token] - np.log(np.exp(shifted).sum())
        logits, past = decoder.step([token], past, sound)
    assert len(answer.sequences_ids[0]) > 2
    assert total == pytest.approx(answer.scores[0], abs=0.15 * len(answer.sequences_ids[0]))


def test_a_model_of_another_format_is_one_line(tmp_path):
    name = b"WhisperSpec\0"
    head = struct.pack("<IH", 9, len(name)) + name + struct.pack("<II", 3, 0)
    (tmp_path / "model.bin").write_bytes(head)
    with pytest.raises(SpeechError, match="is a model of format 9, not 6; convert it again"):
        read_weights(tmp_path / "model.bin")


def test_only_dictations_that_ctranslate2_hears_are_steered(listener):
    assert dictations.steering(tasks.get("support_label"), listener) is None
    assert dictations.steering(tasks.get("dictated_bash"), MlxWhisper("a/b", "1")) is None


def test_what_steers_finds_a_command_likelier_than_what_sounds_like_it():
    texts = dictations.texts(tasks.get("dictated_bash"))
    assert texts == dictations.texts(tasks.get("dictated_bash")) and len(texts) > 10_000
    assert not any(text != text.lower() for text in texts)
    model = ngram.fit(texts[:4_000], 6)
    said, misheard = "grep dash r error", "grip dash are error"
    assert model.log_probability_of(said) > model.log_probability_of(misheard) + 5


def test_a_steered_text_is_believed_only_where_whisper_could_have_written_it():
    assert Heard(1.0, -2.0, "ls dash l").is_sure
    assert not Heard(1.0, -9.0, "ls dash l").is_sure
    assert not Heard(1.0, -9.0, "dot dot dot dot dot dot dot dot").is_sure
