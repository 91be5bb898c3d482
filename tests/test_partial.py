"""A separation goes on where it was, bit for bit, whatever was torn."""

import gc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from core.audio import Audio
from core.checkpoint import load_checkpoint
from core.devices import choose_device
from core.partial import Partial, PartialFacts, open_partial, unfinished_songs
from core.separation import FADE, Separation
from core.separator import Separator
from tests.songs import noise

SONG = Path("/songs/song.wav")
FRAMES = 20


@pytest.fixture(scope="module")
def separator(checkpoint: Path) -> Separator:
    return Separator(load_checkpoint(checkpoint), device=choose_device("cpu"), dtype=torch.float32)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "key"


def kept(base: Path) -> Callable[[PartialFacts], Partial | None]:
    return lambda facts: open_partial(base, facts, song=SONG)


def begun(separator: Separator, song: Audio, base: Path) -> Separation:
    return Separation(separator, song, chunk_frames=FRAMES, keep=kept(base))


def finished(separator: Separator, song: Audio) -> np.ndarray:
    separation = Separation(separator, song, chunk_frames=FRAMES)
    for chunk in separation.chunks:
        separation.run(chunk)
    return separation.vocals[:, :]


def done(separation: Separation) -> list[int]:
    return [chunk.index for chunk in separation.chunks if separation.done(chunk.index)]


def run_rest(separation: Separation) -> np.ndarray:
    while (chunk := separation.next_chunk(0)) is not None:
        separation.run(chunk)
    return separation.vocals[:, :]


@pytest.mark.parametrize("rate", [44_100, 48_000])
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_it_goes_on_in_any_order_and_ends_bit_for_bit_the_same(
    separator: Separator, base: Path, rate: int, channels: int
) -> None:
    song = Audio(noise(4 * rate + 19, channels=channels), rate)
    expected = finished(separator, song)
    order = np.random.default_rng(channels).permutation(-(-song.length // (FRAMES * 1024)))
    so_far: list[int] = []
    for part in np.array_split(order, 3):
        separation = begun(separator, song, base)
        assert done(separation) == sorted(so_far)
        for index in part:
            if index < len(separation.chunks):
                separation.run(separation.chunks[index])
                so_far.append(int(index))
        before = separation.vocals[:, :]
        del separation
        gc.collect()
        np.testing.assert_array_equal(begun(separator, song, base).vocals[:, :], before)
        gc.collect()
    np.testing.assert_array_equal(run_rest(begun(separator, song, base)), expected)


def test_a_torn_record_costs_one_chunk(separator: Separator, base: Path) -> None:
    song = Audio(noise(150_000), 44_100)
    expected = finished(separator, song)
    separation = begun(separator, song, base)
    for chunk in separation.chunks[:3]:
        separation.run(chunk)
    del separation
    gc.collect()
    journal = base.with_suffix(".journal")
    whole = journal.read_bytes()
    for lost in (1, 5, 20, 10_000):
        journal.write_bytes(whole[:-lost])
        assert done(begun(separator, song, base)) == [0, 1]
        gc.collect()
    middle = len(whole) // 2
    journal.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    again = begun(separator, song, base)
    assert done(again) == [0]
    np.testing.assert_array_equal(run_rest(again), expected)
    del again
    gc.collect()
    assert len(done(begun(separator, song, base))) == 8


def test_samples_that_never_reached_the_disk_are_computed_again(
    separator: Separator, base: Path
) -> None:
    song = Audio(noise(150_000), 44_100)
    separation = begun(separator, song, base)
    for chunk in separation.chunks[:4]:
        separation.run(chunk)
    chunk = separation.chunks[2]
    del separation
    gc.collect()
    data = base.with_suffix(".partial")
    torn = bytearray(data.read_bytes())
    at = 8 * (chunk.start + FADE)
    torn[at : at + 4096] = bytes(4096)
    data.write_bytes(torn)
    again = begun(separator, song, base)
    assert done(again) == [0, 1, 3]
    np.testing.assert_array_equal(run_rest(again), finished(separator, song))


def test_a_file_cut_short_is_filled_again(separator: Separator, base: Path) -> None:
    song = Audio(noise(150_000), 44_100)
    separation = begun(separator, song, base)
    run_rest(separation)
    del separation
    gc.collect()
    data = base.with_suffix(".partial")
    data.write_bytes(data.read_bytes()[: 8 * 50_000])
    again = begun(separator, song, base)
    assert done(again) == [0, 1]
    np.testing.assert_array_equal(run_rest(again), finished(separator, song))


def test_of_two_programs_on_one_song_the_second_works_on_its_own(
    separator: Separator, base: Path
) -> None:
    song = Audio(noise(100_000), 44_100)
    first, second = begun(separator, song, base), begun(separator, song, base)
    assert first.partial is not None and second.partial is None
    for one, other in zip(first.chunks, reversed(second.chunks), strict=True):
        first.run(one)
        second.run(other)
    expected = finished(separator, song)
    np.testing.assert_array_equal(first.vocals[:, :], expected)
    np.testing.assert_array_equal(second.vocals[:, :], expected)


def test_the_threads_of_each_chunk_are_told_of_those_computed_before_too(
    separator: Separator, base: Path
) -> None:
    song = Audio(noise(100_000), 44_100)
    separation = begun(separator, song, base)
    torch.set_num_threads(2)
    separation.run(separation.chunks[1])
    torch.set_num_threads(1)
    del separation
    gc.collect()
    again = begun(separator, song, base)
    assert again.threads == [0, 2, 0, 0, 0]
    run_rest(again)
    assert again.threads == [1, 2, 1, 1, 1]


def test_another_cut_into_chunks_begins_anew(separator: Separator, base: Path) -> None:
    song = Audio(noise(100_000), 44_100)
    separation = begun(separator, song, base)
    separation.run(separation.chunks[0])
    del separation
    gc.collect()
    other = Separation(separator, song, chunk_frames=2 * FRAMES, keep=kept(base))
    assert done(other) == [] and not other.vocals[:, :].any()


@pytest.mark.parametrize("journal", [b"", b"{", b"[]\n", b'{"version": 99}\n', bytes(100_000)])
def test_a_journal_that_is_none_begins_anew(
    separator: Separator, base: Path, journal: bytes
) -> None:
    base.parent.mkdir()
    base.with_suffix(".journal").write_bytes(journal)
    base.with_suffix(".partial").write_bytes(b"something else")
    song = Audio(noise(50_000), 44_100)
    np.testing.assert_array_equal(run_rest(begun(separator, song, base)), finished(separator, song))
    gc.collect()
    assert unfinished_songs(base.parent) == [SONG]


def test_a_folder_that_takes_no_files_only_means_that_nothing_is_kept(
    separator: Separator, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    song = Audio(noise(50_000), 44_100)
    separation = begun(separator, song, tmp_path / "file" / "key")
    assert separation.partial is None
    np.testing.assert_array_equal(run_rest(separation), finished(separator, song))
