"""What the window asks of its worker, and what the worker reports."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from app.song import Song
from core.audio import SongInfo
from core.export_plan import ExportPlan, ExportReport
from core.samples import Samples
from core.stems import Stem
from core.takes import Region, Take, TakeSettings


@dataclass(frozen=True, eq=False)
class Job:
    """Work for the worker; setting `cancel` stops it soon."""

    cancel: threading.Event = field(default_factory=threading.Event, kw_only=True)


@dataclass(frozen=True, eq=False)
class OpenJob(Job):
    """Read a song and draw its mixture: in all detail, or at a glance if a separation follows."""

    path: Path
    in_detail: bool = True


@dataclass(frozen=True, eq=False)
class SeparateJob(Job):
    """Separate what is left of a song, from the listener's position on."""

    song: Song
    position: Callable[[], int]
    playing: Callable[[], bool]


@dataclass(frozen=True, eq=False)
class ExportJob(Job):
    """Write stems of a separated song."""

    song: Song
    plan: ExportPlan


@dataclass(frozen=True, eq=False)
class TakeJob(SeparateJob):
    """Separate a region of a song once more, and before that what is not separated of it."""

    region: Region
    settings: TakeSettings


@dataclass(frozen=True, eq=False)
class QueuedJob(Job):
    """Separate a song that nobody listens to, so that it opens at once; save it if planned."""

    path: Path
    playing: Callable[[], bool]
    plan: ExportPlan | None = None
    takes: tuple[Take, ...] = ()
    """What is heard, and so saved, in the place of the first result; of the open song alone."""


@dataclass(frozen=True, eq=False)
class Report:
    """News of a job; late news of a job that nobody waits for is dropped by the receiver."""

    job: Job


@dataclass(frozen=True, eq=False)
class Probed(Report):
    """Title, length and format are known."""

    info: SongInfo


@dataclass(frozen=True, eq=False)
class Progressed(Report):
    """A share of the job, 0 to 1, is done."""

    share: float


@dataclass(frozen=True, eq=False)
class Picture:
    """A part of a stem's waveform and spectrogram; see PeakPyramid and ImagePyramid."""

    stem: Stem
    start: int
    peaks: np.ndarray
    first: int
    image: np.ndarray


@dataclass(frozen=True, eq=False)
class WasRead(Report):
    """The song can be heard, and its waveform is in it."""

    song: Song


@dataclass(frozen=True, eq=False)
class MixtureDrawn(Report):
    """Some columns of the mixture's spectrogram, left to right."""

    first: int
    image: np.ndarray


@dataclass(frozen=True, eq=False)
class Recalled(Report):
    """The song was separated before; `vocals` is complete."""

    vocals: Samples


@dataclass(frozen=True, eq=False)
class PartDrawn(Report):
    """The pictures of the samples [start, stop), in detail."""

    start: int
    stop: int
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, eq=False)
class NetworkLoaded(Report):
    """Separation begins; `vocals` fills in place. `device` and `checkpoint` are in words."""

    vocals: Samples
    device: str
    checkpoint: str
    sha256: str


@dataclass(frozen=True, eq=False)
class Noticed(Report):
    """Something changed that the listener should know of, in a sentence; the work goes on."""

    text: str


@dataclass(frozen=True, eq=False)
class ChunkSeparated(Report):
    """The samples [start, stop) are separated; they are drawn a little later."""

    start: int
    stop: int
    seconds_left: float | None
    finished: bool


@dataclass(frozen=True, eq=False)
class TakeMade(Report):
    """A region is separated once more."""

    take: Take


@dataclass(frozen=True, eq=False)
class Advanced(Report):
    """A share of a queued song, 0 to 1, is separated."""

    share: float
    seconds_left: float | None


@dataclass(frozen=True, eq=False)
class Exported(Report):
    """The files are written."""

    result: ExportReport


@dataclass(frozen=True, eq=False)
class Ended(Report):
    """The last report of every job: done, cancelled, or failed with one plain sentence."""

    cancelled: bool = False
    error: str = ""
