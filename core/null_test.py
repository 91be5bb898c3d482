"""The proof that saved stems sum to the song: both are read back and compared."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from math import inf
from typing import BinaryIO

import numpy as np

from core.alignment import Alignment
from core.errors import OutputError
from core.formats import BitDepth, OutputFormat
from core.reading_back import SavedStem, saved_stem
from core.result_check import ResultChecker
from core.samples import peak
from core.stem_reading import Read
from core.stems import Stem
from core.threads import start_all
from core.true_peak import TruePeakMeter
from core.writing import BLOCK

_AHEAD = 4  # blocks of a file that are read before they are asked for


@dataclass(frozen=True)
class NullTest:
    """What reading the files back has shown.

    Attributes:
        error: largest magnitude of instrumental plus vocals less what they sum to, linear.
        noise_db: that error's power relative to the song's, in dB; -inf where there is none.
        lengths: samples of each file.
        offsets: samples that each file is late; only of lossy formats, others cannot be.
        true_peak: of the loudest file, linear; only of lossy formats, which change it.
        clipped: samples of lossy files beyond full scale, which players may clip.
    """

    error: float
    noise_db: float
    lengths: dict[Stem, int]
    offsets: dict[Stem, int] = field(default_factory=dict)
    true_peak: float = 0.0
    clipped: int = 0


def null_test(
    files: dict[Stem, BinaryIO],
    readers: dict[Stem, Read],
    whole: Read,
    *,
    output: OutputFormat,
    channels: int,
    length: int,
    checker: ResultChecker,
    advance: Callable[[float], None],
) -> NullTest:
    """Read the files back and compare instrumental plus vocals with `whole`.

    A stem that is not saved is taken as computed.

    Args:
        files: the stems as saved, open for reading.
        readers: the stems as they went into the files.
        whole: what instrumental and vocals sum to.
        output: how the files were saved.
        channels: of the files.
        length: samples.
        checker: sees each block as it was read back.
        advance: called with the share that is done, 0 to 1; may raise to stop.

    Raises:
        OutputError: a file that keeps every sample has another length.
    """
    with ExitStack() as open_files:
        stems = {
            stem: open_files.enter_context(saved_stem(file, output, channels=channels))
            for stem, file in files.items()
        }
        saved = {}
        for stem, written in stems.items():
            # Left first: no file is closed while one of its blocks is read.
            thread = open_files.enter_context(ThreadPoolExecutor(1, "read back"))
            start_all(thread, 1)
            saved[stem] = _Saved(thread, written, channels=channels, is_lossy=output.is_lossy)
        worst, error_power, whole_power = 0.0, 0.0, 0.0
        for start in range(0, length, BLOCK):
            stop = min(start + BLOCK, length)
            parts = {stem: read(start, stop) for stem, read in readers.items()}
            mixture, uncoded = parts[Stem.MIXTURE], parts[Stem.VOCALS]
            for stem, file in saved.items():
                parts[stem] = file.read(stop - start, meant=parts[stem])
            instrumental, vocals = parts[Stem.INSTRUMENTAL], parts[Stem.VOCALS]
            expected = whole(start, stop).astype(np.float64)
            error = np.add(instrumental, vocals, dtype=np.float64)
            error -= expected
            worst = max(worst, peak(error))
            error_power += float(np.sum(np.square(error)))
            whole_power += float(np.sum(np.square(expected)))
            if output.is_lossy:
                checker.add(instrumental, vocals, mixture, whole=expected, uncoded=uncoded)
            else:
                checker.add(instrumental, vocals, mixture, whole=expected)
            advance(stop / length)
        lengths = {stem: file.count_to_the_end() for stem, file in saved.items()}
        for found in lengths.values():
            if found != length and not output.is_lossy:
                raise OutputError(
                    "A saved stem has {found:,} samples, not {length:,}.",
                    found=found,
                    length=length,
                )
        noise = 10 * np.log10(error_power / whole_power) if error_power and whole_power else -inf
        if not output.is_lossy:
            return NullTest(worst, float(noise), lengths)
        return NullTest(
            worst,
            float(noise),
            lengths,
            {stem: file.alignment.measure()[0] for stem, file in saved.items()},
            max((file.meter.finish() for file in saved.values()), default=0.0),
            sum(file.clipped for file in saved.values()),
        )


class _Saved:
    """A file that is read back, blocks ahead in a thread, and measured if its format is lossy."""

    def __init__(self, thread: Executor, file: SavedStem, *, channels: int, is_lossy: bool) -> None:
        self._thread, self._file, self._channels, self._is_lossy = thread, file, channels, is_lossy
        # So many that the thread never waits for those who compare, which are slower at times.
        self._ahead = deque(thread.submit(file.read, BLOCK) for _ in range(_AHEAD))
        self._read = 0
        self.clipped = 0
        self.alignment = Alignment()
        self.meter = TruePeakMeter(channels)

    def read(self, count: int, *, meant: np.ndarray) -> np.ndarray:
        """The next samples, a block or what is left, zeros beyond the file's end."""
        block = self._next()[:, :count]
        if self._is_lossy:
            self.meter.add(block)
            self.clipped += int(np.count_nonzero(np.abs(block) > 1.0))
        if block.shape[1] < count:
            missing = np.zeros((self._channels, count - block.shape[1]), np.float32)
            block = np.concatenate([block, missing], axis=1)
        if self._is_lossy:
            self.alignment.add(block, meant)
        return block

    def count_to_the_end(self) -> int:
        """The samples of the whole file."""
        while self._next().shape[1]:
            pass
        return self._read

    def _next(self) -> np.ndarray:
        block = self._ahead.popleft().result()
        self._ahead.append(self._thread.submit(self._file.read, BLOCK))
        self._read += block.shape[1]
        return block


def rounding(depth: BitDepth, *, files: int) -> float:
    """Return the largest error that rounding `files` stems may sum to, relative to full scale."""
    per_file = {BitDepth.INT16: 1.5, BitDepth.INT24: 0.5, BitDepth.FLOAT32: 1.0}[depth]
    arithmetic = 2.0**-22  # of the subtraction and the gain in float32
    return per_file * depth.step * files + arithmetic
