"""Sound files: every form that people have, and those that nobody can read."""

import numpy as np
import pytest
import soundfile

from helpers.speech import audio
from helpers.speech.audio import RATE, SpeechError


def tone(seconds: float, rate: int = RATE, channels: int = 1) -> np.ndarray:
    """A tone of 440 Hertz, in one channel or the same in several."""
    wave = 0.5 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)
    return wave if channels == 1 else np.repeat(wave[:, None], channels, axis=1)


def loudest(samples: np.ndarray) -> float:
    """The frequency, in Hertz, that is loudest."""
    return float(np.argmax(np.abs(np.fft.rfft(samples)))) * RATE / len(samples)


@pytest.mark.parametrize(
    ("ending", "rate", "channels", "form"),
    [
        ("wav", 16_000, 1, {}),
        ("wav", 48_000, 2, {}),
        ("wav", 44_101, 1, {}),
        ("wav", 8_000, 1, {"subtype": "ULAW"}),
        ("flac", 44_100, 2, {}),
        ("mp3", 44_100, 2, {}),
        ("opus", 48_000, 2, {"format": "OGG", "subtype": "OPUS"}),
        ("ogg", 22_050, 1, {}),
    ],
)
def test_every_form_is_heard_at_one_rate_in_one_channel(tmp_path, ending, rate, channels, form):
    path = tmp_path / f"tone.{ending}"
    soundfile.write(path, tone(1.0, rate, channels), rate, **form)
    samples = audio.read(path)
    assert samples.dtype == np.float32 and samples.ndim == 1
    assert len(samples) == pytest.approx(RATE, rel=0.12)  # codecs add a little at the ends
    assert loudest(samples) == pytest.approx(440, rel=0.01)


def test_what_only_one_channel_hears_is_not_lost(tmp_path):
    path = tmp_path / "left.wav"
    soundfile.write(path, np.stack([tone(0.5), np.zeros(8_000)], axis=1), RATE)
    assert np.abs(audio.read(path)).max() == pytest.approx(0.25, abs=0.01)


def test_channels_in_opposite_phase_are_no_silence(tmp_path):
    """A cable with two wires swapped made a voice inaudible."""
    path = tmp_path / "swapped.wav"
    soundfile.write(path, np.stack([0.8 * tone(0.5), -0.8 * tone(0.5)], axis=1), RATE, "FLOAT")
    assert audio.read(path) == pytest.approx(0.8 * tone(0.5), abs=1e-6)


def test_a_broken_channel_takes_nothing_from_the_other(tmp_path):
    path = tmp_path / "half.wav"
    soundfile.write(path, np.stack([tone(0.5), np.full(8_000, np.nan)], axis=1), RATE, "FLOAT")
    assert audio.read(path) == pytest.approx(tone(0.5) / 2, abs=1e-6)


def test_samples_that_are_no_numbers_or_too_loud_are_tamed(tmp_path):
    path = tmp_path / "odd.wav"
    soundfile.write(path, np.array([np.nan, np.inf, -np.inf, 9.0, -9.0, 0.5]), RATE, "FLOAT")
    assert audio.read(path).tolist() == [0.0, 0.0, 0.0, 1.0, -1.0, 0.5]


def spoken_and_quiet(seconds: int) -> np.ndarray:
    """Six seconds of sound, half a second of silence, and again."""
    wave = tone(seconds)
    for start in range(6, seconds, 6):
        wave[start * RATE : start * RATE + RATE // 2] = 0.0
    return wave


def test_a_long_file_is_cut_where_it_is_quiet_and_nothing_is_lost(tmp_path):
    path = tmp_path / "long.wav"
    whole = spoken_and_quiet(200)
    soundfile.write(path, whole, RATE, "FLOAT")
    pieces = list(audio.pieces(path))
    assert np.array_equal(np.concatenate([p.samples for p in pieces]), whole.astype(np.float32))
    assert len(pieces) >= 200 / audio.PIECE
    assert all(len(piece.samples) <= audio.PIECE * RATE for piece in pieces)
    for before, after in zip(pieces, pieces[1:], strict=False):
        assert after.start == pytest.approx(before.end)
        assert not before.samples[-100:].any() and not after.samples[:100].any()


def test_an_hour_is_read_a_piece_at_a_time(tmp_path):
    path = tmp_path / "hour.wav"
    with soundfile.SoundFile(path, "w", RATE, 1, "PCM_U8") as file:
        for _ in range(60):
            file.write(np.zeros(60 * RATE, np.int16))
    assert audio.duration(path) == 3_600
    lengths = [len(piece.samples) for piece in audio.pieces(path)]
    assert sum(lengths) == 3_600 * RATE and max(lengths) <= audio.PIECE * RATE


def test_a_file_that_is_no_sound_is_one_line_with_the_fix(tmp_path):
    (tmp_path / "empty.wav").touch()
    (tmp_path / "text.mp3").write_bytes(b"ls dash l" * 200)
    soundfile.write(tmp_path / "header.wav", np.zeros(0), RATE)
    soundfile.write(tmp_path / "slow.wav", np.zeros(10), 200)
    wanted = {
        "empty.wav": "is empty; record it again",
        "text.mp3": "is no sound that can be read (.*); convert it to WAV, FLAC, MP3 or Opus",
        "header.wav": "holds no sound; record it again",
        "slow.wav": "has 200 samples a second; record it at 16000",
        "nowhere.wav": "there is no such file; check the path",
        ".": "is a folder or a pipe; name a file",
    }
    for name, problem in wanted.items():
        with pytest.raises(SpeechError, match=problem.replace("(.*)", r"\(.*\)")) as error:
            audio.read(tmp_path / name)
        assert str(error.value).startswith(f"{tmp_path / name}: ") and "\n" not in str(error.value)


def test_a_file_that_was_cut_short_gives_what_it_has_or_one_line(tmp_path):
    path = tmp_path / "cut.wav"
    soundfile.write(path, tone(2.0), RATE)
    path.write_bytes(path.read_bytes()[:32_044])
    assert len(audio.read(path)) == 16_000
    broken = tmp_path / "cut.flac"
    soundfile.write(broken, np.random.default_rng(0).uniform(-1, 1, 4 * RATE), RATE)
    broken.write_bytes(broken.read_bytes()[:60_000])
    found = audio.pieces(broken)
    whole = next(found).samples
    assert 1.5 * RATE < len(whole) < 3 * RATE and np.abs(whole[-RATE:]).max() > 0.9
    with pytest.raises(SpeechError, match=r"cut\.flac: is broken after 2 seconds"):
        next(found)
