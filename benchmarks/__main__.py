"""The suite: `python -m benchmarks`, or `make bench`, measures all and can compare with earlier.

Each figure is measured in processes of their own, several times. `--quick` takes a short song and
few runs. Quote the medians; where other programs run beside it, quote the ratios of two reports
made one right after the other.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import separating, starting
from benchmarks.compare import comparison
from benchmarks.figures import Figure, Report, ReportError, load, machine, read_report, table
from benchmarks.processes import CommandFailed, run

Measured = Iterator[tuple[str, Figure]]


def _lower(unit: str, values: list[float]) -> Figure:
    return Figure(unit, False, tuple(values))


def measure_separation(song: Path, checkpoint: Path | None, runs: int) -> Measured:
    """The command line, cold, on one song."""
    costs = [separating.separate([song], checkpoint=checkpoint) for _ in range(runs)]
    seconds = separating.song_seconds(song)
    speeds = tuple(seconds / cost.seconds for cost in costs)
    yield "separation", Figure("x real time", True, speeds)
    work = tuple(seconds / cost.cpu_seconds for cost in costs)
    yield "separation, per core", Figure("x real time", True, work)
    yield "separation, peak memory", _lower("MiB", [cost.peak_mib for cost in costs])


def measure_start(song: Path, checkpoint: Path | None, runs: int) -> Measured:
    """The window, warm: what the first start reads from disk is not counted."""
    starting.measure()
    starts = [starting.measure() for _ in range(runs)]
    yield "start to first picture", _lower("s", [start["seconds"] for start in starts])
    work = [start["cpu_seconds"] for start in starts]
    yield "start to first picture, processor", _lower("s", work)
    yield "longest stall after it", _lower("ms", [start["stall_ms"] for start in starts])


def measure_first_sound(song: Path, checkpoint: Path | None, runs: int) -> Measured:
    """A song dropped on the warm window."""
    said = _said("benchmarks.first_sound", checkpoint, "--runs", str(runs))
    names = {
        "heard": "drop to song",
        "seen": "drop to waveform and spectrogram",
        "separated": "drop to first separated sound",
    }
    for key, name in names.items():
        yield name, _lower("s", [times[key] for times in said["runs"]])


def measure_export(song: Path, checkpoint: Path | None, runs: int) -> Measured:
    """Both stems saved and checked."""
    command = [sys.executable, "-m", "benchmarks.exporting", str(song.resolve())]
    exports = [json.loads(run(command).output) for _ in range(runs)]
    for kind in exports[0]:
        yield f"export, {kind}", _lower("s", [export[kind] for export in exports])


def measure_smoothness(song: Path, checkpoint: Path | None, runs: int) -> Measured:
    """The window while it separates, plays, pans and zooms."""
    said = [_said("benchmarks.smoothness", checkpoint, "--seconds", "10") for _ in range(runs)]
    for key, name in (("repaint_ms", "repaint"), ("timer_late_ms", "timer, late by")):
        for share in ("p50", "p99"):
            yield f"{name}, {share}", _lower("ms", [of[key][share] for of in said])
    yield "gaps in the sound", _lower("gaps", [of["gaps"] for of in said])


MEASUREMENTS = {
    "separation": measure_separation,
    "start": measure_start,
    "first-sound": measure_first_sound,
    "export": measure_export,
    "smoothness": measure_smoothness,
}


def _said(module: str, checkpoint: Path | None, *options: str) -> dict:
    chosen = ["--checkpoint", str(checkpoint.resolve())] if checkpoint else []
    said: dict = json.loads(run([sys.executable, "-m", module, *options, *chosen]).output)
    return said


def measured(options: argparse.Namespace) -> Report:
    """Measure what the options ask for, telling each figure as it comes.

    Raises:
        CommandFailed: something that was to be measured failed.
    """
    before = load()
    with tempfile.TemporaryDirectory() as folder:
        song = options.song or separating.write_song(Path(folder) / "song.mp3", options.seconds)
        report = Report(
            setting={
                "song": options.song.name if options.song else "generated",
                "song seconds": round(separating.song_seconds(song), 2),
                "checkpoint": options.checkpoint.name if options.checkpoint else "default",
            },
            machine=machine(),
        )
        for name in options.only or MEASUREMENTS:
            for figure_name, figure in MEASUREMENTS[name](song, options.checkpoint, options.runs):
                report.figures[figure_name] = figure
                print(table({figure_name: figure}), flush=True)
    loads = tuple(at for at in (before, load()) if at is not None)
    return Report(report.setting, report.machine, loads, report.figures)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="20 seconds of song, 3 runs")
    parser.add_argument("--runs", type=int, help="of each figure; 5 unless quick")
    parser.add_argument("--seconds", type=float, help="of the generated song; 240 unless quick")
    parser.add_argument("--song", type=Path, help="instead of the generated one")
    parser.add_argument("--checkpoint", type=Path, help="instead of the default one")
    parser.add_argument("--only", action="append", choices=MEASUREMENTS, help="may be repeated")
    parser.add_argument("--json", type=Path, help="write the report to this file")
    parser.add_argument("--against", type=Path, help="compare with this earlier report")
    options = parser.parse_args()
    options.runs = options.runs or (3 if options.quick else 5)
    options.seconds = options.seconds or (20.0 if options.quick else 240.0)
    return options


def main() -> None:
    """Measure, print, and compare."""
    options = _options()
    try:
        earlier = read_report(options.against) if options.against else None
        report = measured(options)
        if options.json:
            options.json.write_text(report.as_json(), encoding="utf-8")
        if earlier:
            print(comparison(earlier, report))
    except (ReportError, CommandFailed) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
