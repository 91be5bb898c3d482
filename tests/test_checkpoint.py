"""Checkpoints come back as they were saved, and strange files are refused with a sentence."""

import dataclasses
import hashlib
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from core.checkpoint import load_checkpoint, save_checkpoint
from core.errors import CheckpointError
from core.models.frame_transformer import FrameTransformer
from core.resources import default_checkpoint_path
from tests.tiny import TINY, TINY_PUBLISHED, tiny_checkpoint


@pytest.mark.parametrize("config", [TINY, TINY_PUBLISHED])
def test_a_saved_network_comes_back(tmp_path: Path, config: object) -> None:
    network = FrameTransformer(config).eval()  # type: ignore[arg-type]
    path = tmp_path / "one.safetensors"
    save_checkpoint(path, network, card={"name": "One", "licence": "CC BY-SA 4.0"})
    checkpoint = load_checkpoint(path)
    assert checkpoint.only.config == config
    assert checkpoint.name == "One"
    assert checkpoint.card == {"name": "One", "licence": "CC BY-SA 4.0"}
    assert checkpoint.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    loaded = checkpoint.only.build()
    expected = network.state_dict()
    assert loaded.state_dict().keys() == expected.keys()
    assert all(torch.equal(value, expected[name]) for name, value in loaded.state_dict().items())
    mixture = torch.randn(1, 2, 1025, 9, dtype=torch.complex64)
    with torch.inference_mode():
        # Products of matrices this small differ in the last bit with where they lie in memory.
        torch.testing.assert_close(loaded(mixture), network(mixture), rtol=0, atol=1e-6)


def test_half_precision_weights_are_built_in_single(tmp_path: Path) -> None:
    path = tmp_path / "half.safetensors"
    save_checkpoint(path, FrameTransformer(TINY), card={}, dtype=torch.float16)
    checkpoint = load_checkpoint(path)
    assert checkpoint.name == "half"
    assert {p.dtype for p in checkpoint.only.build().parameters()} == {torch.float32}


def test_no_temporary_file_is_left(tmp_path: Path) -> None:
    tiny_checkpoint(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["tiny.safetensors"]


def test_what_is_no_checkpoint_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.safetensors"
    path.write_text("no checkpoint at all", encoding="utf-8")
    with pytest.raises(CheckpointError, match="text.safetensors is not a checkpoint"):
        load_checkpoint(path)


def test_files_of_others_are_refused(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.safetensors"
    save_file({"x": torch.zeros(1)}, foreign)
    with pytest.raises(CheckpointError, match="not a checkpoint of this program"):
        load_checkpoint(foreign)
    with pytest.raises(CheckpointError, match="There is no checkpoint"):
        load_checkpoint(tmp_path / "missing.safetensors")


def test_changed_weights_are_noticed(tmp_path: Path) -> None:
    path = tiny_checkpoint(tmp_path).path
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match="is damaged"):
        load_checkpoint(path)


def test_weights_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    network = FrameTransformer(TINY)
    network.config = dataclasses.replace(TINY, channels=(4, 8))
    path = tmp_path / "wrong.safetensors"
    save_checkpoint(path, network, card={})
    with pytest.raises(CheckpointError, match="do not fit"):
        load_checkpoint(path).only.build()


def test_the_default_checkpoint_is_small_and_says_what_it_is() -> None:
    path = default_checkpoint_path()
    assert path.stat().st_size <= 20e6
    checkpoint = load_checkpoint(path)
    assert {"name", "licence", "training_data", "scores"} <= set(checkpoint.card)
    checkpoint.only.build()
