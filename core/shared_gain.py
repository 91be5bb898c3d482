"""The one gain of all stems of a song, so that none clips and they go on to sum to it."""

from collections.abc import Callable

from core.audio import Audio
from core.formats import OutputFormat
from core.samples import peak
from core.stem_reading import Read
from core.true_peak import TruePeakMeter
from core.writing import BLOCK

LOSSY_HEADROOM_DB = 1.0
"""Left below full scale by lossy formats, whose decoded peaks differ from those that went in.

As EBU R 128 s1 and AES TD1004 ask for.
"""


def shared_gain(
    readers: list[Read],
    mixture: Audio,
    output: OutputFormat,
    *,
    advance: Callable[[float], None],
) -> float:
    """Return the gain at which no stem clips: 1.0 where none would.

    Integer formats count samples, as they keep them; lossy ones the true peak. `advance` is
    called with the share that is done.
    """
    highest, room = 0.0, 1.0
    if output.is_lossy:
        meters = [TruePeakMeter(mixture.channels) for _ in readers]
        for start in range(0, mixture.length, BLOCK):
            stop = min(start + BLOCK, mixture.length)
            for read, meter in zip(readers, meters, strict=True):
                meter.add(read(start, stop))
            advance(stop / mixture.length)
        highest = max((meter.finish() for meter in meters), default=0.0)
        room = float(10 ** (-LOSSY_HEADROOM_DB / 20))
    elif output.is_integer:
        highest = max(_peak(read, mixture.length) for read in readers)
        if highest > room:
            # Two steps of room: full scale itself has no code, and dither adds one.
            room -= 2 * output.bit_depth.step
    return room / highest if highest > min(room, 1.0) else 1.0


def _peak(read: Read, length: int) -> float:
    """The largest magnitude, 0.0 of nothing."""
    return max(
        (peak(read(start, min(start + BLOCK, length))) for start in range(0, length, BLOCK)),
        default=0.0,
    )
