"""Files hold what was meant, appear whole or not at all, and replace nothing unasked."""

import errno
import io
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import soundfile

from core import writing
from core.audio import Audio, read_audio
from core.errors import Cancelled, OutputError
from core.formats import BitDepth, FileFormat, OutputFormat
from core.writing import encode, write_audio
from tests.songs import noise

WAV24 = OutputFormat(FileFormat.WAV, BitDepth.INT24)
WAV_FLOAT = OutputFormat(FileFormat.WAV, BitDepth.FLOAT32)
BOTH_AT_24 = [WAV24, OutputFormat(FileFormat.FLAC, BitDepth.INT24)]
BOTH_AT_16 = [OutputFormat(kind, BitDepth.INT16) for kind in (FileFormat.WAV, FileFormat.FLAC)]


def on_grid(samples: np.ndarray, bits: int) -> np.ndarray:
    steps = np.float32(2 ** (bits - 1))
    return np.rint(samples * steps) / steps


def written(folder: Path, samples: np.ndarray, output: OutputFormat, rate: int = 44_100) -> Path:
    path = folder / f"stem{output.file_format.suffix}"
    write_audio(path, Audio(samples, rate), output=output)
    return path


@pytest.mark.parametrize("rate", [8_000, 11_025, 44_100, 96_000, 192_000])
@pytest.mark.parametrize("channels", [1, 2, 6])
@pytest.mark.parametrize("output", BOTH_AT_24, ids=lambda output: output.file_format.value)
def test_24_bits_come_back_bit_for_bit(
    tmp_path: Path, output: OutputFormat, channels: int, rate: int
) -> None:
    samples = on_grid(noise(10_007, channels=channels, level=0.99), 24)
    audio = read_audio(written(tmp_path, samples, output, rate))
    assert audio.rate == rate
    assert np.array_equal(audio.samples[:, :], samples)


@pytest.mark.parametrize("length", [1, 65_535, 65_536, 65_537])
@pytest.mark.parametrize("output", [WAV_FLOAT, *BOTH_AT_24], ids=["float", "wav", "flac"])
def test_every_block_is_written(tmp_path: Path, output: OutputFormat, length: int) -> None:
    samples = on_grid(noise(length), 24)
    assert np.array_equal(read_audio(written(tmp_path, samples, output)).samples[:, :], samples)


def test_floats_beyond_full_scale_come_back_bit_for_bit(tmp_path: Path) -> None:
    samples = noise(10_007, level=4.0)
    assert np.array_equal(read_audio(written(tmp_path, samples, WAV_FLOAT)).samples[:, :], samples)


@pytest.mark.parametrize("output", BOTH_AT_24, ids=["wav", "flac"])
def test_full_scale_is_limited_and_counted(tmp_path: Path, output: OutputFormat) -> None:
    samples = np.array([[0.0, 1.5, -1.5, 1.0, -1.0, 0.5]], np.float32)
    path = tmp_path / f"stem{output.file_format.suffix}"
    report = write_audio(path, Audio(samples, 44_100), output=output)
    highest = 1.0 - 2.0**-23
    assert read_audio(path).samples[:, :].tolist() == [[0.0, highest, -1.0, highest, -1.0, 0.5]]
    assert (report.clipped, report.peak) == (2, 1.5)


def test_floats_are_never_counted_as_clipped(tmp_path: Path) -> None:
    audio = Audio(noise(100, level=4.0), 44_100)
    assert write_audio(tmp_path / "stem.wav", audio, output=WAV_FLOAT).clipped == 0


@pytest.mark.parametrize("output", BOTH_AT_16, ids=["wav", "flac"])
@pytest.mark.parametrize("level", [0.0, 0.25, 0.5])
def test_dither_makes_the_error_independent_of_the_signal(
    tmp_path: Path, output: OutputFormat, level: float
) -> None:
    # A constant between two steps: undithered, it would be off by itself and without noise.
    samples = np.full((1, 400_000), level / 32_768, np.float32)
    read = read_audio(written(tmp_path, samples, output)).samples[:, :].astype(np.float64)
    error = (read - samples) * 32_768
    assert abs(error.mean()) < 0.004  # the first moment: no distortion
    assert error.var() == pytest.approx(0.25, abs=0.004)  # the second: no noise modulation
    assert np.abs(error).max() <= 1.5
    spectrum = np.abs(np.fft.rfft(error[0] - error.mean())) ** 2
    halves = spectrum[: len(spectrum) // 2].mean(), spectrum[len(spectrum) // 2 :].mean()
    assert halves[0] == pytest.approx(halves[1], rel=0.05)  # white


def test_dither_differs_between_channels_and_between_stems(tmp_path: Path) -> None:
    silence = Audio(np.zeros((2, 10_000), np.float32), 44_100)
    for name in ("a.wav", "b.wav"):
        write_audio(tmp_path / name, silence, output=BOTH_AT_16[0])
    first, second = (read_audio(tmp_path / name).samples[:, :] for name in ("a.wav", "b.wav"))
    assert abs(np.corrcoef(first)[0, 1]) < 0.05
    assert abs(np.corrcoef(first[0], second[0])[0, 1]) < 0.05


def test_the_same_name_gets_the_same_bits(tmp_path: Path) -> None:
    paths = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        paths.append(written(folder, noise(1000), BOTH_AT_16[0]))
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_no_date_is_in_a_file_of_floats(tmp_path: Path) -> None:
    content = written(tmp_path, noise(1000), WAV_FLOAT).read_bytes()
    at = content.index(b"PEAK")
    assert content[at + 12 : at + 16] == bytes(4)


def test_the_signal_is_not_changed(tmp_path: Path) -> None:
    samples = noise(1000)
    before = samples.copy()
    written(tmp_path, samples, BOTH_AT_16[0])
    assert np.array_equal(samples, before)


def test_surround_files_name_their_speakers(tmp_path: Path) -> None:
    path = written(tmp_path, noise(100, channels=6), WAV24)
    assert soundfile.info(path).format == "WAVEX"
    header = path.read_bytes()
    mask = header.index(b"fmt ") + 8 + 20
    assert int.from_bytes(header[mask : mask + 4], "little") == 0x3F  # 5.1


def test_files_too_large_for_riff_become_rf64(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_LARGEST_RIFF", 1000)
    samples = on_grid(noise(1000), 24)
    path = written(tmp_path, samples, WAV24)
    assert path.read_bytes().startswith(b"RF64")
    assert np.array_equal(read_audio(path).samples[:, :], samples)


def test_flac_with_too_many_channels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="FLAC cannot hold 9 channels, only 1–8; use WAV"):
        written(tmp_path, noise(10, channels=9), BOTH_AT_24[1])
    assert list(tmp_path.iterdir()) == []


def test_flac_at_32_bits_is_refused() -> None:
    with pytest.raises(OutputError, match="FLAC holds 16 or 24 bits"):
        OutputFormat(FileFormat.FLAC, BitDepth.FLOAT32)


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "stem.wav"
    path.write_bytes(b"precious")
    with pytest.raises(OutputError, match=r"“stem\.wav” exists already"):
        write_audio(path, Audio(noise(100), 44_100), output=WAV24)
    assert path.read_bytes() == b"precious"
    assert [entry.name for entry in tmp_path.iterdir()] == ["stem.wav"]


def test_an_existing_file_is_replaced_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "stem.wav"
    path.write_bytes(b"old")
    write_audio(path, Audio(noise(100), 44_100), output=WAV24, overwrite=True)
    assert read_audio(path).length == 100
    assert [entry.name for entry in tmp_path.iterdir()] == ["stem.wav"]


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "stem.wav"

    def appear(fraction: float) -> None:
        path.write_bytes(b"precious")

    with pytest.raises(OutputError, match="exists already"):
        write_audio(path, Audio(noise(100), 44_100), output=WAV24, progress=appear)
    assert path.read_bytes() == b"precious"
    assert [entry.name for entry in tmp_path.iterdir()] == ["stem.wav"]


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_of_many_writers_exactly_one_wins(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        refusal = OSError(errno.EPERM, "no links on this disk")

        def refuse(self: Path, target: Path) -> None:
            raise refusal

        monkeypatch.setattr(Path, "hardlink_to", refuse)
    path = tmp_path / "stem.wav"
    together = threading.Barrier(8)
    outcomes: list[str] = []

    def wait(fraction: float) -> None:
        together.wait(10)

    def write(value: int) -> None:
        samples = np.full((1, 1000), value / 16, np.float32)
        try:
            write_audio(path, Audio(samples, 44_100), output=WAV24, progress=wait)
            outcomes.append("written")
        except OutputError as error:
            outcomes.append(str(error))

    writers = [threading.Thread(target=write, args=(value,)) for value in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert outcomes.count("written") == 1
    assert len(outcomes) == 8
    assert len(np.unique(read_audio(path).samples[:, :])) == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["stem.wav"]


def test_cancelling_leaves_nothing_behind(tmp_path: Path) -> None:
    asked = iter([False, True])
    with pytest.raises(Cancelled):
        write_audio(
            tmp_path / "stem.flac",
            Audio(noise(200_000), 44_100),
            output=BOTH_AT_24[1],
            cancelled=lambda: next(asked),
        )
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupt(fraction: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_audio(tmp_path / "s.wav", Audio(noise(100), 44_100), output=WAV24, progress=interrupt)
    assert list(tmp_path.iterdir()) == []


class FullDisk(io.BytesIO):
    """A file on a disk with room for `room` bytes."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def write(self, data: bytes) -> int:  # type: ignore[override]
        if self.tell() + len(data) > self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


@pytest.mark.parametrize("file_format", list(FileFormat))
@pytest.mark.parametrize("missing", [1, 100, 5_000, 50_000])
def test_a_full_disk_is_noticed_even_while_closing(
    file_format: FileFormat, missing: int, tmp_path: Path
) -> None:
    output = OutputFormat(file_format, BitDepth.INT24)
    samples, rate = noise(120_011), output.rate_for(44_100)
    needed = written(tmp_path, samples, output, rate).stat().st_size
    with pytest.raises(OSError, match="No space left"):
        encode(
            FullDisk(needed - missing),
            lambda start, stop: samples[:, start:stop],
            path=Path("stem"),
            rate=rate,
            channels=2,
            length=samples.shape[1],
            output=output,
        )


_WRITE_WITHIN_LIMIT = """
import resource, sys
from pathlib import Path
import numpy as np
from core.audio import Audio
from core.errors import OutputError
from core.formats import BitDepth, FileFormat, OutputFormat
from core.tags import Picture, Tags
from core.writing import write_audio

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
path = Path(sys.argv[1])
output = OutputFormat(FileFormat(path.suffix[1:]), BitDepth.INT24)
samples = np.random.default_rng(0).uniform(-0.5, 0.5, (2, 20_000)).astype(np.float32)
rate = output.rate_for(44_100)
tags = Tags(pictures=(Picture("image/png", bytes(100_000)),))
try:
    write_audio(path, Audio(samples, rate), output=output, tags=tags)
except OutputError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits there")
@pytest.mark.parametrize(
    "name", ["stem.wav", "stem.flac", "stem.mp3", "stem.m4a", "stem.opus", "stem.ogg"]
)
@pytest.mark.parametrize("limit", [8_000, 110_000], ids=["in the samples", "in the cover"])
def test_a_real_limit_leaves_nothing_behind(tmp_path: Path, name: str, limit: int) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _WRITE_WITHIN_LIMIT, str(tmp_path / name), str(limit)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert run.stderr == ""
    assert run.stdout == f"“{name}” could not be written: the disk is full.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="the folder “nowhere” does not exist"):
        write_audio(tmp_path / "nowhere" / "s.wav", Audio(noise(9), 44_100), output=WAV24)


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="“file” is not a folder"):
        write_audio(tmp_path / "file" / "s.wav", Audio(noise(9), 44_100), output=WAV24)


def test_a_read_only_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "open", refuse)  # root may write anywhere, so permissions do not do
    with pytest.raises(OutputError, match="is read-only"):
        write_audio(tmp_path / "s.wav", Audio(noise(9), 44_100), output=WAV24)


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions there")
def test_files_get_the_permissions_that_others_get(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    path = written(tmp_path, noise(9), WAV24)
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE((tmp_path / "other").stat().st_mode)


def test_nothing_to_write_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="would hold no sound"):
        written(tmp_path, np.zeros((2, 0), np.float32), WAV24)
    assert list(tmp_path.iterdir()) == []


def test_progress_rises_to_one(tmp_path: Path) -> None:
    told: list[float] = []
    audio = Audio(noise(200_000), 44_100)
    write_audio(tmp_path / "stem.wav", audio, output=WAV24, progress=told.append)
    assert told == sorted(told)
    assert len(told) == 4
    assert told[-1] == 1.0
