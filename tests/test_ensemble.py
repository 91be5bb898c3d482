"""Several networks make one estimate: the mean of waveforms, or the least or most in every bin."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from core.audio import Audio
from core.checkpoint import (
    Checkpoint,
    joined,
    load_checkpoint,
    load_chosen,
    save_checkpoint,
    save_ensemble,
)
from core.devices import choose_device
from core.ensemble import CheckpointChoice, Combination, CommonFraming, common_framing, joint_sha256
from core.errors import CheckpointError
from core.models.config import FrameTransformerConfig
from core.separation import separate
from core.separator import Separator
from core.stft import Stft
from core.training.untrained import write_untrained
from tests.tiny import TINY, TINY_PUBLISHED

FINER = dataclasses.replace(
    TINY, n_fft=4096, hop=512, bands=((256, 8), (512, 32), (1280, 80)), chunk=100, context=48
)


def written(path: Path, config: FrameTransformerConfig, seed: int) -> Checkpoint:
    write_untrained(path, config, seed=seed)
    return load_checkpoint(path)


@pytest.fixture(scope="module")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> list[Checkpoint]:
    folder = tmp_path_factory.mktemp("checkpoints")
    configs = (TINY, TINY_PUBLISHED, FINER)
    return [written(folder / f"{n}.safetensors", c, n) for n, c in enumerate(configs)]


def separator_of(checkpoint: Checkpoint) -> Separator:
    return Separator(checkpoint, device=choose_device("cpu"), dtype=torch.float32)


def noise(samples: int) -> np.ndarray:
    return np.random.default_rng(3).normal(size=(2, samples)).astype(np.float32) * 0.1


def test_the_mean_is_that_of_the_waveforms(checkpoints: list[Checkpoint]) -> None:
    mixture = noise(64 * 1024)
    alone = [separator_of(each).vocals(mixture) for each in checkpoints]
    together = separator_of(joined(checkpoints, Combination.MEAN)).vocals(mixture)
    assert np.abs(alone[0] - alone[2]).max() > 0.01
    np.testing.assert_allclose(together, np.mean(alone, axis=0), atol=1e-6)


@pytest.mark.parametrize("combination", [Combination.MINIMUM, Combination.MAXIMUM])
def test_in_every_bin_the_least_or_greatest_instrumental_is_taken(
    checkpoints: list[Checkpoint], combination: Combination
) -> None:
    mixture = noise(64 * 1024)
    stft = Stft(TINY.n_fft, TINY.hop)
    pair = checkpoints[:2]
    whole = stft.analyse(torch.from_numpy(mixture)[None])
    with torch.inference_mode():
        first, second = (each.only.build()(whole) for each in pair)
    near, far = (whole - first).abs(), (whole - second).abs()
    keep = near < far if combination is Combination.MINIMUM else near > far
    assert 0.1 < keep.float().mean() < 0.9
    wanted = stft.synthesise(torch.where(keep, first, second), length=64 * 1024)[0]
    found = separator_of(joined(pair, combination)).vocals(mixture)
    np.testing.assert_allclose(found, wanted.numpy(), atol=1e-5)


def test_the_minimum_leaves_less_than_the_mean_and_the_maximum_more(
    checkpoints: list[Checkpoint],
) -> None:
    mixture = noise(64 * 1024)
    left = {
        how: np.sum((mixture - separator_of(joined(checkpoints, how)).vocals(mixture)) ** 2)
        for how in Combination
    }
    assert left[Combination.MINIMUM] < 0.99 * left[Combination.MEAN]
    assert left[Combination.MAXIMUM] > 1.01 * left[Combination.MEAN]


@pytest.mark.parametrize("combination", Combination)
def test_an_ensemble_of_one_network_twice_is_that_network(
    checkpoints: list[Checkpoint], combination: Combination
) -> None:
    mixture = noise(40 * 1024)
    one = separator_of(checkpoints[0]).vocals(mixture)
    twice = separator_of(joined([checkpoints[0]] * 2, combination)).vocals(mixture)
    np.testing.assert_allclose(twice, one, atol=1e-6)


def test_chunks_begin_on_frames_of_every_network(checkpoints: list[Checkpoint]) -> None:
    framing = separator_of(joined(checkpoints, Combination.MEAN)).config
    # 32 frames of 1024 are fewer than 100 of 512; 48 of 512 are as many as 24 of 1024.
    assert framing == CommonFraming(44100, 1024, 32, 24)
    odd = dataclasses.replace(TINY, hop=768)
    assert common_framing([TINY, odd]) == CommonFraming(44100, 3072, 8, 8)


def test_a_song_is_separated_by_an_ensemble_as_by_its_members(
    checkpoints: list[Checkpoint],
) -> None:
    song = Audio(noise(5 * 44100 + 77), 44100)
    pair = checkpoints[:2]
    alone = [separate(separator_of(each), song)[:, :] for each in pair]
    together = separate(separator_of(joined(pair, Combination.MEAN)), song)[:, :]
    np.testing.assert_allclose(together, np.mean(alone, axis=0), atol=1e-6)


def test_an_ensemble_in_one_file_comes_back(tmp_path: Path, checkpoints: list[Checkpoint]) -> None:
    whole = joined(checkpoints, Combination.MINIMUM)
    path = tmp_path / "three.safetensors"
    save_ensemble(path, whole.networks, whole.combination, card={"name": "Three"})
    back = load_checkpoint(path)
    assert (back.name, back.combination) == ("Three", Combination.MINIMUM)
    assert [each.config for each in back.networks] == [TINY, TINY_PUBLISHED, FINER]
    assert [each.card["name"] for each in back.networks] == ["untrained"] * 3
    mixture = noise(30 * 1024)
    np.testing.assert_array_equal(
        separator_of(back).vocals(mixture), separator_of(whole).vocals(mixture)
    )
    with pytest.raises(CheckpointError, match="several networks"):
        _ = back.only
    with pytest.raises(CheckpointError, match="cannot be part"):
        joined([back, checkpoints[0]], Combination.MEAN)
    assert len(joined([back, checkpoints[0]], Combination.MINIMUM).networks) == 4


def test_a_changed_ensemble_is_refused(tmp_path: Path, checkpoints: list[Checkpoint]) -> None:
    path = tmp_path / "two.safetensors"
    networks = joined(checkpoints[:2], Combination.MEAN).networks
    save_ensemble(path, networks, Combination.MEAN, card={})
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match="is damaged"):
        load_checkpoint(path)


def test_checkpoints_for_other_rates_are_not_combined(
    tmp_path: Path, checkpoints: list[Checkpoint]
) -> None:
    slow = written(tmp_path / "slow.safetensors", dataclasses.replace(TINY, sample_rate=22050), 1)
    with pytest.raises(CheckpointError, match="22050 Hz and 44100 Hz cannot be combined"):
        separator_of(joined([slow, checkpoints[0]], Combination.MEAN))


def test_an_ensembles_hash_tells_its_members_and_their_combination(
    checkpoints: list[Checkpoint],
) -> None:
    paths = tuple(each.path for each in checkpoints[:2])
    mean = load_chosen(CheckpointChoice(paths))
    assert mean.sha256 == load_chosen(CheckpointChoice(paths[::-1])).sha256
    assert mean.sha256 == joint_sha256([c.sha256 for c in checkpoints[:2]], Combination.MEAN)
    least = load_chosen(CheckpointChoice(paths, Combination.MINIMUM))
    assert len({mean.sha256, least.sha256, checkpoints[0].sha256}) == 3
    assert load_chosen(CheckpointChoice(paths[:1])).sha256 == checkpoints[0].sha256
    assert mean.name == "untrained + untrained (mean)"


def test_networks_of_one_stft_share_it(
    checkpoints: list[Checkpoint], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Stft] = []
    analyse = Stft.analyse

    def noted(self: Stft, waveform: torch.Tensor) -> torch.Tensor:
        seen.append(self)
        return analyse(self, waveform)

    monkeypatch.setattr(Stft, "analyse", noted)
    separator_of(joined(checkpoints, Combination.MEAN)).vocals(noise(30 * 1024))
    assert sorted(seen, key=lambda stft: stft.hop) == [Stft(4096, 512), Stft(2048, 1024)]


def test_half_precision_is_kept_in_the_file(tmp_path: Path, checkpoints: list[Checkpoint]) -> None:
    small, large = tmp_path / "small.safetensors", tmp_path / "large.safetensors"
    networks = joined(checkpoints[:2], Combination.MEAN).networks
    save_ensemble(small, networks, Combination.MEAN, card={}, dtype=torch.float16)
    save_ensemble(large, networks, Combination.MEAN, card={})
    assert small.stat().st_size < 0.75 * large.stat().st_size
    save_checkpoint(tmp_path / "one.safetensors", networks[0].build(), card={})
    assert load_checkpoint(tmp_path / "one.safetensors").only.config == TINY
