"""Where the music of an MP3 file begins, which may be behind tags and behind junk."""

import struct
from pathlib import Path

_LOOKED_THROUGH = 2**20  # bytes behind the tags
_BIT_RATES = {  # kbit/s of layer III, by the index in a frame's header: MPEG 1, and 2 and 2.5
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_IN_A_ROW = 3  # frames that junk does not look like


def junk_before(path: Path) -> int:
    """Return the bytes before the first frame, if others than ID3 tags are among them.

    FFmpeg looks for the index that tells length and delay only where the tags end.

    Returns:
        0 where the music follows the tags, or none is found.
    """
    try:
        with path.open("rb") as file:
            at = 0
            while (head := file.read(10)).startswith(b"ID3") and len(head) == 10:
                seven_bits = zip(head[6:], (21, 14, 7, 0), strict=True)
                size = sum((byte & 0x7F) << shift for byte, shift in seven_bits)
                at += 10 + size + (10 if head[5] & 0x10 else 0)
                file.seek(at)
            file.seek(at)
            window = file.read(_LOOKED_THROUGH)
    except OSError:
        return 0
    place = window.find(b"\xff")
    while place >= 0:
        if _frames_at(window, place):
            return at + place if place else 0
        place = window.find(b"\xff", place + 1)
    return 0


def _frames_at(window: bytes, place: int) -> bool:
    """Whether frames of one kind follow each other from there on."""
    kind: tuple[int, int] | None = None
    for number in range(_IN_A_ROW):
        found = _frame(window, place)
        if found is None or (kind is not None and found[0] != kind):
            return number > 0 and place >= len(window)
        kind = found[0]
        place += found[1]
    return True


def _frame(window: bytes, place: int) -> tuple[tuple[int, int], int] | None:
    """A layer III frame's version and rate, and its length in bytes; None where there is none."""
    if place + 4 > len(window):
        return None
    (header,) = struct.unpack_from(">I", window, place)
    version, layer = header >> 19 & 3, header >> 17 & 3
    bit_rate, rate = header >> 12 & 15, header >> 10 & 3
    if header >> 21 != 0x7FF or version == 1 or layer != 1 or bit_rate in (0, 15) or rate == 3:
        return None
    hertz = _RATES[version][rate]
    bits = _BIT_RATES[3 if version == 3 else 2][bit_rate] * 1000
    size = (144 if version == 3 else 72) * bits // hertz + (header >> 9 & 1)
    return (version, hertz), size
