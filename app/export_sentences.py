"""What the command line says about saved stems: in English, or as JSON for machines."""

from math import inf

from core.export_plan import ExportReport
from core.flaws import Flaw, ResultCheck, flaw_text
from core.formats import FileFormat


def sentences(export: ExportReport) -> list[str]:
    """Say how exactly the stems sum to the song, and what the format did to them."""
    said = [_exactness(export)]
    if export.gain_db:
        said[0] += f" All were lowered by {-export.gain_db:.2f} dB so that none clips."
    label = export.output.file_format.label
    if export.rate != export.song_rate:
        said.append(
            f"{label} does not hold {export.song_rate:,} Hz: "
            f"the stems were brought to {export.rate:,} Hz."
        )
    if export.output.is_lossy:
        said.append(_timing(export))
    if export.true_peak_dbtp > -inf:
        between = ": players may clip between the samples" if export.true_peak_dbtp > 0 else ""
        said.append(f"True peak {export.true_peak_dbtp:+.1f} dBTP{between}.")
    if export.clipped:
        said.append(f"{export.clipped:,} samples lie beyond full scale, where players clip.")
    return said


def check_sentences(check: ResultCheck) -> list[str]:
    """Say what the result check found."""
    if check.passed:
        return ["Result check passed."]
    return [f"Result check: {flaw_text(flaw, check.rate)}" for flaw in check.flaws]


def export_as_json(export: ExportReport) -> dict[str, object]:
    """Give what JSON can hold: it has no infinity, so an exact sum's residual is null."""
    said: dict[str, object] = {
        "files": {stem.value: str(path) for stem, path in export.paths.items()},
        "gain_db": export.gain_db,
        "clipped": export.clipped,
        "residual_dbfs": _finite(export.residual_dbfs),
        "true_peak_dbtp": _finite(export.true_peak_dbtp),
        "file_rate": export.rate,
    }
    if export.sidecar is not None:
        said["sidecar"] = str(export.sidecar)
    if export.mix.holds_voice:
        said["vocals_db"] = export.mix.vocals_db
    if export.output.is_lossy:
        said["coding_noise_db"] = _finite(export.noise_db)
        said["encoder_delay_samples"] = export.delay
        said["offset_samples"] = {stem.value: late for stem, late in export.offsets.items()}
    # A lossy file cannot pass: it is told how far it is off.
    said["null_test_passed"] = None if export.output.is_lossy else export.is_null
    said["result_check"] = [_flaw_as_json(flaw, export.check.rate) for flaw in export.check.flaws]
    said["result_check_passed"] = export.check.passed
    return said


def _exactness(export: ExportReport) -> str:
    residual, label = export.residual_dbfs, export.output.file_format.label
    level = "exactly" if residual == -inf else f"to {residual:.1f} dBFS"
    if export.output.is_lossy:
        noise = "" if export.noise_db == -inf else f", {-export.noise_db:.1f} dB below it"
        return (
            f"The stems sum to the song{_with_voice(export)} but for the coding noise of "
            f"{label}{noise}; WAV, FLAC and ALAC have none."
        )
    if export.is_null:
        return f"The stems sum to the song{_with_voice(export)} {level}."
    return f"The stems do not sum to the song: they are {residual:.1f} dBFS off."


def _timing(export: ExportReport) -> str:
    label = export.output.file_format.label
    late = max(export.offsets.values(), key=abs, default=0)
    heard = "on time to the sample" if late == 0 else f"{late:,} samples late"
    if not export.delay:
        return f"{label} adds no delay; read back, the stems are {heard}."
    if export.output.file_format is FileFormat.OPUS:
        players = "which every player skips"
    else:
        players = "which the file says and most players skip"
    milliseconds = 1000 * export.delay / max(1, export.rate)
    return (
        f"{label} puts {export.delay:,} samples ({milliseconds:.0f} ms) before the song, "
        f"{players}; read back, the stems are {heard}."
    )


def _with_voice(export: ExportReport) -> str:
    mix = export.mix
    return f" with its voice at {mix.vocals_db:+g} dB added" if mix.holds_voice else ""


def _finite(level: float) -> float | None:
    return None if level == -inf else level


def _flaw_as_json(flaw: Flaw, rate: int) -> dict[str, object]:
    return {
        "kind": flaw.kind.value,
        "stem": flaw.stem.value if flaw.stem else None,
        "start_seconds": round(flaw.start / rate, 3),
        "stop_seconds": round(flaw.stop / rate, 3),
        "samples": flaw.amount,
    }
