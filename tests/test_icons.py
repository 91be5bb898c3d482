"""Icons are drawn in the size and colour that is asked for."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from app.icons import tinted_icon
from app.theme import DARK


def strokes(image: QImage) -> set[str]:
    """The colours of all pixels that are not see-through in part."""
    colours = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {colour.name() for colour in colours if colour.alpha() == 255}


@pytest.mark.parametrize("primary", [False, True])
def test_an_icon_is_as_bright_as_what_it_does_is_possible(
    qapp: QApplication, primary: bool
) -> None:
    icon = tinted_icon("play", DARK, primary=primary)
    bright = DARK.on_accent if primary else DARK.text
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Active):
        assert QColor(bright).name() in strokes(icon.pixmap(QSize(48, 48), mode).toImage())
    disabled = strokes(icon.pixmap(QSize(48, 48), QIcon.Mode.Disabled).toImage())
    assert QColor(DARK.muted).name() in disabled
    assert QColor(bright).name() not in disabled


def test_an_icon_is_sharp_at_every_size(qapp: QApplication) -> None:
    icon = tinted_icon("play", DARK)
    for size, ratio in ((16, 1.0), (20, 1.2), (24, 2.0)):
        pixmap = icon.pixmap(QSize(size, size), ratio)
        assert pixmap.width() == round(size * ratio)
        assert pixmap.devicePixelRatio() == ratio
