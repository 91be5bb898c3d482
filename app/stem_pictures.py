"""Waveforms and spectrograms of a part of a song."""

from app.jobs import Picture
from app.song import Song
from core.peaks import measure_peaks, whole_buckets
from core.samples import Samples
from core.stems import Stem


def draw_part(
    song: Song, vocals: Samples, start: int, stop: int, *, with_mixture: bool
) -> tuple[Picture, ...]:
    """Draw both stems, and the mixture if asked, where [start, stop) of `vocals` changed."""
    first, last = song.drawing.columns_touched(start, stop)
    low, high = song.drawing.samples_seen(first, last)
    bucket_low, bucket_high = whole_buckets(start, stop, song.length)
    low, high = min(low, bucket_low), max(high, bucket_high)
    voice = vocals[:, low:high]
    mixture = song.mixture.samples[:, low:high]
    parts = {Stem.INSTRUMENTAL: mixture - voice, Stem.VOCALS: voice}
    if with_mixture:
        parts[Stem.MIXTURE] = mixture
    return tuple(
        Picture(
            stem,
            bucket_low,
            measure_peaks(part[:, bucket_low - low :], 0, bucket_high - bucket_low),
            first,
            song.drawing.image(part, first=first, last=last, offset=low),
        )
        for stem, part in parts.items()
    )
