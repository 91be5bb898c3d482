"""Turn a run's weights into a checkpoint to share: small, measured, and saying what it is."""

import json
from dataclasses import asdict
from pathlib import Path

import torch

from core.checkpoint import load_chosen, save_checkpoint, save_ensemble
from core.ensemble import CheckpointChoice
from core.measures import Scores


def card_scores(scores: Scores) -> str:
    """Mean scores as the JSON text that a card holds, to a hundredth of a dB."""
    return json.dumps({name: round(value, 4) for name, value in asdict(scores).items()})


def publish(
    weights: CheckpointChoice,
    target: Path,
    *,
    name: str,
    licence: str,
    training_data: str,
    scores: Scores,
) -> None:
    """Write a run's averaged weights, or several runs', in half precision, with a full card.

    Args:
        weights: a run's weights.safetensors; of several, an ensemble in one file is made.
        target: the checkpoint to write.
        name, licence, training_data: what the card says.
        scores: means over songs with true stems, of these weights.

    Raises:
        CheckpointError: `weights` are no checkpoints, or cannot be combined.
    """
    checkpoint = load_chosen(weights)
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
