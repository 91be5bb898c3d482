"""Checkpoints: weights with the config they fit and a card that says what they are."""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from core.cascaded_files import CARD, cascaded_config, used_weights
from core.ensemble import MOST_NETWORKS, CheckpointChoice, Combination, joint_sha256
from core.errors import CheckpointError
from core.models.network import Network, NetworkConfig
from core.models.registry import architecture_called, architecture_of, build_network
from core.pickled_weights import read_pickled

ENSEMBLE = "ensemble"
_PICKLES = (b"PK\x03\x04", b"\x80")  # what torch.save wrote since version 1.6, and before
_HEADER = b"{"  # of safetensors, behind eight bytes that say how long it is
LARGEST_FILE = 4 * 2**30  # bytes; the published frame transformer takes 650 MB


@dataclass(frozen=True, eq=False)
class TrainedNetwork:
    """A network of a checkpoint.

    Attributes:
        config: what it is built from.
        weights: its parameters and buffers by name.
        card: what it is, where it is one of several; plain text by key.
    """

    config: NetworkConfig
    weights: Mapping[str, Tensor] = field(repr=False)
    card: Mapping[str, str]

    def build(self) -> Network:
        """The network with these weights, in float32, for inference.

        Raises:
            CheckpointError: the weights do not fit the config.
        """
        weights = {
            name: value.to(torch.float32, copy=True) if value.is_floating_point() else value
            for name, value in self.weights.items()
        }
        try:
            with torch.device("meta"):
                network = build_network(self.config)
            network.load_state_dict(weights, assign=True)
        except (RuntimeError, ValueError) as error:
            raise CheckpointError(
                "The weights in the checkpoint do not fit its own config."
            ) from error
        return network.eval().requires_grad_(False)


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """One trained network, or several whose estimates are combined.

    Attributes:
        networks: at least one.
        combination: what is made of their estimates.
        card: what it is, trained on, licensed under and was measured at; plain text by key.
        path: where it was read from; of several files, the first.
        sha256: of the whole file; of several files, see `joint_sha256`.
        is_foreign: whether the file is another program's.
    """

    networks: tuple[TrainedNetwork, ...]
    combination: Combination
    card: Mapping[str, str]
    path: Path
    sha256: str
    is_foreign: bool = False

    @property
    def name(self) -> str:
        """The name shown to people."""
        return self.card.get("name", self.path.stem)

    @property
    def only(self) -> TrainedNetwork:
        """The network, where there is but one.

        Raises:
            CheckpointError: there are several.
        """
        if len(self.networks) > 1:
            raise CheckpointError(
                "{name} holds several networks; one is wanted here.", name=self.path.name
            )
        return self.networks[0]


def joined(checkpoints: Sequence[Checkpoint], combination: Combination) -> Checkpoint:
    """Combine checkpoints; their networks all count alike.

    Raises:
        CheckpointError: they cannot be combined.
    """
    if len(checkpoints) == 1:
        return checkpoints[0]
    for each in checkpoints:
        if len(each.networks) > 1 and each.combination is not combination:
            raise CheckpointError(
                "{name} combines its networks by {combination}; it cannot be part of an"
                " ensemble by {wanted}.",
                name=each.path.name,
                combination=each.combination,
                wanted=combination,
            )
    networks = tuple(network for each in checkpoints for network in each.networks)
    if len(networks) > MOST_NETWORKS:
        raise CheckpointError("An ensemble has at most {most} networks.", most=MOST_NETWORKS)
    names = " + ".join(each.name for each in checkpoints)
    sha256 = joint_sha256([each.sha256 for each in checkpoints], combination)
    card = {"name": f"{names} ({combination})"}
    return Checkpoint(networks, combination, card, checkpoints[0].path, sha256)


def weights_digest(weights: Mapping[str, Tensor]) -> str:
    """SHA-256 over the names and bytes of weights, in the order of their names."""
    digest = hashlib.sha256()
    for name in sorted(weights):
        digest.update(name.encode())
        digest.update(weights[name].reshape(-1).view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()


def load_checkpoint(path: Path) -> Checkpoint:
    """Read a checkpoint of this program, or weights of tsurumeso's vocal-remover.

    Nothing in it can run code: the first are safetensors, which hold none, and the others, which
    are pickles, are opened by a process without rights; see `read_pickled`.

    Raises:
        CheckpointError: no such file, no checkpoint, or damaged.
    """
    try:
        with path.open("rb") as stream:
            if os.fstat(stream.fileno()).st_size > LARGEST_FILE:
                raise CheckpointError("{name} is too large to be a checkpoint.", name=path.name)
            begin = stream.read(9)
            stream.seek(0)
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        if begin.startswith(_PICKLES) and begin[8:] != _HEADER:
            return _read_foreign(path, sha256)
        with safe_open(path, framework="pt") as file:
            metadata = dict(file.metadata() or {})
            weights = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except FileNotFoundError as error:
        raise CheckpointError("There is no checkpoint at {path}.", path=path) from error
    except OSError as error:
        raise CheckpointError(
            "The checkpoint {name} cannot be read: {reason}.", name=path.name, reason=error
        ) from error
    except SafetensorError as error:
        raise CheckpointError("{name} is not a checkpoint.", name=path.name) from error
    if not {"architecture", "config", "weights_sha256"} <= set(metadata):
        raise CheckpointError("{name} is not a checkpoint of this program.", name=path.name)
    if metadata.pop("weights_sha256") != weights_digest(weights):
        raise CheckpointError(
            "The checkpoint {name} is damaged: its weights were changed.", name=path.name
        )
    architecture, config = metadata.pop("architecture"), metadata.pop("config")
    if architecture == ENSEMBLE:
        combination, networks = _read_ensemble(config, weights)
    else:
        kind = architecture_called(architecture).config
        combination = Combination.MEAN
        networks = (TrainedNetwork(kind.from_json(config), weights, metadata),)
    return Checkpoint(networks, combination, metadata, path, sha256)


def _read_foreign(path: Path, sha256: str) -> Checkpoint:
    weights = read_pickled(path)
    config = cascaded_config(weights, path.name)
    card = {"name": path.stem, **CARD}
    network = TrainedNetwork(config, used_weights(weights, config), card)
    return Checkpoint((network,), Combination.MEAN, card, path, sha256, is_foreign=True)


def load_chosen(choice: CheckpointChoice) -> Checkpoint:
    """Read one checkpoint, or several to be combined.

    Raises:
        CheckpointError: one of them cannot be used, or they cannot be combined.
    """
    return joined([load_checkpoint(path) for path in choice.paths], choice.combination)


def save_checkpoint(
    path: Path,
    network: Network,
    *,
    card: Mapping[str, str],
    dtype: torch.dtype = torch.float32,
) -> None:
    """Write a network's weights, config and card; the file appears whole or not at all."""
    metadata = {
        **card,
        "architecture": architecture_of(network.config).name,
        "config": network.config.to_json(),
    }
    _write(path, _stored(network.state_dict(), dtype), metadata)


def save_ensemble(
    path: Path,
    networks: Sequence[TrainedNetwork],
    combination: Combination,
    *,
    card: Mapping[str, str],
    dtype: torch.dtype = torch.float32,
) -> None:
    """Write several networks as one checkpoint; the file appears whole or not at all."""
    weights: dict[str, Tensor] = {}
    members = []
    for number, network in enumerate(networks):
        stored = _stored(network.weights, dtype)
        weights.update({f"{number}.{name}": value for name, value in stored.items()})
        members.append(
            {
                "architecture": architecture_of(network.config).name,
                "config": json.loads(network.config.to_json()),
                "card": dict(network.card),
            }
        )
    config = json.dumps({"combination": combination, "networks": members}, sort_keys=True)
    _write(path, weights, {**card, "architecture": ENSEMBLE, "config": config})


def _read_ensemble(
    text: str, weights: Mapping[str, Tensor]
) -> tuple[Combination, tuple[TrainedNetwork, ...]]:
    try:
        config: dict[str, Any] = json.loads(text)
        combination = Combination(config["combination"])
        members = config["networks"]
        if not 1 <= len(members) <= MOST_NETWORKS:
            raise CheckpointError("An ensemble has at most {most} networks.", most=MOST_NETWORKS)
        networks = []
        for number, member in enumerate(members):
            kind = architecture_called(str(member["architecture"])).config
            prefix = f"{number}."
            own = {
                name.removeprefix(prefix): value
                for name, value in weights.items()
                if name.startswith(prefix)
            }
            card = {str(key): str(value) for key, value in member["card"].items()}
            networks.append(TrainedNetwork(kind.from_json(json.dumps(member["config"])), own, card))
    except (TypeError, ValueError, LookupError, AttributeError, RecursionError) as error:
        raise CheckpointError("The checkpoint's config cannot be read.") from error
    return combination, tuple(networks)


def _stored(weights: Mapping[str, Tensor], dtype: torch.dtype) -> dict[str, Tensor]:
    return {
        # Cloned, since a network may be stored twice, and two names of one tensor cannot be.
        name: (value.to(dtype) if value.is_floating_point() else value)
        .detach()
        .cpu()
        .clone()
        .contiguous()
        for name, value in weights.items()
    }


def _write(path: Path, weights: dict[str, Tensor], metadata: dict[str, str]) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    try:
        save_file(
            weights, temporary, metadata={**metadata, "weights_sha256": weights_digest(weights)}
        )
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
