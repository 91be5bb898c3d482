"""What all views along the time share: place of samples, mouse, playhead and loop."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.song import Song
from app.theme import Theme, theme_of
from app.views.viewport import Viewport

GUTTER = 50
MARGIN = 14
_CLICK_PIXELS = 4


class TimelineView(QWidget):
    """Draws a song between a gutter for labels and a margin; click seeks, drag pans."""

    sought = Signal(object)
    """A sample was clicked."""
    loop_drawn = Signal(object)
    """(start, stop) in samples, drawn with Shift held."""

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        """Show what `viewport` says."""
        super().__init__(parent)
        self.viewport = viewport
        self.song: Song | None = None
        self.loop: tuple[int, int] | None = None
        self.playhead = 0
        """The sample that is heard."""
        self._pressed_at: QPointF | None = None
        self._dragged_to = 0.0
        self._is_dragging = False
        self._loop_from: float | None = None
        viewport.changed.connect(self.update)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def show_song(self, song: Song | None, loop: tuple[int, int] | None) -> None:
        """Draw a song as it is now."""
        self.song = song
        self.loop = loop
        self.update()

    def show_playhead(self, position: int) -> None:
        """Move the playhead; only the two strips are painted again."""
        if position != self.playhead:
            for sample in (self.playhead, position):
                x = round(self.x_of(sample))
                self.update(QRect(x - 7, 0, 15, self.height()))
            self.playhead = position

    @property
    def theme(self) -> Theme:
        """The colours to draw with."""
        return theme_of(self.palette())

    @property
    def plot(self) -> QRect:
        """Where the song is drawn."""
        return QRect(GUTTER, 0, max(1, self.width() - GUTTER - MARGIN), self.height())

    def x_of(self, sample: float) -> float:
        """The place of a sample, in pixels from the left."""
        plot = self.plot
        return plot.left() + (sample - self.viewport.start) / self.viewport.span * plot.width()

    def sample_at(self, x: float) -> float:
        """The sample at a place, within the song."""
        plot = self.plot
        sample = self.viewport.start + (x - plot.left()) / plot.width() * self.viewport.span
        return min(max(0.0, sample), float(self.viewport.length))

    def paint_plot(self, painter: QPainter, plot: QRect) -> None:
        """Draw the song into the plot, clipped to it."""

    def paint_gutter(self, painter: QPainter, plot: QRect) -> None:
        """Draw labels beside the plot."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the song, then the loop and the playhead over it."""
        painter = QPainter(self)
        plot = self.plot
        self.paint_gutter(painter, plot)
        painter.setClipRect(plot)
        self.paint_plot(painter, plot)
        if self.song is not None:
            self.paint_loop(painter, plot)
            self.paint_playhead(painter, plot)

    def paint_loop(self, painter: QPainter, plot: QRect) -> None:
        """Draw what repeats: the rest is shaded."""
        if self.loop is None:
            return
        left, right = (self.x_of(sample) for sample in self.loop)
        shade = QColor(self.theme.window)
        shade.setAlphaF(0.5)
        top, height = plot.top(), plot.height()
        painter.fillRect(QRectF(plot.left(), top, max(0.0, left - plot.left()), height), shade)
        painter.fillRect(QRectF(right, top, max(0.0, plot.right() + 1 - right), height), shade)
        painter.setPen(QPen(QColor(self.theme.accent), 1.5))
        for x in (left, right):
            painter.drawLine(QPointF(x, top), QPointF(x, plot.bottom() + 1))

    def paint_playhead(self, painter: QPainter, plot: QRect) -> None:
        """Draw the place that is heard."""
        x = round(self.x_of(self.playhead)) + 0.5
        painter.setPen(QPen(QColor(0, 0, 0, 130), 3.0))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom() + 1))
        painter.setPen(QPen(QColor("#ffffff"), 1.2))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom() + 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click, a pan or a loop."""
        if self.song is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        self._pressed_at = event.position()
        self._dragged_to = event.position().x()
        self._is_dragging = False
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._loop_from = self.sample_at(event.position().x()) if shift else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, or draw a loop."""
        if self._pressed_at is None:
            return
        x = event.position().x()
        if abs(x - self._pressed_at.x()) > _CLICK_PIXELS:
            self._is_dragging = True
        if not self._is_dragging:
            return
        if self._loop_from is not None:
            ends = sorted((round(self._loop_from), round(self.sample_at(x))))
            self.loop_drawn.emit((ends[0], ends[1]))
        else:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.viewport.pan((self._dragged_to - x) / self.plot.width() * self.viewport.span)
        self._dragged_to = x

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Seek if it was a click."""
        if self._pressed_at is not None and not self._is_dragging:
            self.sought.emit(round(self.sample_at(event.position().x())))
        self._pressed_at = None
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole song."""
        self.viewport.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the cursor; sideways or with Shift, pan."""
        if self.song is None:
            return
        delta = event.angleDelta()
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        sideways = delta.x() or (delta.y() if shift else 0)
        if sideways:
            self.viewport.pan(-sideways / 120 * self.viewport.span / 10)
        else:
            anchor = self.sample_at(event.position().x())
            self.viewport.zoom(0.8 ** (delta.y() / 120), anchor)
        event.accept()
