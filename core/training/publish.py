"""Turn a run's weights into a checkpoint to share: small, measured, and saying what it is."""

import json
from dataclasses import asdict
from pathlib import Path

import torch

from core.checkpoint import load_checkpoint, save_checkpoint
from core.measures import Scores


def card_scores(scores: Scores) -> str:
    """Mean scores as the JSON text that a card holds, to a hundredth of a dB."""
    return json.dumps({name: round(value, 4) for name, value in asdict(scores).items()})


def publish(
    weights: Path,
    target: Path,
    *,
    name: str,
    licence: str,
    training_data: str,
    scores: Scores,
) -> None:
    """Write a run's averaged weights in half precision, with a full card.

    Args:
        weights: a run's weights.safetensors.
        target: the checkpoint to write.
        name, licence, training_data: what the card says.
        scores: means over songs with true stems, of these weights.

    Raises:
        CheckpointError: `weights` is not one of our checkpoints.
    """
    checkpoint = load_checkpoint(weights)
    card = {
        "name": name,
        "licence": licence,
        "training_data": training_data,
        "scores": card_scores(scores),
        "steps": checkpoint.card.get("steps", ""),
        "audio_hours": checkpoint.card.get("audio_hours", ""),
    }
    save_checkpoint(target, checkpoint.build(), card=card, dtype=torch.float16)
