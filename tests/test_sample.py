"""Samples begin where the voice does, and cost no more than they must."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from pytestqt.qtbot import QtBot
from typer.testing import CliRunner

from app.cli import commands
from app.export_dialog import ExportDialog
from app.phase import Phase
from app.settings import Settings
from app.window import MainWindow
from core.audio import Audio, find_songs, read_audio
from core.checkpoint import load_checkpoint
from core.devices import choose_device
from core.naming import song_of_stem
from core.sample import cut, sample_range, separate_sample, voice_start
from core.separation import Separation, separate
from core.separator import Separator
from tests.songs import noise, tones, write_song

RATE = 8000
BLOCK = 400  # samples of 50 ms


def sung(*spans: tuple[float, float], seconds: float = 60, level: float = 0.1) -> np.ndarray:
    """Vocals that are a tone in the spans, in seconds, and silent elsewhere."""
    at = np.arange(round(seconds * RATE)) / RATE
    tone = level * np.sin(2 * np.pi * 440 * at)
    on = np.zeros(len(at), bool)
    for start, stop in spans:
        on |= (at >= start) & (at < stop)
    return np.stack([tone * on] * 2).astype(np.float32)


def song_with(vocals: np.ndarray) -> Audio:
    return Audio(noise(vocals.shape[1], level=0.3) + vocals, RATE)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(12.0, 40.0)], 12.0),
        ([(0.0, 60.0)], 0.0),
        # A cough is no singing; words with breaths between them are.
        ([(3.0, 3.2), (20.0, 30.0)], 20.0),
        ([(7.0, 7.3), (7.5, 7.8), (8.1, 9.0)], 7.0),
    ],
)
def test_the_start_of_the_voice_is_found(spans: list[tuple[float, float]], expected: float) -> None:
    vocals = sung(*spans)
    start = voice_start(song_with(vocals), vocals)
    assert start is not None and abs(start - expected * RATE) <= BLOCK


def test_bleed_is_no_voice() -> None:
    vocals = sung((0.0, 60.0), level=0.01) + sung((30.0, 40.0))
    start = voice_start(song_with(vocals), vocals)
    assert start is not None and abs(start - 30 * RATE) <= BLOCK
    quiet = sung((0.0, 60.0), level=0.01)
    assert voice_start(song_with(quiet), quiet) is None
    assert voice_start(Audio(np.zeros((2, 100), np.float32), RATE), quiet[:, :100]) is None


def test_what_is_not_known_yet_is_waited_for() -> None:
    vocals = sung((12.0, 40.0))
    mixture = song_with(vocals)
    assert voice_start(mixture, vocals, known=round(12.6 * RATE)) is None
    assert voice_start(mixture, vocals, known=14 * RATE) is not None


@pytest.mark.parametrize(
    ("voice", "seconds", "expected"),
    [
        ((12.0, 40.0), 10.0, (11.5, 21.5)),
        ((0.0, 40.0), 10.0, (0.0, 10.0)),
        ((55.0, 60.0), 10.0, (50.0, 60.0)),
        ((12.0, 40.0), 90.0, (0.0, 60.0)),
        ((0.0, 0.0), 10.0, (0.0, 10.0)),
    ],
)
def test_the_sample_begins_shortly_before_the_voice_and_stays_in_the_song(
    voice: tuple[float, float], seconds: float, expected: tuple[float, float]
) -> None:
    vocals = sung(voice)
    mixture = song_with(vocals)
    start, stop = sample_range(mixture, vocals, seconds)
    assert abs(start - expected[0] * RATE) <= BLOCK
    assert stop - start == round((expected[1] - expected[0]) * RATE)
    part, voice_part = cut(mixture, vocals, (start, stop))
    assert part.length == voice_part.shape[1] == stop - start
    np.testing.assert_array_equal(part.samples, mixture.samples[:, start:stop])


def test_a_sample_is_what_the_whole_song_would_give_there(checkpoint: Path) -> None:
    separator = Separator(load_checkpoint(checkpoint), device=choose_device("cpu"))
    mixture = Audio(tones(60 * 44_100), 44_100)
    separation = Separation(separator, mixture)
    start, stop = separate_sample(separation, 3.0)
    assert stop - start == 3 * 44_100
    assert not separation.finished
    whole = separate(separator, mixture)
    assert (start, stop) == sample_range(mixture, whole, 3.0)
    np.testing.assert_allclose(separation.vocals[:, start:stop], whole[:, start:stop], atol=1e-6)


def test_the_command_line_writes_samples(checkpoint: Path, tmp_path: Path) -> None:
    song = write_song(tmp_path / "song.wav", tones(20 * 44_100))
    words = ["separate", "--checkpoint", str(checkpoint), "--device", "cpu", "--sample", "2"]
    result = CliRunner().invoke(commands, [*words, str(song)])
    assert result.exit_code == 0, result.output
    names = ["song (Instrumental) (Sample).wav", "song (Vocals) (Sample).wav"]
    assert [Path(line).name for line in result.stdout.splitlines()] == names
    stems = [read_audio(tmp_path / name) for name in names]
    assert all(stem.length == 2 * 44_100 for stem in stems)
    total = stems[0].samples[:, :] + stems[1].samples[:, :]
    whole = read_audio(song).samples
    starts = range(whole.shape[1] - total.shape[1] + 1)
    assert any(
        np.abs(total[:, :50] - whole[:, start : start + 50]).max() < 2.0**-21
        and np.abs(total - whole[:, start : start + total.shape[1]]).max() < 2.0**-21
        for start in starts
    )
    assert find_songs([tmp_path]) == [song]
    assert song_of_stem(Path("a (Vocals) (Sample) (2).flac")) == "a"


def test_the_export_dialog_offers_a_sample(
    window: MainWindow, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    window.open([write_song(tmp_path / "song.wav", tones(12 * 44_100))])
    session = window.session
    qtbot.waitUntil(lambda: bool(session.song and session.song.finished), timeout=30_000)
    qtbot.waitUntil(lambda: session.phase is Phase.READY, timeout=30_000)
    assert session.song is not None
    dialog = ExportDialog(session.song, settings)
    qtbot.addWidget(dialog)
    assert not dialog.sample_seconds.isEnabled()
    dialog.sample.click()
    dialog.sample_seconds.setValue(5)
    assert dialog.names.text().splitlines()[0] == "song (Instrumental) (Sample).wav"
    dialog.buttons.accepted.emit()
    assert dialog.plan is not None
    session.export(dialog.plan)
    qtbot.waitUntil(lambda: session.exported is not None, timeout=30_000)
    assert session.exported is not None and session.exported.is_null
    for path in session.exported.paths.values():
        assert "(Sample)" in path.name
        assert soundfile.info(path).frames == 5 * 44_100
    again = ExportDialog(session.song, settings)
    qtbot.addWidget(again)
    assert not again.sample.isChecked()
