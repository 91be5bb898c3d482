"""The state of the window: the song, its stems, the work under way and what to tell the user."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.arrivals import put_in
from app.course import no_room, way_to, what_follows
from app.error_text import error_text, translate
from app.intake import Intake
from app.jobs import (
    ChunkSeparated,
    Ended,
    Exported,
    ExportJob,
    Job,
    NetworkLoaded,
    Noticed,
    OpenJob,
    Probed,
    Recalled,
    Report,
    SeparateJob,
    TakeJob,
    TakeMade,
    WasRead,
)
from app.mixing import Mixing
from app.phase import Message, Phase
from app.queue import Queue
from app.queue_items import QueueFile
from app.song import Song
from app.standing import standing
from app.takes import Takes
from app.work import Work
from core.audio import SongInfo
from core.export_plan import ExportPlan, ExportReport
from core.stems import Stem
from core.takes import LEAD_SECONDS, Region, TakeSettings


class Session(QObject):
    """Changes only by its own methods; each ends in one `changed`."""

    changed = Signal()
    asked = Signal(object)
    """A job for the worker."""

    def __init__(
        self,
        *,
        separates_at_once: Callable[[], bool],
        position: Callable[[], int] = lambda: 0,
        playing: Callable[[], bool] = lambda: False,
        queue_file: QueueFile | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Begin empty; `position` and `playing` tell the worker where the listener is."""
        super().__init__(parent)
        self.work = Work()
        """What is done with the song."""
        self.info: SongInfo | None = None
        self.song: Song | None = None
        self.stem = self.shown = Stem.INSTRUMENTAL
        """What is heard; and what the view below the mixture shows, the last stem chosen."""
        self.message: Message | None = None
        self.plan: ExportPlan | None = None
        """The export that runs, or that waits for the separation."""
        self.exported: ExportReport | None = None
        self.device, self.checkpoint = "", ("", "")
        """What computes, in words, and the checkpoint's name and sha256, once it is loaded."""
        self.mixing = Mixing(self)
        self.mixing.changed.connect(self.changed)
        self.history = self.mixing.history
        """What changed the result, to be undone."""
        self.takes = Takes(self.history, self)
        self.queue = Queue(
            separates_at_once=separates_at_once,
            playing=playing,
            takes=lambda: self.takes.heard,
            file=queue_file,
            parent=self,
        )
        self.queue.asked.connect(self.asked)
        self.intake = Intake(self.queue, lambda: self.phase is Phase.EMPTY, self._open, self)
        self.intake.search.changed.connect(self.changed)
        self.intake.search.refused.connect(self.tell)
        self._separates_at_once = separates_at_once
        self._position, self._playing = position, playing
        self._was_separating = False

    def open(self, paths: list[Path]) -> None:
        """Open a song, or queue several; see Intake."""
        self.intake.open(paths)

    def separate(self) -> None:
        """Separate what is left of the song."""
        if self.phase is Phase.READY and self.song is not None and not self.song.finished:
            self.message = None
            self._do(Phase.SEPARATING)
            self.changed.emit()

    def run_again(self, region: Region, settings: TakeSettings) -> None:
        """Separate a region once more, before all else, and hear the take."""
        if self.song is None or self.phase in (Phase.OPENING, Phase.EXPORTING):
            return
        self.message = None
        self._was_separating = self._was_separating or self.phase is Phase.SEPARATING
        begin = region.around(round(LEAD_SECONDS * self.song.rate)).start
        job = TakeJob(self.song, lambda: begin, self._playing, region, settings)
        self._ask(job, Phase.RETAKING)
        self.changed.emit()

    def cancel(self) -> None:
        """Stop the work; what is done is kept."""
        self.intake.search.stop()
        self.work.stop()
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
        self.exported = None
        self.message = no_room(song=self.song, plan=plan)
        self.plan = None if self.message else plan
        if self.phase is Phase.READY and self.plan:
            self._do(way_to(self.plan, self.song))
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
        self.intake.search.close()
        self.work.close()
        self.plan = None
        self.queue.close()

    @property
    def phase(self) -> Phase:
        """What is being done with the song."""
        return self.work.phase

    @property
    def busy(self) -> bool:
        """Whether the worker works."""
        return self.work.busy

    @Slot(object)
    def take(self, report: Report) -> None:
        """Take news from the worker; that of a job given up is dropped."""
        if isinstance(report, Noticed):
            self.tell(translate("Errors", report.text), is_error=False)
            return
        if not self.work.owns(report):
            self.queue.take(report)
            return
        self.work.follow(report)
        if isinstance(report, WasRead):
            self.song, self.info = report.song, report.song.info
            if damage := report.song.mixture.damage:
                self.message = Message(error_text(damage))
            self.takes.attend(self.song)
        if self.song is not None:
            put_in(self.song, report)
        if isinstance(report, Recalled | NetworkLoaded):
            self.takes.lay()
        match report:
            case Probed():
                self.info = report.info
            case Recalled():
                self.device = self.tr("It was kept from an earlier time.")
            case NetworkLoaded():
                self.device = report.device
                self.checkpoint = (report.checkpoint, report.sha256)
            case ChunkSeparated() if self.song is not None and self.phase is Phase.SEPARATING:
                self.work.progress = self.song.share_ready
                self.work.seconds_left = report.seconds_left
            case TakeMade():
                self.takes.add(report.take)
            case Exported():
                self.exported = report.result
            case Ended():
                self._take_end(report)
        self._tell_queue()
        if self.work.idle:
            self.queue.go_on()
        self.changed.emit()

    def _open(self, path: Path) -> None:
        self.song = self.info = self.message = self.plan = self.exported = None
        self._was_separating = False
        self.queue.attend(path)
        self.mixing.forget()
        self.takes.attend(None)
        self._ask(OpenJob(path, in_detail=not self._separates_at_once()), Phase.OPENING)
        self.changed.emit()

    def _tell_queue(self) -> None:
        """Let the queue show how the song stands, if it is there."""
        work = self.work
        status, reason = standing(work.phase, self.song, self.message)
        left = work.seconds_left
        self.queue.follow(status, share=work.progress, seconds_left=left, reason=reason)

    def _ask(self, job: Job, phase: Phase) -> None:
        self.queue.give_way()
        self.work.begin(job, phase)
        self.asked.emit(job)

    def _do(self, phase: Phase | None) -> None:
        """Separate or save the song; nothing where it rests."""
        song, plan = self.song, self.plan
        if phase is Phase.SEPARATING and song is not None:
            self._ask(SeparateJob(song, self._position, self._playing), phase)
            self.work.progress = song.share_ready
        elif phase is Phase.EXPORTING and song is not None and plan is not None:
            self._ask(ExportJob(song, plan), phase)
        else:
            self.plan = None

    def _take_end(self, report: Ended) -> None:
        song = self.song
        was = self.work.end(Phase.EMPTY if song is None else Phase.READY)
        if report.error:
            self.message = Message(report.error, is_error=True)
        at_once = was is Phase.OPENING and self._separates_at_once()
        separates = at_once or (was is Phase.RETAKING and self._was_separating)
        self._was_separating = False
        if song is None:
            self.plan = None
        else:
            self._do(what_follows(was, report, song, self.plan, separates=separates))
