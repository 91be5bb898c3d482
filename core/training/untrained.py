"""Write a checkpoint with random weights, to try things without a trained one."""

import sys
from pathlib import Path

import torch

from core.checkpoint import save_checkpoint
from core.models.config import SMALL, FrameTransformerConfig
from core.models.frame_transformer import FrameTransformer


def write_untrained(path: Path, config: FrameTransformerConfig = SMALL, *, seed: int = 0) -> None:
    """Write a checkpoint of `config` whose weights are random, the same for the same seed."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = FrameTransformer(config)
    save_checkpoint(path, network, card={"name": "untrained"})


if __name__ == "__main__":
    write_untrained(Path(sys.argv[1]))
