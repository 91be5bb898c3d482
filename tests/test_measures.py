"""The measures give the answers that are known beforehand."""

import numpy as np
import pytest

from core.measures import (
    DropoutCounts,
    count_dropouts,
    low_passed,
    mean_scores,
    quiet_share,
    sags,
    score,
    sdr,
    window_levels,
)

RATE = 8000


def tone(hertz: float, *, seconds: float = 4, gain: float = 0.5) -> np.ndarray:
    time = np.arange(round(seconds * RATE)) / RATE
    return np.tile((gain * np.sin(2 * np.pi * hertz * time)).astype(np.float32), (2, 1))


@pytest.mark.parametrize("decibels", [-10, 0, 6, 30])
def test_sdr_is_the_error_below_the_signal(decibels: float) -> None:
    reference = tone(440)
    error = tone(1000, gain=0.5 * 10 ** (-decibels / 20))
    assert sdr(reference, reference + error) == pytest.approx(decibels, abs=0.01)


def test_gain_is_the_vocals_sdr_when_stems_sum_to_the_mixture() -> None:
    random = np.random.default_rng(1)
    vocals, band = random.normal(size=(2, 2, 3 * RATE)) * [[[0.05]], [[0.1]]]
    estimate = vocals + random.normal(size=vocals.shape) * 0.01
    scores = score(vocals, band, estimate, RATE)
    assert scores.gain == pytest.approx(scores.vocals_sdr, abs=1e-6)


def test_the_untouched_mixture_gains_nothing_and_never_sags() -> None:
    scores = score(tone(200, gain=0.1), tone(100), np.zeros((2, 4 * RATE)), RATE)
    assert scores.gain == pytest.approx(0, abs=1e-4)
    assert scores.low_gain == pytest.approx(0, abs=1e-4)
    assert (scores.quiet_3db, scores.quiet_6db) == (0, 0)


def test_low_gain_looks_below_250_hertz_only() -> None:
    vocals = tone(200, gain=0.1) + tone(2000, gain=0.1)
    only_high_removed = score(vocals, tone(80), tone(2000, gain=0.1), RATE)
    assert only_high_removed.low_gain == pytest.approx(0, abs=0.05)
    only_low_removed = score(vocals, tone(80), tone(200, gain=0.1), RATE)
    assert only_low_removed.low_gain > 30


def test_low_pass_keeps_low_tones_and_nothing_else() -> None:
    low, high = tone(100), tone(1000)
    np.testing.assert_allclose(low_passed(low + high, RATE), low, atol=1e-4)


@pytest.mark.parametrize(("sag", "share"), [(0, 0), (2.5, 0), (4, 0.5), (10, 0.5)])
def test_sags_are_counted_where_there_is_voice(sag: float, share: float) -> None:
    band, vocals = tone(100), tone(440, gain=0.2)
    half = band.shape[-1] // 2
    estimate = band.copy()
    estimate[:, :half] *= 10 ** (-sag / 20)
    found = quiet_share(band, estimate, vocals, rate=RATE, by_db=3)
    assert found == pytest.approx(share)
    silent = vocals.copy()
    silent[:, :half] = 0
    assert quiet_share(band, estimate, silent, rate=RATE, by_db=3) == 0


def test_listed_dropouts_are_compared_with_true_ones_window_by_window() -> None:
    band, vocals = tone(100), tone(440, gain=0.2)
    estimate = band.copy()
    estimate[:, : 2 * RATE] *= 0.5
    vocals[:, -RATE:] = 0
    fallen = sags(band, estimate, vocals, rate=RATE)
    assert fallen[:5] == pytest.approx(6, abs=0.1)
    assert fallen[5:7] == pytest.approx(0, abs=0.1)
    assert np.isnan(fallen[8:]).all()
    # Windows 2 to 6 are listed, 0 to 4 are true.
    spans = [(round(0.7 * RATE), round(2.7 * RATE))]
    assert count_dropouts(spans, fallen, rate=RATE) == DropoutCounts(right=3, listed=5, true=5)
    assert count_dropouts([], fallen, rate=RATE).precision is None
    assert count_dropouts(spans, fallen, rate=RATE).recall == pytest.approx(0.6)


def test_levels_are_root_mean_squares() -> None:
    assert window_levels(tone(100, gain=1.0), RATE) == pytest.approx(0.5**0.5, rel=1e-3)


def test_means_are_over_songs() -> None:
    good = score(tone(440), tone(100), tone(440), RATE)
    bad = score(tone(440), tone(100), np.zeros((2, 4 * RATE)), RATE)
    assert mean_scores([good, bad]).gain == pytest.approx((good.gain + bad.gain) / 2)
