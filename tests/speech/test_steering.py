"""The decoder agrees with CTranslate2's, and a beam that is steered writes what people dictate."""

import re
import struct

import numpy as np
import pytest

from helpers import tasks
from helpers.corpora import more_commands
from helpers.pipeline import spoken
from helpers.speech import dictations, weights
from helpers.speech.audio import RATE, SpeechError
from helpers.speech.decoder import DEAF, Decoder, read_weights
from helpers.speech.steering import Heard, Steering
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


def test_a_decoder_without_sound_guesses_from_the_text_alone(decoder, encoded):
    guessed, past = decoder.read([*PROMPT, 9, 340], DEAF)
    step, _ = decoder.step([17], past, DEAF)
    assert step[0] == pytest.approx(decoder.read([*PROMPT, 9, 340, 17], DEAF)[0][0], abs=1e-2)
    heard, _ = decoder.read([*PROMPT, 9, 340], decoder.listen(encoded[0]))
    assert not np.allclose(guessed, heard, atol=1)


def test_two_readers_beside_each_other_read_as_each_alone(decoder, encoded):
    sound = decoder.listen(encoded[0])
    pasts = [decoder.read(PROMPT, one)[1] for one in (sound, DEAF)]
    both = pasts[0].beside(pasts[1])
    for ids, rows in (([9], [0]), ([340, 11, 17], [0, 0, 0]), ([9, 340], [2, 1])):
        alone = [decoder.step(ids, past.of(rows), one)
                 for past, one in zip(pasts, (sound, DEAF), strict=True)]  # fmt: skip
        pasts = [past for _, past in alone]
        together, both = decoder.step(ids, both.of(rows), sound)
        assert together == pytest.approx(np.stack([logits for logits, _ in alone]), abs=1e-3)
    assert not np.allclose(together[0], together[1], atol=1)


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
    task = tasks.get("dictated_bash")
    written = dictations.targets(task)
    texts = dictations.texts(written, task.domain, ["Cube Control"])
    assert texts == dictations.texts(written, task.domain, ["Cube Control"])
    assert len(texts) > 10_000 and texts[-1] == "cube control"
    assert not any(text != text.lower() for text in texts)
    model = ngram.fit(texts[:4_000], 6)
    said, misheard = "grep dash r error", "grip dash are error"
    assert model.log_probability_of(said) > model.log_probability_of(misheard) + 5


@pytest.fixture(scope="module")
def steering(decoder, listener) -> Steering:
    """A beam that writes forty words of three letters."""
    reader = listener.model.hf_tokenizer
    end = reader.token_to_id("<|endoftext|>")
    pieces = {reader.decode([token]): token for token in range(end)}
    words = [word for word in pieces if re.fullmatch(" [a-z]{3}", word)][:40]
    few = Decoder(decoder.weights, np.array([*(pieces[word] for word in words), end]))
    return Steering(few, (*words, ""), ngram.fit(["the hum of a fan", "the fan"], 3))


def test_a_text_knows_how_likely_it_is_with_the_sound_and_without(steering, encoded):
    few, heard = steering.decoder, steering.search(encoded[0], PROMPT, 6, 4)
    assert heard
    for one in heard:
        tokens = [few.writes[steering.pieces.index(f" {word}")] for word in one.text.split()]
        for sound, total in ((few.listen(encoded[0]), one.by_whisper), (DEAF, one.guessed)):
            assert total == pytest.approx(_log_probability(few, tokens, sound), abs=0.05)


def test_a_beam_stops_once_all_it_follows_is_too_long_to_end(steering, encoded, monkeypatch):
    steps, step = [], Decoder.step
    monkeypatch.setattr(Decoder, "step", lambda self, *given: steps.append(1) or step(self, *given))
    heard = steering.search(encoded[0], PROMPT, 6, 60)
    assert len(steps) <= 2 * 2  # three words have nine letters: too many for six
    assert heard == steering.search(encoded[0], PROMPT, 6, 4)


def _log_probability(few, tokens, sound):
    """The log-probability of tokens; with a sound, that of the end of the text is in it, too."""
    ends = [len(few.writes) - 1] if sound else []
    total = 0.0
    for at, index in enumerate([int(np.flatnonzero(few.writes == t)[0]) for t in tokens] + ends):
        logits, _ = few.read([*PROMPT, *tokens[:at]], sound)
        total += float(logits[0, index] - np.logaddexp.reduce(logits[0]))
    return total


def test_shell_is_steered_by_more_commands_than_train_holds(listener, monkeypatch):
    monkeypatch.setattr(dictations, "targets", lambda task: ["ls -l", "git status"])
    monkeypatch.setattr(more_commands, "commands", lambda: ["zellij attach", "deno run"])
    steering = spoken.steering(tasks.get("dictated_bash"), listener)
    likely = steering.scorer.model.log_probability_of
    assert likely("zellij attach") > likely("zellig attach") + 5
    assert likely("git status") > likely("get status") + 5
    assert spoken.steering(tasks.get("support_label"), listener) is None


def test_a_steered_text_is_believed_only_where_whisper_could_have_written_it():
    assert Heard(1.0, -2.0, -9.0, "ls dash l").is_sure
    assert not Heard(1.0, -9.0, -9.0, "ls dash l").is_sure
    assert not Heard(1.0, -9.0, -9.0, "dot dot dot dot dot dot dot dot").is_sure
