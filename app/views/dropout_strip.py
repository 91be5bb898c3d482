"""Marks above the time axis where the instrumental sags under the voice."""

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from app.views.timeline import TimelineView
from app.views.viewport import Viewport
from core.clock import clock_text
from core.dropouts import Dropout

translate = QCoreApplication.translate
HEIGHT = 14
DEEP_DB = 12.0
_NARROWEST = 4.0
_REACH = 4


class DropoutStrip(TimelineView):
    """A bar for each dropout: as long as it is, and the higher the deeper it is."""

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        """Show what `viewport` says."""
        super().__init__(viewport, parent)
        self.dropouts: tuple[Dropout, ...] = ()
        self.setFixedHeight(HEIGHT)

    def show_dropouts(self, dropouts: tuple[Dropout, ...]) -> None:
        """Mark these."""
        if dropouts != self.dropouts:
            self.dropouts = dropouts
            self.update()

    def bar(self, dropout: Dropout) -> QRectF:
        """Where a dropout is drawn."""
        left, right = self.x_of(dropout.start), self.x_of(dropout.stop)
        width = max(_NARROWEST, right - left)
        height = 4 + (HEIGHT - 5) * min(1.0, dropout.depth_db / DEEP_DB)
        return QRectF((left + right - width) / 2, HEIGHT - height, width, height)

    def dropout_at(self, x: float) -> Dropout | None:
        """The dropout drawn at a place, or a little beside it."""
        for dropout in self.dropouts:
            bar = self.bar(dropout)
            if bar.left() - _REACH <= x <= bar.right() + _REACH:
                return dropout
        return None

    def paint_plot(self, painter: QPainter, plot: QRect) -> None:
        """Draw the bars."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.danger))
        for dropout in self.dropouts:
            bar = self.bar(dropout)
            if bar.right() >= plot.left() and bar.left() <= plot.right():
                painter.drawRoundedRect(bar, 1.5, 1.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def event(self, event: QEvent) -> bool:
        """Tell depth and length under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.dropout_at(event.pos().x())
            if found is None or self.song is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), dropout_text(found, self.song.rate), self)
            return True
        return super().event(event)


def dropout_text(dropout: Dropout, rate: int) -> str:
    """When it is, how deep and how long, in words."""
    return translate("Dropouts", "{time}: {depth} dB too quiet for {length} s").format(
        time=clock_text(dropout.start / rate, decimals=1),
        depth=f"{dropout.depth_db:.0f}",
        length=f"{(dropout.stop - dropout.start) / rate:.1f}",
    )
