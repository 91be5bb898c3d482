"""What the command line says of saved stems."""

from math import inf
from pathlib import Path

import pytest

from app.export_sentences import sentences
from core.export_plan import ExportReport
from core.stems import Stem


@pytest.mark.parametrize(
    ("peak", "said"),
    [
        (-0.34, ["True peak -0.3 dBTP."]),
        (1.26, ["True peak +1.3 dBTP: players may clip between the samples."]),
        (-inf, []),
    ],
)
def test_the_true_peak_is_told(peak: float, said: list[str]) -> None:
    paths = {Stem.VOCALS: Path("a.wav")}
    report = ExportReport(paths, 0.0, 0, -138.0, True, true_peak_dbtp=peak)
    assert sentences(report)[1:] == said


def test_a_shared_gain_is_told_with_the_sum() -> None:
    report = ExportReport({Stem.VOCALS: Path("a.wav")}, -2.5, 0, -138.0, True)
    assert sentences(report) == [
        "The stems sum to the song to -138.0 dBFS. All were lowered by 2.50 dB so that none clips."
    ]
