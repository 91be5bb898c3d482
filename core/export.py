"""Stems saved beside each other: same length, one gain, and proof that they sum to the song."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
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
from core.null_test import peak, residual, rounding
from core.result_check import ResultChecker
from core.stem_reading import Read, scaled, stem_readers, sum_reader
from core.stems import Stem
from core.tags import apply_tags, read_tags
from core.writing import BLOCK, encode


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
    clipped: int  # samples that were limited nevertheless
    residual_dbfs: float  # largest error of the sum of the stems, as read back; may be -inf
    is_null: bool  # whether that error is no more than rounding to the bit depth explains
    mix: Mix = PLAIN  # what the instrumental holds of the voice; the stems sum to that much more
    check: ResultCheck = ResultCheck()  # what else is wrong with the stems
    true_peak_dbtp: float = -inf  # of the loudest stem; above 0 a player may clip between samples

    @property
    def is_sound(self) -> bool:
        """Whether the stems sum to the song and nothing else is wrong with them."""
        return self.is_null and self.check.passed


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
    vocals: np.ndarray,
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
    if plan.mix.keep_low_end_hz is not None:
        kept_below = plan.mix.keep_low_end_hz
        vocals = keep_low_end(vocals, mixture.rate, kept_below, cancelled=cancelled)
    readers = stem_readers(mixture, vocals, plan.mix)
    gain = _shared_gain(readers, plan, length=mixture.length)
    tags = read_tags(song)
    steps = _Steps(progress, cancelled, passes=len(plan.stems) + 1)
    clipped, true_peak = 0, 0.0
    with ExitStack() as open_files:
        files: dict[Stem, BinaryIO] = {}
        for stem in plan.stems:
            path = plan.path(song, stem)
            file = open_files.enter_context(new_file(path, overwrite=plan.overwrite))
            meter = TruePeakMeter(mixture.channels, mixture.rate)
            report = encode(
                file,
                _metered(scaled(readers[stem], gain), meter),
                path=path,
                rate=mixture.rate,
                channels=mixture.channels,
                length=mixture.length,
                output=plan.output,
                progress=steps.advance,
                cancelled=cancelled,
            )
            steps.finish_pass()
            true_peak = max(true_peak, meter.finish())
            clipped += report.clipped
            stem_tags = tags.for_stem(stem, untitled=song.stem)
            apply_tags(file, stem_tags, file_format=plan.output.file_format)
            files[stem] = file
        whole = sum_reader(mixture, vocals, plan.mix)
        checker = ResultChecker(mixture.rate)
        error = residual(
            files,
            readers,
            whole,
            gain,
            length=mixture.length,
            checker=checker,
            advance=steps.advance,
        )
    loudest = peak(mixture.samples)
    if plan.mix.holds_voice:
        loudest += plan.mix.voice_kept.largest * peak(vocals)
    bound = rounding(plan.output.bit_depth, files=len(files)) * max(1.0, loudest)
    return ExportReport(
        paths={stem: plan.path(song, stem) for stem in plan.stems},
        gain_db=float(20 * np.log10(gain)),
        clipped=clipped,
        residual_dbfs=_decibels(error),
        is_null=error <= bound,
        mix=plan.mix,
        check=checker.finish() if plan.stems != (Stem.MIXTURE,) else ResultCheck(),
        true_peak_dbtp=_decibels(true_peak),
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


def _shared_gain(readers: dict[Stem, Read], plan: ExportPlan, *, length: int) -> float:
    """Return the gain at which no stem clips: 1.0, or less for integer formats."""
    if not plan.output.bit_depth.is_integer:
        return 1.0
    highest = max(
        peak(readers[stem](start, min(start + BLOCK, length)))
        for stem in plan.stems
        for start in range(0, length, BLOCK)
    )
    # Two steps of room: full scale itself has no code, and dither adds one.
    return 1.0 if highest <= 1.0 else (1.0 - 2 * plan.output.bit_depth.step) / highest
