"""A spectrogram of one stem with its frequencies, drawn from the images that the worker made."""

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QWidget

from app.song import Song
from app.views.timeline import TimelineView
from app.views.viewport import Viewport
from core.spectrogram import Spectrogram, colours
from core.stems import Stem

LOW_END_HZ = (20.0, 300.0)
_LABELS = (20, 30, 40, 60, 80, 100, 150, 200, 300, 500, 1000, 2000, 5000, 10_000, 20_000)
_FULL_LABELS = (30, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)


def _levels() -> np.ndarray:
    red, green, blue = colours().astype(np.uint32).T
    return (np.uint32(255 << 24) | red << 16 | green << 8 | blue).astype(np.uint32)


_RGB = _levels()


def rows_shown(drawing: Spectrogram, *, low_end: bool) -> tuple[float, float]:
    """The rows at the top and at the bottom of the view."""
    if not low_end:
        return 0.0, float(drawing.rows)
    low, high = LOW_END_HZ
    return max(0.0, drawing.row(high)), drawing.row(low)


class SpectrogramView(TimelineView):
    """Draws the mixture or a stem; parts of a stem that are not separated stay hatched."""

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        """Show what `viewport` says."""
        super().__init__(viewport, parent)
        self.stem = Stem.MIXTURE
        self.title = ""
        self.is_heard = False
        self.waiting_text = ""
        self._drawn: tuple[object, ...] = ()
        self._image = QImage()
        self.setMinimumHeight(90)

    def show_stem(
        self,
        song: Song | None,
        loop: tuple[int, int] | None,
        stem: Stem,
        *,
        title: str,
        is_heard: bool,
        waiting_text: str = "",
    ) -> None:
        """Draw a stem under its title; `waiting_text` stands where nothing is separated yet."""
        self.stem, self.title, self.is_heard = stem, title, is_heard
        self.waiting_text = waiting_text
        self.show_song(song, loop)

    def paint_plot(self, painter: QPainter, plot: QRect) -> None:
        """Draw the image, what is missing of it, and the title."""
        song = self.song
        if song is None:
            return
        wanted = (
            song,
            song.version,
            self.stem,
            plot.size().toTuple(),
            self.viewport.start,
            self.viewport.span,
            self.viewport.low_end,
            self.devicePixelRatioF(),
        )
        if wanted != self._drawn:
            self._drawn = wanted
            self._image = self._render(song, plot.size())
        painter.drawImage(plot, self._image)
        self._paint_missing(painter, plot, song)
        self._paint_title(painter, plot)

    def paint_gutter(self, painter: QPainter, plot: QRect) -> None:
        """Draw the frequencies."""
        if self.song is None:
            return
        drawing = self.song.drawing
        top, bottom = rows_shown(drawing, low_end=self.viewport.low_end)
        font = QFont(self.font())
        font.setPixelSize(11)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.muted))
        last = float("inf")
        for hertz in _LABELS if self.viewport.low_end else _FULL_LABELS:
            y = plot.top() + (drawing.row(hertz) - top) / (bottom - top) * plot.height()
            if not 6 <= y <= plot.height() - 5 or last - y < 12:
                continue
            last = y
            painter.drawLine(QPointF(plot.left() - 5, y), QPointF(plot.left() - 2, y))
            text = f"{hertz // 1000}k" if hertz >= 1000 else str(hertz)
            area = QRectF(0, y - 8, plot.left() - 8, 16)
            painter.drawText(
                area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text
            )

    def _render(self, song: Song, size: QSize) -> QImage:
        """The plot's picture in real pixels: the fitting copy's columns, coloured and scaled."""
        ratio = self.devicePixelRatioF()
        width, height = round(size.width() * ratio), round(size.height() * ratio)
        pyramid = song.images[self.stem]
        hop = song.drawing.hop
        depth = pyramid.level_for(self.viewport.span / hop / width)
        level = pyramid.levels[depth]
        # Column c of a level covers [c, c + 1) * step, half a hop earlier than its centre.
        step = hop * 2**depth
        left = (self.viewport.start + hop / 2) / step
        right = (self.viewport.start + self.viewport.span + hop / 2) / step
        top, bottom = rows_shown(song.drawing, low_end=self.viewport.low_end)
        first, last = max(0, int(left) - 1), min(level.shape[1], int(right) + 2)
        upper, lower = max(0, int(top) - 1), min(level.shape[0], int(bottom) + 2)
        part = np.ascontiguousarray(_RGB[level[upper:lower, first:last]])
        source = QImage(
            part.data,
            part.shape[1],
            part.shape[0],
            4 * part.shape[1],
            QImage.Format.Format_RGB32,
        )
        picture = QImage(width, height, QImage.Format.Format_RGB32)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(left - first, top - upper, right - left, bottom - top)
        painter.drawImage(QRectF(0, 0, width, height), source, area)
        painter.end()
        return picture

    def _paint_missing(self, painter: QPainter, plot: QRect, song: Song) -> None:
        """Cover what is not drawn yet."""
        if self.stem is Stem.MIXTURE:
            ranges: tuple[tuple[int, int], ...] = ((0, song.drawn * song.drawing.hop),)
        else:
            ranges = song.pictured.ranges
        at = 0
        ground = QColor(self.theme.surface)
        lines = QColor(self.theme.border)
        for start, stop in (*ranges, (song.length, song.length)):
            if start > at:
                gap = QRectF(self.x_of(at), plot.top(), 0, plot.height())
                gap.setRight(self.x_of(start))
                painter.fillRect(gap, ground)
                painter.fillRect(gap, QBrush(lines, Qt.BrushStyle.BDiagPattern))
            at = max(at, stop)
        if self.waiting_text and not ranges:
            painter.setPen(QColor(self.theme.muted))
            self._paint_chip(painter, plot, self.waiting_text, centred=True)

    def _paint_title(self, painter: QPainter, plot: QRect) -> None:
        self._paint_chip(painter, plot, self.title, centred=False)

    def _paint_chip(self, painter: QPainter, plot: QRect, text: str, *, centred: bool) -> None:
        """A dark rounded label with light text, readable on every part of the picture."""
        font = QFont(self.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dot = 0 if centred else 15
        width = painter.fontMetrics().horizontalAdvance(text) + 20 + dot
        chip = QRectF(plot.left() + 10, plot.top() + 10, width, 24)
        if centred:
            chip.moveCenter(QRectF(plot).center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(10, 11, 15, 205))
        painter.drawRoundedRect(chip, 7, 7)
        if dot:
            colour = QColor(self.theme.of(self.stem)) if self.is_heard else QColor("#5d6574")
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(chip.left() + 14, chip.center().y()), 4.0, 4.0)
        painter.setPen(QColor("#f2f3f6"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(chip.adjusted(10 + dot, 0, 0, 0), flags, text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
