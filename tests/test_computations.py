"""A song that comes again is saved with a sidecar that says how it was computed back then."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.engine import Engine
from core.audio import Audio
from core.cache import Cache
from core.computations import ENDING, recalled, remember
from core.sidecar import Computation
from tests.songs import noise

SONG = Audio(noise(100_000), 44_100)
FACTS = Computation("tiny", 64 * "a", "mean", "cpu", "float32", (2, 1, 2), 32, "AVX2")


def separated(checkpoint: Path, cache: Cache) -> Computation:
    """What the engine that computed it says."""
    engine = Engine(checkpoint, cache)
    separation = engine.begin(SONG, Path("song.wav"))
    for chunk in separation.chunks:
        separation.run(chunk)
    engine.keep(separation)
    return engine.computation(SONG)


def test_a_later_run_knows_how_it_was_computed(tmp_path: Path, checkpoint: Path) -> None:
    then = separated(checkpoint, Cache(tmp_path))
    assert then.dtype and then.processor and len(then.threads) > 1
    later = Engine(checkpoint, Cache(tmp_path))
    assert later.recall(SONG) is not None
    assert later.computation(SONG) == then


@pytest.mark.parametrize("damage", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000])
def test_what_is_damaged_counts_as_not_known(
    tmp_path: Path, checkpoint: Path, damage: bytes
) -> None:
    then = separated(checkpoint, Cache(tmp_path))
    (told,) = tmp_path.glob(f"*{ENDING}")
    told.write_bytes(damage)
    later = Engine(checkpoint, Cache(tmp_path)).computation(SONG)
    assert later == replace(
        then, checkpoint=later.checkpoint, device="", dtype="", threads=(), chunk_frames=0,
        processor="",
    )  # fmt: skip


def test_what_is_written_is_read_and_goes_with_its_song(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.keep("a", noise(100))
    remember(tmp_path, "a", FACTS)
    remember(tmp_path, "b", FACTS)
    assert recalled(tmp_path, "a") == FACTS
    cache.keep("c", noise(100))
    assert recalled(tmp_path, "a") == FACTS and recalled(tmp_path, "b") is None
    cache.clear()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_no_files_is_no_failure(tmp_path: Path) -> None:
    remember(tmp_path / "not there", "a", FACTS)
    assert recalled(tmp_path / "not there", "a") is None
