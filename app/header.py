"""The row above the song: what it is, and what can be done with it."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.actions import ActionButton, Actions
from app.labels import ElidedLabel
from app.session import Session
from core.audio import SongInfo
from core.clock import clock_text


class Header(QWidget):
    """Title, facts, the main buttons and a thin line of progress."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        """Lay out the row."""
        super().__init__(parent)
        self.title = ElidedLabel("title")
        self.facts = ElidedLabel("facts")
        self.progress = QProgressBar(textVisible=False)
        self.progress.setRange(0, 1000)
        self.progress.setAccessibleName(self.tr("Progress"))
        self._next = ActionButton(actions.open_next)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.facts)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self._next)
        row.addWidget(ActionButton(actions.open))
        self._separate = ActionButton(actions.separate)
        self._cancel = ActionButton(actions.cancel)
        row.addWidget(self._separate)
        row.addWidget(self._cancel)
        row.addWidget(ActionButton(actions.export, primary=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(9)
        layout.addLayout(row)
        layout.addWidget(self.progress)
        self._inviting = self._many = self._checkpoint = False
        self._session: Session | None = None

    def refresh(self, session: Session) -> None:
        """Show the session's song and work."""
        self._session = session
        info = session.info
        if self._inviting:
            title, facts = self._invitation()
        elif info is not None:
            title, facts = info.title, self._facts(info, session)
        elif session.busy:
            title, facts = self.tr("Opening…"), ""
        else:
            title, facts = self.tr("Vocal Remover"), self.tr("No song is open")
        self.title.setText(title)
        self.title.setToolTip(title)
        self.facts.setText(facts)
        self.progress.setValue(round(1000 * session.work.progress) if session.busy else 0)
        song = session.song
        self._separate.setVisible(not session.busy and not (song is not None and song.finished))
        self._cancel.setVisible(session.busy)
        following = session.intake.following
        self._next.setVisible(bool(following))
        if following:
            self._next.setText(self.tr("Next · {count} more").format(count=len(following)))

    def invite(self, inviting: bool, *, many: bool = False, checkpoint: bool = False) -> None:
        """Say what a drop would do: of a song, of `many`, or of a `checkpoint`."""
        self._inviting, self._many, self._checkpoint = inviting, many, checkpoint
        if self._session is not None:
            self.refresh(self._session)

    def _invitation(self) -> tuple[str, str]:
        if self._checkpoint:
            return self.tr("Drop to use this checkpoint"), self.tr(
                "It separates songs from then on"
            )
        if self._many:
            return self.tr("Drop to queue"), self.tr("The song that is open stays open")
        return self.tr("Drop to open"), self.tr("The song that is open is closed")

    def _facts(self, info: SongInfo, session: Session) -> str:
        # What was read is to be believed before what a header says, which may be damaged.
        heard = session.song.mixture if session.song else info
        seconds, rate, count = heard.seconds, heard.rate, heard.channels
        channels = {1: self.tr("mono"), 2: self.tr("stereo")}.get(
            count, self.tr("{count} channels").format(count=count)
        )
        parts = [
            info.artist,
            clock_text(seconds) if seconds else "",
            info.container,
            self.tr("{rate} kHz").format(rate=f"{rate / 1000:g}"),
            channels,
        ]
        return "  ·  ".join(part for part in parts if part)
