"""Turn a run's weights into a checkpoint to share: small, measured, and saying what it is."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import torch

from core.checkpoint import Checkpoint, TrainedNetwork, save_checkpoint, save_ensemble
from core.errors import CheckpointError
from core.measures import Scores
from core.models.config import FrameTransformerConfig

_HEADS = "join.heads."  # the layers whose outputs are the masks' logits


def card_scores(scores: Scores) -> str:
    """Mean scores as the JSON text that a card holds, to a hundredth of a dB."""
    return json.dumps({name: round(value, 4) for name, value in asdict(scores).items()})


def calibrated(checkpoint: Checkpoint, *, slope: float, offset: float) -> Checkpoint:
    """Make masks bolder or more careful, at no cost when they are used.

    Training examples have more voice in them, and more often, than songs. What is certain there
    is less so here: a slope below 1 softens the masks, an offset above 0 leaves more in the
    instrumental (with a slope of 1, as if voices were rarer by a factor of exp(offset)).

    Args:
        checkpoint: of frame transformers.
        slope, offset: each logit of the instrumental's share is multiplied, then added to.

    Raises:
        CheckpointError: it holds a network of another architecture.
    """
    networks = tuple(_calibrated(each, slope=slope, offset=offset) for each in checkpoint.networks)
    return replace(checkpoint, networks=networks)


def _calibrated(trained: TrainedNetwork, *, slope: float, offset: float) -> TrainedNetwork:
    if not isinstance(trained.config, FrameTransformerConfig):
        raise CheckpointError("Only frame transformers can be calibrated.")
    weights = dict(trained.weights)
    for name in [name for name in weights if name.startswith(_HEADS)]:
        scaled = weights[name].float() * slope
        weights[name] = scaled + offset if name.endswith(".bias") else scaled
    return replace(trained, weights=weights)


def publish(
    checkpoint: Checkpoint,
    target: Path,
    *,
    name: str,
    licence: str,
    training_data: str,
    scores: Scores,
) -> None:
    """Write a run's averaged weights, or several runs', in half precision, with a full card.

    Args:
        checkpoint: of a run; of several networks, an ensemble in one file is made.
        target: the checkpoint to write.
        name, licence, training_data: what the card says.
        scores: means over songs with true stems, of these weights.
    """
    networks = checkpoint.networks
    card = {
        "name": name,
        "licence": licence,
        "training_data": training_data,
        "scores": card_scores(scores),
    }
    if len(networks) > 1:
        save_ensemble(target, networks, checkpoint.combination, card=card, dtype=torch.float16)
        return
    card |= {key: networks[0].card.get(key, "") for key in ("steps", "audio_hours")}
    save_checkpoint(target, networks[0].build(), card=card, dtype=torch.float16)
