"""How much of the low end left with the voice, second by second, in three bands."""

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QImage, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from app.views.timeline import TimelineView
from app.views.viewport import Viewport
from core.clock import clock_text
from core.low_end import METER_BANDS

translate = QCoreApplication.translate
ROW_HEIGHT = 15


class LowEndMeter(TimelineView):
    """A row for each band, the lowest at the bottom; the redder, the more is gone."""

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        """Show what `viewport` says."""
        super().__init__(viewport, parent)
        self.shares: np.ndarray | None = None
        self._image = QImage()
        self._drawn: tuple[object, ...] = ()
        self.setFixedHeight(ROW_HEIGHT * len(METER_BANDS))

    def show_shares(self, shares: np.ndarray | None) -> None:
        """Show shares as `core.low_end.low_end_shares` gives them; none where none are known."""
        if shares is not self.shares:
            self.shares = shares
            self.update()

    def text_at(self, x: float) -> str:
        """What left in the second at a place, in words; empty where that is not known."""
        if self.shares is None or self.song is None:
            return ""
        second = int(self.sample_at(x) / self.song.rate)
        if not 0 <= second < self.shares.shape[1]:
            return ""
        parts = [
            f"{_band_name(band)} Hz: " + ("–" if np.isnan(share) else f"{share:.0%}")
            for band, share in zip(METER_BANDS, self.shares[:, second], strict=True)
        ]
        return translate("LowEndMeter", "{time}: left with the voice: {shares}").format(
            time=clock_text(second), shares=", ".join(parts)
        )

    def paint_plot(self, painter: QPainter, plot: QRect) -> None:
        """Draw the rows."""
        if self.song is None:
            return
        painter.fillRect(plot, QColor(self.theme.window))
        if self.shares is None or not self.shares.shape[1]:
            return
        wanted = (id(self.shares), self.theme)
        if wanted != self._drawn:
            self._drawn = wanted
            self._image = share_image(self.shares, QColor(self.theme.danger))
        rate, view = self.song.rate, self.viewport
        source = QRectF(view.start / rate, 0, view.span / rate, len(METER_BANDS))
        painter.drawImage(QRectF(plot), self._image, source)
        painter.setPen(QColor(self.theme.surface))
        for row in range(1, len(METER_BANDS)):
            painter.drawLine(plot.left(), row * ROW_HEIGHT, plot.right(), row * ROW_HEIGHT)

    def paint_gutter(self, painter: QPainter, plot: QRect) -> None:
        """Name the bands."""
        font = QFont(self.font())
        font.setPixelSize(10)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.muted))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row, band in enumerate(reversed(METER_BANDS)):
            area = QRectF(0, row * ROW_HEIGHT, plot.left() - 6, ROW_HEIGHT)
            painter.drawText(area, flags, _band_name(band))

    def event(self, event: QEvent) -> bool:
        """Tell the shares under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.text_at(event.pos().x()), self)
            return True
        return super().event(event)


def share_image(shares: np.ndarray, colour: QColor) -> QImage:
    """Draw shares as an image of one pixel for each second and band.

    Args:
        shares: (bands, seconds), 0 to 1, NaN for nothing; the lowest band becomes the last row.
        colour: of a share of 1; less is more transparent.
    """
    # A twentieth can be seen already: where it goes every bar, it is missed.
    cover = np.sqrt(np.clip(np.where(np.isnan(shares), 0.0, shares), 0, 1))[::-1, :, None]
    ink = np.array([colour.blue(), colour.green(), colour.red(), 255], np.float64)
    picture = np.ascontiguousarray((cover * ink).astype(np.uint8))
    rows, seconds = shares.shape
    form = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(picture.data, seconds, rows, 4 * seconds, form).copy()


def _band_name(band: tuple[float, float]) -> str:
    return f"{band[0]:.0f}–{band[1]:.0f}"
