"""What is played is what was asked for, sample by sample, without steps."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app import mixing
from app.rendering import Renderer, fade_samples
from app.song import ReadyRanges, Song
from app.sound_source import Hearing
from core.audio import Audio, SongInfo
from core.low_end import keep_low_end
from core.mix import Gains, Mix, VoiceFilter
from core.stems import Stem

RATE = 8000
FADE = fade_samples(RATE)


def make_song(length: int = 8000, *, channels: int = 2, ready: bool = True) -> Song:
    at = np.arange(length) / RATE
    mixture = 0.5 * np.sin(2 * np.pi * 50 * at) + 0.2 * np.sin(2 * np.pi * 80 * at)
    samples = np.tile(mixture.astype(np.float32), (channels, 1))
    info = SongInfo(Path("a.wav"), "a", "", "", "WAV", RATE, channels, length, length / RATE)
    song = Song(info, Audio(samples, RATE))
    song.vocals = np.tile((0.2 * np.sin(2 * np.pi * 80 * at)).astype(np.float32), (channels, 1))
    if ready:
        song.ready.add(0, length)
        song.pictured.add(0, length)
    return song


def play(renderer: Renderer, count: int, *, block: int = 128) -> np.ndarray:
    out = np.full((count, 2), 9.0, np.float32)
    for at in range(0, count, block):
        renderer.render(out[at : at + block])
    return out[:, 0]


def started(song: Song, stem: Stem = Stem.MIXTURE) -> Renderer:
    renderer = Renderer()
    renderer.load(song)
    renderer.stem = stem
    renderer.playing = True
    return renderer


def steepest(signal: np.ndarray) -> float:
    return float(np.abs(np.diff(signal)).max())


def test_nothing_loaded_is_silence() -> None:
    assert not play(Renderer(), 500).any()


@pytest.mark.parametrize("stem", list(Stem))
def test_each_stem_plays_exactly_after_the_fade(stem: Stem) -> None:
    song = make_song()
    assert song.vocals is not None
    expected = {
        Stem.MIXTURE: song.mixture.samples[:, :][0],
        Stem.VOCALS: song.vocals[:, :][0],
        Stem.INSTRUMENTAL: song.mixture.samples[:, :][0] - song.vocals[:, :][0],
    }[stem]
    heard = play(started(song, stem), 4000)
    np.testing.assert_allclose(heard[FADE:], expected[FADE:4000], atol=1e-6)


@pytest.mark.parametrize("block", [1, 37, 128, 1024])
def test_the_block_size_changes_nothing(block: int) -> None:
    song = make_song()
    expected = play(started(song), 2048, block=128)
    np.testing.assert_allclose(play(started(song), 2048, block=block), expected, atol=1e-6)


def test_switching_stems_skips_no_sample_and_makes_no_step() -> None:
    song = make_song()
    assert song.vocals is not None
    renderer = started(song)
    heard = [play(renderer, 1024)]
    for stem in (Stem.INSTRUMENTAL, Stem.VOCALS, Stem.MIXTURE):
        renderer.stem = stem
        heard.append(play(renderer, 1024))
    signal = np.concatenate(heard)
    assert renderer.position == 4096
    np.testing.assert_allclose(signal[1024 + FADE : 2048],
        (song.mixture.samples[:1, :] - song.vocals[:1, :])[0, 1024 + FADE : 2048],
        atol=1e-6)  # fmt: skip
    np.testing.assert_allclose(signal[-500:], song.mixture.samples[:, :][0, 3596:4096], atol=1e-6)
    assert steepest(signal) < 1.5 * steepest(song.mixture.samples[:, :][0]) + 1.0 / FADE


def test_a_switch_between_equal_signals_keeps_the_level() -> None:
    song = make_song()
    song.vocals = np.zeros_like(song.mixture.samples)
    renderer = started(song)
    before = play(renderer, 1024)
    renderer.stem = Stem.INSTRUMENTAL
    heard = np.concatenate([before, play(renderer, 1024)])
    np.testing.assert_allclose(heard[FADE:], song.mixture.samples[:, :][0, FADE:2048], atol=1e-6)


def test_a_seek_fades_from_the_old_place_to_the_new() -> None:
    song = make_song()
    renderer = started(song)
    play(renderer, 1024)
    renderer.seek(5000)
    heard = play(renderer, 512)
    mixture = song.mixture.samples[:, :][0]
    weight = np.arange(1, FADE + 1) / FADE
    expected = mixture[1024 : 1024 + FADE] * (1 - weight) + mixture[5000 : 5000 + FADE] * weight
    np.testing.assert_allclose(heard[:FADE], expected, atol=1e-6)
    np.testing.assert_allclose(heard[FADE:], mixture[5000 + FADE : 5512], atol=1e-6)


def test_a_seek_while_paused_makes_no_sound() -> None:
    renderer = Renderer()
    renderer.load(make_song())
    renderer.seek(3000)
    assert not play(renderer, 256).any()
    assert renderer.position == 3000


def test_pause_fades_out_and_stays_where_it_was() -> None:
    song = make_song()
    renderer = started(song)
    play(renderer, 1024)
    renderer.playing = False
    heard = play(renderer, 512)
    assert renderer.position == 1024 + FADE
    assert abs(heard[FADE - 1]) < 1e-6
    assert not heard[FADE:].any()
    assert heard[: FADE // 2].any()


def test_a_loop_repeats_exactly_its_samples() -> None:
    song = make_song()
    renderer = started(song)
    renderer.loop = (1000, 1700)
    renderer.seek(1000)
    heard = play(renderer, 2100)
    expected = song.mixture.samples[:, :][0, 1000:1700]
    for turn in range(3):
        part = heard[turn * 700 + FADE : (turn + 1) * 700]
        np.testing.assert_allclose(part, expected[FADE:], atol=1e-6)
    assert steepest(heard) < 1.5 * steepest(song.mixture.samples[:, :][0]) + 1.0 / FADE


def test_a_loop_shorter_than_a_block_still_repeats() -> None:
    renderer = started(make_song())
    renderer.loop = (100, 150)
    renderer.seek(100)
    play(renderer, 1024, block=1024)
    assert 100 <= renderer.position <= 150


def test_behind_the_loop_playback_goes_on() -> None:
    renderer = started(make_song())
    renderer.loop = (1000, 1700)
    renderer.seek(2000)
    play(renderer, 1024)
    assert renderer.position == 3024


def test_a_part_not_separated_plays_the_mixture_and_says_so() -> None:
    song = make_song(ready=False)
    assert isinstance(song.vocals, np.ndarray)
    song.ready.add(0, 4000)
    song.vocals[:, 4000:] = 0
    renderer = started(song, Stem.VOCALS)
    heard = play(renderer, 2000, block=125)
    assert not renderer.on_mixture
    heard = np.concatenate([heard, play(renderer, 4000, block=125)])
    assert renderer.on_mixture
    np.testing.assert_allclose(heard[FADE:3500], song.vocals[0, FADE:3500], atol=1e-6)
    np.testing.assert_allclose(heard[4000:], song.mixture.samples[0, 4000:6000], atol=1e-6)
    assert steepest(heard) < 1.5 * steepest(song.mixture.samples[0]) + 1.0 / FADE


def test_the_end_of_the_song_stops_playback() -> None:
    renderer = started(make_song(1000))
    heard = play(renderer, 1500)
    assert not renderer.playing
    assert not heard[1000:].any()


def test_volume_fades_to_its_new_gain() -> None:
    song = make_song()
    renderer = started(song)
    play(renderer, 1024)
    renderer.gain = 0.25
    heard = play(renderer, 1024)
    np.testing.assert_allclose(
        heard[FADE:], 0.25 * song.mixture.samples[:, :][0, 1024 + FADE : 2048], atol=1e-6
    )


@pytest.mark.parametrize("channels", [1, 2, 3, 4, 6, 8])
def test_any_number_of_channels_is_heard_on_both_sides(channels: int) -> None:
    out = np.zeros((512, 2), np.float32)
    started(make_song(channels=channels)).render(out)
    assert out[FADE:].any(axis=0).all()
    assert np.abs(out).max() <= 1.0


def test_another_song_waits_until_the_first_has_faded_out() -> None:
    first, second = make_song(), make_song()
    renderer = started(first)
    play(renderer, 1000)
    renderer.load(second)
    assert renderer.song is second
    assert renderer.next_position == 0 and not renderer.is_settled
    renderer.playing = True
    heard = play(renderer, 1024)
    assert steepest(heard) < 1.5 * steepest(first.mixture.samples[:, :][0]) + 1.0 / FADE
    np.testing.assert_allclose(
        heard[128 + FADE :], second.mixture.samples[:, :][0, FADE : 1024 - 128], atol=1e-6
    )


def mixed(mix: Mix) -> Hearing:
    return Hearing(Stem.INSTRUMENTAL, 1.0, -1.0, mix.voice_removed)


def expected_mix(song: Song, mix: Mix) -> np.ndarray:
    assert song.vocals is not None
    removed = VoiceFilter(mix.voice_removed, RATE).read(song.vocals, 0, song.length)
    left: np.ndarray = (song.mixture.samples - removed)[0]
    return left


GUIDE = Mix(vocals_db=-6.0, low_db=-12.0, high_db=6.0)


def test_the_plain_instrumental_is_the_exact_difference() -> None:
    song = make_song()
    assert song.vocals is not None
    heard = play(started(song, Stem.INSTRUMENTAL), 4000)
    difference = (song.mixture.samples[:, :] - song.vocals[:, :])[0]
    np.testing.assert_array_equal(heard[FADE:], difference[FADE:4000])


@pytest.mark.parametrize("mix", [GUIDE, Mix(vocals_db=-12.0)], ids=["bands", "flat"])
def test_a_mix_is_heard_as_it_is_computed(mix: Mix) -> None:
    song = make_song()
    renderer = started(song)
    renderer.heard = mixed(mix)
    heard = play(renderer, 4000, block=125)
    renderer.seek(5000)
    heard = np.concatenate([heard, play(renderer, 2000)])
    expected = expected_mix(song, mix)
    np.testing.assert_allclose(heard[FADE:4000], expected[FADE:4000], atol=1e-6)
    np.testing.assert_allclose(heard[4000 + FADE :], expected[5000 + FADE : 7000], atol=1e-6)


@pytest.mark.parametrize("mix", [Mix(), Mix(vocals_db=-12.0, low_db=-6.0)], ids=["plain", "guide"])
def test_the_low_end_that_is_kept_is_heard(mix: Mix) -> None:
    song = make_song(24_000)
    assert song.vocals is not None
    song.finished = True
    renderer = started(song)
    renderer.heard = mixing.mixed(replace(mix, keep_low_end_hz=150.0))
    heard = play(renderer, 20_000)[FADE:]
    kept = keep_low_end(song.vocals, RATE, 150.0)
    removed = VoiceFilter(mix.voice_removed, RATE).read(kept, 0, song.length)
    expected = (song.mixture.samples - removed)[0, FADE:20_000]
    np.testing.assert_allclose(heard, expected, atol=1e-6)
    # The 80 Hz tone is nobody's voice, so it stays.
    inside = slice(RATE, -RATE)
    np.testing.assert_allclose(
        heard[inside], song.mixture.samples[:, :][0, FADE:20_000][inside], atol=2e-3
    )


def test_a_change_of_the_mix_fades_over_10_ms() -> None:
    song = make_song()
    renderer = started(song)
    renderer.heard = mixed(GUIDE)
    play(renderer, 1024)
    louder = Mix(vocals_db=0.0, high_db=-3.0)
    renderer.heard = mixed(louder)
    heard = play(renderer, 1024)
    weight = np.minimum(np.arange(1, 1025) / FADE, 1.0)
    before, after = expected_mix(song, GUIDE), expected_mix(song, louder)
    expected = before[1024:2048] * (1 - weight) + after[1024:2048] * weight
    np.testing.assert_allclose(heard, expected, atol=1e-6)


def test_a_dragged_slider_makes_no_step_and_the_last_place_wins() -> None:
    song = make_song()
    renderer = started(song)
    heard = []
    for step in range(30):
        renderer.heard = mixed(Mix(vocals_db=-30.0 + step, mid_db=-step))
        heard.append(play(renderer, 64, block=32))
    last = Mix(vocals_db=-1.0, mid_db=-29.0)
    heard.append(play(renderer, 1000))
    signal = np.concatenate(heard)
    assert steepest(signal) < 1.5 * steepest(song.mixture.samples[:, :][0]) + 1.0 / FADE
    np.testing.assert_allclose(signal[-700:], expected_mix(song, last)[2220:2920], atol=1e-6)


def test_a_mix_plays_the_mixture_where_its_filter_would_see_what_is_not_separated() -> None:
    song = make_song(ready=False)
    assert song.vocals is not None
    song.ready.add(2000, 6000)
    renderer = started(song)
    renderer.heard = mixed(GUIDE)
    renderer.seek(2000)
    play(renderer, 32)
    assert renderer.on_mixture
    play(renderer, 512)
    assert not renderer.on_mixture


def test_other_vocals_fade_in() -> None:
    song = make_song()
    renderer = started(song, Stem.VOCALS)
    assert song.vocals is not None
    first = song.vocals[:, :]
    play(renderer, 1024)
    song.vocals = np.full_like(first, 0.5)
    heard = play(renderer, 512)
    weight = np.minimum(np.arange(1, 513) / FADE, 1.0)
    expected = first[0, 1024:1536] * (1 - weight) + 0.5 * weight
    np.testing.assert_allclose(heard, expected, atol=1e-6)


def test_a_part_not_separated_takes_the_gain_of_the_mixture() -> None:
    song = make_song(ready=False)
    renderer = started(song)
    renderer.heard = Hearing(Stem.VOCALS, 0.0, 1.0, gain=0.9, mixture_gain=0.5)
    heard = play(renderer, 512)
    np.testing.assert_allclose(heard[FADE:], 0.5 * song.mixture.samples[:1, FADE:512][0], atol=1e-6)


def test_the_music_can_be_muted() -> None:
    song = make_song()
    assert song.vocals is not None
    renderer = started(song)
    renderer.heard = Hearing(Stem.INSTRUMENTAL, 0.0, 1.0, Gains(0.5, 0.5, 0.5))
    heard = play(renderer, 1024)
    np.testing.assert_allclose(heard[FADE:], 0.5 * song.vocals[:, :][0, FADE:1024], atol=1e-6)


def test_ready_ranges_join_and_cover() -> None:
    ready = ReadyRanges()
    ready.add(100, 200)
    ready.add(300, 400)
    assert ready.covers(120, 200) and not ready.covers(120, 201) and not ready.covers(150, 350)
    ready.add(200, 300)
    assert ready.ranges == ((100, 400),)
    assert ready.covers(100, 400) and not ready.covers(99, 120)
    assert ready.total == 300
