"""The player knows what is heard now, and a silent clock stands in for a missing device."""

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.player import BLOCK_SIZE, Player
from tests.test_rendering import RATE, make_song


class PortAudioError(Exception):
    """What the fake device raises."""


class FakeStream:
    """A loudspeaker that takes a block when the test says so."""

    def __init__(self, callback: Callable[..., None], samplerate: int, **_: object) -> None:
        self.callback, self.rate = callback, samplerate
        self.latency = 0.128
        self.active = False

    def start(self) -> None:
        self.active = True

    def close(self, ignore_errors: bool = True) -> None:
        self.active = False

    def take(self, blocks: int = 1) -> np.ndarray:
        out = np.zeros((blocks * BLOCK_SIZE, 2), np.float32)
        for at in range(0, len(out), BLOCK_SIZE):
            self.callback(out[at : at + BLOCK_SIZE], BLOCK_SIZE, None, None)
        return out


class FakeSoundDevice:
    """Stands in for the sounddevice module: hardware."""

    PortAudioError = PortAudioError

    def __init__(self, *, works: bool = True) -> None:
        self.works = works
        self.streams: list[FakeStream] = []

    def OutputStream(self, **options: Any) -> FakeStream:
        if not self.works:
            raise PortAudioError("no device")
        self.streams.append(FakeStream(**options))
        return self.streams[-1]


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> FakeSoundDevice:
    fake = FakeSoundDevice()
    monkeypatch.setitem(sys.modules, "sounddevice", fake)
    return fake


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time stands still, so that the position does not run on between blocks."""
    monkeypatch.setattr(time, "monotonic", lambda: 100.0)


def test_the_stream_is_opened_once_and_fed_silence(device: FakeSoundDevice, qtbot: QtBot) -> None:
    player = Player()
    player.load(make_song())
    player.load(make_song())
    assert len(device.streams) == 1
    assert not device.streams[0].take().any()
    player.close()


@pytest.mark.usefixtures("still")
def test_the_playhead_is_the_position_without_the_latency(
    device: FakeSoundDevice, qtbot: QtBot
) -> None:
    player = Player()
    player.load(make_song(20_000))
    player.toggle()
    device.streams[0].take(4)
    assert player.position() == 4 * BLOCK_SIZE
    assert player.heard() == 4 * BLOCK_SIZE - round(0.128 * RATE)
    player.close()


@pytest.mark.usefixtures("still")
def test_after_a_seek_the_playhead_waits_at_its_place(
    device: FakeSoundDevice, qtbot: QtBot
) -> None:
    player = Player()
    player.load(make_song(20_000))
    player.toggle()
    device.streams[0].take(4)
    player.seek(9000)
    assert player.heard() == 9000
    device.streams[0].take()
    assert player.heard() == 9000
    device.streams[0].take()
    assert player.heard() == 9000 + 2 * BLOCK_SIZE - round(0.128 * RATE)
    player.close()


@pytest.mark.usefixtures("still")
def test_in_a_loop_the_playhead_stays_at_its_end_while_that_is_heard(
    device: FakeSoundDevice, qtbot: QtBot
) -> None:
    player = Player()
    player.load(make_song(20_000))
    player.set_loop((1000, 1000 + 4 * BLOCK_SIZE))
    player.toggle()
    device.streams[0].take(4)
    assert player.position() == 1000
    assert player.heard() == 1000 + 4 * BLOCK_SIZE - round(0.128 * RATE)
    player.close()


def test_without_a_device_a_silent_clock_moves_the_playhead(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", FakeSoundDevice(works=False))
    player = Player()
    player.load(make_song(80_000))
    assert "silent" in player.note
    player.toggle()
    qtbot.waitUntil(lambda: player.heard() > BLOCK_SIZE)
    player.close()


def test_a_missing_library_is_a_missing_device(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    player = Player()
    player.load(make_song())
    assert "silent" in player.note
    player.close()


def test_a_device_that_goes_is_told_and_the_clock_takes_over(
    device: FakeSoundDevice, qtbot: QtBot
) -> None:
    player = Player()
    player.load(make_song(80_000))
    player.toggle()
    device.streams[0].active = False
    player.watch()
    assert "stopped" in player.note
    qtbot.waitUntil(lambda: player.heard() > BLOCK_SIZE)
    player.close()


def test_a_device_that_asks_for_nothing_more_counts_as_lost(
    device: FakeSoundDevice, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = Player()
    player.load(make_song(80_000))
    player.toggle()
    device.streams[0].take()
    player.watch()
    assert not player.note
    monkeypatch.setattr("app.player.LOST_SECONDS", -1.0)
    player.watch()
    assert "stopped" in player.note and device.streams[0].active
    qtbot.waitUntil(lambda: player.heard() > BLOCK_SIZE)
    before = player.position()
    assert not device.streams[0].take(4).any()  # a late block is silent and moves nothing
    assert player.position() == before
    player.close()


def test_another_rate_opens_the_device_anew(device: FakeSoundDevice, qtbot: QtBot) -> None:
    player = Player()
    player.load(make_song())
    other = make_song()
    other.mixture = type(other.mixture)(other.mixture.samples, 2 * RATE)
    player.load(other)
    assert [stream.rate for stream in device.streams] == [RATE, 2 * RATE]
    assert not device.streams[0].active
    player.close()


def test_play_at_the_end_starts_again(device: FakeSoundDevice, qtbot: QtBot) -> None:
    player = Player()
    player.load(make_song(1500))
    player.toggle()
    device.streams[0].take(2)
    assert not player.playing
    player.toggle()
    assert player.playing and player.position() == 0
    player.close()


def test_the_volume_is_what_was_set(qtbot: QtBot) -> None:
    player = Player()
    player.set_volume(0.5)
    assert player.volume == pytest.approx(0.5)
    assert player.renderer.gain == pytest.approx(0.25)
