"""Before and after as one picture: two spectrograms above each other with their axes."""

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from core.audio import Audio
from core.clock import clock_text
from core.files import new_file
from core.samples import Samples
from core.spectrogram import Spectrogram, colours

_WIDTH, _HEIGHT = 1280, 380  # of one spectrogram, in pixels
_LEFT, _RIGHT, _TOP, _GAP, _BOTTOM = 76, 24, 64, 52, 48
_TICK = 6
_BACKGROUND, _LINES, _TEXT, _FAINT = "#15141a", "#5c5866", "#ece9f2", "#a29dae"
_MARKED_HZ = (20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)
_MOST_TIME_MARKS = 12
# Found in the system's font folders; Pillow's own font knows little beyond English.
_FONTS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "Arial.ttf", "segoeui.ttf", "Helvetica.ttc")
_TIME_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600)


def draw_before_and_after(
    before: Audio, after: Samples, *, title: str, after_label: str
) -> Image.Image:
    """Draw a song and one of its stems on the same scales.

    Args:
        before: the mixture.
        after: (channels, samples) float32, as long as the mixture.
        title: the song's name, the heading.
        after_label: what the lower spectrogram shows.

    Returns:
        An RGB image, 1380 pixels wide.
    """
    height = _TOP + 2 * _HEIGHT + _GAP + _BOTTOM
    picture = Image.new("RGB", (_LEFT + _WIDTH + _RIGHT, height), _BACKGROUND)
    draw = ImageDraw.Draw(picture)
    heading = _font(22)
    draw.text((_LEFT, 10), _shortened(draw, title, heading), fill=_TEXT, font=heading)
    spectrogram = Spectrogram(before.rate, before.length)
    for number, (label, samples) in enumerate((("Before", before.samples), (after_label, after))):
        top = _TOP + number * (_HEIGHT + _GAP)
        picture.paste(_coloured(spectrogram.image(samples)), (_LEFT, top))
        draw.text((_LEFT, top - 22), label, fill=_TEXT, font=_font(15))
        _draw_frequencies(draw, spectrogram, top)
        _draw_times(draw, before.seconds, top + _HEIGHT, labelled=number == 1)
    draw.text((12, _TOP - 22), "Hz", fill=_FAINT, font=_font(13))
    return picture


def save_picture(path: Path, picture: Image.Image, *, overwrite: bool = False) -> None:
    """Write a picture as PNG, whole or not at all.

    Raises:
        OutputError: the file exists already or cannot be written.
    """
    with new_file(path, overwrite=overwrite) as file:
        picture.save(file, "PNG")


def _coloured(image: np.ndarray) -> Image.Image:
    """Turn (rows, columns) uint8 into a coloured image of the picture's size."""
    narrowing = image.shape[1] > _WIDTH
    resampling = Image.Resampling.BOX if narrowing else Image.Resampling.BILINEAR
    return Image.fromarray(colours()[image]).resize((_WIDTH, _HEIGHT), resampling)


def _draw_frequencies(draw: ImageDraw.ImageDraw, spectrogram: Spectrogram, top: int) -> None:
    font = _font(13)
    for frequency in _MARKED_HZ:
        place = spectrogram.row(frequency) / spectrogram.rows
        if not 0.0 <= place <= 1.0:
            continue
        y = top + round(place * (_HEIGHT - 1))
        label = f"{frequency // 1000}k" if frequency >= 1000 else str(frequency)
        draw.line([(_LEFT - _TICK, y), (_LEFT - 1, y)], fill=_LINES)
        draw.text((_LEFT - _TICK - 4, y), label, fill=_FAINT, font=font, anchor="rm")


def _draw_times(draw: ImageDraw.ImageDraw, seconds: float, top: int, *, labelled: bool) -> None:
    font = _font(13)
    for time in _time_marks(seconds):
        x = _LEFT + round(time / seconds * (_WIDTH - 1))
        draw.line([(x, top), (x, top + _TICK)], fill=_LINES)
        if labelled:
            text = clock_text(time, decimals=0 if float(time).is_integer() else 1)
            draw.text((x, top + _TICK + 4), text, fill=_FAINT, font=font, anchor="mt")
    if labelled:
        right = (_LEFT + _WIDTH, top + 28)
        draw.text(right, "minutes : seconds", fill=_FAINT, font=font, anchor="rt")


def _time_marks(seconds: float) -> Iterator[float]:
    step = next((s for s in _TIME_STEPS if seconds / s <= _MOST_TIME_MARKS), _TIME_STEPS[-1])
    yield from (number * step for number in range(int(seconds / step) + 1))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in _FONTS:
        with suppress(OSError):
            return ImageFont.truetype(name, size)
    return ImageFont.load_default(size)


def _shortened(
    draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont
) -> str:
    text = "".join(letter for letter in text if letter <= "\uffff")  # these fonts have no emoji
    if draw.textlength(text, font=font) <= _WIDTH:
        return text
    while text and draw.textlength(f"{text}…", font=font) > _WIDTH:
        text = text[:-1]
    return f"{text}…"
