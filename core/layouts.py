"""Which channels of a file belong together as mono or stereo signals."""

# In the order of WAVE_FORMAT_EXTENSIBLE's speaker mask, which FLAC and FFmpeg share. The
# low-frequency channel stands in no group: it carries no voice and stays in the instrumental.
_GROUPS: dict[int, list[tuple[int, ...]]] = {
    3: [(0, 1), (2,)],  # left, right, centre
    5: [(0, 1), (2,), (3, 4)],  # 5.0: left, right, centre, surround pair
    6: [(0, 1), (2,), (4, 5)],  # 5.1: channel 3 is the low-frequency one
    7: [(0, 1), (2,), (4,), (5, 6)],  # 6.1: back centre, side pair
    8: [(0, 1), (2,), (4, 5), (6, 7)],  # 7.1: back pair, side pair
}


def channel_groups(channels: int) -> list[tuple[int, ...]]:
    """Return the pairs and single channels that are separated together.

    Args:
        channels: at least 1.

    Returns:
        Tuples of one or two channel indices, none twice; counts without a usual layout are
        taken as pairs in order, an odd last channel alone.
    """
    if channels in _GROUPS:
        return list(_GROUPS[channels])
    pairs: list[tuple[int, ...]] = [(c, c + 1) for c in range(0, channels - 1, 2)]
    return [*pairs, (channels - 1,)] if channels % 2 else pairs
