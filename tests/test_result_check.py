"""Each thing that can be wrong with stems is found where it was put, and good stems pass."""

from pathlib import Path

import numpy as np
import pytest

from app.check_text import check_text
from app.cli_report import Outcome, _as_json
from core.audio import Audio
from core.export import export_stems
from core.export_plan import ExportPlan
from core.flaws import Flaw, FlawKind, ResultCheck, flaw_text
from core.formats import BitDepth, FileFormat, OutputFormat
from core.mix import Mix
from core.result_check import ResultChecker, check_result
from core.stems import Stem
from tests.songs import noise, write_song

RATE = 16_000
LENGTH = 10 * RATE
BLOCK = 10_000


def band() -> np.ndarray:
    """Noise without highs, in which a step would be lost."""
    spectrum = np.fft.rfft(noise(LENGTH))
    spectrum[:, spectrum.shape[1] // 20 :] = 0
    return np.fft.irfft(spectrum, n=LENGTH).astype(np.float32)


def voice() -> np.ndarray:
    at = np.arange(LENGTH) / RATE
    phase = 2 * np.pi * (150 * at + np.sin(2 * np.pi * 5 * at))
    tone = sum(np.sin(k * phase) / k for k in range(1, 12))
    return np.tile(0.05 * tone, (2, 1)).astype(np.float32)


def checked(
    rest: np.ndarray, voices: np.ndarray, mixture: np.ndarray, **lengths: int
) -> ResultCheck:
    checker = ResultChecker(RATE)
    for start in range(0, LENGTH, BLOCK):
        block = slice(start, start + BLOCK)
        checker.add(rest[:, block], voices[:, block], mixture[:, block])
    return checker.finish(lengths={Stem(stem): length for stem, length in lengths.items()})


def test_good_stems_pass() -> None:
    assert checked(band(), voice(), band() + voice()).passed
    assert check_result(band() + voice(), voice(), RATE).passed
    assert check_result(np.zeros((2, LENGTH)), np.zeros((2, LENGTH)), RATE).passed
    assert check_result(np.zeros((1, 0)), np.zeros((1, 0)), RATE).passed


def test_a_wrong_length_is_found() -> None:
    check = checked(band(), voice(), band() + voice(), instrumental=LENGTH, vocals=LENGTH - 5)
    assert check.flaws == (Flaw(FlawKind.LENGTH, Stem.VOCALS, LENGTH - 5, LENGTH, -5),)
    short = check_result(band(), voice()[:, :-7], RATE)
    assert short.flaws == (Flaw(FlawKind.LENGTH, Stem.VOCALS, LENGTH - 7, LENGTH, -7),)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_no_number_is_found_with_its_time(value: float) -> None:
    broken = voice()
    broken[1, 50_003] = value
    check = checked(band(), broken, band() + voice())
    first = check.flaws[0]
    assert first == Flaw(FlawKind.NOT_FINITE, Stem.VOCALS, 50_003, 50_004)


@pytest.mark.parametrize("stem", [Stem.VOCALS, Stem.INSTRUMENTAL])
def test_a_silent_stem_is_found_where_the_song_is_not_silent(stem: Stem) -> None:
    nothing = np.zeros_like(band())
    parts = (band(), nothing) if stem is Stem.VOCALS else (nothing, band())
    assert checked(*parts, band()).flaws == (Flaw(FlawKind.SILENT, stem, 0, LENGTH),)


def test_a_part_that_was_never_separated_is_found() -> None:
    vocals = voice()
    vocals[:, 4 * BLOCK : 9 * BLOCK] = 0
    instrumental = band() + voice() - vocals
    check = checked(instrumental, vocals, band() + voice())
    empty = [flaw for flaw in check.flaws if flaw.kind is FlawKind.EMPTY]
    assert empty == [Flaw(FlawKind.EMPTY, Stem.VOCALS, 4 * BLOCK, 9 * BLOCK)]


@pytest.mark.parametrize("place", [5 * BLOCK, 5 * BLOCK + 1, 5 * BLOCK - 1, 73_210])
def test_a_seam_is_found_where_it_is(place: int) -> None:
    vocals = voice()
    vocals[:, place:] += 0.1
    check = checked(band() + voice() - vocals, vocals, band() + voice())
    assert {flaw.kind for flaw in check.flaws} == {FlawKind.SEAM}
    assert all(abs(flaw.start - place) <= 2 for flaw in check.flaws)


def test_a_click_of_the_song_itself_is_no_seam() -> None:
    clicked = voice()
    clicked[:, 70_000] += 0.5
    assert checked(band(), clicked, band() + clicked).passed


def test_stems_upside_down_are_found() -> None:
    check = checked(-band(), -voice(), band() + voice())
    assert [flaw.kind for flaw in check.flaws] == [FlawKind.POLARITY]


@pytest.mark.parametrize("late", [1, 441, -20])
def test_an_offset_is_found_with_its_size(late: int) -> None:
    parts = [np.roll(part, late, axis=1) for part in (band(), voice())]
    check = checked(parts[0], parts[1], band() + voice())
    assert [(flaw.kind, flaw.amount) for flaw in check.flaws] == [(FlawKind.OFFSET, late)]


def test_a_long_list_ends() -> None:
    vocals = voice()
    vocals += (0.1 * (np.arange(LENGTH) // 2000 % 2)).astype(np.float32)
    assert len(check_result(band() + voice(), vocals, RATE).flaws) == 20


@pytest.mark.parametrize("mix", [Mix(), Mix(vocals_db=-6.0)], ids=["plain", "guide"])
@pytest.mark.parametrize("depth", list(BitDepth))
def test_every_export_is_checked_and_passes(tmp_path: Path, depth: BitDepth, mix: Mix) -> None:
    song = write_song(tmp_path / "song.wav", band() + voice(), rate=RATE)
    stems = (Stem.INSTRUMENTAL, Stem.VOCALS)
    plan = ExportPlan(stems, OutputFormat(FileFormat.WAV, depth), tmp_path / "out", mix=mix)
    report = export_stems(song, Audio(band() + voice(), RATE), voice(), plan)
    assert report.check.passed
    said = _as_json(Outcome(song, export=report))
    assert said["result_check_passed"] is True
    assert said["result_check"] == []


def test_a_bad_export_says_what_and_where(tmp_path: Path) -> None:
    song = write_song(tmp_path / "song.wav", band() + voice(), rate=RATE)
    vocals = voice()
    vocals[:, 80_000:] += 0.2
    plan = ExportPlan((Stem.VOCALS,), OutputFormat(), tmp_path / "out")
    report = export_stems(song, Audio(band() + voice(), RATE), vocals, plan)
    assert not report.check.passed
    said = _as_json(Outcome(song, export=report))["result_check"]
    assert isinstance(said, list)
    assert said[0]["kind"] == "seam"
    assert said[0]["start_seconds"] == pytest.approx(5.0, abs=0.001)
    assert flaw_text(report.check.flaws[0], RATE) == "The vocals have a step at 0:05.00."
    assert "Vocals: a step at 0:05.00." in check_text(report.check)


def test_every_flaw_has_a_sentence_here_and_in_the_window() -> None:
    for kind in FlawKind:
        flaw = Flaw(
            kind, None if kind in (FlawKind.POLARITY, FlawKind.OFFSET) else Stem.VOCALS, 0, 9, 3
        )
        assert flaw_text(flaw, RATE).endswith(".")
        assert check_text(ResultCheck((flaw,) * 5, RATE)).endswith("And 2 more.")
    assert check_text(ResultCheck()) == "Result check passed."
