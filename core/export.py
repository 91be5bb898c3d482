"""Stems saved beside each other: same length, one gain, and proof that they sum to the song."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from math import inf
from pathlib import Path
from typing import BinaryIO

import numpy as np

from core.audio import Audio
from core.errors import Cancelled, OutputError
from core.export_plan import ExportPlan, ExportReport
from core.files import check_target, new_file, output_errors, remove_abandoned_parts
from core.flaws import ResultCheck
from core.low_end import keep_low_end
from core.naming import shown_name
from core.null_test import null_test, rounding
from core.rate_change import Resampled, length_at
from core.result_check import ResultChecker
from core.samples import Samples, peak_of
from core.shared_gain import shared_gain
from core.side_by_side import side_by_side
from core.sidecar import (
    SCHEMA,
    Choices,
    Origin,
    Outcome,
    SavedFile,
    Sidecar,
    file_sha256,
    shown,
    versions,
)
from core.stem_reading import Read, scaled, stem_readers, sum_reader
from core.stem_room import check_room_for
from core.stems import Stem
from core.tag_writing import apply_tags
from core.tags import read_tags
from core.true_peak import TruePeakMeter
from core.writing import WriteReport, encode


def check_targets(song: Path, plan: ExportPlan) -> None:
    """Find out before any work whether the stems can be saved.

    What a program left in their folder that was killed while it wrote is removed.

    Raises:
        OutputError: a file exists already, is the song itself, or the folder takes no files.
    """
    for path in plan.paths(song):
        check_target(path, overwrite=plan.overwrite)
        if path.exists() and song.exists() and path.samefile(song):
            raise OutputError(
                "“{name}” is the song itself and was not overwritten.", name=shown_name(path)
            )
    remove_abandoned_parts(plan.folder)


def export_stems(
    song: Path,
    mixture: Audio,
    vocals: Samples,
    plan: ExportPlan,
    *,
    origin: Origin | None = None,
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
        origin: what a sidecar says of the song and its separation; needed if there is to be one.
        progress: called with 0.0 to 1.0.
        cancelled: asked between blocks, or now and then.

    Raises:
        OutputError: a file exists already, has no room or cannot be written; then none is there.
        Cancelled: none of them is there.
    """
    check_targets(song, plan)
    output = plan.output
    output.check_channels(mixture.channels)
    keeps_on_disk = plan.mix.keep_low_end_hz is not None and not isinstance(vocals, np.ndarray)
    check_room_for(song, mixture, plan, signals=int(keeps_on_disk))
    if plan.mix.keep_low_end_hz is not None:
        kept_below = plan.mix.keep_low_end_hz
        vocals = keep_low_end(vocals, mixture.rate, kept_below, cancelled=cancelled)
    readers = stem_readers(mixture, vocals, plan.mix)
    whole = sum_reader(mixture, vocals, plan.mix)
    steps = _Steps(progress, cancelled, passes=len(plan.stems) + 2)
    saved = [readers[stem] for stem in plan.stems]
    gain = shared_gain(saved, mixture, output, advance=steps.advance)
    steps.finish_passes(1)
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
    with ExitStack() as open_files:
        files = {
            stem: open_files.enter_context(
                new_file(plan.path(song, stem), overwrite=plan.overwrite)
            )
            for stem in plan.stems
        }

        def save(stem: Stem, tell: Callable[[float], None], stop: Callable[[], bool]) -> _Saved:
            meter = TruePeakMeter(mixture.channels)
            read = as_saved(readers[stem])
            with output_errors(plan.path(song, stem)):
                written = encode(
                    files[stem],
                    read if output.is_lossy else _metered(read, meter),
                    path=plan.path(song, stem),
                    rate=rate,
                    channels=mixture.channels,
                    length=length,
                    output=output,
                    progress=tell,
                    cancelled=stop,
                )
                stem_tags = tags.for_stem(stem, untitled=song.stem)
                apply_tags(files[stem], stem_tags, file_format=output.file_format)
            return _Saved(written, meter.finish())

        stems = side_by_side(
            [partial(save, stem) for stem in plan.stems],
            progress=lambda share: steps.advance(share * len(plan.stems)),
            cancelled=cancelled,
        )
        steps.finish_passes(len(plan.stems))
        sidecar: BinaryIO | None = None
        if plan.sidecar:
            path = plan.sidecar_path(song)
            sidecar = open_files.enter_context(new_file(path, overwrite=plan.overwrite))
        checker = ResultChecker(rate)
        test = null_test(
            files,
            {stem: as_saved(read) for stem, read in readers.items()},
            as_saved(whole),
            output=output,
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
        report = ExportReport(
            paths={stem: plan.path(song, stem) for stem in plan.stems},
            gain_db=float(20 * np.log10(gain)),
            clipped=sum(stem.written.clipped for stem in stems) + test.clipped,
            residual_dbfs=_decibels(test.error),
            is_null=test.error <= bound and not output.is_lossy,
            mix=plan.mix,
            check=check if plan.stems != (Stem.MIXTURE,) else ResultCheck(),
            true_peak_dbtp=_decibels(max(test.true_peak, *(stem.true_peak for stem in stems))),
            output=output,
            rate=rate,
            song_rate=mixture.rate,
            noise_db=test.noise_db,
            delay=max(stem.written.delay for stem in stems),
            offsets=test.offsets,
            sidecar=plan.sidecar_path(song) if plan.sidecar else None,
        )
        if sidecar is not None:
            assert origin is not None
            sidecar.write(_sidecar(song, plan, origin, report, files).to_json().encode())
        return report


@dataclass(frozen=True)
class _Saved:
    """A stem in its file; its true peak, linear, of formats that keep every sample."""

    written: WriteReport
    true_peak: float


def _sidecar(
    song: Path,
    plan: ExportPlan,
    origin: Origin,
    report: ExportReport,
    files: dict[Stem, BinaryIO],
) -> Sidecar:
    """All that a sidecar says of files that are open and complete."""
    return Sidecar(
        SCHEMA,
        versions(),
        origin.song,
        origin.computation,
        origin.vocals_sha256,
        origin.takes,
        Choices(plan.stems, plan.output, plan.names, plan.mix, plan.sample_seconds),
        Outcome(
            gain_db=report.gain_db,
            clipped=report.clipped,
            residual_dbfs=report.residual_dbfs,
            noise_db=report.noise_db,
            true_peak_dbtp=report.true_peak_dbtp,
            null_test_passed=None if plan.output.is_lossy else report.is_null,
            result_check_passed=report.check.passed,
            rate=report.rate,
            encoder_delay_samples=report.delay,
        ),
        tuple(
            SavedFile(stem, shown(plan.path(song, stem).name), file_sha256(file))
            for stem, file in files.items()
        ),
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

    def finish_passes(self, count: int) -> None:
        self._finished += count


def _metered(read: Read, meter: TruePeakMeter) -> Read:
    """Measure what is read in order."""

    def metered(start: int, stop: int) -> np.ndarray:
        block = read(start, stop)
        meter.add(block)
        return block

    return metered


def _decibels(level: float) -> float:
    return float(20 * np.log10(level)) if level > 0 else -inf
