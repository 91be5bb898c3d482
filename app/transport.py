"""The row below the song: play, time, what is heard, loop, zoom and volume."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from app.actions import ActionButton, Actions
from app.icons import icon_pixmap
from app.labels import frame, label
from app.theme import theme_of
from core.clock import clock_text

_ICON = Qt.ToolButtonStyle.ToolButtonIconOnly
_TEXT = Qt.ToolButtonStyle.ToolButtonTextBesideIcon


class Transport(QWidget):
    """Buttons of the playback and view actions, and the volume."""

    volume_moved = Signal(float)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        """Lay out the row."""
        super().__init__(parent)
        self.play = ActionButton(actions.play, primary=True, text=False)
        self.play.setObjectName("play")
        self.play.setFixedSize(46, 46)
        self.play.setIconSize(QSize(22, 22))
        self.time = label("time")
        self.time.setTextFormat(Qt.TextFormat.RichText)
        self.time.setAccessibleName(self.tr("Position"))
        segments = frame("segments")
        inside = QHBoxLayout(segments)
        inside.setContentsMargins(3, 3, 3, 3)
        inside.setSpacing(2)
        self.stems = [
            ActionButton(action)
            for action in (actions.mixture, actions.instrumental, actions.vocals)
        ]
        self._low_end = ActionButton(actions.low_end, flat=True)
        self._narrow = False
        self._words = 0
        """How much wider the names make the buttons, once they are styled."""
        for button in self.stems:
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            inside.addWidget(button)
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, 100)
        self.volume.setMinimumWidth(64)
        self.volume.setMaximumWidth(120)
        self.volume.setAccessibleName(self.tr("Volume"))
        self.volume.setToolTip(self.tr("Volume  (Up, Down)"))
        self.volume.sliderMoved.connect(self._on_slider_moved)
        self.volume.actionTriggered.connect(self._on_slider_stepped)
        self._speaker = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(ActionButton(actions.to_start, flat=True, text=False))
        layout.addWidget(self.play)
        layout.addSpacing(8)
        layout.addWidget(self.time)
        layout.addStretch(2)
        layout.addWidget(segments)
        layout.addStretch(2)
        layout.addWidget(ActionButton(actions.loop, flat=True, text=False))
        layout.addWidget(self._low_end)
        layout.addWidget(ActionButton(actions.zoom_out, flat=True, text=False))
        layout.addWidget(ActionButton(actions.zoom_in, flat=True, text=False))
        layout.addWidget(ActionButton(actions.fit, flat=True, text=False))
        layout.addSpacing(8)
        layout.addWidget(self._speaker)
        layout.addWidget(self.volume, 1)

    def minimumSizeHint(self) -> QSize:
        """Ask for the width that is needed when names give way to icons."""
        least = super().minimumSizeHint()
        return QSize(least.width() - (0 if self._narrow else self._words), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name the buttons where there is room."""
        super().resizeEvent(event)
        needed = super().minimumSizeHint().width() + (self._words if self._narrow else 0)
        narrow = self.width() < needed
        if narrow != self._narrow:
            self._narrow = narrow
            for button in (*self.stems, self._low_end):
                button.setToolButtonStyle(_ICON if narrow else _TEXT)

    def showEvent(self, event: QShowEvent) -> None:
        """Measure the names."""
        if not self._words:
            named = (*self.stems, self._low_end)
            self._words = sum(button.width_of_text() for button in named)
        super().showEvent(event)

    def show_time(self, position: int, length: int, rate: int) -> None:
        """Show where playback is."""
        now = clock_text(position / rate, decimals=1)
        whole = clock_text(length / rate)
        muted = theme_of(self.palette()).muted
        text = f'{now} <span style="color:{muted};font-weight:400">/ {whole}</span>'
        if text != self.time.text():
            self.time.setText(text)
        room = self.time.fontMetrics().horizontalAdvance(f"{whole}.0 / {whole} ")
        self.time.setMinimumWidth(room)

    def show_volume(self, volume: float) -> None:
        """Show the volume, 0 to 1."""
        if not self.volume.isSliderDown():
            self.volume.setValue(round(volume * 100))

    def tint(self) -> None:
        """Draw the loudspeaker in the theme's colour."""
        ratio = self.devicePixelRatioF()
        pixmap = icon_pixmap("volume", theme_of(self.palette()).muted, round(20 * ratio))
        pixmap.setDevicePixelRatio(ratio)
        self._speaker.setPixmap(pixmap)

    def _on_slider_moved(self, value: int) -> None:
        self.volume_moved.emit(value / 100)

    def _on_slider_stepped(self, action: int) -> None:
        self.volume_moved.emit(self.volume.sliderPosition() / 100)
