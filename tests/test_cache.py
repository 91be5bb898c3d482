"""Kept separations come back bit for bit, or not at all."""

import os
from pathlib import Path

import numpy as np
import pytest

from core.audio import Audio
from core.cache import Cache, checkpoint_sha256, result_key
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
    assert recalled.tobytes() == vocals.tobytes()
    assert cache.holds("a") and cache.count == 1
    assert NBYTES <= cache.size < NBYTES + 1000


def test_the_key_depends_on_samples_rate_checkpoint_and_settings() -> None:
    keys = {
        result_key(song(), "c"),
        result_key(song(0.30001), "c"),
        result_key(song(rate=48_000), "c"),
        result_key(song(), "d"),
        result_key(song(), "c", settings="twice"),
        result_key(Audio(song().samples.reshape(1, -1), 44_100), "c"),
    }
    assert len(keys) == 6
    assert result_key(song(), "c") in keys


@pytest.mark.parametrize("left", [0, 100, NBYTES // 2, NBYTES + 100])
def test_a_half_written_entry_is_ignored_and_removed(cache: Cache, left: int) -> None:
    cache.keep("a", noise(10_000))
    path = cache.folder / "a.npz"
    path.write_bytes(path.read_bytes()[:left])
    assert cache.recall("a", shape=SHAPE) is None
    assert not path.exists()


def test_a_changed_byte_anywhere_is_found_or_does_not_matter(cache: Cache) -> None:
    vocals = noise(50)
    cache.keep("a", vocals)
    path = cache.folder / "a.npz"
    whole = path.read_bytes()
    samples = range(whole.index(vocals.tobytes()), whole.index(vocals.tobytes()) + vocals.nbytes)
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        recalled = cache.recall("a", shape=(2, 50))
        assert recalled is None or (np.array_equal(recalled, vocals) and at not in samples)
        assert path.exists() is (recalled is not None)


def test_an_entry_of_another_shape_is_no_entry(cache: Cache) -> None:
    cache.keep("a", noise(10_000))
    assert cache.recall("a", shape=(2, 9_999)) is None
    assert cache.count == 0


def test_an_entry_that_would_run_code_is_refused(cache: Cache) -> None:
    cache.folder.mkdir()
    np.savez(cache.folder / "a.npz", vocals=np.array([print], dtype=object))
    assert cache.recall("a", shape=SHAPE) is None
    assert cache.count == 0


def test_the_least_recently_used_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=3 * NBYTES + 2000)
    for age, key in enumerate("cba"):
        cache.keep(key, noise(10_000))
        os.utime(tmp_path / f"{key}.npz", (age, age))
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
    assert sorted(path.name for path in cache.folder.iterdir()) == ["a.npz", "new.part"]


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
