"""A cluster loses no song and writes none twice, also when one of its workers is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.files import new_file, parts_of, remove_parts
from tests.songs import noise, write_song

ROOT = Path(__file__).resolve().parent.parent
SONGS = 4

pytest.importorskip("distributed")


class Cluster:
    """A scheduler and workers on this machine, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._place = folder, folder / "scheduler.json"
        self._environment = os.environ | {"PYTHONPATH": str(ROOT), "HOME": str(folder)}
        self._environment["XDG_CACHE_HOME"] = str(folder / "cache")
        self._processes: list[subprocess.Popen[bytes]] = []
        self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        deadline = time.monotonic() + 60
        while not self._place.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.address: str = json.loads(self._place.read_text())["address"]

    def add_worker(self) -> subprocess.Popen[bytes]:
        options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--death-timeout", "60")
        return self._start("dask_worker", *options, "--local-directory", str(self._folder))

    def separate(self, *words: str | Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "app", "separate", "--cluster", self.address, *words]
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def end(self) -> None:
        for process in self._processes:
            process.kill()
            process.wait()

    def _start(self, name: str, *options: str) -> subprocess.Popen[bytes]:
        module = ["-m", f"distributed.cli.{name}", "--scheduler-file", str(self._place)]
        with (self._folder / f"{name} {len(self._processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, *module, *options],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        self._processes.append(process)
        return process


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "cluster").mkdir()
    made = Cluster(tmp_path / "cluster")
    yield made
    made.end()


def _stopped_while_writing(worker: subprocess.Popen[bytes], out: Path) -> bool:
    """Whether the worker now stands still with a file half-written."""
    if list(out.glob("*.part")):
        worker.send_signal(signal.SIGSTOP)
        time.sleep(0.05)
        if list(out.glob("*.part")):
            return True
        worker.send_signal(signal.SIGCONT)
    return False


def test_a_killed_worker_loses_no_song_and_writes_none_twice(
    cluster: Cluster, checkpoint: Path, tmp_path: Path
) -> None:
    songs, out = tmp_path / "songs", tmp_path / "out"
    songs.mkdir()
    for number in range(SONGS):
        write_song(songs / f"{number}.wav", noise(12 * 44_100 + number))
    victim = cluster.add_worker()
    run = cluster.separate(songs, "-o", out, "--json", "--checkpoint", checkpoint)
    # Killed in the middle of a song: something is written, and not yet named.
    deadline = time.monotonic() + 120
    while not _stopped_while_writing(victim, out):
        assert time.monotonic() < deadline
        time.sleep(0.005)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    assert list(out.glob("*.part"))
    cluster.add_worker()
    said, errors = run.communicate(timeout=240)
    assert run.returncode == 0, errors
    outcomes = [json.loads(line) for line in said.splitlines()]
    assert sorted(outcome["song"] for outcome in outcomes) == sorted(map(str, songs.iterdir()))
    assert all(outcome["status"] == "written" for outcome in outcomes)
    assert all(outcome["null_test_passed"] for outcome in outcomes)
    # Neither halves of the one that was killed nor second copies.
    stems = [f"{n} ({stem}).wav" for n in range(SONGS) for stem in ("Instrumental", "Vocals")]
    assert sorted(path.name for path in out.iterdir()) == sorted(stems)


def test_a_scheduler_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    song = write_song(tmp_path / "song.wav", noise(1000))
    program = "import app.cli_cluster as c; c.PATIENCE_SECONDS = 1; import app.cli; app.cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "separate", song, "--cluster", "tcp://127.0.0.1:9"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "No Dask scheduler answers at tcp://127.0.0.1:9."


def test_only_the_parts_of_a_run_are_removed(tmp_path: Path) -> None:
    with parts_of("a"), new_file(tmp_path / "mine", overwrite=False):
        with parts_of("b"), new_file(tmp_path / "other", overwrite=False):
            assert len(list(tmp_path.iterdir())) == 2
            remove_parts(tmp_path, "c")
            assert len(list(tmp_path.iterdir())) == 2
        assert len(list(tmp_path.glob(".vocal-remover-a-*.part"))) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "other"]
    left = tmp_path / ".vocal-remover-a-0123.part"
    left.touch()
    remove_parts(tmp_path, "a")
    assert not left.exists()
