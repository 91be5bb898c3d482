"""What a sidecar says of a song and of how its vocals were computed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from core.audio import Audio
from core.cache import checkpoint_sha256
from core.samples import Samples
from core.sidecar import Computation, Origin, TakeFacts, samples_sha256, song_facts
from core.tags import read_tags
from core.takes import TakenVocals

if TYPE_CHECKING:
    from core.separation import Separation
    from core.separator import Separator


def computation_of(separator: Separator, separation: Separation) -> Computation:
    """Describe how a separator computed a song."""
    checkpoint = separator.checkpoint
    return Computation(
        checkpoint.name,
        checkpoint.sha256,
        str(checkpoint.combination),
        str(separator.device.device),
        str(separator.dtype).removeprefix("torch."),
        tuple(separation.threads),
        separation.chunk_frames,
        processor_of(separator),
    )


def processor_of(separator: Separator) -> str:
    """What computes: a graphics card's name, or what instructions torch uses."""
    import torch

    device = separator.device.device
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return torch.backends.cpu.get_cpu_capability() if device.type == "cpu" else ""


def origin_of(
    song: Path,
    mixture: Audio,
    vocals: Samples,
    computation: Computation,
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> Origin:
    """Describe where stems come from.

    Args:
        song: the file.
        mixture: all of it.
        vocals: all of them, with takes laid over them if there are any.
        computation: how they were computed.
        cancelled: asked now and then.

    Raises:
        Cancelled: `cancelled` said so.
    """
    taken = vocals if isinstance(vocals, TakenVocals) else None
    return Origin(
        song_facts(song.name, mixture, read_tags(song), cancelled=cancelled),
        computation,
        samples_sha256(vocals if taken is None else taken.first, cancelled=cancelled),
        tuple(
            TakeFacts(
                take.region.start,
                take.region.stop,
                ""
                if take.settings.checkpoint == Path()
                else checkpoint_sha256(take.settings.checkpoint),
                take.settings.augmented,
                take.settings.strength,
            )
            for take in (taken.takes if taken is not None else ())
        ),
    )
