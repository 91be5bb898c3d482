"""Measures how much memory a separation takes, for songs of some minutes and of many hours.

Run from the checkout, on Linux: `python -m benchmarks.memory [--minutes 4 120 600]`. Each length
is separated on the command line and in a window without a display. It prints a table and, with
`--json FILE`, writes all figures and the curves. Ten hours of stereo need some 50 GB of disk,
half of that at `--rate 22050`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import soundfile

from benchmarks.figures import load, machine
from benchmarks.processes import ROOT, CommandFailed
from benchmarks.separating import RATE, separate_command, song_samples
from core.scratch import FOLDER_VARIABLE

PLACES = ("command", "window")
_BLOCK_SECONDS = 60  # what the songs repeat, at ever other levels
_TEMPORARY = (".scratch", ".partial", ".journal")
_POINTS = 120  # of a curve


@dataclass(frozen=True)
class Peak:
    """What one separation took.

    Attributes:
        place: command or window.
        minutes: length of the song.
        seconds: how long it took.
        peak_mib: most resident memory of the program's own process (VmHWM).
        others_mib: most that its child processes, which decode, had together when looked at.
        scratch_mib: most that its temporary files took on the disk when looked at.
        curve: (seconds, MiB) now and then.
    """

    place: str
    minutes: float
    seconds: float
    peak_mib: float
    others_mib: float
    scratch_mib: float
    curve: list[tuple[float, float]]


def write_song(path: Path, minutes: float, channels: int, rate: int = RATE) -> Path:
    """Write a song as 16-bit RF64, a minute at a time: no length is too long for this program."""
    minute = song_samples(_BLOCK_SECONDS)[:, :channels]
    left = round(minutes * 60 * rate)
    with soundfile.SoundFile(path, "w", rate, channels, "PCM_16", format="RF64") as file:
        number = 0
        while left:
            part = minute[:left] * (0.6 + 0.05 * (number % 8))
            for start in range(0, len(part), 65_536):
                file.write(part[start : start + 65_536])
            left -= len(part)
            number += 1
    return path


def watched(command: list[str], folder: Path) -> Iterator[tuple[float, float, float, float]]:
    """Run a command; give seconds, own and children's MiB and MiB of scratch, twice a second.

    The first number of MiB is VmRSS, except the last, which is the highest VmHWM.

    Raises:
        CommandFailed: it did not end well.
    """
    began, highest = time.monotonic(), 0.0
    environment = {**os.environ, FOLDER_VARIABLE: str(folder / "cache")}
    environment["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=errors
        )
        while process.poll() is None:
            status = _status(process.pid)
            if status:
                highest = max(highest, status.get("VmHWM", 0.0))
                others = sum(_status(child).get("VmRSS", 0.0) for child in _children(process.pid))
                used = _temporary_files(process.pid)
                yield time.monotonic() - began, status.get("VmRSS", 0.0), others, used
            time.sleep(0.5)
        if process.returncode:
            errors.seek(0)
            said = errors.read()[-2000:].decode(errors="replace")
            raise CommandFailed(f"{command} ended with {process.returncode}:\n{said}")
    yield time.monotonic() - began, highest, 0.0, 0.0


def measure(place: str, song: Path, minutes: float, checkpoint: Path | None) -> Peak:
    """Separate a song in a process of its own and watch its memory."""
    folder = song.parent
    if place == "command":
        command = separate_command([str(song)], str(folder), checkpoint=checkpoint)
        command += ["--overwrite", "--format", "wav", "--bit-depth", "16"]
    else:
        chosen = ["--checkpoint", str(checkpoint.resolve())] if checkpoint else []
        command = [sys.executable, "-m", "benchmarks.memory", "--window", str(song), *chosen]
    peak = Peak(place, minutes, 0.0, 0.0, 0.0, 0.0, [])
    for seconds, own, others, used in watched(command, folder):
        peak = replace(
            peak,
            seconds=round(seconds, 1),
            peak_mib=round(own, 1),
            others_mib=max(peak.others_mib, round(others, 1)),
            scratch_mib=max(peak.scratch_mib, round(used, 1)),
        )
        peak.curve.append((round(seconds, 1), round(own, 1)))
    points = peak.curve[:-1]
    return replace(peak, curve=points[:: max(1, len(points) // _POINTS)])


def separate_in_window(song: Path, checkpoint: Path | None) -> None:
    """Open a song in a window, wait until all of it is separated, drawn and looked over."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from benchmarks.first_sound import make_window

    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory(dir=song.parent) as name:
        window = make_window(application, Path(name), checkpoint)
        window.show()
        inspection = window.commands.findings.inspection
        window.actions_.dropouts.trigger()
        loop, poll = QEventLoop(), QTimer()

        def look() -> None:
            session = window.session
            separated = session.song is not None and session.song.finished
            looked_over = inspection.findings is not None and not inspection.busy
            if session.message is not None or (separated and not session.busy and looked_over):
                loop.quit()

        poll.timeout.connect(look)
        poll.start(500)
        window.open([song])
        loop.exec()
        window.grab()
        message, finished = window.session.message, window.session.song
        window.close()
        if finished is None or not finished.finished:
            sys.exit(message.text if message else "it was not separated")


def table(peaks: list[Peak]) -> str:
    """The figures as a Markdown table."""
    lines = [
        "| where | song | peak memory | decoder | temporary files | took |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {each.place} | {each.minutes:g} min | {each.peak_mib:.0f} MiB "
        f"| {each.others_mib:.0f} MiB | {each.scratch_mib:.0f} MiB | {each.seconds:.0f} s |"
        for each in peaks
    ]
    return "\n".join(lines)


def _status(process: int) -> dict[str, float]:
    """Memory of a process in MiB by the kernel's names; nothing if it has ended."""
    try:
        text = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return {}
    rows = (line.split() for line in text.splitlines() if line.startswith("Vm"))
    return {row[0].rstrip(":"): int(row[1]) / 1024 for row in rows}


def _children(process: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def _temporary_files(process: int) -> float:
    """MiB on the disk of the temporary files that a process has open, nameless ones too."""
    total = {}
    try:
        for descriptor in Path(f"/proc/{process}/fd").iterdir():
            if any(ending in descriptor.readlink().name for ending in _TEMPORARY):
                status = descriptor.stat()
                total[status.st_ino] = 512 * status.st_blocks
    except OSError:
        pass
    return sum(total.values()) / 2**20


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.add_argument("--minutes", type=float, nargs="+", default=[4, 120, 600])
    parser.add_argument("--places", nargs="+", choices=PLACES, default=list(PLACES))
    parser.add_argument("--channels", type=int, choices=(1, 2), default=2)
    parser.add_argument("--rate", type=int, default=RATE, help="of the songs, in Hz")
    parser.add_argument("--checkpoint", type=Path, help="instead of the default one")
    parser.add_argument("--folder", type=Path, help="where there is room; default: the system's")
    parser.add_argument("--json", type=Path, help="write the figures and curves to this file")
    parser.add_argument("--window", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Measure, print, write."""
    options = _options()
    if options.window:
        separate_in_window(options.window, options.checkpoint)
        return
    peaks: list[Peak] = []
    before = load()
    for minutes in options.minutes:
        with tempfile.TemporaryDirectory(dir=options.folder) as name:
            song = write_song(Path(name) / "song.wav", minutes, options.channels, options.rate)
            for place in options.places:
                peaks.append(measure(place, song, minutes, options.checkpoint))
                print(table(peaks[-1:]), flush=True)
                if options.json:
                    said = {
                        "machine": machine(),
                        "load": [before, load()],
                        "channels": options.channels,
                        "rate": options.rate,
                        "checkpoint": options.checkpoint.name if options.checkpoint else "default",
                        "peaks": [asdict(each) for each in peaks],
                    }
                    options.json.write_text(json.dumps(said, indent=1), encoding="utf-8")
    print(table(peaks))


if __name__ == "__main__":
    main()
