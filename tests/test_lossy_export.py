"""Stems in lossy formats: in time to the sample, as long as the song, one gain, honest words."""

from pathlib import Path

import numpy as np
import pytest

from core.audio import Audio, read_audio
from core.errors import OutputError
from core.export import export_stems
from core.export_plan import ExportPlan, ExportReport
from core.formats import FileFormat, OutputFormat, Quality
from core.rate_change import Resampled, length_at
from core.reading_back import SavedStem
from core.stems import Stem
from tests.songs import noise, write_song

BOTH = (Stem.INSTRUMENTAL, Stem.VOCALS)
LOSSY = [file_format for file_format in FileFormat if file_format.is_lossy]
LENGTH = 70_003  # more than a block, and a prime, so that no frame fits


def hum(length: int, *, channels: int = 2, level: float = 0.3, seed: int = 0) -> np.ndarray:
    """Noise whose highs are weak, as music's are: (channels, length) float32."""
    rng = np.random.default_rng(seed)
    walk = np.cumsum(rng.standard_normal((channels, length + 400)), axis=1)
    walk = walk[:, 200:-200] - (walk[:, 400:] + walk[:, :-400]) / 2
    return (level * walk / np.abs(walk).max()).astype(np.float32)


def exported(
    folder: Path,
    file_format: FileFormat,
    *,
    rate: int = 44_100,
    channels: int = 2,
    level: float = 0.3,
    length: int = LENGTH,
    quality: Quality = Quality.HIGH,
) -> tuple[ExportReport, Audio, np.ndarray]:
    mixture = Audio(hum(length, channels=channels, level=level), rate)
    vocals = hum(length, channels=channels, level=level / 2, seed=1)
    song = folder / "song.wav"
    write_song(song, mixture.samples[:, :], rate=rate)
    plan = ExportPlan(BOTH, OutputFormat(file_format, quality=quality), folder / "out")
    return export_stems(song, mixture, vocals, plan), mixture, vocals


def lag(late: np.ndarray, early: np.ndarray) -> int:
    size = 2 * early.shape[-1]
    spectrum = np.fft.rfft(late, size) * np.fft.rfft(early, size).conj()
    place = int(np.fft.irfft(spectrum, size).argmax())
    return place if place < size // 2 else place - size


@pytest.mark.parametrize("quality", Quality)
@pytest.mark.parametrize("file_format", LOSSY)
def test_stems_are_in_time_to_the_sample_and_as_long_as_the_song(
    tmp_path: Path, file_format: FileFormat, quality: Quality
) -> None:
    rate = 48_000 if file_format is FileFormat.OPUS else 44_100
    report, mixture, vocals = exported(tmp_path, file_format, rate=rate, quality=quality)
    assert report.is_sound and report.check.passed
    assert report.offsets == dict.fromkeys(BOTH, 0)
    assert (report.rate, report.song_rate, report.gain_db) == (rate, rate, 0.0)
    saved = read_audio(report.paths[Stem.VOCALS])
    assert (saved.rate, saved.samples.shape) == (rate, vocals.shape)
    assert lag(saved.samples[:, :][1], vocals[1]) == 0


@pytest.mark.parametrize("file_format", LOSSY)
def test_the_residual_is_told_and_is_no_failure(tmp_path: Path, file_format: FileFormat) -> None:
    rate = 48_000 if file_format is FileFormat.OPUS else 44_100
    report, mixture, _ = exported(tmp_path, file_format, rate=rate)
    stems = [read_audio(path).samples[:, :].astype(np.float64) for path in report.paths.values()]
    error = sum(stems) - mixture.samples[:, :]
    expected = 10 * np.log10(
        np.sum(error**2) / np.sum(mixture.samples[:, :].astype(np.float64) ** 2)
    )
    assert report.noise_db == pytest.approx(expected, abs=0.1)
    assert -60 < report.noise_db < -10
    assert 10 ** (report.residual_dbfs / 20) == pytest.approx(np.abs(error).max(), rel=0.01)
    assert not report.is_null and report.is_sound


@pytest.mark.parametrize("file_format", LOSSY)
def test_a_higher_quality_is_nearer_to_the_song(tmp_path: Path, file_format: FileFormat) -> None:
    noises, sizes = [], []
    for quality in Quality:
        folder = tmp_path / quality.value
        folder.mkdir()
        report, *_ = exported(folder, file_format, quality=quality, rate=48_000)
        noises.append(report.noise_db)
        sizes.append(sum(path.stat().st_size for path in report.paths.values()))
    assert noises == sorted(noises, reverse=True)
    assert sizes == sorted(sizes)


@pytest.mark.parametrize(
    ("file_format", "delay"),
    [(FileFormat.MP3, 1105), (FileFormat.M4A, 1024), (FileFormat.OPUS, 312), (FileFormat.OGG, 0)],
)
def test_the_delay_that_is_told_is_what_an_unaware_player_plays(
    tmp_path: Path, file_format: FileFormat, delay: int
) -> None:
    import av

    rate = 48_000 if file_format is FileFormat.OPUS else 44_100
    report, _, vocals = exported(tmp_path, file_format, rate=rate)
    assert report.delay == delay
    if file_format is FileFormat.OGG:
        return
    options = {"flags2": "skip_manual"} if file_format is not FileFormat.M4A else {}
    played = []
    container_options = {"ignore_editlist": "1"} if file_format is FileFormat.M4A else {}
    path = str(report.paths[Stem.VOCALS])
    with av.open(path, options=container_options) as song:
        stream = song.streams.audio[0]
        stream.codec_context.options = options
        for frame in song.decode(stream):
            played.append(frame.to_ndarray())
    assert lag(np.concatenate(played, axis=1)[0][:LENGTH], vocals[0]) == delay


@pytest.mark.parametrize("file_format", LOSSY)
@pytest.mark.parametrize("rate", [8_000, 37_800, 96_000, 192_000])
def test_rates_that_a_format_lacks_are_changed_and_told(
    tmp_path: Path, file_format: FileFormat, rate: int
) -> None:
    report, mixture, vocals = exported(tmp_path, file_format, rate=rate)
    assert report.is_sound
    assert report.song_rate == rate
    assert report.rate == OutputFormat(file_format).rate_for(rate)
    saved = read_audio(report.paths[Stem.VOCALS])
    assert saved.rate == report.rate
    assert saved.length == length_at(LENGTH, rate, report.rate)
    assert report.offsets == dict.fromkeys(BOTH, 0)


@pytest.mark.parametrize(
    ("file_format", "rate", "expected"),
    [
        (FileFormat.MP3, 44_100, 44_100),
        (FileFormat.MP3, 88_200, 44_100),
        (FileFormat.MP3, 96_000, 48_000),
        (FileFormat.MP3, 176_400, 44_100),
        (FileFormat.MP3, 37_800, 44_100),
        (FileFormat.M4A, 192_000, 96_000),
        (FileFormat.M4A, 176_400, 88_200),
        (FileFormat.OPUS, 44_100, 48_000),
        (FileFormat.OGG, 192_000, 192_000),
        (FileFormat.FLAC, 37_800, 37_800),
    ],
)
def test_the_nearest_rate_that_loses_least_is_taken(
    file_format: FileFormat, rate: int, expected: int
) -> None:
    assert OutputFormat(file_format).rate_for(rate) == expected


@pytest.mark.parametrize("file_format", [FileFormat.M4A, FileFormat.OPUS, FileFormat.OGG])
@pytest.mark.parametrize("channels", [1, 3, 5, 6, 8])
def test_every_channel_stays_at_its_speaker(
    tmp_path: Path, file_format: FileFormat, channels: int
) -> None:
    part = 24_000
    samples = np.zeros((channels, channels * part), np.float32)
    hummed = hum(part, channels=1, level=0.5)[0] + 0.3 * np.sin(np.arange(part) / 76)
    for channel in range(channels):
        samples[channel, channel * part : (channel + 1) * part] = hummed.astype(np.float32)
    song = write_song(tmp_path / "song.wav", noise(100))
    plan = ExportPlan((Stem.INSTRUMENTAL,), OutputFormat(file_format), tmp_path / "out")
    report = export_stems(song, Audio(samples, 48_000), np.zeros_like(samples), plan)
    read = read_audio(report.paths[Stem.INSTRUMENTAL]).samples
    assert read.shape == samples.shape
    turns = [slice(c * part + 4000, (c + 1) * part - 4000) for c in range(channels)]
    loudest = [int(np.abs(read[:, turn]).sum(axis=1).argmax()) for turn in turns]
    assert loudest == list(range(channels))
    assert not [flaw for flaw in report.check.flaws if flaw.stem is Stem.INSTRUMENTAL]


@pytest.mark.parametrize(
    ("file_format", "channels", "words"),
    [
        (FileFormat.MP3, 6, "MP3 cannot hold 6 channels, only 1 / 2; use FLAC"),
        (FileFormat.M4A, 4, "M4A .AAC. cannot hold 4 channels, only 1, 2, 3, 5, 6 / 8; use FLAC"),
        (FileFormat.OPUS, 9, "Opus cannot hold 9 channels, only 1–8; use WAV"),
    ],
)
def test_more_channels_than_a_format_holds_are_refused_before_any_work(
    tmp_path: Path, file_format: FileFormat, channels: int, words: str
) -> None:
    with pytest.raises(OutputError, match=words):
        exported(tmp_path, file_format, channels=channels)
    assert not list((tmp_path / "out").glob("*"))


@pytest.mark.parametrize("file_format", LOSSY)
def test_one_gain_keeps_true_peaks_of_lossy_stems_below_full_scale(
    tmp_path: Path, file_format: FileFormat
) -> None:
    # Samples at 0.8 of full scale with a peak of 1.13 between them.
    turns = np.pi * (np.arange(LENGTH) / 2 + 0.25)
    tone = 0.8 * np.sqrt(2) * np.sin(turns) * np.hanning(LENGTH)  # a sudden start would ring
    mixture = Audio(np.tile(tone, (2, 1)).astype(np.float32), 48_000)
    song = write_song(tmp_path / "song.wav", noise(100))
    plan = ExportPlan(BOTH, OutputFormat(file_format), tmp_path / "out")
    report = export_stems(song, mixture, mixture.samples[:, :] / 4, plan)
    peak = 20 * np.log10(0.75 * 0.8 * np.sqrt(2))
    assert report.gain_db == pytest.approx(0.0 if peak < -1 else -1 - peak, abs=0.1)
    loud = Audio(mixture.samples[:, :] * np.float32(2), 48_000)
    plan = ExportPlan(BOTH, OutputFormat(file_format), tmp_path / "loud")
    report = export_stems(song, loud, loud.samples[:, :] / 4, plan)
    assert report.gain_db == pytest.approx(-1 - peak - 20 * np.log10(2), abs=0.1)
    assert report.true_peak_dbtp < 0
    assert report.clipped == 0
    levels = [np.abs(read_audio(path).samples[:, :]).mean() for path in report.paths.values()]
    assert levels[0] / levels[1] == pytest.approx(3, rel=0.02)  # one gain for both


def test_the_same_sound_gives_the_same_file(tmp_path: Path) -> None:
    for file_format in FileFormat:
        contents = []
        for folder in (tmp_path / file_format.value, tmp_path / f"{file_format.value} again"):
            folder.mkdir()
            report, *_ = exported(folder, file_format, length=20_000)
            contents.append([path.read_bytes() for path in report.paths.values()])
        assert contents[0] == contents[1], file_format


@pytest.mark.parametrize("length", [1, 2, 500, 1105, 65_536, 65_537])
@pytest.mark.parametrize("file_format", LOSSY)
def test_short_songs_keep_their_length(
    tmp_path: Path, file_format: FileFormat, length: int
) -> None:
    rate = 48_000 if file_format is FileFormat.OPUS else 44_100
    song = write_song(tmp_path / "song.wav", noise(100))
    mixture = Audio(noise(length), rate)
    plan = ExportPlan((Stem.VOCALS,), OutputFormat(file_format), tmp_path / "out")
    report = export_stems(song, mixture, mixture.samples, plan)
    assert read_audio(report.paths[Stem.VOCALS]).length == length


def test_a_late_stem_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import core.null_test

    real = core.null_test._Saved.read

    def late(self: SavedStem, count: int, *, meant: np.ndarray) -> np.ndarray:
        return real(self, count, meant=np.roll(meant, -40, axis=1))  # type: ignore[arg-type]

    monkeypatch.setattr(core.null_test._Saved, "read", late)
    report, *_ = exported(tmp_path, FileFormat.MP3)
    assert report.offsets == dict.fromkeys(BOTH, 40)
    assert not report.is_sound


@pytest.mark.parametrize(("old", "new"), [(44_100, 48_000), (192_000, 48_000), (8_000, 48_000)])
@pytest.mark.parametrize("length", [1, 1000, 70_001])
@pytest.mark.parametrize("step", [999, 65_536])
def test_another_rate_is_read_in_stretches_as_if_at_once(
    old: int, new: int, length: int, step: int
) -> None:
    samples = hum(length)
    total = length_at(length, old, new)

    def read(step: int) -> np.ndarray:
        reader = Resampled(
            lambda start, stop: samples[:, start:stop],
            length=length,
            channels=2,
            rate=old,
            new_rate=new,
        )
        parts = [reader.read(at, min(at + step, total)) for at in range(0, total, step)]
        return np.concatenate(parts, axis=1)

    assert read(step).shape == (2, total)
    np.testing.assert_array_equal(read(step), read(total))
