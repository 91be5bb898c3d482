"""Other singers made of a recorded voice, and melodies made of speech."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import soxr

from core.audio import Audio, read_audio
from core.errors import InputError
from core.files import check_target
from core.formats import BitDepth, FileFormat, OutputFormat
from core.samples import peak_of
from core.training.pitch import HOP_SECONDS, Marks, mark_periods, track_pitch
from core.training.psola import resynthesise
from core.writing import write_audio

SCALES = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10), (0, 2, 4, 7, 9), (0, 3, 5, 6, 7, 10))
LOWEST_RATIO, HIGHEST_RATIO = 0.5, 2.2  # of new over old pitch that still sounds like a voice
LONGEST_STRETCH = 6.0  # of a sung vowel over the spoken one
GLIDE_SECONDS = 0.06  # from note to note
SHORTEST_RUN = 8  # marks of a voiced stretch that carries a note
PEAK = 0.9
OUTPUT = OutputFormat(FileFormat.FLAC, BitDepth.INT16)


@dataclass(frozen=True)
class Singer:
    """What makes another singer of a voice.

    Attributes:
        throat: formants' new over old frequency.
        pitch: semitones up or down.
        wander: how many semitones single notes leave their pitch, up and down, at most.
        expression: vibrato and glides of the recording, times this; 0 holds each note still.
        in_tune: whether notes move to the nearest semitone.
        tempo: new over old duration.
        growl: depth, 0 to 1, of a roughness an octave or two below the pitch.
        drive: of a saturation; 0 leaves it out.
    """

    throat: float = 1.0
    pitch: float = 0.0
    wander: int = 0
    expression: float = 1.0
    in_tune: bool = False
    tempo: float = 1.0
    growl: float = 0.0
    drive: float = 0.0


def draw_singer(rng: np.random.Generator) -> Singer:
    """A singer by chance: mostly sweet, now and then tuned hard or hoarse."""
    throat = 2 ** rng.uniform(-0.25, 0.25)
    # A shorter throat sings higher, more often than not.
    pitch = float(np.clip(12 * np.log2(throat) * 1.5 + rng.normal(0, 3), -7, 8))
    singer = Singer(
        throat=throat,
        pitch=pitch,
        wander=int(rng.integers(0, 5)),
        expression=rng.uniform(0.4, 1.8),
        tempo=rng.uniform(0.85, 1.2),
    )
    kind = rng.random()
    if kind < 0.15:
        return replace(singer, in_tune=True, expression=rng.uniform(0.0, 0.15))
    if kind < 0.35:
        return replace(singer, growl=rng.uniform(0.2, 0.9), drive=rng.uniform(1.0, 8.0))
    return singer


def sing(
    samples: np.ndarray, rate: int, singer: Singer, rng: np.random.Generator, *, melody: bool
) -> np.ndarray:
    """Let another singer sing a recording.

    The recording is played faster or slower, which moves its formants; pitch and tempo are then
    set anew by TD-PSOLA, which leaves them where they are.

    Args:
        samples: (channels, samples), float32, one voice at a time.
        rate: Hz.
        singer: who sings.
        rng: draws the notes and the roughness.
        melody: whether the recording is speech, whose every voiced stretch becomes a note.

    Returns:
        (channels, samples), float32, peak 0.9; empty if there was nothing to sing.
    """
    moved = soxr.resample(samples.T, singer.throat * rate, rate).T
    voice = moved.mean(axis=0)
    pitch = track_pitch(voice, rate)
    marks = mark_periods(voice, pitch, rate)
    if not marks.voiced.any():
        return samples[:, :0]
    old = _pitch_at(marks, pitch, rate)
    stretch = np.full(len(old), singer.tempo * singer.throat)
    if melody:
        wanted = _melody(marks, old, stretch, singer, rng, rate=rate)
    else:
        wanted = _retuned(marks, old / singer.throat, singer, rng, rate=rate)
    ratio = np.clip(wanted / np.maximum(old, 1.0), LOWEST_RATIO, HIGHEST_RATIO)
    ratio[~marks.voiced] = 1.0
    sung = resynthesise(moved, marks, ratio=ratio, stretch=stretch)
    if singer.growl:
        sung = _rough(sung, marks.periods / ratio, marks.periods * stretch, singer, rng, rate=rate)
    peak = peak_of(sung)
    return sung * np.float32(PEAK / peak) if peak > 1e-4 else sung[:, :0]


def make_singers(
    files: Iterable[Path],
    target: Path,
    *,
    copies: int,
    melody: bool,
    seed: int,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Write recordings anew, each sung by others; what exists already is left as it is.

    Args:
        files: recordings of one voice at a time.
        target: folder for the FLAC files; made if missing.
        copies: singers for each recording.
        melody: whether the recordings are speech.
        seed: with a file's name and a copy's number, decides what that copy is like.
        progress: told each file's name, or why it was left out.

    Raises:
        OutputError: the folder cannot be written to.
    """
    for path in files:
        audio: Audio | None = None
        for copy in range(copies):
            written = target / f"{path.stem}_{copy:02d}.flac"
            if written.exists():
                continue
            check_target(written, overwrite=False)  # makes the folder
            try:
                audio = audio or read_audio(path)
            except InputError as error:
                progress(str(error))
                break
            rng = np.random.default_rng([seed, copy, *path.name.encode()])
            samples = np.asarray(audio.samples[:2, :], dtype=np.float32)
            sung = sing(samples, audio.rate, draw_singer(rng), rng, melody=melody)
            if sung.shape[1]:
                write_audio(written, Audio(sung, audio.rate), output=OUTPUT)
                progress(written.name)


def _pitch_at(marks: Marks, pitch: np.ndarray, rate: int) -> np.ndarray:
    """(marks,): Hz at each mark, its period's where the track has none."""
    frames = np.minimum((marks.positions / rate / HOP_SECONDS).astype(int), len(pitch) - 1)
    return np.where(pitch[frames] > 0, pitch[frames], rate / marks.periods)


def _runs(marks: Marks) -> list[slice]:
    """The stretches of marks that have a pitch and are long enough for a note."""
    edges = np.flatnonzero(np.diff(np.pad(marks.voiced.astype(int), 1)))
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [slice(first, last) for first, last in pairs if last - first >= SHORTEST_RUN]


def _notes(marks: Marks, old: np.ndarray) -> list[slice]:
    """The runs, divided where the pitch leaps or glides to another note for good."""
    notes = []
    for run in _runs(marks):
        start = run.start
        while run.stop - start >= SHORTEST_RUN:
            away = np.abs(12 * np.log2(old[start : run.stop] / np.median(old[start:][:24])))
            left = np.flatnonzero(away > 1.2)
            end = start + max(int(left[0]), SHORTEST_RUN) if len(left) else run.stop
            notes.append(slice(start, min(end, run.stop)))
            start = end
    return notes


def _retuned(
    marks: Marks, old: np.ndarray, singer: Singer, rng: np.random.Generator, *, rate: int
) -> np.ndarray:
    """(marks,): the recording's pitch, Hz, as another sings it."""
    wanted = old * 2 ** (singer.pitch / 12)
    for note in _notes(marks, old):
        centre = 12 * np.log2(np.median(old[note]) / 440)
        around = 12 * np.log2(old[note] / 440) - centre
        goal = centre + singer.pitch + rng.integers(-singer.wander, singer.wander + 1)
        if singer.in_tune:
            goal = np.rint(goal)
        wanted[note] = 440 * 2 ** ((goal + singer.expression * around) / 12)
    return _glided(wanted, marks, rate)


def _melody(
    marks: Marks,
    old: np.ndarray,
    stretch: np.ndarray,
    singer: Singer,
    rng: np.random.Generator,
    *,
    rate: int,
) -> np.ndarray:
    """(marks,): a melody, Hz, one note for each voiced run; `stretch` gets the notes' lengths."""
    scale = np.array(SCALES[rng.integers(len(SCALES))])
    degrees = np.sort(np.concatenate([scale + 12 * octave for octave in (-1, 0, 1)]))
    spoken = 12 * np.log2(np.median(old[marks.voiced]) / singer.throat / 440)
    root = spoken + singer.pitch + rng.uniform(2, 8)
    beat = 30 / rng.uniform(70, 170)  # seconds, half of a beat
    degree = len(scale)
    wanted = old.copy()
    for run in _runs(marks):
        step = int(
            rng.choice([-3, -2, -1, 0, 1, 2, 3], p=[0.06, 0.13, 0.22, 0.18, 0.22, 0.13, 0.06])
        )
        # Drawn back to the middle, so that the melody keeps to a singer's range.
        degree = int(np.clip(degree + step - round((degree - len(scale)) / 6), 0, len(degrees) - 1))
        length = beat * rng.choice([1, 1, 2, 2, 3, 4, 6])
        present = marks.periods[run].sum() / rate
        stretch[run] = np.clip(length / present, 0.8, LONGEST_STRETCH)
        seconds = np.cumsum(marks.periods[run] * stretch[run]) / rate
        note = root + degrees[degree] + rng.normal(0, 0.08)
        if singer.in_tune:
            note = np.rint(note)
        wanted[run] = 440 * 2 ** ((note + singer.expression * _ornament(seconds, rng)) / 12)
    return _glided(wanted, marks, rate)


def _ornament(seconds: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(marks,): semitones around a note: a scoop into it, late vibrato, drift."""
    scoop = -rng.exponential(0.6) * np.exp(-seconds / rng.uniform(0.03, 0.1))
    depth = rng.uniform(0.0, 0.5) * np.clip((seconds - rng.uniform(0.1, 0.4)) / 0.25, 0, 1)
    vibrato = depth * np.sin(2 * np.pi * rng.uniform(4.7, 6.3) * seconds + rng.uniform(0, 6))
    drift = np.cumsum(rng.normal(0, 0.02, len(seconds)))
    return scoop + vibrato + drift - drift.mean()


def _glided(wanted: np.ndarray, marks: Marks, rate: int) -> np.ndarray:
    """(marks,): the pitch with its leaps rounded off, as no throat leaps."""
    width = max(int(GLIDE_SECONDS * rate / max(np.median(marks.periods), 1)), 1)
    kernel = np.hanning(width + 2)[1:-1]
    weight = np.convolve(marks.voiced, kernel, mode="same")
    total = np.convolve(np.log(wanted) * marks.voiced, kernel, mode="same")
    return np.where(marks.voiced, np.exp(total / np.maximum(weight, 1e-9)), wanted)


def _rough(
    sung: np.ndarray,
    periods: np.ndarray,
    lengths: np.ndarray,
    singer: Singer,
    rng: np.random.Generator,
    *,
    rate: int,
) -> np.ndarray:
    """A growl: the level shakes at a half or a third of the pitch, unevenly, and saturates."""
    ends = np.cumsum(lengths)
    at = np.arange(sung.shape[1])
    period = np.interp(at, ends, periods)
    share = rng.choice([2, 2, 3])
    slow = rng.normal(0, 1, sung.shape[1] // 256 + 2)
    uneven = np.interp(at, np.arange(len(slow)) * 256, slow)
    phase = 2 * np.pi * np.cumsum((1 + 0.05 * uneven) / (share * np.maximum(period, 8.0)))
    shaken = 1 - singer.growl * (0.5 + 0.5 * np.sin(phase + 0.7 * uneven))
    rough = sung * shaken.astype(np.float32)
    level = float(np.sqrt(np.mean(rough**2))) * 3 + 1e-9
    return np.tanh(rough / level * singer.drive).astype(np.float32)
