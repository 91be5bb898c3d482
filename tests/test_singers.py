"""A voice is followed, marked and sung anew: pitch and tempo move, the throat stays or moves."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from core.audio import find_songs
from core.training.pitch import HOP_SECONDS, mark_periods, track_pitch
from core.training.psola import resynthesise
from core.training.singers import Singer, draw_singer, make_singers, sing

RATE = 44100
FORMANT = 1200.0


def buzz(hertz: float, *, seconds: float = 1.0, formant: float = FORMANT) -> np.ndarray:
    """(samples,): pulses at a pitch through one resonance, as a throat gives them."""
    length = round(seconds * RATE)
    pulses = np.zeros(length)
    pulses[np.arange(0, length, RATE / hertz).astype(int)] = 1.0
    time = np.arange(round(0.02 * RATE)) / RATE
    ringing = np.exp(-time * 500) * np.sin(2 * np.pi * formant * time)
    return (0.3 * np.convolve(pulses, ringing)[:length]).astype(np.float32)


def loudest_hertz(samples: np.ndarray) -> float:
    """Centre of the spectrum's strongest region, 200 Hz wide."""
    power = np.abs(np.fft.rfft(samples)) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    band = np.convolve(power, np.ones(round(400 * len(samples) / RATE)), mode="same")
    return float(hertz[np.argmax(band)])


@pytest.mark.parametrize("hertz", [82.0, 220.0, 440.0, 880.0])
def test_the_pitch_of_a_voice_is_found(hertz: float) -> None:
    pitch = track_pitch(buzz(hertz), RATE)
    assert len(pitch) == pytest.approx(1 / HOP_SECONDS, abs=1)
    assert np.median(pitch) == pytest.approx(hertz, rel=0.01)
    assert np.mean(np.abs(pitch[5:-5] / hertz - 1) < 0.02) > 0.95


def test_silence_and_noise_have_no_pitch() -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, RATE).astype(np.float32)
    assert not track_pitch(np.zeros(RATE, np.float32), RATE).any()
    assert np.mean(track_pitch(noise, RATE) > 0) < 0.02
    assert len(track_pitch(np.zeros(0, np.float32), RATE)) == 0


def test_marks_lie_a_period_apart() -> None:
    samples = buzz(200.0)
    marks = mark_periods(samples, track_pitch(samples, RATE), RATE)
    periods = marks.periods[marks.voiced][2:-2]
    assert np.median(periods) == pytest.approx(RATE / 200, abs=1)
    assert np.all(np.diff(marks.positions) > 0)


def test_nothing_changes_when_nothing_is_asked_for() -> None:
    samples = np.stack((buzz(180.0), 0.5 * buzz(180.0)))
    marks = mark_periods(samples[0], track_pitch(samples[0], RATE), RATE)
    ones = np.ones(len(marks.positions))
    again = resynthesise(samples, marks, ratio=ones, stretch=ones)
    inner = slice(RATE // 10, RATE * 9 // 10)
    error = again[:, inner] - samples[:, inner]
    assert np.sum(error**2) < 0.01 * np.sum(samples[:, inner] ** 2)


@pytest.mark.parametrize(("ratio", "stretch"), [(1.5, 1.0), (0.7, 1.0), (1.0, 1.7), (1.26, 0.8)])
def test_pitch_and_tempo_move_and_the_formant_stays(ratio: float, stretch: float) -> None:
    samples = buzz(160.0)
    marks = mark_periods(samples, track_pitch(samples, RATE), RATE)
    ones = np.ones(len(marks.positions))
    sung = resynthesise(samples[None], marks, ratio=ratio * ones, stretch=stretch * ones)[0]
    assert len(sung) == pytest.approx(stretch * len(samples), rel=0.02)
    pitch = track_pitch(sung, RATE)
    assert np.median(pitch[pitch > 0]) == pytest.approx(160 * ratio, rel=0.02)
    assert loudest_hertz(sung) == pytest.approx(FORMANT, abs=150)


def test_a_shorter_throat_raises_the_formant_and_not_the_pitch() -> None:
    sung = sing(
        buzz(160.0)[None], RATE, Singer(throat=1.2), np.random.default_rng(0), melody=False
    )[0]
    pitch = track_pitch(sung, RATE)
    assert np.median(pitch[pitch > 0]) == pytest.approx(160, rel=0.02)
    assert loudest_hertz(sung) == pytest.approx(1.2 * FORMANT, abs=150)
    assert len(sung) == pytest.approx(RATE, rel=0.03)


def test_a_tuned_singer_holds_semitones() -> None:
    singer = Singer(in_tune=True, expression=0.0)
    sung = sing(buzz(168.0)[None], RATE, singer, np.random.default_rng(0), melody=False)[0]
    pitch = track_pitch(sung, RATE)
    semitones = 12 * np.log2(np.median(pitch[pitch > 0]) / 440)
    assert semitones == pytest.approx(round(semitones), abs=0.1)


def test_spoken_syllables_become_longer_notes_of_other_pitches() -> None:
    gap = np.zeros(RATE // 10, np.float32)
    spoken = np.concatenate([part for _ in range(8) for part in (buzz(120.0, seconds=0.12), gap)])
    sung = sing(spoken[None], RATE, Singer(expression=0.0), np.random.default_rng(3), melody=True)[
        0
    ]
    pitch = track_pitch(sung, RATE)
    voiced = 12 * np.log2(pitch[pitch > 0] / 120)
    assert len(sung) > 1.2 * len(spoken)
    assert np.ptp(voiced) > 2
    assert np.median(voiced) > 1


def test_a_growl_shakes_the_level_below_the_pitch() -> None:
    quiet = {}
    for growl in (0.0, 0.9):
        singer = Singer(growl=growl, drive=1.0)
        sung = sing(buzz(300.0)[None], RATE, singer, np.random.default_rng(0), melody=False)[0]
        spectrum = np.abs(np.fft.rfft(sung)) ** 2
        hertz = np.fft.rfftfreq(len(sung), 1 / RATE)
        between = np.abs((hertz / 300) % 1 - 0.5) < 0.35
        quiet[growl] = spectrum[between].sum() / spectrum.sum()
    assert quiet[0.9] > 3 * quiet[0.0]


def test_singers_differ_and_come_again_from_the_same_numbers() -> None:
    drawn = [draw_singer(np.random.default_rng([1, number])) for number in range(40)]
    assert draw_singer(np.random.default_rng([1, 7])) == drawn[7]
    assert any(singer.growl for singer in drawn) and any(singer.in_tune for singer in drawn)
    assert all(0.8 < singer.throat < 1.25 for singer in drawn)


def test_copies_are_written_once_and_silence_is_left_out(tmp_path: Path) -> None:
    source = tmp_path / "voices"
    source.mkdir()
    soundfile.write(source / "one.wav", buzz(200.0), RATE)
    soundfile.write(source / "silent.wav", np.zeros(RATE), RATE)
    (source / "broken.wav").write_bytes(b"RIFF")
    told: list[str] = []
    target = tmp_path / "sung"
    for _ in range(2):
        make_singers(
            find_songs([source]), target, copies=2, melody=False, seed=5, progress=told.append
        )
    assert sorted(path.name for path in target.iterdir()) == ["one_00.flac", "one_01.flac"]
    assert told.count("one_00.flac") == 1
    assert any("broken.wav" in line for line in told)
    first, second = (soundfile.read(path)[0] for path in sorted(target.iterdir()))
    assert len(first) != len(second) or np.abs(first - second).max() > 0.1
