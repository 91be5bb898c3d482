"""The waveform: the mixture, and over it the chosen stem where it is separated."""

import numpy as np
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from app.song import Song
from app.views.timeline import TimelineView
from app.views.viewport import Viewport
from core.peaks import PeakPyramid
from core.stems import Stem


def envelope_image(peaks: np.ndarray, height: int, colour: QColor) -> np.ndarray:
    """Draw peaks as an image with smooth edges.

    Args:
        peaks: (2, columns), lowest and highest sample, full scale fills the height.
        height: in pixels.
        colour: of the envelope.

    Returns:
        (height, columns, 4), uint8: blue, green, red, alpha, premultiplied.
    """
    middle = height / 2
    top = middle - np.clip(peaks[1], -1, 1) * middle * 0.96 - 0.5
    bottom = middle - np.clip(peaks[0], -1, 1) * middle * 0.96 + 0.5
    row = np.arange(height, dtype=np.float32)[:, None]
    cover = np.clip(np.minimum(bottom, row + 1) - np.maximum(top, row), 0, 1)
    ink = np.array([colour.blue(), colour.green(), colour.red(), 255], np.float32)
    return (cover[:, :, None] * (ink * colour.alphaF())).astype(np.uint8)


class WaveformView(TimelineView):
    """Grey where the mixture is, coloured where the stem is; a tint marks what is separated."""

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        """Show what `viewport` says."""
        super().__init__(viewport, parent)
        self.stem = Stem.INSTRUMENTAL
        self._drawn: tuple[object, ...] = ()
        self._image = QImage()
        self.setMinimumHeight(56)

    def show_stem(self, song: Song | None, loop: tuple[int, int] | None, stem: Stem) -> None:
        """Draw a song with a stem of it."""
        self.stem = stem
        self.show_song(song, loop)

    def paint_plot(self, painter: QPainter, plot: QRect) -> None:
        """Draw the tint, the mixture and the stem."""
        if self.song is None:
            return
        self._paint_tint(painter, plot, self.song)
        wanted = (
            self.song,
            self.song.version,
            self.stem,
            plot.size().toTuple(),
            self.viewport.start,
            self.viewport.span,
            self.devicePixelRatioF(),
            self.theme,
        )
        if wanted != self._drawn:
            self._drawn = wanted
            self._image = self._render(self.song, plot)
        painter.drawImage(plot, self._image)

    def _paint_tint(self, painter: QPainter, plot: QRect, song: Song) -> None:
        tint = QColor(self.theme.of(self.stem))
        tint.setAlphaF(0.10)
        line = QColor(self.theme.of(self.stem))
        line.setAlphaF(0.85)
        for start, stop in song.ready.ranges:
            left, right = self.x_of(start), self.x_of(stop)
            painter.fillRect(QRectF(left, plot.top(), right - left, plot.height()), tint)
            painter.fillRect(QRectF(left, plot.bottom() - 1, right - left, 2), line)

    def _render(self, song: Song, plot: QRect) -> QImage:
        ratio = self.devicePixelRatioF()
        width, height = round(plot.width() * ratio), round(plot.height() * ratio)
        grey = QColor(self.theme.mixture)
        grey.setAlphaF(1.0 if self.stem is Stem.MIXTURE else 0.45)
        picture = self._columns(song.peaks[Stem.MIXTURE], width, height, grey)
        if self.stem is not Stem.MIXTURE and song.pictured.ranges:
            ink = QColor(self.theme.of(self.stem))
            over = self._columns(song.peaks[self.stem], width, height, ink)
            keep = 255 - over[:, :, 3:].astype(np.uint16)
            merged = over + (picture * keep // 255).astype(np.uint8)
            inside = self._is_pictured(song, width)
            picture[:, inside] = merged[:, inside]
        image = QImage(
            picture.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied
        )
        return image.copy()

    def _columns(self, peaks: PeakPyramid, width: int, height: int, ink: QColor) -> np.ndarray:
        start, span = self.viewport.start, self.viewport.span
        return envelope_image(peaks.columns(start, start + span, width), height, ink)

    def _is_pictured(self, song: Song, width: int) -> np.ndarray:
        at = self.viewport.start + (np.arange(width) + 0.5) / width * self.viewport.span
        inside = np.zeros(width, bool)
        for start, stop in song.pictured.ranges:
            inside |= (at >= start) & (at < stop)
        return inside
