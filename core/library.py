"""The checkpoints on this computer, and what their headers say of them; torch is not needed."""

import json
import logging
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from core.cache import checkpoint_sha256
from core.errors import CheckpointError

TITLES = {
    "frame-transformer": "Frame transformer",
    "unet": "U-Net",
    "mmdense": "MMDenseNet or MMDenseLSTM",
    "cascaded-net": "CascadedNet",
    "ensemble": "Ensemble",
}
"""The architectures as people call them."""

CHECKPOINT_SUFFIXES = frozenset({".safetensors", ".pth"})
_LARGEST_HEADER = 2**24  # bytes

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CheckpointCard:
    """What a checkpoint says of itself.

    Attributes:
        path: its file.
        size: of the file, bytes.
        sha256: of the file.
        architecture: a key of TITLES; of an ensemble, its networks' follow in `members`.
        members: architectures of an ensemble's networks.
        combination: what is made of their estimates; empty for a single network.
        parameters: number of weights.
        fields: name, licence, training data, scores and so on; plain text by key.
    """

    path: Path
    size: int
    sha256: str
    architecture: str
    members: tuple[str, ...]
    combination: str
    parameters: int
    fields: Mapping[str, str]

    @property
    def name(self) -> str:
        """What people call it."""
        return self.fields.get("name", self.path.stem)

    @property
    def scores(self) -> dict[str, float]:
        """What it was measured at, see `core.measures.Scores`; empty if nobody measured."""
        try:
            found = json.loads(self.fields.get("scores", "{}"))
            return {str(name): float(value) for name, value in found.items()}
        except (ValueError, TypeError, AttributeError, RecursionError):
            return {}


def read_card(path: Path) -> CheckpointCard:
    """Read a checkpoint's header.

    Raises:
        CheckpointError: it is no checkpoint of this program.
    """
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if length > _LARGEST_HEADER:
                raise ValueError("too long a header")
            header: dict[str, Any] = json.loads(file.read(length))
        fields = dict(header.pop("__metadata__"))
        architecture, config = fields.pop("architecture"), json.loads(fields.pop("config"))
        if architecture not in TITLES:
            raise ValueError(architecture)
        parameters = sum(prod(map(int, tensor["shape"])) for tensor in header.values())
        networks = config.get("networks", []) if architecture == "ensemble" else []
        return CheckpointCard(
            path=path,
            size=path.stat().st_size,
            sha256=checkpoint_sha256(path),
            architecture=architecture,
            members=tuple(str(network["architecture"]) for network in networks),
            combination=str(config.get("combination", "")),
            parameters=parameters,
            fields={str(key): str(value) for key, value in fields.items()},
        )
    except OSError as error:
        raise CheckpointError(
            "The checkpoint {name} cannot be read: {reason}.", name=path.name, reason=error
        ) from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise CheckpointError(
            "{name} is not a checkpoint of this program.", name=path.name
        ) from error


def default_library() -> Path:
    """Where this user's checkpoints are."""
    return user_data_path("vocal-remover", appauthor=False) / "checkpoints"


class Library:
    """The checkpoint that comes with the program, and those that the user imported."""

    def __init__(self, folder: Path, shipped: Path) -> None:
        """Use a folder, which is made when something is imported."""
        self.folder, self.shipped = folder, shipped

    def cards(self) -> list[CheckpointCard]:
        """All that can be used, the shipped one first; damaged files are left out and logged."""
        own = sorted(self.folder.glob("*.safetensors")) if self.folder.is_dir() else []
        cards = []
        for path in (self.shipped, *own):
            try:
                cards.append(read_card(path))
            except CheckpointError as error:
                _log.warning("%s", error)
        return cards

    def add(self, path: Path) -> CheckpointCard:
        """Check a checkpoint thoroughly and take a copy of it in; takes seconds, and torch.

        Weights of tsurumeso's vocal-remover become a checkpoint of this program.

        Raises:
            CheckpointError: it cannot be used, or not be stored.
        """
        from core.checkpoint import load_checkpoint, save_checkpoint

        checkpoint = load_checkpoint(path)
        networks = [network.build() for network in checkpoint.networks]
        for card in self.cards():
            if checkpoint.sha256 in (card.sha256, card.fields.get("original_sha256")):
                return card
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            target = self._free_path(path.stem)
            if checkpoint.is_foreign:
                origin = {"original_sha256": checkpoint.sha256}
                save_checkpoint(target, networks[0], card={**checkpoint.card, **origin})
            else:
                _copy(path, target)
        except OSError as error:
            raise CheckpointError(
                "{name} cannot be stored in {folder}: {reason}.",
                name=path.name,
                folder=self.folder,
                reason=error.strerror,
            ) from error
        return read_card(target)

    def remove(self, card: CheckpointCard) -> None:
        """Delete an imported checkpoint.

        Raises:
            CheckpointError: it is the one that comes with the program, or cannot be deleted.
        """
        if card.path.parent != self.folder:
            raise CheckpointError("The checkpoint that comes with the program stays.")
        try:
            card.path.unlink(missing_ok=True)
        except OSError as error:
            raise CheckpointError(
                "{name} cannot be deleted: {reason}.", name=card.path.name, reason=error.strerror
            ) from error

    def _free_path(self, stem: str) -> Path:
        number, path = 1, self.folder / f"{stem}.safetensors"
        while path.exists():
            number += 1
            path = self.folder / f"{stem} ({number}).safetensors"
        return path


def _copy(source: Path, target: Path) -> None:
    """Copy a file; the copy appears whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".import.")
    os.close(handle)
    try:
        shutil.copyfile(source, temporary)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
