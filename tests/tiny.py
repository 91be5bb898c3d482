"""A small network with random weights, the same every time, for tests."""

import dataclasses
from pathlib import Path

from core.checkpoint import Checkpoint, load_checkpoint
from core.models.config import PUBLISHED, SMALL, FrameTransformerConfig
from core.training.untrained import write_untrained

TINY = dataclasses.replace(
    SMALL,
    n_fft=2048,
    bands=((128, 4), (256, 16), (640, 40)),
    channels=(4, 6),
    encoders=(0, 1),
    decoders=(0,),
    extracted=(0, 1),
    heads=2,
    feedforward=16,
    reach=4,
    chunk=32,
    context=24,
)
TINY_PUBLISHED = dataclasses.replace(
    PUBLISHED,
    bands=((1024, 8),),
    channels=(2, 4),
    encoders=(1, 2),
    decoders=(1,),
    extracted=(1, 1),
    heads=4,
    feedforward=16,
    reach=6,
    chunk=32,
    context=24,
)


def tiny_checkpoint(folder: Path, config: FrameTransformerConfig = TINY) -> Checkpoint:
    """Write and read back an untrained checkpoint of a tiny network."""
    path = folder / "tiny.safetensors"
    write_untrained(path, config)
    return load_checkpoint(path)
