"""Icons drawn from our own SVG files in the colour that is asked for."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.theme import Theme
from core.resources import resource_path

_SIZES = (16, 20, 24, 32, 48, 64, 96)


@cache
def _source(name: str) -> bytes:
    return (resource_path("icons") / f"{name}.svg").read_bytes()


def icon_pixmap(name: str, colour: str, size: int) -> QPixmap:
    """An icon of `size` by `size` real pixels, its strokes in `colour`."""
    return QPixmap.fromImage(_drawn(_renderer(name, colour), size))


@cache
def tinted_icon(name: str, theme: Theme, *, primary: bool = False) -> QIcon:
    """An icon in the theme's text colour, faint when disabled; `primary` for accent buttons."""
    icon = QIcon()
    renderer = _renderer(name, theme.on_accent if primary else theme.text)
    for size in _SIZES:
        image = _drawn(renderer, size)
        icon.addPixmap(QPixmap.fromImage(image))
        # Its shape filled anew: to read and draw it once more would take twice as long.
        painter = QPainter(image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(image.rect(), QColor(theme.muted))
        painter.end()
        icon.addPixmap(QPixmap.fromImage(image), QIcon.Mode.Disabled)
    return icon


def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", colour.encode())))


def _drawn(renderer: QSvgRenderer, size: int) -> QImage:
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


@cache
def program_icon() -> QIcon:
    """The program's own icon."""
    icon, renderer = QIcon(), _renderer("vocal-remover", "#ffffff")
    for size in (16, 24, 32, 48, 64, 128, 256):
        icon.addPixmap(QPixmap.fromImage(_drawn(renderer, size)))
    return icon
