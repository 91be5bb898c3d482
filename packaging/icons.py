"""The program's icon in every size and kind that desktops ask for, drawn from its SVG file.

Run as `python packaging/icons.py FOLDER`.
"""

import os
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "resources" / "icons" / "vocal-remover.svg"
PNG_SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
ICNS_SIZES = (16, 32, 64, 128, 256, 512, 1024)


@dataclass(frozen=True)
class Icons:
    """Where the drawn icons lie."""

    png: dict[int, Path]
    """By the length of a side in pixels."""
    ico: Path
    icns: Path


def draw(size: int) -> Image.Image:
    """The icon, `size` pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(SOURCE.read_bytes())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    png = QBuffer()
    png.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(png, "PNG")  # type: ignore[call-overload]  # its stubs want the format as bytes
    return Image.open(BytesIO(png.data().data()))


def make_icons(folder: Path) -> Icons:
    """Draw all icons into `folder`: vocal-remover-SIZE.png, vocal-remover.ico and .icns."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _application = QGuiApplication.instance() or QGuiApplication([])
    drawn = {size: draw(size) for size in sorted({*PNG_SIZES, *ICO_SIZES, *ICNS_SIZES})}
    icons = Icons(
        png={size: folder / f"vocal-remover-{size}.png" for size in PNG_SIZES},
        ico=folder / "vocal-remover.ico",
        icns=folder / "vocal-remover.icns",
    )
    for size, path in icons.png.items():
        drawn[size].save(path)
    drawn[256].save(
        icons.ico,
        sizes=[(size, size) for size in ICO_SIZES],
        append_images=[drawn[size] for size in ICO_SIZES],
    )
    drawn[1024].save(icons.icns, append_images=[drawn[size] for size in ICNS_SIZES])
    return icons


if __name__ == "__main__":
    make_icons(Path(sys.argv[1]))
