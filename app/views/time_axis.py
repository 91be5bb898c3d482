"""Times under the views."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from app.views.timeline import TimelineView
from app.views.viewport import Viewport
from core.clock import clock_text
from core.takes import Region

_STEPS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)
_PIXELS_PER_LABEL = 76


def tick_step(seconds_shown: float, pixels: int) -> float:
    """The smallest round step, in seconds, that leaves room for the labels."""
    least = seconds_shown / max(1.0, pixels / _PIXELS_PER_LABEL)
    return next((step for step in _STEPS if step >= least), _STEPS[-1])


class TimeAxis(TimelineView):
    """Ticks and times; it can be dragged and clicked like the views."""

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        """Show what `viewport` shows."""
        super().__init__(viewport, parent)
        self.setFixedHeight(24)
        self._regions: tuple[Region, ...] = ()

    def show_regions(self, regions: tuple[Region, ...]) -> None:
        """Mark the regions of which there are takes."""
        if regions != self._regions:
            self._regions = regions
            self.update()

    def paint_plot(self, painter: QPainter, plot: QRect) -> None:
        """Draw ticks with their times."""
        if self.song is None:
            return
        painter.setClipping(False)
        rate = self.song.rate
        shown = self.viewport.span / rate
        step = tick_step(shown, plot.width())
        decimals = 0 if step >= 1 else (2 if step < 0.1 else 1)
        index = int(-(-self.viewport.start // (step * rate)))
        for region in self._regions:
            left, right = self.x_of(region.start), self.x_of(region.stop)
            mark = QRectF(left, 0, max(2.0, right - left), 3) & QRectF(plot)
            painter.fillRect(mark, QColor(self.theme.vocals))
        painter.setPen(QColor(self.theme.muted))
        while index * step * rate <= self.viewport.start + self.viewport.span:
            x = self.x_of(index * step * rate)
            painter.drawLine(QPointF(x, 0), QPointF(x, 4))
            left = min(max(0.0, x - 40), self.width() - 80.0)
            text = clock_text(index * step, decimals=decimals)
            painter.drawText(QRectF(left, 5, 80, 17), Qt.AlignmentFlag.AlignCenter, text)
            index += 1

    def paint_loop(self, painter: QPainter, plot: QRect) -> None:
        """Draw a bar over what repeats."""
        if self.loop is not None:
            left, right = (self.x_of(sample) for sample in self.loop)
            bar = QRectF(left, 0, right - left, 3) & QRectF(plot)
            painter.fillRect(bar, QColor(self.theme.accent))

    def paint_playhead(self, painter: QPainter, plot: QRect) -> None:
        """Draw a triangle that points at the place that is heard."""
        x = round(self.x_of(self.playhead)) + 0.5
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.text))
        painter.drawPolygon([QPointF(x - 5.5, 6.5), QPointF(x + 5.5, 6.5), QPointF(x, 0.0)])
