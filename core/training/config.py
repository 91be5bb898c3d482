"""A training run's settings, read from a TOML file."""

import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from core.errors import InputError
from core.models.network import NetworkConfig
from core.models.registry import architecture_called
from core.training.mixing import MixingConfig


class Loss(StrEnum):
    """Which distance is trained on."""

    SEPARATION = "separation"
    MAGNITUDE = "magnitude"
    LAYERS = "layers"  # each layer's from the teacher's, see `core/training/layerwise.py`


@dataclass(frozen=True)
class TrainingConfig:
    """How a checkpoint is trained.

    Attributes:
        frames: length of a crop.
        batch: examples per step and process.
        accumulation: steps whose gradients are added before the weights change.
        steps: weight changes in all; the last `decay` share of them lowers the rate to
            `final_rate`.
        warmup: steps over which the rate rises.
        clip: largest gradient norm.
        average: decay of the exponential moving average of the weights, which is what is kept.
        compiled: whether the layers are compiled first: a minute or more, for a faster GPU.
        keeps_statistics: whether batch norms go on with the statistics that they begin with, as a
            small change of a finished network wants it: those of small batches wander.
        save_every: seconds between saved states.
        magnitude_weight, energy_weight, sag_weight: of the separation loss's further terms.
    """

    network: NetworkConfig
    mixing: MixingConfig = field(default_factory=MixingConfig)
    seed: int = 1
    frames: int = 256
    batch: int = 4
    accumulation: int = 1
    steps: int = 100_000
    warmup: int = 200
    decay: float = 0.3
    rate: float = 1e-3
    final_rate: float = 1e-5
    weight_decay: float = 0.01
    clip: float = 0.5
    average: float = 0.998
    loss: Loss = Loss.SEPARATION
    magnitude_weight: float = 0.3
    energy_weight: float = 0.0
    sag_weight: float = 0.0
    compiled: bool = False
    keeps_statistics: bool = False
    save_every: float = 300.0

    def learning_rate(self, step: int) -> float:
        """Rise linearly, hold, then fall linearly to `final_rate`."""
        start = self.steps * (1 - self.decay)
        rising = min((step + 1) / max(self.warmup, 1), 1.0)
        falling = min(max((step - start) / max(self.steps - start, 1), 0.0), 1.0)
        return self.rate * rising + (self.final_rate - self.rate) * falling


def read_config(path: Path) -> TrainingConfig:
    """Read a run's TOML file.

    Its tables are `[network]`, with an `architecture` (left out, the frame transformer), one of
    its shapes, such as `shape = "published"`, and any field to change; `[mixing]`; `[training]`.

    Raises:
        InputError: the file is missing, is not TOML, or has an unknown setting.
    """
    try:
        text = tomllib.loads(path.read_text(encoding="utf-8"))
        network = dict(text.get("network", {}))
        architecture = architecture_called(network.pop("architecture", "frame-transformer"))
        shape = architecture.shapes[network.pop("shape", next(iter(architecture.shapes)))]
        training = dict(text.get("training", {}))
        if "loss" in training:
            training["loss"] = Loss(training["loss"])
        mixing = dict(text.get("mixing", {}))
        if "level" in mixing:
            mixing["level"] = tuple(mixing["level"])
        return TrainingConfig(
            network=architecture.config.from_fields({**_fields(shape), **network}),
            mixing=MixingConfig(**mixing),
            **training,
        )
    except FileNotFoundError as error:
        raise InputError(f"There is no training config at {path}.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"The training config {path.name} cannot be used: {error}.") from error


def _fields(shape: NetworkConfig) -> dict[str, object]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in vars(shape).items()
    }
