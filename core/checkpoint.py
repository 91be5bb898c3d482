"""Checkpoints: weights with the config they fit and a card that says what they are."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from core.errors import CheckpointError
from core.models.config import FrameTransformerConfig
from core.models.frame_transformer import FrameTransformer

ARCHITECTURE = "frame-transformer"


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A trained network, as read from a file.

    Attributes:
        config: what the network is built from.
        weights: its parameters and buffers by name.
        card: what it is, trained on, licensed under and was measured at; plain text by key.
        path: where it was read from.
        sha256: of the whole file.
    """

    config: FrameTransformerConfig
    weights: Mapping[str, Tensor] = field(repr=False)
    card: Mapping[str, str]
    path: Path
    sha256: str

    @property
    def name(self) -> str:
        """The name shown to people."""
        return self.card.get("name", self.path.stem)

    def build(self) -> FrameTransformer:
        """The network with these weights, in float32, for inference.

        Raises:
            CheckpointError: the weights do not fit the config.
        """
        with torch.device("meta"):
            network = FrameTransformer(self.config)
        weights = {
            name: value.float() if value.is_floating_point() else value
            for name, value in self.weights.items()
        }
        try:
            network.load_state_dict(weights, assign=True)
        except RuntimeError as error:
            raise CheckpointError(
                f"The weights in {self.path.name} do not fit its own config."
            ) from error
        return network.eval().requires_grad_(False)


def weights_digest(weights: Mapping[str, Tensor]) -> str:
    """SHA-256 over the names and bytes of weights, in the order of their names."""
    digest = hashlib.sha256()
    for name in sorted(weights):
        digest.update(name.encode())
        digest.update(weights[name].reshape(-1).view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()


def load_checkpoint(path: Path) -> Checkpoint:
    """Read a safetensors checkpoint; nothing in it can run code.

    Raises:
        CheckpointError: no such file, not safetensors, not one of ours, or damaged.
    """
    try:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        with safe_open(path, framework="pt") as file:
            metadata = dict(file.metadata() or {})
            weights = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except FileNotFoundError as error:
        raise CheckpointError(f"There is no checkpoint at {path}.") from error
    except OSError as error:
        raise CheckpointError(f"The checkpoint {path.name} cannot be read: {error}.") from error
    except SafetensorError as error:
        raise CheckpointError(f"{path.name} is not a safetensors checkpoint.") from error
    if metadata.pop("architecture", "") != ARCHITECTURE or "config" not in metadata:
        raise CheckpointError(f"{path.name} is not a checkpoint of this program.")
    if metadata.pop("weights_sha256", "") != weights_digest(weights):
        raise CheckpointError(f"The checkpoint {path.name} is damaged: its weights were changed.")
    config = FrameTransformerConfig.from_json(metadata.pop("config"))
    return Checkpoint(config, weights, metadata, path, sha256)


def save_checkpoint(
    path: Path,
    network: FrameTransformer,
    *,
    card: Mapping[str, str],
    dtype: torch.dtype = torch.float32,
) -> None:
    """Write a network's weights, config and card; the file appears whole or not at all."""
    weights = {
        name: (value.to(dtype) if value.is_floating_point() else value).detach().cpu().contiguous()
        for name, value in network.state_dict().items()
    }
    metadata = {
        **card,
        "architecture": ARCHITECTURE,
        "config": network.config.to_json(),
        "weights_sha256": weights_digest(weights),
    }
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    try:
        save_file(weights, temporary, metadata=metadata)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
