"""Kept separations come back bit for bit, or not at all."""

import os
from pathlib import Path

import numpy as np
import pytest

from core.audio import Audio
from core.cache import Cache, checkpoint_sha256, result_key
from core.partial import Partial, PartialFacts
from tests.songs import noise, tones

SHAPE = (2, 10_000)
NBYTES = 2 * 10_000 * 4


def song(level: float = 0.3, rate: int = 44_100) -> Audio:
    return Audio(tones(10_000, level=level), rate)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "kept")


def test_what_was_kept_comes_back_exactly(cache: Cache) -> None:
    vocals = noise(10_000) * np.float32(1e-9)
    vocals[0, :3] = [-0.0, 1.5, float(np.finfo(np.float32).tiny) / 2]
    assert cache.recall("a", shape=SHAPE) is None
    assert cache.keep("a", vocals)
    recalled = cache.recall("a", shape=SHAPE)
    assert recalled is not None and recalled.dtype == np.float32
    assert recalled[:, :].tobytes() == vocals.tobytes()
    assert cache.holds("a") and cache.count == 1
    assert NBYTES <= cache.size < NBYTES + 1000


def test_the_key_depends_on_samples_rate_checkpoint_and_settings() -> None:
    keys = {
        result_key(song(), "c"),
        result_key(song(0.30001), "c"),
        result_key(song(rate=48_000), "c"),
        result_key(song(), "d"),
        result_key(song(), "c", settings="twice"),
        result_key(Audio(song().samples[:, :].reshape(1, -1), 44_100), "c"),
    }
    assert len(keys) == 6
    assert result_key(song(), "c") in keys


@pytest.mark.parametrize("left", [0, 10, 100, NBYTES // 2, NBYTES + 10])
def test_a_half_written_entry_is_ignored_and_removed(cache: Cache, left: int) -> None:
    cache.keep("a", noise(10_000))
    path = cache.folder / "a.vocals"
    path.write_bytes(path.read_bytes()[:left])
    assert cache.recall("a", shape=SHAPE) is None
    assert not path.exists()


def test_a_changed_byte_anywhere_is_found(cache: Cache) -> None:
    vocals = noise(50)
    cache.keep("a", vocals)
    path = cache.folder / "a.vocals"
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        assert cache.recall("a", shape=(2, 50)) is None
        assert not path.exists()


def test_an_entry_of_another_shape_is_no_entry(cache: Cache) -> None:
    cache.keep("a", noise(10_000))
    assert cache.recall("a", shape=(2, 9_999)) is None
    assert cache.count == 0


def test_entries_of_former_versions_make_room(cache: Cache) -> None:
    cache.folder.mkdir()
    (cache.folder / "a.npz").touch()
    assert cache.recall("a", shape=SHAPE) is None
    cache.keep("b", noise(10_000))
    assert [path.name for path in cache.folder.iterdir()] == ["b.vocals"]


def test_the_least_recently_used_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=3 * NBYTES + 2000)
    for age, key in enumerate("cba"):
        cache.keep(key, noise(10_000))
        os.utime(tmp_path / f"{key}.vocals", (age, age))
    assert cache.recall("c", shape=SHAPE) is not None
    cache.keep("d", noise(10_000))
    assert [key for key in "abcd" if cache.holds(key)] == ["a", "c", "d"]
    assert cache.size <= cache.limit


def test_a_song_beyond_the_limit_displaces_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=NBYTES)
    cache.keep("a", noise(5_000))
    assert not cache.keep("b", noise(20_000))
    assert cache.holds("a") and not cache.holds("b")


def test_clear_removes_everything_but_what_is_not_ours(cache: Cache) -> None:
    cache.keep("a", noise(10_000))
    (cache.folder / ".dead.part").touch()
    (cache.folder / "letter.txt").touch()
    cache.clear()
    assert [path.name for path in cache.folder.iterdir()] == ["letter.txt"]
    assert cache.size == cache.count == 0


def test_files_left_by_a_crash_go_after_a_day(cache: Cache) -> None:
    cache.folder.mkdir()
    for name, age in (("old.part", 0), ("new.part", 10**10)):
        (cache.folder / name).touch()
        os.utime(cache.folder / name, (age, age))
    cache.keep("a", noise(10_000))
    assert sorted(path.name for path in cache.folder.iterdir()) == ["a.vocals", "new.part"]


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file" / "kept")
    assert not cache.keep("a", noise(10_000))
    assert cache.recall("a", shape=SHAPE) is None
    assert cache.size == 0


def test_a_missing_checkpoint_has_no_digest(tmp_path: Path) -> None:
    assert checkpoint_sha256(tmp_path / "none") == ""
    (tmp_path / "empty").touch()
    assert checkpoint_sha256(tmp_path / "empty").startswith("e3b0c44298fc1c14")


FACTS = PartialFacts(channels=2, length=10_000, rate=44_100, step=8192)


def under_way(cache: Cache, key: str, vocals: np.ndarray) -> Partial:
    partial = cache.begin(key, FACTS, song=Path("/songs") / f"{key}.wav")
    assert partial is not None
    partial.vocals[..., :] = vocals
    return partial


def test_what_was_under_way_is_kept_in_its_place_when_it_is_done(cache: Cache) -> None:
    vocals = noise(10_000)
    partial = under_way(cache, "a", vocals)
    assert not cache.holds("a") and cache.recall("a", shape=SHAPE) is None
    assert cache.finish("a", partial)
    recalled = cache.recall("a", shape=SHAPE)
    assert recalled is not None
    np.testing.assert_array_equal(recalled[:, :], vocals)
    np.testing.assert_array_equal(partial.vocals[:, :], vocals)
    assert [path.name for path in cache.folder.iterdir()] == ["a.vocals"]


def test_what_is_beyond_the_limit_is_not_kept_but_waits_to_be_saved(tmp_path: Path) -> None:
    cache, vocals = Cache(tmp_path, limit=NBYTES - 1), noise(10_000)
    partial = under_way(cache, "a", vocals)
    assert not cache.finish("a", partial)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.journal", "a.partial"]
    partial.discard()
    assert list(tmp_path.iterdir()) == []
    np.testing.assert_array_equal(partial.vocals[:, :], vocals)


def test_songs_under_way_are_told_when_their_program_has_ended(cache: Cache) -> None:
    assert cache.unfinished() == []
    first, second = (under_way(cache, key, noise(10_000)) for key in "ab")
    assert cache.unfinished() == []
    del first
    assert cache.unfinished() == [Path("/songs/a.wav")]
    os.utime(cache.folder / "a.journal", (1, 1))
    del second
    assert cache.unfinished() == [Path("/songs/b.wav"), Path("/songs/a.wav")]


def test_what_nobody_came_back_to_goes_but_not_what_is_worked_on(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    del_soon = under_way(cache, "old", noise(10_000))
    busy = under_way(cache, "busy", noise(10_000))
    del del_soon
    for key in ("old", "busy"):
        os.utime(tmp_path / f"{key}.journal", (1, 1))
    cache.keep("new", noise(100))
    assert sorted(path.stem for path in tmp_path.glob("*.journal")) == ["busy"]
    cache.clear()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["busy.journal", "busy.partial"]
    assert busy.vocals[:, :].any()


def test_of_what_is_under_way_the_latest_stays_whatever_its_size(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=NBYTES)
    for age, key in enumerate("cba"):
        partial = under_way(cache, key, noise(10_000))
        del partial
        os.utime(tmp_path / f"{key}.partial", (age + 1, age + 1))
        os.utime(tmp_path / f"{key}.journal")
    cache.keep("new", noise(100))
    assert sorted(path.stem for path in tmp_path.glob("*.partial")) == ["a"]
