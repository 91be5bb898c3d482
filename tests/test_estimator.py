"""Where memory runs out, a separation goes on in smaller pieces, then on the CPU, and says so."""

import dataclasses
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch

from core.audio import Audio
from core.devices import DeviceChoice, choose_device
from core.estimator import Estimator, mirrored
from core.separation import Separation
from core.separator import Place, Separator
from core.shortage import is_lost_device, is_out_of_memory
from tests.songs import noise
from tests.tiny import TINY

HOP = 1024
FRAMES = 150
NO_GPU_MEMORY = torch.OutOfMemoryError("CUDA out of memory.")
NO_MEMORY = RuntimeError("[enforce fail at alloc_cpu.cpp:1] DefaultCPUAllocator: can't allocate")


@pytest.fixture
def separator(checkpoint: Path) -> Iterator[Separator]:
    from core.checkpoint import load_checkpoint

    loaded = load_checkpoint(checkpoint)
    made = Separator(loaded, device=choose_device("cpu"), dtype=torch.float32)
    # Levels are heard over 43 frames, attention over 4 a block: 96 frames of context hide both.
    made.config = dataclasses.replace(TINY, context=96)
    yield made


def fails(
    separator: Separator, monkeypatch: pytest.MonkeyPatch, error: Exception, *, beyond: int
) -> list[int]:
    """Let the separator fail at more frames than `beyond`; returns the frames it was asked for."""
    asked: list[int] = []
    vocals: Callable[..., np.ndarray] = separator.vocals

    def limited(mixture: np.ndarray, *rest: object) -> np.ndarray:
        asked.append(mixture.shape[1] // HOP)
        if asked[-1] > beyond:
            raise error
        return vocals(mixture, *rest)

    monkeypatch.setattr(separator, "vocals", limited)
    return asked


@pytest.mark.parametrize("error", [MemoryError(), NO_MEMORY, NO_GPU_MEMORY])
def test_smaller_pieces_give_the_same_voice(
    separator: Separator, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    song = noise(FRAMES * HOP + 77)
    whole = Estimator(separator, tell=print).voice(song, 0, song.shape[1])
    asked = fails(separator, monkeypatch, error, beyond=2 * 96 + FRAMES // 2)
    told: list[str] = []
    estimator = Estimator(separator, tell=told.append)
    pieces = estimator.voice(song, 0, song.shape[1])
    assert np.abs(whole).max() > 0.02
    np.testing.assert_allclose(pieces, whole, atol=2e-5)
    assert told == ["There is too little memory; going on in smaller pieces."] * 2
    before = len(asked)
    estimator.voice(song, 0, song.shape[1])
    assert max(asked[before:]) <= 2 * 96 + FRAMES // 2  # it remembers
    assert len(told) == 2


def test_at_last_the_cpu_is_taken_instead_of_a_card(
    separator: Separator, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails(separator, monkeypatch, NO_GPU_MEMORY, beyond=0)
    separator.device = DeviceChoice(torch.device("cuda"), "as if")
    told: list[str] = []
    voice = Estimator(separator, tell=told.append).voice(noise(FRAMES * HOP), 0, FRAMES * HOP)
    assert np.abs(voice).max() > 0.02
    assert told[:-1] == ["There is too little memory; going on in smaller pieces."] * 3
    assert told[-1] == (
        "The graphics card has too little memory; going on with the CPU, which takes longer."
    )


def test_a_card_that_is_lost_is_left_at_once(
    separator: Separator, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = RuntimeError("CUDA error: device-side assert triggered")
    asked = fails(separator, monkeypatch, lost, beyond=0)
    separator.device = DeviceChoice(torch.device("cuda"), "as if")
    told: list[str] = []
    Estimator(separator, tell=told.append).voice(noise(20 * HOP), 0, 20 * HOP)
    assert len(asked) == 1
    assert told == [
        "The graphics card cannot be used any more; going on with the CPU, which takes longer."
    ]


def test_where_nothing_helps_it_is_a_lack_of_memory(
    separator: Separator, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails(separator, monkeypatch, NO_MEMORY, beyond=0)
    with pytest.raises(MemoryError):
        Estimator(separator, tell=print).voice(noise(FRAMES * HOP), 0, FRAMES * HOP)


def test_other_errors_are_no_lack_of_memory(
    separator: Separator, monkeypatch: pytest.MonkeyPatch
) -> None:
    mistake = RuntimeError("The size of tensor a must match the size of tensor b")
    fails(separator, monkeypatch, mistake, beyond=0)
    with pytest.raises(RuntimeError, match="size of tensor"):
        Estimator(separator, tell=print).voice(noise(20 * HOP), 0, 20 * HOP)
    assert not is_out_of_memory(ValueError("out of memory")) and not is_lost_device(NO_GPU_MEMORY)


def test_a_song_goes_on_in_smaller_pieces_without_losing_a_chunk(
    separator: Separator, monkeypatch: pytest.MonkeyPatch
) -> None:
    song = Audio(noise(4 * FRAMES * HOP), 44_100)
    whole = Separation(separator, song, chunk_frames=FRAMES)
    for chunk in whole.chunks:
        whole.run(chunk)
    told: list[str] = []
    smaller = Separation(separator, song, chunk_frames=FRAMES, tell=told.append)
    smaller.run(smaller.chunks[0])
    fails(separator, monkeypatch, NO_MEMORY, beyond=2 * 96 + FRAMES // 2)
    for chunk in smaller.chunks[1:]:
        smaller.run(chunk)
    assert told and len(whole.chunks) == len(smaller.chunks) == 4
    np.testing.assert_allclose(smaller.vocals[:, :], whole.vocals[:, :], atol=2e-5)


@pytest.mark.parametrize("length", [1, 2, 3, 50])
def test_beyond_its_ends_a_signal_is_its_mirror_image(length: int) -> None:
    samples = noise(length)
    mode = "reflect" if length > 1 else "constant"
    padded = np.pad(samples, ((0, 0), (170, 230)), mode=mode)  # type: ignore[call-overload]
    for first, last in [(-170, length + 230), (-9, 0), (-5, 1), (length, length + 3), (0, length)]:
        np.testing.assert_array_equal(
            mirrored(samples, first, last), padded[:, first + 170 : last + 170]
        )


def test_stretches_computed_together_give_the_same_voices(separator: Separator) -> None:
    song = noise(5 * FRAMES * HOP + 99)
    spans = [
        (at, min(at + FRAMES * HOP, song.shape[1])) for at in range(0, song.shape[1], FRAMES * HOP)
    ]
    estimator = Estimator(separator, tell=print)
    together = estimator.voices(song, spans)
    assert [count for _, count in together] == [5, 5, 5, 5, 5, 1]  # the last is shorter
    for (low, high), (voice, _) in zip(spans, together, strict=True):
        np.testing.assert_allclose(voice, estimator.voice(song, low, high), atol=2e-6)


def test_where_a_batch_finds_no_room_it_is_halved(
    separator: Separator, monkeypatch: pytest.MonkeyPatch
) -> None:
    song = noise(8 * 50 * HOP)
    spans = [(at, at + 50 * HOP) for at in range(0, song.shape[1], 50 * HOP)]
    alone = [voice for voice, _ in Estimator(separator, tell=print).voices(song, spans)]
    vocals = separator.vocals_together

    def limited(mixtures: np.ndarray, places: Sequence[Place]) -> np.ndarray:
        if len(mixtures) > 2:
            raise NO_GPU_MEMORY
        return vocals(mixtures, places)

    monkeypatch.setattr(separator, "vocals_together", limited)
    told: list[str] = []
    found = Estimator(separator, tell=told.append).voices(song, spans)
    assert [count for _, count in found] == [1, 1, 2, 2, 2, 2, 2, 2]
    assert told == ["There is too little memory; going on in smaller pieces."] * 2
    for (voice, _), other in zip(found, alone, strict=True):
        np.testing.assert_allclose(voice, other, atol=2e-6)


def test_a_card_that_is_lost_during_a_batch_is_left(
    separator: Separator, monkeypatch: pytest.MonkeyPatch
) -> None:
    separator.device = DeviceChoice(torch.device("cuda"), "as if")
    lost = RuntimeError("CUDA error: an illegal memory access was encountered")

    def lose(*arguments: object) -> np.ndarray:
        raise lost

    monkeypatch.setattr(separator, "vocals_together", lose)
    monkeypatch.setattr("core.shortage.torch.cuda.empty_cache", lose)
    told: list[str] = []
    spans = [(at, at + 50 * HOP) for at in range(0, 200 * HOP, 50 * HOP)]
    found = Estimator(separator, tell=told.append).voices(noise(200 * HOP), spans)
    assert [count for _, count in found] == [1, 1, 1, 1]
    assert told == [
        "The graphics card cannot be used any more; going on with the CPU, which takes longer."
    ]
    assert min(np.abs(voice).max() for voice, _ in found) > 0.02


_CHILD = """
import json, resource, sys
from pathlib import Path
import numpy as np, torch
from core.audio import Audio
from core.checkpoint import load_checkpoint
from core.devices import choose_device
from core.separation import Separation
from core.separator import Separator
from tests.songs import noise

torch.set_num_threads(1)
separator = Separator(load_checkpoint(Path(sys.argv[1])), device=choose_device("cpu"),
                      dtype=torch.float32)
song, told = Audio(noise(int(sys.argv[2])), 44_100), []
separation = Separation(separator, song, chunk_frames=1 << 20, tell=told.append)
taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
if int(sys.argv[3]):
    resource.setrlimit(resource.RLIMIT_AS, (taken + int(sys.argv[3]) * 2**20,) * 2)
separation.run(separation.chunks[0])
np.save(sys.argv[4], separation.vocals[:, :])
print(json.dumps(told))
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux")
def test_a_process_that_gets_no_more_memory_still_separates(
    checkpoint: Path, tmp_path: Path
) -> None:
    def run(megabytes: int) -> tuple[np.ndarray, list[str]]:
        out = tmp_path / f"{megabytes}.npy"
        arguments = [str(checkpoint), str(4000 * HOP), str(megabytes), str(out)]
        child = subprocess.run(
            [sys.executable, "-c", _CHILD, *arguments],
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert child.returncode == 0, child.stderr[-2000:]
        return np.load(out), json.loads(child.stdout)

    free, nothing_told = run(0)
    tight, told = run(250)
    assert nothing_told == []
    assert told and set(told) == {"There is too little memory; going on in smaller pieces."}
    # The tiny network has too little context to hide all; see above for one that has enough.
    difference = np.abs(tight - free)
    assert np.abs(free).max() > 0.02
    assert np.sqrt(np.mean(difference**2)) < 0.02 * np.sqrt(np.mean(free**2))
