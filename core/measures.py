"""How good a separation is, against true stems."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

LOW_BAND = 250.0  # Hz
WINDOW = 0.4  # seconds, as in loudness measurement (BS.1770 gating blocks)
VOICE_FLOOR = 1e-3  # RMS, -60 dBFS: windows with less voice are not counted as sung
FLOOR = 1e-10


def sdr(reference: np.ndarray, estimate: np.ndarray) -> float:
    """Signal-to-distortion ratio in dB: all of the error counts (Vincent et al. 2006, without
    the allowed distortions; the definition of the Music Demixing Challenge 2021).

    Args:
        reference, estimate: (channels, samples).
    """
    signal = np.sum(np.square(reference, dtype=np.float64))
    error = np.sum(np.square(reference - estimate, dtype=np.float64))
    return float(10 * np.log10((signal + FLOOR) / (error + FLOOR)))


def low_passed(samples: np.ndarray, rate: int, cutoff: float = LOW_BAND) -> np.ndarray:
    """What lies below `cutoff` Hz, cut in the spectrum of the whole signal.

    Args:
        samples: (channels, samples).
        rate: Hz.
    """
    spectrum = np.fft.rfft(samples)
    frequencies = np.fft.rfftfreq(samples.shape[-1], 1 / rate)
    return np.fft.irfft(spectrum * (frequencies < cutoff), n=samples.shape[-1])


def window_levels(samples: np.ndarray, rate: int) -> np.ndarray:
    """RMS over all channels of each whole window of 0.4 s, (windows,)."""
    length = round(WINDOW * rate)
    count = samples.shape[-1] // length
    framed = samples[:, : count * length].reshape(samples.shape[0], count, length)
    return np.sqrt(np.mean(np.square(framed, dtype=np.float64), axis=(0, 2)))


def quiet_share(
    instrumental: np.ndarray, estimate: np.ndarray, vocals: np.ndarray, *, rate: int, by_db: float
) -> float:
    """Share of the windows with voice in which the estimate is too quiet.

    Args:
        instrumental, estimate, vocals: (channels, samples); truth, estimate, true voice.
        rate: Hz.
        by_db: how many dB below the truth counts as a dropout.

    Returns:
        0 to 1; 0 where there is no voice.
    """
    fallen = sags(instrumental, estimate, vocals, rate=rate)
    counted = fallen[np.isfinite(fallen)]
    return float(np.mean(counted > by_db)) if counted.size else 0.0


def sags(
    instrumental: np.ndarray, estimate: np.ndarray, vocals: np.ndarray, *, rate: int
) -> np.ndarray:
    """How many dB the estimate is quieter than the truth, window by window.

    Args:
        instrumental, estimate, vocals: (channels, samples); truth, estimate, true voice.
        rate: Hz.

    Returns:
        (windows,), NaN where there is no voice or no instrumental.
    """
    sung = window_levels(vocals, rate) > VOICE_FLOOR
    true, found = window_levels(instrumental, rate), window_levels(estimate, rate)
    audible = sung & (true > VOICE_FLOOR)
    return np.where(audible, 20 * np.log10((true + FLOOR) / (found + FLOOR)), np.nan)


@dataclass(frozen=True)
class DropoutCounts:
    """How the dropouts listed without the truth compare with the true ones, in windows.

    Attributes:
        right: in a listed dropout, and truly more than 3 dB too quiet.
        listed: in a listed dropout.
        true: truly more than 3 dB too quiet.
    """

    right: int
    listed: int
    true: int

    @property
    def precision(self) -> float | None:
        """Share of what is listed that is right; none where nothing is listed."""
        return self.right / self.listed if self.listed else None

    @property
    def recall(self) -> float | None:
        """Share of what is true that is listed; none where nothing is true."""
        return self.right / self.true if self.true else None


def count_dropouts(
    spans: Iterable[tuple[int, int]], fallen: np.ndarray, *, rate: int
) -> DropoutCounts:
    """Compare listed dropouts with the truth.

    Args:
        spans: (start, stop) of each in samples; a window counts if half of it is within one.
        fallen: (windows,), from `sags`.
        rate: Hz.
    """
    length = round(WINDOW * rate)
    start = np.arange(len(fallen)) * length
    inside = np.zeros(len(fallen))
    for first, last in spans:
        inside += np.clip(np.minimum(start + length, last) - np.maximum(start, first), 0, None)
    listed = (inside >= length / 2) & np.isfinite(fallen)
    true = np.isfinite(fallen) & (fallen > 3)
    return DropoutCounts(int(np.sum(listed & true)), int(np.sum(listed)), int(np.sum(true)))


@dataclass(frozen=True)
class Scores:
    """One song's scores, or their mean; dB, and shares from 0 to 1.

    Attributes:
        gain: accompaniment SDR over that of the untouched mixture; as the stems sum to the
            mixture, the vocals' SDR.
        low_gain: the same below 250 Hz.
        quiet_3db, quiet_6db: share of sung windows with an instrumental that much too quiet.
    """

    vocals_sdr: float
    instrumental_sdr: float
    mixture_sdr: float
    gain: float
    low_gain: float
    quiet_3db: float
    quiet_6db: float


def score(vocals: np.ndarray, instrumental: np.ndarray, estimate: np.ndarray, rate: int) -> Scores:
    """Compare a song's estimated vocals with its true stems.

    Args:
        vocals, instrumental: (channels, samples), the true stems; their sum was separated.
        estimate: (channels, samples), the estimated vocals.
        rate: Hz.
    """
    mixture = vocals + instrumental
    rest = mixture - estimate
    low = {
        name: low_passed(samples, rate)
        for name, samples in (("true", instrumental), ("found", rest), ("mixture", mixture))
    }
    untouched = sdr(instrumental, mixture)
    found = sdr(instrumental, rest)
    return Scores(
        vocals_sdr=sdr(vocals, estimate),
        instrumental_sdr=found,
        mixture_sdr=untouched,
        gain=found - untouched,
        low_gain=sdr(low["true"], low["found"]) - sdr(low["true"], low["mixture"]),
        quiet_3db=quiet_share(instrumental, rest, vocals, rate=rate, by_db=3),
        quiet_6db=quiet_share(instrumental, rest, vocals, rate=rate, by_db=6),
    )


def mean_scores(scores: list[Scores]) -> Scores:
    """Mean of each score over songs."""
    return Scores(*(float(np.mean(column)) for column in zip(*map(_fields, scores), strict=True)))


def _fields(scores: Scores) -> tuple[float, ...]:
    return tuple(getattr(scores, name) for name in Scores.__dataclass_fields__)
