"""Weights of tsurumeso's vocal-remover, versions 5 and 6, as a network of this program."""

from collections.abc import Mapping

import torch
from torch import Tensor

from core.errors import CheckpointError
from core.models.cascaded import CascadedConfig, CascadedNet, Level, MaskKind

CARD = {
    "trained_with": "tsurumeso's vocal-remover",
    "architecture_name": "CascadedNet",
}


def cascaded_config(weights: Mapping[str, Tensor], name: str) -> CascadedConfig:
    """The shape of the network that weights are of, told by their own shapes.

    The files do not say how the spectrogram was made; n_fft is four times what the LSTM of the
    last stage sees, and half of that is the hop, as that program has it unless told otherwise.

    Args:
        weights: as read from the file.
        name: of the file, for what is said if they are of no such network.

    Raises:
        CheckpointError: they are not.
    """
    try:
        inputs = weights["stg1_low_band_net.0.enc1.conv.0.weight"].shape[1]
        outputs, channels, *_ = weights["out.weight"].shape
        gates, seen = weights["stg3_full_band_net.lstm_dec2.lstm.weight_ih_l0"].shape
        kind = {2: MaskKind.MAGNITUDE, 4: MaskKind.COMPLEX}[inputs]
        return CascadedConfig(
            n_fft=4 * seen,
            hop=2 * seen,
            channels=channels,
            lstm=gates // 2,  # four gates in each of two directions
            mask=kind,
            level=Level.SONG,
            both_stems={inputs: False, 2 * inputs: True}[outputs],
        )
    except (KeyError, ValueError, IndexError) as error:
        raise CheckpointError(
            "{name} is of no network that is known here; of tsurumeso's "
            "vocal-remover, files of versions 5 and 6 are.",
            name=name,
        ) from error


def used_weights(weights: Mapping[str, Tensor], config: CascadedConfig) -> dict[str, Tensor]:
    """Those that a network has; training also uses a layer that separation does not."""
    with torch.device("meta"):
        wanted = CascadedNet(config).state_dict()
    return {name: value for name, value in weights.items() if name in wanted}
