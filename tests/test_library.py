"""The library tells what checkpoints are without torch, and takes in only what can be used."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from core.checkpoint import joined, load_checkpoint, save_ensemble
from core.ensemble import CheckpointChoice, Combination, chosen_sha256, joint_sha256
from core.errors import CheckpointError
from core.library import TITLES, Library, read_card
from core.models.cascaded import CascadedConfig, CascadedNet, Level
from core.models.registry import ARCHITECTURES
from core.resources import default_checkpoint_path
from tests.hostile_weights import saved, trapped_zip
from tests.tiny import tiny_checkpoint


@pytest.fixture
def library(tmp_path: Path) -> Library:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    return Library(tmp_path / "library", tiny_checkpoint(shipped).path)


def test_every_architecture_has_a_title() -> None:
    assert set(TITLES) == {*ARCHITECTURES, "ensemble"}


def test_a_card_says_what_a_checkpoint_is() -> None:
    card = read_card(default_checkpoint_path())
    checkpoint = load_checkpoint(default_checkpoint_path())
    assert card.name == checkpoint.name
    assert card.sha256 == checkpoint.sha256
    assert card.size == default_checkpoint_path().stat().st_size
    assert card.scores["gain"] > 1
    weights = [value for network in checkpoint.networks for value in network.weights.values()]
    assert card.parameters == sum(value.numel() for value in weights)


def test_a_card_of_an_ensemble_names_its_members(tmp_path: Path) -> None:
    one = tiny_checkpoint(tmp_path)
    path = tmp_path / "both.safetensors"
    whole = joined([one, one], Combination.MAXIMUM)
    save_ensemble(path, whole.networks, whole.combination, card={"name": "Both"})
    card = read_card(path)
    assert (card.name, card.architecture, card.combination) == ("Both", "ensemble", "max")
    assert card.members == ("frame-transformer", "frame-transformer")
    assert card.scores == {}


def test_cards_are_read_without_torch(tmp_path: Path) -> None:
    path = tiny_checkpoint(tmp_path).path
    script = (
        "import sys; sys.modules['torch'] = None; from pathlib import Path; "
        "from core.library import read_card; from core.ensemble import *; "
        f"path = Path({str(path)!r}); card = read_card(path); "
        "assert card.sha256 == chosen_sha256(CheckpointChoice((path,)))"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_hash_of_a_choice_is_known_before_it_is_loaded(tmp_path: Path) -> None:
    path = tiny_checkpoint(tmp_path).path
    sha256 = read_card(path).sha256
    both = CheckpointChoice((path, path), Combination.MINIMUM)
    assert chosen_sha256(both) == joint_sha256([sha256, sha256], Combination.MINIMUM)
    assert chosen_sha256(CheckpointChoice((path, tmp_path / "gone"))) == ""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff" * 20,
        (2**40).to_bytes(8, "little") + b"{}",
        (2).to_bytes(8, "little") + b"{}",
        (4).to_bytes(8, "little") + b"null",
        (20_000).to_bytes(8, "little") + b"[" * 20_000,
    ],
)
def test_odd_headers_are_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.safetensors"
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match=r"odd.safetensors is not a checkpoint"):
        read_card(path)
    with pytest.raises(CheckpointError):
        load_checkpoint(path)


def test_configs_cannot_ask_for_the_machines_memory(tmp_path: Path) -> None:
    checkpoint = tiny_checkpoint(tmp_path)
    fields = json.loads(checkpoint.only.config.to_json())
    path = tmp_path / "greedy.safetensors"
    greedy: tuple[dict[str, object], ...] = (
        {"feedforward": 10**9},
        {"channels": [10**6, 10**6]},
        {"reach": 10**12},
        {"chunk": 10**8},
        {"context": 10**8},
        {"n_fft": 2**30, "bands": [[2**29, 1]]},
        {"encoders": [10**9, 1]},
        {"heads": 0},
        {"hop": 0},
        {"channels": [1] * 10_000},
        {"dropout": 1e999},
        {"chunk": 1e999},
        {"config": {"a": []}},
    )
    for change in greedy:
        weights = dict(checkpoint.only.weights)
        metadata = {
            "architecture": "frame-transformer",
            "config": json.dumps({**fields, **change}),
            "weights_sha256": checkpoint_digest(checkpoint.path),
        }
        save_file(weights, path, metadata=metadata)
        with pytest.raises(CheckpointError, match="impossible|cannot be read|different|bands"):
            load_checkpoint(path)
    # What would be built is only what the file has weights for.
    metadata["config"] = json.dumps({**fields, "feedforward": 16_384})
    save_file(weights, path, metadata=metadata)
    with pytest.raises(CheckpointError, match="do not fit"):
        load_checkpoint(path).only.build()


def checkpoint_digest(path: Path) -> str:
    with path.open("rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    digest: str = header["__metadata__"]["weights_sha256"]
    return digest


def test_imported_checkpoints_are_listed_after_the_shipped_one(
    library: Library, tmp_path: Path
) -> None:
    assert [card.path for card in library.cards()] == [library.shipped]
    other = tmp_path / "other.safetensors"
    whole = joined([load_checkpoint(library.shipped)] * 2, Combination.MEAN)
    save_ensemble(other, whole.networks, whole.combination, card={"name": "Other"})
    card = library.add(other)
    assert [card.name for card in library.cards()] == ["untrained", "Other"]
    assert card.path.read_bytes() == other.read_bytes()
    assert library.add(other) == card
    assert library.add(library.shipped).path == library.shipped
    library.remove(card)
    assert [card.path for card in library.cards()] == [library.shipped]
    assert other.exists()
    with pytest.raises(CheckpointError, match="stays"):
        library.remove(library.cards()[0])


def test_foreign_weights_become_a_checkpoint_of_this_program(
    library: Library, tmp_path: Path
) -> None:
    config = CascadedConfig(n_fft=256, hop=128, channels=8, lstm=8, level=Level.SONG)
    path = tmp_path / "baseline.pth"
    path.write_bytes(saved(CascadedNet(config).state_dict()))
    card = library.add(path)
    assert card.path.name == "baseline.safetensors"
    assert card.name == "baseline"
    assert card.fields["original_sha256"] == load_checkpoint(path).sha256
    assert load_checkpoint(card.path).only.config == config
    assert library.add(path) == card


def test_what_cannot_be_used_is_not_taken_in(library: Library, tmp_path: Path) -> None:
    trap, odd = tmp_path / "trap.pth", tmp_path / "odd.safetensors"
    trap.write_bytes(trapped_zip(tmp_path / "sprung"))
    odd.write_bytes(b"nothing")
    save_file({"x": torch.zeros(2)}, tmp_path / "foreign.safetensors")
    for path in (trap, odd, tmp_path / "foreign.safetensors", tmp_path / "missing.pth"):
        with pytest.raises(CheckpointError):
            library.add(path)
    assert not (tmp_path / "sprung").exists()
    assert len(library.cards()) == 1
    assert not library.folder.exists()


def test_damaged_files_in_the_library_are_left_out(library: Library, tmp_path: Path) -> None:
    library.folder.mkdir()
    (library.folder / "torn.safetensors").write_bytes(b"half a file")
    assert [card.path for card in library.cards()] == [library.shipped]
