"""Waveform, before, after and time axis, one above the other on one time scale."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.labels import set_state
from app.session import Phase, Session
from app.song import Song
from app.views.dropout_strip import DropoutStrip
from app.views.low_end_panel import LowEndPanel
from app.views.spectrogram_view import SpectrogramView
from app.views.time_axis import TimeAxis
from app.views.timeline import TimelineView
from app.views.viewport import Viewport
from app.views.waveform import WaveformView
from core.stems import Stem

translate = QCoreApplication.translate


def stem_name(stem: Stem) -> str:
    """A stem's name in the user's language."""
    return {
        Stem.MIXTURE: translate("Stems", "Mixture"),
        Stem.INSTRUMENTAL: translate("Stems", "Instrumental"),
        Stem.VOCALS: translate("Stems", "Vocals"),
    }[stem]


class SongView(QFrame):
    """All pictures of the song."""

    sought = Signal(object)
    loop_drawn = Signal(object)

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        """Lay out the views."""
        super().__init__(parent)
        self.setObjectName("panel")
        self._song: Song | None = None
        self.viewport = viewport
        self.waveform = WaveformView(viewport)
        self.waveform.setAccessibleName(self.tr("Waveform"))
        self.before = SpectrogramView(viewport)
        self.before.setAccessibleName(self.tr("Spectrogram before"))
        self.after = SpectrogramView(viewport)
        self.after.setAccessibleName(self.tr("Spectrogram after"))
        self.difference = SpectrogramView(viewport)
        self.difference.setAccessibleName(self.tr("Spectrogram of the difference"))
        self.difference.hide()
        self.low_end = LowEndPanel(viewport)
        self.dropouts = DropoutStrip(viewport)
        self.dropouts.setAccessibleName(self.tr("Dropouts over time"))
        self.dropouts.hide()
        self.axis = TimeAxis(viewport)
        self.axis.setAccessibleName(self.tr("Time"))
        spectrograms = (self.before, self.after, self.difference)
        strips = (self.low_end.meter, self.dropouts, self.axis)
        self.views: tuple[TimelineView, ...] = (self.waveform, *spectrograms, *strips)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 12, 2, 6)
        layout.setSpacing(8)
        layout.addWidget(self.waveform, 2)
        layout.addWidget(self.before, 5)
        layout.addWidget(self.after, 5)
        layout.addWidget(self.difference, 5)
        layout.addWidget(self.low_end)
        layout.addWidget(self.dropouts)
        layout.addWidget(self.axis)
        for view in self.views:
            view.sought.connect(self.sought)
            view.loop_drawn.connect(self.loop_drawn)
            view.setToolTip("")
        self.waveform.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def refresh(self, session: Session, loop: tuple[int, int] | None) -> None:
        """Draw the session's song as it is now."""
        song = session.song
        if song is not self._song:
            self._song = song
            if song is not None:
                self.viewport.reset(song.length, song.rate)
        self.waveform.show_stem(song, loop, session.stem)
        self.before.show_stem(
            song,
            loop,
            Stem.MIXTURE,
            title=self.tr("Before · Mixture"),
            is_heard=session.stem is Stem.MIXTURE,
        )
        waiting = (
            self.tr("The separated sound appears here, part by part")
            if session.phase is Phase.SEPARATING
            else self.tr("Not separated yet: press S")
        )
        is_mixed = session.shown is Stem.INSTRUMENTAL and session.mixing.saved.holds_voice
        after = self.tr("After · {stem}, mixed") if is_mixed else self.tr("After · {stem}")
        self.after.show_stem(
            song,
            loop,
            session.shown,
            title=after.format(stem=stem_name(session.shown)),
            is_heard=session.stem is session.shown,
            waiting_text=waiting,
        )
        # The stems sum to the mixture: what after lacks of before is the other stem.
        between = Stem.VOCALS if session.shown is Stem.INSTRUMENTAL else Stem.INSTRUMENTAL
        self.difference.show_stem(
            song,
            loop,
            between,
            title=self.tr("Difference · {stem}").format(stem=stem_name(between)),
            is_heard=session.stem is between,
            waiting_text=waiting,
        )
        for strip in (self.low_end.meter, self.dropouts, self.axis):
            strip.show_song(song, loop)

    def picture(self) -> QImage:
        """All views as they are now, in twice the pixels of a plain screen."""
        image = QImage(self.size() * 2, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(2.0)
        self.render(image)
        return image

    def invite(self, inviting: bool) -> None:
        """Light up while a song hangs over the window."""
        set_state(self, "inviting", inviting)

    def show_playhead(self, position: int) -> None:
        """Move the playhead in all views."""
        for view in self.views:
            view.show_playhead(position)
