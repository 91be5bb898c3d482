"""A signal on disk reads like an array, but only by stretches."""

import gc
import os
from pathlib import Path

import numpy as np
import pytest

from core.errors import OutputError
from core.room import check_room
from core.samples import STRETCH, Difference, peak_of, stretches
from core.scratch import Scratch, new_scratch, scratch_folder, zeros_like
from tests.songs import noise


def filled(samples: np.ndarray) -> Scratch:
    scratch = new_scratch(*samples.shape)
    scratch[..., :] = samples
    return scratch


@pytest.mark.parametrize("channels", [1, 2, 6])
@pytest.mark.parametrize(
    "where",
    [slice(0, 10), slice(990, 2000), slice(-5, None), slice(7, 7), slice(9, 3), slice(None)],
)
def test_a_stretch_reads_like_an_arrays(channels: int, where: slice) -> None:
    samples = noise(1000, channels=channels)
    scratch = filled(samples)
    assert scratch.shape == samples.shape and scratch.dtype == samples.dtype
    read = scratch[:, where]
    assert read.flags.c_contiguous and read.dtype == np.float32
    np.testing.assert_array_equal(read, samples[:, where])
    np.testing.assert_array_equal(scratch[:1, where], samples[:1, where])
    np.testing.assert_array_equal(scratch[..., where], samples[..., where])


def test_what_was_not_written_is_zero() -> None:
    scratch = new_scratch(2, 100)
    scratch[..., 40:50] = np.ones((2, 10), np.float32)
    assert scratch[:, :].sum() == 20
    assert not scratch[:, :40].any() and not scratch[:, 50:].any()


def test_blocks_are_appended() -> None:
    samples = noise(1000)
    scratch = new_scratch(2)
    for start, stop in ((0, 300), (300, 301), (301, 301), (301, 1000)):
        scratch.append(samples[:, start:stop])
    np.testing.assert_array_equal(scratch[:, :], samples)


def test_a_signal_on_disk_refuses_to_be_an_array() -> None:
    scratch = filled(noise(10))
    with pytest.raises(TypeError, match="stretches"):
        np.abs(scratch)
    with pytest.raises(TypeError):
        scratch - noise(10)
    for wrong in (np.zeros((2, 3)), np.zeros((1, 4))):
        with pytest.raises(ValueError, match="fit"):
            scratch[..., :4] = wrong
    with pytest.raises(ValueError, match="step"):
        scratch[:, ::2]


def test_the_file_has_no_name_and_ends_with_its_signal() -> None:
    scratch = filled(noise(10))
    assert list(scratch_folder().iterdir()) == []
    before = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc").exists() else 1
    del scratch
    gc.collect()
    assert not Path("/proc").exists() or len(list(Path("/proc/self/fd").iterdir())) == before - 1


def test_a_folder_that_takes_no_files_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("VOCAL_REMOVER_CACHE", str(tmp_path / "file" / "folder"))
    for attempt in (
        lambda: new_scratch(2),
        lambda: check_room(Path("song.wav"), channels=2, length=1),
    ):
        with pytest.raises(OutputError, match=str(tmp_path / "file" / "folder")):
            attempt()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path) -> None:
    descriptor = os.open("/dev/full", os.O_RDWR)
    scratch = Scratch(descriptor, tmp_path, channels=2, length=10)
    with pytest.raises(OutputError, match="The disk is full") as caught:
        scratch[..., :] = noise(10)
    assert str(tmp_path) in str(caught.value)


def test_a_file_cut_short_is_told_instead_of_read_as_silence(tmp_path: Path) -> None:
    path = tmp_path / "short"
    path.write_bytes(bytes(40))
    scratch = Scratch(os.open(path, os.O_RDWR), tmp_path, channels=2, length=10)
    assert scratch[:, :5].shape == (2, 5)
    with pytest.raises(OutputError, match="cut short"):
        scratch[:, :]


def test_zeros_are_kept_where_the_signal_is() -> None:
    assert isinstance(zeros_like(noise(10)), np.ndarray)
    on_disk = zeros_like(filled(noise(10)))
    assert isinstance(on_disk, Scratch) and not on_disk[:, :].any()


def test_stretches_cover_a_signal_once() -> None:
    assert list(stretches(0)) == []
    assert list(stretches(10, 4)) == [(0, 4), (4, 8), (8, 10)]
    loud = noise(STRETCH + 10)
    loud[1, -1] = -3
    assert peak_of(filled(loud)) == peak_of(loud) == 3
    assert peak_of(noise(0)) == 0


def test_a_difference_is_computed_where_it_is_read() -> None:
    whole, less = noise(100), noise(101)[:, :100]
    difference = Difference(filled(whole), filled(less))
    assert difference.shape == (2, 100)
    np.testing.assert_array_equal(difference[:, 10:20], (whole - less)[:, 10:20])
