"""Starts a built program where it has never been: command line, window, and without a terminal.

Run as `python packaging/smoke.py PROGRAM`; it needs nothing but Python and the program.
"""

from __future__ import annotations

import json
import math
import os
import struct
import subprocess
import sys
import tempfile
import time
import wave
from pathlib import Path

RATE, SECONDS = 44_100, 4
PATIENCE = 180  # seconds that a slow machine may take to start


class SmokeError(Exception):
    """The program did not do what it should; the message says what."""


def write_song(path: Path) -> None:
    """Write a chord with a voice-like tone that swells."""
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, RATE, 0, "NONE", ""))
        for at in range(RATE * SECONDS):
            turn = 2 * math.pi * at / RATE
            chord = sum(math.sin(turn * hertz) for hertz in (110, 165, 220)) / 9
            voice = sum(math.sin(turn * 330 * part) / part for part in range(1, 8)) / 12
            swell = math.sin(math.pi * at / RATE / SECONDS)
            sample = round(32_767 * (chord + swell * voice))
            file.writeframesraw(struct.pack("<hh", sample, round(0.9 * sample)))


def environment(home: Path) -> dict[str, str]:
    """One without a display, in which everything the program keeps lands below `home`."""
    kept = (
        *("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "LOCALAPPDATA", "APPDATA", "USERPROFILE"),
        "APPIMAGE_EXTRACT_AND_RUN",  # how an AppImage starts where there is no FUSE
    )
    found = {name: os.environ[name] for name in kept if name in os.environ}
    return {**found, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}


def separates(program: str, song: Path, home: Path) -> None:
    """The command line writes both stems, as long as the song.

    Raises:
        SmokeError: it does not.
    """
    folder = home / "stems"
    done = _run([program, "separate", song, "-o", folder, "--json"], home)
    told = json.loads(done.stdout.splitlines()[0])
    written = sorted(folder.glob("*.wav"))
    if len(written) != 2:
        raise SmokeError(f"Two stems were to be written: {told}")
    for path in written:
        # A header of 24-bit samples; the standard library's reader may not know its kind.
        if path.stat().st_size < RATE * SECONDS * 2 * 3:
            raise SmokeError(f"{path.name} is too short.")


def tells_about_itself(program: str, home: Path) -> str:
    """The doctor finds torch, the codecs, the checkpoint and its version.

    Raises:
        SmokeError: it does not.
    """
    report = _run([program, "doctor"], home).stdout
    for wrong in ("cannot be", "is not installed", "There is no", "library not found"):
        for line in report.splitlines():
            # A machine without loudspeakers is none of the package's faults.
            if wrong in line and "querying device" not in line and "window" not in line:
                raise SmokeError(f"The doctor says: {line.strip()}")
    return report


def works_without_a_terminal(program: str, song: Path, home: Path) -> None:
    """Started by a desktop, it has no output to write to, and may not care.

    Raises:
        SmokeError: it does.
    """
    folder = home / "silent"
    command = [program, "separate", str(song), "-o", str(folder)]
    if os.name == "posix":
        command = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *command]
    done = subprocess.run(command, env=environment(home), timeout=PATIENCE, check=False)
    if done.returncode or len(list(folder.glob("*.wav"))) != 2:
        raise SmokeError(f"Without a terminal it ends with {done.returncode}.")


def shows_its_window(program: str, song: Path, home: Path) -> float:
    """The window opens with a song and stays; returns the seconds that it took.

    Raises:
        SmokeError: it does not.
    """
    begun = time.monotonic()
    window = subprocess.Popen([program, str(song)], env=environment(home))
    try:
        while not _log_says("window shown", home):
            if window.poll() is not None:
                raise SmokeError(f"The window ended with {window.returncode}.")
            if time.monotonic() > begun + PATIENCE:
                raise SmokeError("The window does not come up.")
            time.sleep(0.1)
        took = time.monotonic() - begun
        time.sleep(5)
        if window.poll() is not None:
            raise SmokeError(f"The window closed by itself with {window.returncode}.")
        return took
    finally:
        window.terminate()
        window.wait(PATIENCE)


def _log_says(words: str, home: Path) -> bool:
    roots = [home, *(Path(os.environ[name]) for name in ("LOCALAPPDATA",) if name in os.environ)]
    paths = [path for root in roots for path in root.rglob("vocal-remover.log")]
    return any(words in path.read_text(encoding="utf-8", errors="replace") for path in paths)


def _run(command: list[str | Path], home: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command, env=environment(home), capture_output=True, text=True, timeout=PATIENCE
    )
    if done.returncode:
        raise SmokeError(f"{command[1]} ended with {done.returncode}: {done.stderr.strip()}")
    return done


def main() -> int:
    """Try sys.argv[1]; returns the exit status."""
    program = sys.argv[1]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        home = Path(name)
        song = home / "a söng.wav"
        write_song(song)
        try:
            print(tells_about_itself(program, home), flush=True)
            separates(program, song, home)
            print("separates a song: yes", flush=True)
            works_without_a_terminal(program, song, home)
            print("works without a terminal: yes", flush=True)
            print(f"window after {shows_its_window(program, song, home):.1f} s: yes", flush=True)
        except SmokeError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
