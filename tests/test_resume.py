"""A program that is killed at any moment goes on at the next start, and computes nothing twice."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.songs import noise, write_song

KILLS = 4
PATIENCE_SECONDS = 240

# The command line, which also notes each chunk that it has finished.
_CHILD = """
import sys
import core.separation

log = open(sys.argv.pop(1), "a")
put = core.separation.Separation._put

def noted(self, index, voice, low):
    put(self, index, voice, low)
    log.write(f"{index}\\n")
    log.flush()

core.separation.Separation._put = noted
from app.cli import main
main()
"""


def start(song: Path, checkpoint: Path, log: Path, out: Path) -> subprocess.Popen[str]:
    options = ["separate", str(song), "-o", str(out), "--checkpoint", str(checkpoint)]
    return subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(log), *options],
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def lines(log: Path) -> list[str]:
    return log.read_text().splitlines() if log.exists() else []


def digests(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.wav")
    }


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killed_at_random_moments_it_ends_with_the_same_stems(
    checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    song = write_song(tmp_path / "song.wav", noise(60 * 44_100))
    # The arithmetic that is fastest here is remembered there: all runs take the same.
    monkeypatch.setenv("VOCAL_REMOVER_CACHE", str(tmp_path / "cache"))
    child = start(song, checkpoint, tmp_path / "undisturbed.log", tmp_path / "expected")
    said, _ = child.communicate(timeout=PATIENCE_SECONDS)
    assert child.returncode == 0, said
    chunks = len(lines(tmp_path / "undisturbed.log"))
    assert chunks > 50 and len(digests(tmp_path / "expected")) == 2

    log, out, rng = tmp_path / "chunks.log", tmp_path / "out", random.Random(7)
    killed = 0
    for _ in range(KILLS):
        child = start(song, checkpoint, log, out)
        wanted = len(lines(log)) + rng.randint(1, chunks // KILLS - 3)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while child.poll() is None and len(lines(log)) < wanted and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(rng.random() * 0.05)
        child.kill()
        child.communicate()
        killed += child.returncode == -signal.SIGKILL
        assert not list(out.glob("*.wav"))  # nothing has its name before it is whole
    assert killed == KILLS
    before = len(lines(log))
    child = start(song, checkpoint, log, out)
    said, _ = child.communicate(timeout=PATIENCE_SECONDS)
    assert child.returncode == 0, said
    assert "Going on with “song.wav”: " in said
    assert digests(out) == digests(tmp_path / "expected")
    computed = lines(log)
    assert len(computed) == len(set(computed))  # no finished chunk was computed twice
    # A chunk that was finished but not yet noted down when the kill came is missing here.
    assert chunks - KILLS * 8 <= len(computed) <= chunks and before > chunks // 4
    assert not list((tmp_path / "cache" / "separations").iterdir())
    assert not list((tmp_path / "cache" / "temporary").iterdir())


def test_killed_while_it_saves_it_only_saves_again(
    checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOCAL_REMOVER_CACHE", str(tmp_path / "cache"))
    song = write_song(tmp_path / "song.wav", noise(20 * 44_100))
    (tmp_path / "out").mkdir()
    log = tmp_path / "chunks.log"
    child = start(song, checkpoint, log, tmp_path / "out")
    deadline = time.monotonic() + PATIENCE_SECONDS
    # Before its chunks it also tries whether the folder can be written to.
    while not (lines(log) and any((tmp_path / "out").glob(".*.part"))):
        assert child.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.001)
    child.kill()
    child.communicate()
    assert not list((tmp_path / "out").glob("*.wav"))
    computed = lines(log)
    child = start(song, checkpoint, log, tmp_path / "out")
    said, _ = child.communicate(timeout=PATIENCE_SECONDS)
    assert child.returncode == 0, said
    assert "100% was separated before" in said
    assert lines(log) == computed
    assert len(digests(tmp_path / "out")) == 2
    assert not list((tmp_path / "out").glob(".*"))  # what was half-written is gone too
