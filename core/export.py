"""Stems saved beside each other: same length, one gain, and proof that they sum to the song."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from math import inf
from pathlib import Path
from typing import BinaryIO

import numpy as np

from core.audio import Audio
from core.errors import Cancelled, OutputError
from core.files import check_target, new_file
from core.flaws import ResultCheck
from core.formats import OutputFormat
from core.loudness import TruePeakMeter
from core.low_end import keep_low_end
from core.mix import PLAIN, Mix
from core.naming import DEFAULT_NAMES, StemNames, shown_name, stem_path
from core.null_test import null_test, peak, rounding
from core.rate_change import Resampled, length_at
from core.result_check import ResultChecker
from core.samples import Samples, peak_of
from core.stem_reading import Read, scaled, stem_readers, sum_reader
from core.stems import Stem
from core.tag_writing import apply_tags
from core.tags import read_tags
from core.writing import BLOCK, encode

LOSSY_HEADROOM_DB = 1.0
"""Left below full scale by lossy formats, whose decoded peaks differ from those that went in.

As EBU R 128 s1 and AES TD1004 ask for.
"""


@dataclass(frozen=True)
class ExportPlan:
    """What to save of a song, and where.

    Raises:
        OutputError: two stems would get the same name.
    """

    stems: tuple[Stem, ...]
    output: OutputFormat
    folder: Path
    overwrite: bool = False
    names: StemNames = DEFAULT_NAMES
    mix: Mix = PLAIN
    """How much of the voice the instrumental holds."""
    sample_seconds: float = 0.0
    """To save no more than that, from where the voice starts; 0 saves all. See core.sample.cut."""

    def __post_init__(self) -> None:
        self.names.check(self.stems)

    def path(self, song: Path, stem: Stem) -> Path:
        """Return where a stem goes.

        Raises:
            OutputError: the name would be too long.
        """
        names = replace(self.names, sample=self.sample_seconds > 0)
        file_format = self.output.file_format
        return stem_path(song, stem, folder=self.folder, file_format=file_format, names=names)


@dataclass(frozen=True)
class ExportReport:
    """What was saved, and how exactly."""

    paths: dict[Stem, Path]
    gain_db: float  # applied to all stems alike so that none clips; 0.0 if none would
    clipped: int  # samples beyond full scale nevertheless
    residual_dbfs: float  # largest error of the sum of the stems, as read back; may be -inf
    is_null: bool  # whether that error is no more than rounding explains; never of lossy formats
    mix: Mix = PLAIN  # what the instrumental holds of the voice; the stems sum to that much more
    check: ResultCheck = ResultCheck()  # what else is wrong with the stems
    true_peak_dbtp: float = -inf  # of the loudest stem; above 0 a player may clip between samples
    output: OutputFormat = OutputFormat()
    rate: int = 0  # Hz, of the files
    song_rate: int = 0  # Hz; another one if the format does not hold it
    noise_db: float = -inf  # power of the residual relative to the song's: what coding costs
    delay: int = 0  # samples that the encoder put before each stem, as the files say
    offsets: dict[Stem, int] = field(default_factory=dict)  # samples late as read back, if lossy

    @property
    def is_sound(self) -> bool:
        """Whether the stems sum to the song as their format allows, and nothing else is wrong."""
        return (self.is_null or self.output.is_lossy) and self.check.passed


def check_targets(song: Path, plan: ExportPlan) -> None:
    """Find out before any work whether the stems can be saved.

    Raises:
        OutputError: a file exists already, is the song itself, or the folder takes no files.
    """
    for stem in plan.stems:
        path = plan.path(song, stem)
        check_target(path, overwrite=plan.overwrite)
        if path.exists() and song.exists() and path.samefile(song):
            raise OutputError(f"“{shown_name(path)}” is the song itself and was not overwritten.")


def export_stems(
    song: Path,
    mixture: Audio,
    vocals: Samples,
    plan: ExportPlan,
    *,
    progress: Callable[[float], None] = lambda fraction: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ExportReport:
    """Save the stems of a song, all or none, with its tags and cover art.

    Args:
        song: where the mixture came from; gives the names and the tags.
        mixture: the song.
        vocals: (channels, samples) float32, as the mixture; the instrumental is the rest, and
            what the plan's mix gives back of the voice. Low end that the mix keeps leaves them.
        plan: what to save.
        progress: called with 0.0 to 1.0.
        cancelled: asked between blocks.

    Raises:
        OutputError: a file exists already or cannot be written; then none of them is there.
        Cancelled: none of them is there.
    """
    check_targets(song, plan)
    output = plan.output
    output.check_channels(mixture.channels)
    if plan.mix.keep_low_end_hz is not None:
        kept_below = plan.mix.keep_low_end_hz
        vocals = keep_low_end(vocals, mixture.rate, kept_below, cancelled=cancelled)
    readers = stem_readers(mixture, vocals, plan.mix)
    whole = sum_reader(mixture, vocals, plan.mix)
    steps = _Steps(progress, cancelled, passes=len(plan.stems) + 2)
    gain = _shared_gain([readers[stem] for stem in plan.stems], mixture, output, steps)
    rate = output.rate_for(mixture.rate)
    length = length_at(mixture.length, mixture.rate, rate)

    def as_saved(read: Read) -> Read:
        """The same with the gain, and from its start at the rate of the files."""
        louder = scaled(read, gain)
        if rate == mixture.rate:
            return louder
        return Resampled(
            louder,
            length=mixture.length,
            channels=mixture.channels,
            rate=mixture.rate,
            new_rate=rate,
        ).read

    tags = read_tags(song)
    clipped, delay, true_peak = 0, 0, 0.0
    with ExitStack() as open_files:
        files: dict[Stem, BinaryIO] = {}
        for stem in plan.stems:
            path = plan.path(song, stem)
            file = open_files.enter_context(new_file(path, overwrite=plan.overwrite))
            meter = TruePeakMeter(mixture.channels, rate)
            read = as_saved(readers[stem])
            report = encode(
                file,
                read if output.is_lossy else _metered(read, meter),
                path=path,
                rate=rate,
                channels=mixture.channels,
                length=length,
                output=output,
                progress=steps.advance,
                cancelled=cancelled,
            )
            steps.finish_pass()
            true_peak = max(true_peak, meter.finish())
            clipped += report.clipped
            delay = max(delay, report.delay)
            stem_tags = tags.for_stem(stem, untitled=song.stem)
            apply_tags(file, stem_tags, file_format=output.file_format)
            files[stem] = file
        checker = ResultChecker(rate)
        test = null_test(
            files,
            {stem: as_saved(read) for stem, read in readers.items()},
            as_saved(whole),
            output=output,
            rate=rate,
            channels=mixture.channels,
            length=length,
            checker=checker,
            advance=steps.advance,
        )
    loudest = peak_of(mixture.samples)
    if plan.mix.holds_voice:
        loudest += plan.mix.voice_kept.largest * peak_of(vocals)
    bound = rounding(output.bit_depth, files=len(files)) * max(1.0, loudest)
    check = checker.finish(lengths=test.lengths, offsets=test.offsets)
    return ExportReport(
        paths={stem: plan.path(song, stem) for stem in plan.stems},
        gain_db=float(20 * np.log10(gain)),
        clipped=clipped + test.clipped,
        residual_dbfs=_decibels(test.error),
        is_null=test.error <= bound and not output.is_lossy,
        mix=plan.mix,
        check=check if plan.stems != (Stem.MIXTURE,) else ResultCheck(),
        true_peak_dbtp=_decibels(max(true_peak, test.true_peak)),
        output=output,
        rate=rate,
        song_rate=mixture.rate,
        noise_db=test.noise_db,
        delay=delay,
        offsets=test.offsets,
    )


class _Steps:
    """Progress over several passes through the song, and whether to stop."""

    def __init__(
        self, progress: Callable[[float], None], cancelled: Callable[[], bool], *, passes: int
    ) -> None:
        self._progress, self._cancelled, self._passes = progress, cancelled, passes
        self._finished = 0

    def advance(self, fraction: float) -> None:
        if self._cancelled():
            raise Cancelled
        self._progress((self._finished + fraction) / self._passes)

    def finish_pass(self) -> None:
        self._finished += 1


def _metered(read: Read, meter: TruePeakMeter) -> Read:
    """Measure what is read in order."""

    def metered(start: int, stop: int) -> np.ndarray:
        block = read(start, stop)
        meter.add(block)
        return block

    return metered


def _decibels(level: float) -> float:
    return float(20 * np.log10(level)) if level > 0 else -inf


def _shared_gain(readers: list[Read], mixture: Audio, output: OutputFormat, steps: _Steps) -> float:
    """Return the gain at which no stem clips: 1.0 where none would."""
    highest, room = 0.0, 1.0
    if output.is_lossy:
        meters = [TruePeakMeter(mixture.channels, mixture.rate) for _ in readers]
        for start in range(0, mixture.length, BLOCK):
            stop = min(start + BLOCK, mixture.length)
            for read, meter in zip(readers, meters, strict=True):
                meter.add(read(start, stop))
            steps.advance(stop / mixture.length)
        highest = max((meter.finish() for meter in meters), default=0.0)
        room = float(10 ** (-LOSSY_HEADROOM_DB / 20))
    elif output.is_integer:
        highest = max(_peak(read, mixture.length) for read in readers)
        if highest > room:
            # Two steps of room: full scale itself has no code, and dither adds one.
            room -= 2 * output.bit_depth.step
    steps.finish_pass()
    return room / highest if highest > min(room, 1.0) else 1.0


def _peak(read: Read, length: int) -> float:
    """The largest magnitude, 0.0 of nothing."""
    return max(
        (peak(read(start, min(start + BLOCK, length))) for start in range(0, length, BLOCK)),
        default=0.0,
    )
