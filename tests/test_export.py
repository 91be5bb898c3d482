"""Exported stems are as long as the song, share one gain and sum back to it."""

import errno
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pytest

import core.export
from core.audio import Audio, read_audio
from core.errors import Cancelled, OutputError
from core.export import check_targets, export_stems
from core.export_plan import ExportPlan
from core.formats import BitDepth, FileFormat, OutputFormat
from core.low_end import keep_low_end
from core.mix import PLAIN, Mix, VoiceFilter
from core.naming import StemNames
from core.stems import Stem
from core.tags import read_tags
from tests.songs import noise, write_song

BOTH = (Stem.INSTRUMENTAL, Stem.VOCALS)
OUTPUTS = [
    OutputFormat(FileFormat.WAV, BitDepth.INT16),
    OutputFormat(FileFormat.WAV, BitDepth.INT24),
    OutputFormat(FileFormat.WAV, BitDepth.FLOAT32),
    OutputFormat(FileFormat.FLAC, BitDepth.INT16),
    OutputFormat(FileFormat.FLAC, BitDepth.INT24),
    OutputFormat(FileFormat.ALAC, BitDepth.INT16),
    OutputFormat(FileFormat.ALAC, BitDepth.INT24),
]
LENGTH = 70_001  # more than a block


def names(output: OutputFormat) -> str:
    return f"{output.file_format.value}-{output.bit_depth.value}"


@pytest.fixture
def song(tmp_path: Path) -> Path:
    return write_song(tmp_path / "song.wav", noise(LENGTH))


def voice(mixture: Audio) -> np.ndarray:
    estimate = noise(mixture.length + 1, channels=mixture.channels)[:, 1:]
    return np.ascontiguousarray(estimate)


def summed(paths: dict[Stem, Path]) -> np.ndarray:
    first, second = (read_audio(path).samples[:, :].astype(np.float64) for path in paths.values())
    total: np.ndarray = first + second
    return total


@pytest.mark.parametrize("output", OUTPUTS, ids=names)
@pytest.mark.parametrize("level", [1.0, 6.0], ids=["quiet", "loud"])
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_the_files_sum_to_the_song(
    tmp_path: Path, song: Path, output: OutputFormat, level: float, channels: int
) -> None:
    mixture = Audio(noise(LENGTH, channels=channels) * np.float32(level), 48_000)
    vocals = voice(mixture) * np.float32(level)
    plan = ExportPlan(BOTH, output, tmp_path / "out")
    report = export_stems(song, mixture, vocals, plan)
    gain = 10 ** (report.gain_db / 20)
    error = np.abs(summed(report.paths) - mixture.samples[:, :] * gain).max()
    steps = {"16": 3.0 * 2**-15, "24": 2.0**-23, "32f": 0.0}[output.bit_depth.value]
    assert error <= steps + 2.0**-22 * level
    assert 20 * np.log10(error) == pytest.approx(report.residual_dbfs, abs=1.0)
    assert report.is_null
    assert report.clipped == 0


def test_the_files_sum_to_the_song_where_the_low_end_is_kept(tmp_path: Path, song: Path) -> None:
    mixture = read_audio(song)
    vocals = voice(mixture)
    plan = ExportPlan(BOTH, OUTPUTS[4], tmp_path / "out", mix=Mix(keep_low_end_hz=200.0))
    report = export_stems(song, mixture, vocals, plan)
    assert report.is_null
    kept = keep_low_end(vocals, mixture.rate, 200.0)[:, :]
    np.testing.assert_allclose(read_audio(report.paths[Stem.VOCALS]).samples[:, :], kept, atol=1e-6)


@pytest.mark.parametrize("output", OUTPUTS, ids=names)
def test_length_rate_and_channels_are_the_songs(
    tmp_path: Path, song: Path, output: OutputFormat
) -> None:
    mixture = Audio(noise(LENGTH, channels=1), 96_000)
    plan = ExportPlan(BOTH, output, tmp_path / "out")
    for path in export_stems(song, mixture, voice(mixture), plan).paths.values():
        stem = read_audio(path)
        assert (stem.length, stem.rate, stem.channels) == (LENGTH, 96_000, 1)


def test_one_gain_keeps_all_stems_from_clipping(tmp_path: Path, song: Path) -> None:
    mixture = Audio(noise(LENGTH, level=0.9), 44_100)
    vocals = -mixture.samples[:, :]  # so that the instrumental is twice the mixture
    plan = ExportPlan(BOTH, OUTPUTS[1], tmp_path / "out")
    report = export_stems(song, mixture, vocals, plan)
    peak = 2 * np.abs(mixture.samples[:, :]).max()
    assert report.gain_db == pytest.approx(-20 * np.log10(peak), abs=0.001)
    instrumental, saved = (read_audio(path).samples[:, :] for path in report.paths.values())
    assert 0.999 < np.abs(instrumental).max() < 1.0
    assert np.abs(instrumental + 2 * saved).max() < 2.0**-21


def test_floating_point_needs_no_gain(tmp_path: Path, song: Path) -> None:
    mixture = Audio(noise(LENGTH, level=3.0), 44_100)
    plan = ExportPlan(BOTH, OUTPUTS[2], tmp_path / "out")
    report = export_stems(song, mixture, np.zeros_like(mixture.samples), plan)
    assert report.gain_db == 0.0
    assert report.residual_dbfs == float("-inf")
    assert np.array_equal(
        read_audio(report.paths[Stem.INSTRUMENTAL]).samples[:, :], mixture.samples[:, :]
    )


@pytest.mark.parametrize("stem", BOTH)
def test_one_stem_can_be_saved_alone(tmp_path: Path, song: Path, stem: Stem) -> None:
    mixture = read_audio(song)
    plan = ExportPlan((stem,), OUTPUTS[1], tmp_path / "out")
    report = export_stems(song, mixture, voice(mixture), plan)
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"song ({stem.label}).wav"]
    assert report.is_null
    assert report.residual_dbfs < -130


def test_titles_say_which_stem_it_is(tmp_path: Path, song: Path) -> None:
    mixture = read_audio(song)
    report = export_stems(song, mixture, voice(mixture), ExportPlan(BOTH, OUTPUTS[4], tmp_path))
    titles = [read_tags(path).first("title") for path in report.paths.values()]
    assert titles == ["song (Instrumental)", "song (Vocals)"]


def test_stems_are_named_as_planned(tmp_path: Path, song: Path) -> None:
    mixture = read_audio(song)
    names = StemNames("{stem} of {title}", title="Tune")
    plan = ExportPlan(BOTH, OUTPUTS[1], tmp_path / "out", names=names)
    report = export_stems(song, mixture, voice(mixture), plan)
    assert [path.name for path in report.paths.values()] == [
        "Instrumental of Tune.wav",
        "Vocals of Tune.wav",
    ]
    assert all(path.exists() for path in report.paths.values())


def test_two_stems_under_one_name_cannot_be_planned(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="need {stem}"):
        ExportPlan(BOTH, OUTPUTS[0], tmp_path, names=StemNames("{song}"))


@pytest.mark.parametrize("existing", BOTH)
def test_nothing_is_written_if_one_target_exists(
    tmp_path: Path, song: Path, existing: Stem
) -> None:
    plan = ExportPlan(BOTH, OUTPUTS[0], tmp_path / "out")
    plan.folder.mkdir()
    plan.path(song, existing).write_bytes(b"precious")
    mixture = read_audio(song)
    with pytest.raises(OutputError, match="exists already"):
        export_stems(song, mixture, voice(mixture), plan)
    assert [path.read_bytes() for path in plan.folder.iterdir()] == [b"precious"]


def test_existing_stems_are_replaced_when_asked(tmp_path: Path, song: Path) -> None:
    plan = ExportPlan(BOTH, OUTPUTS[0], tmp_path / "out", overwrite=True)
    mixture = read_audio(song)
    for _ in range(2):
        export_stems(song, mixture, voice(mixture), plan)
    assert len(list(plan.folder.iterdir())) == 2


@pytest.mark.parametrize("answers", range(5))
def test_cancelling_leaves_no_stem_behind(tmp_path: Path, song: Path, answers: int) -> None:
    mixture = read_audio(song)
    plan = ExportPlan(BOTH, OUTPUTS[1], tmp_path / "out")
    asked = iter([False] * answers)
    with pytest.raises(Cancelled):
        export_stems(song, mixture, voice(mixture), plan, cancelled=lambda: next(asked, True))
    assert list(plan.folder.iterdir()) == []


def test_a_song_is_never_its_own_target(tmp_path: Path) -> None:
    original = write_song(tmp_path / "song.wav", noise(100))
    plan = ExportPlan((Stem.VOCALS,), OUTPUTS[0], tmp_path, overwrite=True)
    plan.path(original, Stem.VOCALS).symlink_to(original)
    with pytest.raises(OutputError, match="is the song itself"):
        check_targets(original, plan)


def test_checking_leaves_no_file_behind(tmp_path: Path, song: Path) -> None:
    plan = ExportPlan(BOTH, OUTPUTS[0], tmp_path / "a" / "b")
    check_targets(song, plan)
    assert list(plan.folder.iterdir()) == []


def test_progress_rises_to_one(tmp_path: Path, song: Path) -> None:
    told: list[float] = []
    mixture = read_audio(song)
    plan = ExportPlan(BOTH, OUTPUTS[1], tmp_path / "out")
    export_stems(song, mixture, voice(mixture), plan, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_nothing_is_changed_in_place(tmp_path: Path, song: Path) -> None:
    mixture = Audio(noise(LENGTH, level=3.0), 44_100)
    vocals = voice(mixture)
    before = mixture.samples[:, :].copy(), vocals.copy()
    export_stems(song, mixture, vocals, ExportPlan(BOTH, OUTPUTS[1], tmp_path / "out"))
    assert np.array_equal(mixture.samples[:, :], before[0])
    assert np.array_equal(vocals, before[1])


GUIDE = Mix(vocals_db=-6.0, low_db=-12.0, high_db=6.0)


@pytest.mark.parametrize("output", OUTPUTS, ids=names)
@pytest.mark.parametrize("level", [1.0, 6.0], ids=["quiet", "loud"])
def test_the_instrumental_holds_the_voice_as_the_mix_says(
    tmp_path: Path, song: Path, output: OutputFormat, level: float
) -> None:
    mixture = Audio(noise(LENGTH) * np.float32(level), 48_000)
    vocals = voice(mixture) * np.float32(level)
    plan = ExportPlan(BOTH, output, tmp_path / "out", mix=GUIDE)
    report = export_stems(song, mixture, vocals, plan)
    assert report.mix is GUIDE and report.is_null and report.residual_dbfs < -80
    gain = np.float32(10 ** (report.gain_db / 20))
    removed = VoiceFilter(GUIDE.voice_removed, 48_000).read(vocals, 0, LENGTH)
    saved = read_audio(report.paths[Stem.INSTRUMENTAL]).samples
    step = {"16": 1.5 * 2**-15, "24": 2.0**-23, "32f": 0.0}[output.bit_depth.value]
    assert np.abs(saved - (mixture.samples - removed) * gain).max() <= step + 3e-6
    kept = VoiceFilter(GUIDE.voice_kept, 48_000).read(vocals, 0, LENGTH)
    error = np.abs(summed(report.paths) - (mixture.samples + kept) * gain).max()
    assert error <= 2 * step + 3e-6


def test_a_wrong_instrumental_fails_the_null_test_of_its_mix(
    tmp_path: Path, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mixture = read_audio(song)
    plan = ExportPlan(BOTH, OUTPUTS[1], tmp_path / "out", mix=GUIDE)
    monkeypatch.setattr(Mix, "voice_removed", PLAIN.voice_removed)
    assert not export_stems(song, mixture, voice(mixture), plan).is_null


def test_the_plain_mix_changes_no_bit(tmp_path: Path, song: Path) -> None:
    mixture = read_audio(song)
    plan = ExportPlan((Stem.INSTRUMENTAL,), OUTPUTS[2], tmp_path / "out", mix=Mix(low_db=3.0))
    report = export_stems(song, mixture, voice(mixture), plan)
    saved = read_audio(report.paths[Stem.INSTRUMENTAL]).samples[:, :]
    assert np.array_equal(saved, mixture.samples[:, :] - voice(mixture))


@pytest.mark.parametrize("output", [OUTPUTS[1], OUTPUTS[2]], ids=names)
def test_the_true_peak_of_the_loudest_stem_is_told(
    tmp_path: Path, song: Path, output: OutputFormat
) -> None:
    # A quarter of the rate, 45 degrees off: no sample is at the peak.
    wave = np.sin(2 * np.pi * np.arange(LENGTH) / 4 + np.pi / 4) * np.hanning(LENGTH)
    mixture = Audio(np.tile(wave.astype(np.float32), (2, 1)), 48_000)
    plan = ExportPlan(BOTH, output, tmp_path / "out")
    report = export_stems(song, mixture, mixture.samples[:, :] * np.float32(0.25), plan)
    assert report.true_peak_dbtp == pytest.approx(20 * np.log10(0.75), abs=0.1)


def test_silence_has_no_true_peak(tmp_path: Path, song: Path) -> None:
    silence = np.zeros((2, 1000), np.float32)
    plan = ExportPlan(BOTH, OUTPUTS[2], tmp_path / "out")
    report = export_stems(song, Audio(silence, 48_000), silence, plan)
    assert report.true_peak_dbtp == -np.inf


def test_what_fails_is_told_of_the_file_that_it_was(
    tmp_path: Path, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode = core.export.encode

    def full(file: BinaryIO, *arguments: Any, path: Path, **named: Any) -> object:
        if "Instrumental" in path.name:
            raise OSError(errno.ENOSPC, "no space")
        return encode(file, *arguments, path=path, **named)

    monkeypatch.setattr(core.export, "encode", full)
    mixture = read_audio(song)
    plan = ExportPlan(BOTH, OUTPUTS[1], tmp_path / "out")
    with pytest.raises(OutputError, match=r"\(Instrumental\).*the disk is full"):
        export_stems(song, mixture, voice(mixture), plan)
    assert list(plan.folder.iterdir()) == []
