"""Scores of a checkpoint over songs with true stems, as a table and as JSON."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from core.audio import Audio, read_audio
from core.dropouts import find_dropouts
from core.errors import InputError, VocalRemoverError
from core.measures import DropoutCounts, Scores, count_dropouts, mean_scores, sags, score
from core.separation import separate
from core.separator import Separator

SECOND = 1.0  # window and hop of museval's framewise scores, seconds (SiSEC 2018)


@dataclass(frozen=True)
class BssScores:
    """BSS Eval v4 (Stöter, Liutkus and Ito 2018): medians over windows of a second, dB.

    Attributes:
        vocals_sdr, instrumental_sdr: signal to distortion.
        vocals_sir, instrumental_sir: signal to interference, what is left of the other stem.
        vocals_sar, instrumental_sar: signal to artefacts, what was in neither.
    """

    vocals_sdr: float
    vocals_sir: float
    vocals_sar: float
    instrumental_sdr: float
    instrumental_sir: float
    instrumental_sar: float


@dataclass(frozen=True)
class SongScores:
    """A song's name and scores; `bss` is None where it was not asked for.

    `dropouts` says how good the list of dropouts is that is made without the true stems.
    """

    name: str
    scores: Scores
    bss: BssScores | None
    dropouts: DropoutCounts


def song_folders(folder: Path) -> list[Path]:
    """The songs of a folder: each a folder with files called vocals and accompaniment.

    Raises:
        InputError: there is none.
    """
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}.")
    songs = [
        path
        for path in sorted(folder.iterdir())
        if path.is_dir() and list(path.glob("vocals.*")) and list(path.glob("accompaniment.*"))
    ]
    if not songs:
        raise InputError(
            f"{folder} holds no songs with stems: folders with vocals and accompaniment files."
        )
    return songs


def read_stems(song: Path) -> tuple[Audio, Audio]:
    """A song's vocals and accompaniment, cut to the same length.

    Raises:
        InputError: a stem cannot be read, or the two do not match.
    """
    vocals, rest = (
        read_audio(sorted(song.glob(f"{stem}.*"))[0]) for stem in ("vocals", "accompaniment")
    )
    if vocals.rate != rest.rate or vocals.channels != rest.channels:
        raise InputError(f"The stems of {song.name} differ in sample rate or channels.")
    length = min(vocals.length, rest.length)
    return (
        Audio(np.ascontiguousarray(vocals.samples[:, :length]), vocals.rate),
        Audio(np.ascontiguousarray(rest.samples[:, :length]), rest.rate),
    )


def bss_scores(vocals: Audio, rest: Audio, estimate: np.ndarray) -> BssScores:
    """Compare estimated vocals, and what they leave of the mixture, by museval.

    All stems are rounded to 16 bits first, as in the data sets that BSS Eval is published for.
    Stems decoded from lossy files are empty above a lowpass; there its distortion filters are
    undetermined, and what they make of the windows' edges drowns SIR and SAR. The rounding's noise
    determines them.

    Raises:
        VocalRemoverError: museval, or the ffmpeg program that it wants, is not installed.
    """
    try:
        import museval
    except (ImportError, RuntimeError) as error:
        raise VocalRemoverError(
            "museval cannot be used: it needs pip install '.[training]' and an "
            "ffmpeg program; --no-museval leaves its scores out."
        ) from error
    voice, accompaniment = vocals.samples[:, :], rest.samples[:, :]
    mixture = voice + accompaniment
    references = _sixteen_bits(voice, accompaniment)
    estimates = _sixteen_bits(estimate, mixture - estimate)
    window = round(SECOND * vocals.rate)
    sdr, _, sir, sar = museval.evaluate(references, estimates, win=window, hop=window)
    medians = np.nanmedian((sdr, sir, sar), axis=2).T  # stem, score
    return BssScores(*map(float, medians.flatten()))


def _sixteen_bits(*stems: np.ndarray) -> np.ndarray:
    """(stems, samples, channels), float64, on the grid of 16-bit files."""
    return np.rint(np.stack(stems).astype(np.float64).transpose(0, 2, 1) * 2**15) / 2**15


def evaluate(
    separator: Separator,
    folder: Path,
    *,
    with_museval: bool = True,
    progress: Callable[[str], None] = lambda _: None,
) -> list[SongScores]:
    """Separate the sum of each song's stems and compare.

    Args:
        separator: what to measure.
        folder: of songs, see `song_folders`.
        with_museval: also BSS Eval, which takes longer than the separation.
        progress: told each song's name before it is separated.

    Raises:
        InputError: the folder or one of its stems cannot be used.
    """
    results = []
    for song in song_folders(folder):
        progress(song.name)
        vocals, rest = read_stems(song)
        voice, accompaniment = vocals.samples[:, :], rest.samples[:, :]
        mixture = Audio(voice + accompaniment, vocals.rate)
        estimate = separate(separator, mixture)[:, :]
        results.append(
            SongScores(
                name=song.name,
                scores=score(voice, accompaniment, estimate, vocals.rate),
                bss=bss_scores(vocals, rest, estimate) if with_museval else None,
                dropouts=_compare_dropouts(mixture, vocals, rest, estimate),
            )
        )
    return results


def _compare_dropouts(
    mixture: Audio, vocals: Audio, rest: Audio, estimate: np.ndarray
) -> DropoutCounts:
    found = find_dropouts(mixture.samples, estimate, mixture.rate)
    left = mixture.samples[:, :] - estimate
    return count_dropouts(
        [(dropout.start, dropout.stop) for dropout in found],
        sags(rest.samples[:, :], left, vocals.samples[:, :], rate=mixture.rate),
        rate=mixture.rate,
    )


def all_dropouts(results: list[SongScores]) -> DropoutCounts:
    """The counts of all songs together: most songs have too few for shares of their own."""
    counts = [result.dropouts for result in results]
    return DropoutCounts(
        sum(count.right for count in counts),
        sum(count.listed for count in counts),
        sum(count.true for count in counts),
    )


def mean_bss(results: list[SongScores]) -> BssScores | None:
    """Mean over songs, where all of them have BSS scores."""
    known = [asdict(result.bss) for result in results if result.bss]
    if len(known) != len(results):
        return None
    return BssScores(**{name: float(np.mean([row[name] for row in known])) for name in known[0]})


def as_json(results: list[SongScores]) -> str:
    """All scores and their means."""
    mean = mean_bss(results)
    dropouts = all_dropouts(results)
    return json.dumps(
        {
            "songs": [asdict(result) for result in results],
            "mean": asdict(mean_scores([result.scores for result in results])),
            "mean_bss": asdict(mean) if mean else None,
            "dropouts": {
                **asdict(dropouts),
                "precision": dropouts.precision,
                "recall": dropouts.recall,
            },
        },
        indent=2,
    )
