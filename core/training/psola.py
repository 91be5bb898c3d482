"""Another pitch and tempo for a voice whose periods are marked."""

import numpy as np

from core.training.pitch import Marks


def resynthesise(
    samples: np.ndarray, marks: Marks, *, ratio: np.ndarray, stretch: np.ndarray
) -> np.ndarray:
    """Change pitch and duration, keeping the spectral envelope: TD-PSOLA.

    Two periods around each mark, under a Hann window, are laid down again at the wanted distance,
    repeated or left out as the duration asks. See Moulines and Charpentier, Pitch-synchronous
    waveform processing techniques for text-to-speech synthesis using diphones (1990).

    Args:
        samples: (channels, samples), float32.
        marks: of the voice in them, one at least.
        ratio: (marks,), wanted over present pitch; of no effect where there is no voice.
        stretch: (marks,), wanted over present duration.

    Returns:
        (channels, samples), as long as the stretched periods together.
    """
    periods = marks.periods
    spacing = np.where(marks.voiced, periods / ratio, periods)
    lead = float(marks.positions[0] * stretch[0])
    ends = lead + np.cumsum(periods * stretch)
    length = int(ends[-1])
    out = np.zeros((len(samples), length), np.float32)
    windows: dict[int, np.ndarray] = {}
    place = lead
    while place < length:
        mark = min(int(np.searchsorted(ends, place, side="right")), len(ends) - 1)
        half = int(periods[mark])
        if half not in windows:
            windows[half] = np.hanning(2 * half + 1)[:-1].astype(np.float32)
        centre, target = int(marks.positions[mark]), int(place)
        before = min(half, centre, target)
        after = min(half, samples.shape[1] - centre, length - target)
        if after > 0:
            window = windows[half][half - before : half + after] * float(spacing[mark] / half)
            grain = samples[:, centre - before : centre + after] * window
            out[:, target - before : target + after] += grain
        place += max(float(spacing[mark]), 1.0)
    return out
