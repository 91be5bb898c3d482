"""Where a fault is provoked: songs, a tiny network and a home of its own, and what is checked."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import soundfile

from core.scratch import FOLDER_VARIABLE
from core.training.untrained import write_untrained
from tests.songs import tones, write_song
from tests.tiny import TINY

ROOT = Path(__file__).resolve().parent.parent
RATE, SECONDS = 44_100, 8
_PATIENCE = 300  # seconds
_NOISE = re.compile(
    r"propagateSizeHints|^Using the CPU|^Separating |^The stems sum|^True peak|^Result check"
)


@dataclass
class Outcome:
    """What a run said and left behind."""

    status: int
    said: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """All that the user was told."""
        return " ".join(self.said)


class NotTried(Exception):
    """A fault cannot be provoked here; the message says why."""


class Place:
    """A folder with two songs, `first` and `second`, and everything that a user's home holds."""

    def __init__(self, folder: Path) -> None:
        """Make all of it."""
        self.folder, self.out = folder, folder / "out"
        self.home, self.scratch = folder / "home", folder / "scratch"
        for made in (self.home, self.scratch, folder / "songs"):
            made.mkdir()
        self.first = write_song(folder / "songs" / "first.wav", tones(SECONDS * RATE))
        self.second = write_song(folder / "songs" / "second.wav", tones(RATE))
        self.checkpoint = folder / "tiny.safetensors"
        write_untrained(self.checkpoint, TINY)

    def environment(self, **more: str) -> dict[str, str]:
        """That of a user with this home."""
        home = {
            name: str(self.home / name.lower()) for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME")
        }
        home |= {"HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home / "config")}
        home |= {FOLDER_VARIABLE: str(self.scratch), "QT_QPA_PLATFORM": "offscreen"}
        return {**os.environ, **home, "OMP_NUM_THREADS": "1", "COLUMNS": "400", **more}

    def command(self, *songs: Path | str, trigger: tuple[str, ...] = ()) -> list[str]:
        """The command line that separates songs; a trigger is a moment, an action, an argument."""
        module = ["benchmarks.fault_trigger", *trigger, "--"] if trigger else ["app"]
        options = ["-o", str(self.out), "--checkpoint", str(self.checkpoint)]
        names = [str(song) for song in songs or (self.first, self.second)]
        return [sys.executable, "-m", *module, "separate", *options, "--", *names]

    def separate(
        self, *songs: Path | str, trigger: tuple[str, ...] = (), **environment: str
    ) -> Outcome:
        """Run the command line and check what any run must keep."""
        command = self.command(*songs, trigger=trigger)
        return self.check(self._run(command, environment))

    def window(self, *songs: Path, fault: tuple[str, ...] = (), **environment: str) -> Outcome:
        """Run the window on a queue of songs and check what any run must keep."""
        names = [str(song) for song in songs or (self.first, self.second)]
        place = [str(self.folder), str(self.checkpoint)]
        command = [sys.executable, "-m", "benchmarks.fault_window", *place, *fault, "--", *names]
        done = self._run(command, environment)
        outcome = self.check(done)
        try:
            told = json.loads(done.stdout.splitlines()[-1])
        except (ValueError, IndexError):
            outcome.problems.append("the window ended without a word")
            return outcome
        said = told["sentences"]
        if fault != ("silent",):
            said = [sentence for sentence in said if "No audio device" not in sentence]
        reasons = [reason for _, status, reason in told["songs"] if status == "failed"]
        outcome.said = list(dict.fromkeys([*said, *reasons]))
        outcome.problems += [
            f"{name} is {status} in the queue"
            for name, status, _ in told["songs"]
            if status not in ("saved", "failed")
        ]
        return outcome

    def _run(
        self, command: list[str], environment: dict[str, str]
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )

    def check(self, done: "subprocess.CompletedProcess[str]") -> Outcome:
        """Gather what a run said, and what is wrong with it."""
        lines = [line.strip() for line in done.stderr.splitlines()]
        outcome = Outcome(done.returncode)
        outcome.said = [line for line in lines if line and not _NOISE.search(line)]
        if "Traceback" in done.stderr:
            outcome.problems.append("it ended with a traceback")
        if "should not have" in done.stderr + done.stdout:
            outcome.problems.append("it did not know what to say")
        if done.returncode < 0:
            outcome.problems.append(f"it was ended by signal {-done.returncode}")
        outcome.problems += self.half_written()
        return outcome

    def half_written(self) -> Iterator[str]:
        """Files in the target folder that are no whole stems."""
        lengths = {"first": SECONDS * RATE, "second": RATE}
        for path in sorted(self.out.iterdir()) if self.out.is_dir() else ():
            if path.suffix != ".wav":
                yield f"{path.name} was left behind"
                continue
            try:
                with path.open("rb") as file:  # libsndfile takes no name that is no text
                    frames = soundfile.info(file).frames
            except soundfile.LibsndfileError:
                yield f"{path.name} cannot be read"
                continue
            expected = lengths.get(path.name.partition(" (")[0], frames)
            if frames != expected:
                yield f"{path.name} has {frames} samples, not {expected}"

    def wrote(self, *names: str) -> list[str]:
        """Problems: which songs lack their stems."""
        return [
            f"{name} has no {stem}"
            for name in names
            for stem in ("Instrumental", "Vocals")
            if not (self.out / f"{name} ({stem}).wav").is_file()
        ]

    def wrote_nothing_of(self, name: str) -> list[str]:
        """Problems: stems that should not be there."""
        found = self.out.glob(f"{name} (*") if self.out.is_dir() else ()
        return [f"{path.name} is there" for path in found]


def digest(path: Path) -> str:
    """What a file holds."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[bool]:
    """Mount a disk of that size at `folder`; give False where this user may not.

    Yields:
        Whether it is one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    options = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}M", "tmpfs", str(folder)]
    if not sys.platform.startswith("linux") or not shutil.which("mount"):
        yield False
        return
    if subprocess.run(options, capture_output=True, check=False).returncode:
        yield False
        return
    try:
        yield True
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


@contextmanager
def needed_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """Mount a disk of that size at `folder`.

    Raises:
        NotTried: this user may not.
    """
    with small_disk(folder, megabytes) as mounted:
        if not mounted:
            raise NotTried("no disk can be mounted")
        yield
