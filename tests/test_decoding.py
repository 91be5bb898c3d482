"""Whatever a file does to the decoding process, the program goes on and says so."""

import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core import decoding_process
from core.audio import probe, read_audio
from core.decoding import Damaged, read_raw_tags, readers_for
from core.decoding_process import DecodingProcess, ProcessEnded, borrowed
from core.tags import Tags, read_tags
from tests.songs import noise, write_song

ROOT = Path(__file__).parent.parent
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals and FIFOs")


@pytest.fixture(autouse=True)
def _fresh_processes() -> Iterator[None]:
    """No test inherits or leaves a process."""
    decoding_process.end_all()
    yield
    decoding_process.end_all()


@pytest.fixture
def song(tmp_path: Path) -> Path:
    """A song of many blocks."""
    return write_song(tmp_path / "song.wav", noise(30 * 65_536))


def pid() -> int:
    """Which process would answer now."""
    with borrowed("song") as process:
        return process.pid


def test_one_process_serves_song_after_song(song: Path) -> None:
    probe(song)
    first = pid()
    assert read_audio(song).length == 30 * 65_536
    assert pid() == first


@posix_only
def test_a_process_that_died_while_waiting_is_replaced_unseen(song: Path) -> None:
    first = pid()
    os.kill(first, signal.SIGKILL)
    assert probe(song).channels == 2
    assert pid() != first


@posix_only
def test_a_crash_while_decoding_keeps_what_came_and_the_next_song_is_read(song: Path) -> None:
    busy = pid()  # the one that is about to decode
    blocks, received = readers_for(song)[0].blocks(song), 0
    with pytest.raises(Damaged, match="it crashed the decoder"):
        for block in blocks:
            if not received:
                os.kill(busy, signal.SIGSEGV)
            received += block.shape[1]
    assert 65_536 <= received < 30 * 65_536
    assert read_audio(song).length == 30 * 65_536


@posix_only
@pytest.mark.usefixtures("impatient")
def test_a_library_that_never_returns_is_ended(tmp_path: Path) -> None:
    endless = tmp_path / "song.mp3"
    os.mkfifo(endless)  # to open it waits for somebody to write
    process = DecodingProcess()
    began = time.monotonic()
    with pytest.raises(ProcessEnded, match="busy without end"):
        process.ask({"do": "describe", "library": "ffmpeg"}, endless)
    assert time.monotonic() - began < 30
    assert not process.is_free


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding_process, "patience", 1.0)


@posix_only
@pytest.mark.usefixtures("impatient")
def test_a_process_that_is_stopped_for_good_does_not_stop_the_program(
    song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding_process, "_GRACE", 0.5)
    with borrowed("song") as process:
        process.ask({"do": "describe", "library": "soundfile"}, song)
        os.kill(process.pid, signal.SIGSTOP)
    with borrowed("song") as process, pytest.raises(ProcessEnded, match="busy without end"):
        process.ask({"do": "describe", "library": "soundfile"}, song)
    assert probe(song).channels == 2


@pytest.mark.usefixtures("impatient")
def test_a_program_that_is_slow_to_take_samples_is_no_fault_of_the_song(song: Path) -> None:
    lengths = []
    for block in readers_for(song)[0].blocks(song):
        lengths.append(block.shape[1])
        if len(lengths) == 3:
            time.sleep(2.5)
    assert sum(lengths) == 30 * 65_536


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_file_that_asks_for_gigabytes_does_not_get_them(tmp_path: Path) -> None:
    greedy, size = tmp_path / "song.ape", 3 * 2**29
    footer = b"APETAGEX" + struct.pack("<4I8x", 2_000, size, 1, 0)
    with greedy.open("wb") as file:
        file.write(b"MAC ")
        file.truncate(size)  # zeros that take no room on disk
        file.seek(size)
        file.write(footer)
    with pytest.raises(Damaged, match="too much memory"):
        read_raw_tags(greedy)
    assert read_tags(greedy) == Tags()


def test_a_reading_that_is_given_up_leaves_the_process_ready(song: Path) -> None:
    busy = pid()
    blocks = readers_for(song)[0].blocks(song)
    next(blocks)
    blocks.close()  # type: ignore[attr-defined]
    assert pid() == busy
    assert sum(block.shape[1] for block in readers_for(song)[0].blocks(song)) == 30 * 65_536
    assert pid() == busy


def test_two_songs_can_be_read_at_once(song: Path) -> None:
    one, other = (readers_for(song)[0].blocks(song) for _ in range(2))
    for first, second in zip(one, other, strict=True):
        assert np.array_equal(first, second)


@posix_only
def test_ctrl_c_in_a_terminal_does_not_reach_the_process() -> None:
    assert os.getpgid(pid()) != os.getpgid(os.getpid())


_DIE = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
from core.decoding_process import borrowed
with borrowed("song") as process:
    print(process.pid, flush=True)
    if sys.argv[2] == "killed":
        os.kill(os.getpid(), 9)
"""


@posix_only
@pytest.mark.parametrize("how", ["killed", "ended"])
def test_the_process_ends_with_the_program(how: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", _DIE, str(ROOT), how], capture_output=True, text=True
    )
    assert not told.stderr
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.kill(int(told.stdout), 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("it is still there")


def test_the_decoding_process_loads_neither_qt_nor_torch() -> None:
    program = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import core.decoding_child
assert not {{"PySide6", "torch", "sounddevice"}} & sys.modules.keys()
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_program_itself_loads_no_decoder() -> None:
    program = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import core.audio
assert "av" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)
