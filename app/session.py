"""The state of the window: the song, its stems, the work under way and what to tell the user."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.arrivals import put_in
from app.error_text import error_text
from app.jobs import (
    ChunkSeparated,
    Ended,
    Exported,
    ExportJob,
    Job,
    NetworkLoaded,
    OpenJob,
    Probed,
    Progressed,
    Recalled,
    Report,
    SeparateJob,
    WasRead,
)
from app.mixing import Mixing
from app.phase import Message, Phase
from app.queue import Queue
from app.queue_items import QueueFile
from app.song import Song
from app.standing import standing
from core.audio import SongInfo
from core.errors import VocalRemoverError
from core.export import ExportPlan, ExportReport
from core.songs import find_songs
from core.stems import Stem


def _at_start() -> int:
    return 0


def _never() -> bool:
    return False


class Session(QObject):
    """Changes only by its own methods; each ends in one `changed`."""

    changed = Signal()
    asked = Signal(object)
    """A job for the worker."""

    def __init__(
        self,
        *,
        separates_at_once: Callable[[], bool],
        position: Callable[[], int] = _at_start,
        playing: Callable[[], bool] = _never,
        queue_file: QueueFile | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Begin empty; `position` and `playing` tell the worker where the listener is."""
        super().__init__(parent)
        self.queue = Queue(
            separates_at_once=separates_at_once, playing=playing, file=queue_file, parent=self
        )
        self.queue.asked.connect(self.asked)
        self.phase = Phase.EMPTY
        self.info: SongInfo | None = None
        self.song: Song | None = None
        self.stem = Stem.INSTRUMENTAL
        """What is heard."""
        self.shown = Stem.INSTRUMENTAL
        """What the view below the mixture shows: the last stem that was chosen."""
        self.progress = 0.0
        self.seconds_left: float | None = None
        self.message: Message | None = None
        self.plan: ExportPlan | None = None
        """The export that runs, or that waits for the separation."""
        self.exported: ExportReport | None = None
        self.device = ""
        self.checkpoint = ("", "")
        """Name and sha256 of the checkpoint, once it is loaded."""
        self.mixing = Mixing(self)
        self.mixing.changed.connect(self.changed)
        self.history = self.mixing.history
        """What changed the result, to be undone."""
        self._job: Job | None = None
        self._separates_at_once = separates_at_once
        self._position = position
        self._playing = playing

    def open(self, paths: list[Path]) -> None:
        """Open a song; several, also those of a folder, join the queue.

        The first of several is opened if no other song is.
        """
        try:
            songs = find_songs(paths)
        except (VocalRemoverError, OSError) as error:
            self.tell(error_text(error))
            return
        if not songs:
            self.tell(self.tr("No songs were found there."))
            return
        if len(songs) > 1 and self.phase is not Phase.EMPTY:
            self.queue.add(songs)
            self.changed.emit()
            return
        if len(songs) > 1:
            self.queue.give_way()
            self.queue.add(songs)
        self._open(songs[0])

    def open_next(self) -> None:
        """Open the song that follows in the queue."""
        if following := self.following:
            self._open(following[0])

    def separate(self) -> None:
        """Separate what is left of the song."""
        if self.phase is Phase.READY and self.song is not None and not self.song.finished:
            self.message = None
            self._begin_separation(self.song)
            self.changed.emit()

    def cancel(self) -> None:
        """Stop the work; what is done is kept."""
        if self._job is not None:
            self._job.cancel.set()
        if self.phase is Phase.SEPARATING:
            self.plan = None
        self.changed.emit()

    def choose(self, stem: Stem) -> None:
        """Hear a stem, and show it if it is not the mixture."""
        self.stem = stem
        if stem is not Stem.MIXTURE:
            self.shown = stem
        self.changed.emit()

    def export(self, plan: ExportPlan) -> None:
        """Write stems, after the separation if that is not finished."""
        if self.song is None or self.phase is Phase.EXPORTING:
            return
        self.plan = plan
        self.exported = None
        self.message = None
        if self.phase is Phase.READY:
            self._go_on(self.song)
        self.changed.emit()

    def dismiss(self) -> None:
        """Take the banner away."""
        self.message = None
        self.exported = None
        self.changed.emit()

    def tell(self, text: str, *, is_error: bool = True) -> None:
        """Show a sentence in the banner."""
        self.message = Message(text, is_error)
        self.changed.emit()

    def close(self) -> None:
        """Stop all work for good."""
        if self._job is not None:
            self._job.cancel.set()
        self._job = None
        self.plan = None
        self.queue.close()

    @property
    def following(self) -> tuple[Path, ...]:
        """The songs of the queue after the one that is open."""
        return self.queue.next_after(self.queue.open_path)

    @property
    def busy(self) -> bool:
        """Whether the worker works."""
        return self.phase in (Phase.OPENING, Phase.SEPARATING, Phase.EXPORTING)

    @property
    def cancelling(self) -> bool:
        """Whether the work was told to stop and has not yet."""
        return self._job is not None and self._job.cancel.is_set()

    @Slot(object)
    def take(self, report: Report) -> None:
        """Take news from the worker; that of a job given up is dropped."""
        if report.job is not self._job:
            self.queue.take(report)
            return
        if isinstance(report, WasRead):
            self.song = report.song
        if self.song is not None:
            put_in(self.song, report)
        match report:
            case Probed():
                self.info = report.info
            case Progressed():
                self.progress = report.share
            case WasRead():
                self.info = report.song.info
                self.progress = 1.0
            case Recalled():
                self.device = self.tr("It was kept from an earlier time.")
            case NetworkLoaded():
                self.device = report.device
                self.checkpoint = (report.checkpoint, report.sha256)
            case ChunkSeparated() if self.song is not None:
                self.progress = self.song.share_ready
                self.seconds_left = report.seconds_left
            case Exported():
                self.exported = report.result
            case Ended():
                self._take_end(report)
        self._tell_queue()
        if self._job is None:
            self.queue.go_on()
        self.changed.emit()

    def _open(self, path: Path) -> None:
        if self._job is not None:
            self._job.cancel.set()
        self.song = self.info = self.message = self.plan = self.exported = None
        self.queue.attend(path)
        self.mixing.forget()
        self._ask(OpenJob(path, in_detail=not self._separates_at_once()), Phase.OPENING)
        self.changed.emit()

    def _tell_queue(self) -> None:
        """Let the queue show how the song stands, if it is there."""
        status, reason = standing(self.phase, self.song, self.message)
        self.queue.follow(
            status, share=self.progress, seconds_left=self.seconds_left, reason=reason
        )

    def _ask(self, job: Job, phase: Phase) -> None:
        self.queue.give_way()
        self._job = job
        self.phase = phase
        self.progress = 0.0
        self.seconds_left = None
        self.asked.emit(job)

    def _begin_separation(self, song: Song) -> None:
        self._ask(SeparateJob(song, self._position, self._playing), Phase.SEPARATING)
        self.progress = song.share_ready

    def _go_on(self, song: Song) -> None:
        """Start what an export that was asked for needs next."""
        if self.plan is None:
            return
        if song.finished or self.plan.stems == (Stem.MIXTURE,):
            self._ask(ExportJob(song, self.plan), Phase.EXPORTING)
        else:
            self._begin_separation(song)

    def _take_end(self, report: Ended) -> None:
        was = self.phase
        self._job = None
        self.seconds_left = None
        self.phase = Phase.READY if self.song is not None else Phase.EMPTY
        if report.error:
            self.message = Message(report.error, is_error=True)
        if was is Phase.EXPORTING or report.error or self.song is None:
            self.plan = None
            return
        if report.cancelled and was is Phase.SEPARATING:
            return
        if self.plan is not None:
            self._go_on(self.song)
            return
        wanted = was is Phase.OPENING and not report.cancelled and self._separates_at_once()
        if wanted and not self.song.finished:
            self._begin_separation(self.song)
