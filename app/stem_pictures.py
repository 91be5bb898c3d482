"""Waveforms and spectrograms of a part of a song."""

from dataclasses import replace

from app.jobs import Picture
from app.mixing import mixed
from app.song import Song
from app.sound_source import voice_of
from core.mix import PLAIN, Mix
from core.peaks import measure_peaks, whole_buckets
from core.samples import Samples
from core.stems import Stem


def draw_part(
    song: Song, vocals: Samples, start: int, stop: int, *, with_mixture: bool, mix: Mix = PLAIN
) -> tuple[Picture, ...]:
    """Draw both stems, and the mixture if asked, where [start, stop) of `vocals` changed.

    The stems are those that an export with `mix` saves.
    """
    first, last = song.drawing.columns_touched(start, stop)
    low, high = song.drawing.samples_seen(first, last)
    bucket_low, bucket_high = whole_buckets(start, stop, song.length)
    low, high = min(low, bucket_low), max(high, bucket_high)
    mixture = song.mixture.samples[:, low:high]
    heard = mixed(mix)
    voice = voice_of(vocals, replace(heard, removed=None), song.rate).read(low, high)
    removed = voice_of(vocals, heard, song.rate).read(low, high) if mix.holds_voice else voice
    parts = {Stem.INSTRUMENTAL: mixture - removed, Stem.VOCALS: voice}
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
