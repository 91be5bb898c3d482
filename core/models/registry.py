"""The architectures by the names that checkpoints and training configs use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.errors import CheckpointError
from core.models.cascaded import CascadedConfig, CascadedNet, MaskKind
from core.models.config import AXIAL, LIGHT, POOLED, PUBLISHED, SMALL, FrameTransformerConfig
from core.models.dense import MMDENSELSTM, MMDENSENET, DenseConfig, DenseNetwork
from core.models.frame_transformer import FrameTransformer
from core.models.network import Network, NetworkConfig
from core.models.unet import UNet, UNetConfig


@dataclass(frozen=True)
class Architecture:
    """A kind of network.

    Attributes:
        name: as checkpoints spell it.
        config: the class of its configs.
        network: builds it from such a config.
        shapes: configs that training can start from by name, the usual one first.
    """

    name: str
    config: type[NetworkConfig]
    network: Callable[..., Network]
    shapes: Mapping[str, NetworkConfig]


ARCHITECTURES = {
    architecture.name: architecture
    for architecture in (
        Architecture(
            "frame-transformer",
            FrameTransformerConfig,
            FrameTransformer,
            {
                "axial": AXIAL,
                "pooled": POOLED,
                "light": LIGHT,
                "small": SMALL,
                "published": PUBLISHED,
            },
        ),
        Architecture("unet", UNetConfig, UNet, {"published": UNetConfig()}),
        Architecture(
            "mmdense",
            DenseConfig,
            DenseNetwork,
            {"mmdensenet": MMDENSENET, "mmdenselstm": MMDENSELSTM},
        ),
        Architecture(
            "cascaded-net",
            CascadedConfig,
            CascadedNet,
            {
                "magnitude": CascadedConfig(),
                "complex": CascadedConfig(mask=MaskKind.COMPLEX),
            },
        ),
    )
}


def architecture_called(name: str) -> Architecture:
    """The architecture of a name.

    Raises:
        CheckpointError: there is none.
    """
    try:
        return ARCHITECTURES[name]
    except KeyError:
        raise CheckpointError("No architecture is called {name}.", name=name[:40]) from None


def architecture_of(config: NetworkConfig) -> Architecture:
    """The architecture that a config is of."""
    return next(each for each in ARCHITECTURES.values() if type(config) is each.config)


def build_network(config: NetworkConfig) -> Network:
    """A new network, with random weights."""
    return architecture_of(config).network(config)
