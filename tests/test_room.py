"""Room on the disk is counted before any work, and told in a sentence where there is none."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from core.audio import Audio, spool_audio
from core.cache import Cache, default_folder
from core.errors import OutputError
from core.export import export_stems
from core.export_plan import ExportPlan
from core.formats import BitDepth, FileFormat, OutputFormat, Quality
from core.partial import PartialFacts
from core.room import check_room, temporary_bytes
from core.scratch import scratch_folder
from core.stem_room import check_room_for, check_stem_room, stem_bytes
from core.stems import Stem
from tests.songs import noise, write_song

BOTH = (Stem.INSTRUMENTAL, Stem.VOCALS)
SONG = Path("song.wav")
HOURS = 36_000 * 44_100  # samples


class Usage(NamedTuple):
    """What the system says of a disk."""

    total: int
    used: int
    free: int


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Sets how many bytes every disk has free."""

    def set_free(count: int) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(10**15, 0, count))

    return set_free


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOCAL_REMOVER_CACHE", str(tmp_path / "cache"))


def test_temporary_files_are_counted_for_the_song_and_its_vocals() -> None:
    check_room(SONG, channels=2, length=1)
    with pytest.raises(OutputError) as caught:
        check_room(SONG, channels=2, length=10**17)
    sentence = str(caught.value)
    assert sentence.startswith("“song.wav” needs 1680000000.0 GB for temporary files, but only ")
    assert str(scratch_folder()) in sentence


def test_what_was_separated_before_the_crash_takes_no_room_again(
    tmp_path: Path, free: Callable[[int], None]
) -> None:
    song = write_song(tmp_path / "song.wav", noise(100_000))
    free(temporary_bytes(channels=2, length=100_000, signals=2) - 1)
    with pytest.raises(OutputError, match="needs 1.7 MB"):
        spool_audio(song)
    partial = Cache(default_folder()).begin("key", PartialFacts(2, 100_000, 44_100, 1), song=song)
    assert partial is not None
    partial.vocals[..., :50_000] = noise(50_000)
    partial.vocals.sync()
    del partial
    assert spool_audio(song).length == 100_000


@pytest.mark.parametrize("depth", BitDepth)
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_what_wav_takes_is_known_to_the_header(
    tmp_path: Path, depth: BitDepth, channels: int
) -> None:
    plan = ExportPlan(BOTH, OutputFormat(FileFormat.WAV, depth), tmp_path / "out")
    mixture = Audio(noise(50_000, channels=channels), 44_100)
    report = export_stems(SONG, mixture, 0.5 * noise(50_000, channels=channels), plan)
    written = sum(path.stat().st_size for path in report.paths.values())
    told = stem_bytes(plan, channels=channels, rate=44_100, length=50_000)
    assert told <= written < told + 2 * 4096


@pytest.mark.parametrize("quality", Quality)
@pytest.mark.parametrize("file_format", [each for each in FileFormat if each is not FileFormat.WAV])
def test_no_music_is_refused_that_fits(
    tmp_path: Path, file_format: FileFormat, quality: Quality
) -> None:
    """Chords and noise, as dense as music."""
    at = np.arange(3 * 44_100) / 44_100
    chords = sum(np.sin(2 * np.pi * f * at) for f in (110, 220, 277.2, 329.6))
    music = (0.1 * chords + 0.02 * noise(len(at))).astype(np.float32)
    plan = ExportPlan(BOTH, OutputFormat(file_format, quality=quality), tmp_path / "out")
    report = export_stems(SONG, Audio(music, 44_100), (0.5 * music).astype(np.float32), plan)
    written = sum(path.stat().st_size for path in report.paths.values())
    assert stem_bytes(plan, channels=2, rate=44_100, length=len(at)) <= written


def test_stems_that_have_no_room_are_refused_with_numbers(
    tmp_path: Path, free: Callable[[int], None]
) -> None:
    plan = ExportPlan(BOTH, OutputFormat(), tmp_path / "not" / "there" / "out")
    free(19_051_199_999)
    with pytest.raises(OutputError) as caught:
        check_stem_room(SONG, plan, channels=2, rate=44_100, length=HOURS)
    assert str(caught.value) == (
        "“song.wav” needs about 19.1 GB for its stems, but only 19.1 GB are free in “out”."
    )
    free(19_051_200_000)
    check_stem_room(SONG, plan, channels=2, rate=44_100, length=HOURS)
    assert not (tmp_path / "not").exists()


def test_temporary_files_count_beside_stems_on_the_same_disk(
    tmp_path: Path, free: Callable[[int], None]
) -> None:
    plan = ExportPlan(BOTH, OutputFormat(), tmp_path)
    free(20_000_000_000)
    check_stem_room(SONG, plan, channels=2, rate=44_100, length=HOURS)
    with pytest.raises(OutputError, match="about 45.7 GB"):
        check_stem_room(SONG, plan, channels=2, rate=44_100, length=HOURS, signals=2)


def test_a_sample_takes_no_more_than_its_seconds(free: Callable[[int], None]) -> None:
    plan = ExportPlan(BOTH, OutputFormat(), Path(), sample_seconds=30)
    assert stem_bytes(plan, channels=2, rate=44_100, length=HOURS) == 2 * 30 * 44_100 * 2 * 3


def test_an_export_without_room_writes_nothing(tmp_path: Path, free: Callable[[int], None]) -> None:
    mixture = Audio(noise(50_000), 44_100)
    plan = ExportPlan(BOTH, OutputFormat(), tmp_path / "out")
    free(599_999)
    with pytest.raises(OutputError, match="for its stems"):
        export_stems(SONG, mixture, noise(50_000), plan)
    assert list((tmp_path / "out").iterdir()) == []
    free(600_000)
    check_room_for(SONG, mixture, plan)
