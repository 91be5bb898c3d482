"""Views put samples and frequencies where the axes say, and zoom and pan alike."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.views.spectrogram_view import SpectrogramView
from app.views.time_axis import tick_step
from app.views.timeline import GUTTER, MARGIN, TimelineView
from app.views.viewport import Viewport
from app.views.waveform import WaveformView, envelope_image
from core.clock import clock_text
from core.stems import Stem
from tests.test_rendering import make_song


@pytest.fixture
def viewport(qtbot: QtBot) -> Viewport:
    view = Viewport()
    view.reset(100_000, 10_000)
    return view


def test_zoom_keeps_the_sample_under_the_cursor(viewport: Viewport) -> None:
    viewport.zoom(0.5, 30_000)
    assert (viewport.start, viewport.span) == (15_000, 50_000)
    viewport.zoom(0.5, 30_000)
    assert (30_000 - viewport.start) / viewport.span == pytest.approx(0.3)


def test_zoom_and_pan_stay_inside_the_song(viewport: Viewport) -> None:
    viewport.zoom(1e-9, 50_000)
    assert viewport.span == 5000
    viewport.pan(1e9)
    assert viewport.start + viewport.span == 100_000
    viewport.pan(-1e9)
    assert viewport.start == 0
    viewport.zoom(1e9, 0)
    assert viewport.span == 100_000


def test_the_page_turns_when_the_playhead_leaves_it(viewport: Viewport) -> None:
    viewport.zoom(0.1, 0)
    viewport.follow(5000)
    assert viewport.start == 0
    viewport.follow(10_001)
    assert viewport.start == 10_001


def test_samples_and_places_match_both_ways(viewport: Viewport, qtbot: QtBot) -> None:
    view = TimelineView(viewport)
    qtbot.addWidget(view)
    view.resize(500 + GUTTER + MARGIN, 100)
    viewport.zoom(0.3, 20_000)
    for sample in (15_000.0, 20_000.0, 31_234.0):
        assert view.sample_at(view.x_of(sample)) == pytest.approx(sample)
    assert view.x_of(viewport.start) == GUTTER


def test_a_click_seeks_and_a_drag_pans(viewport: Viewport, qtbot: QtBot) -> None:
    view = TimelineView(viewport)
    qtbot.addWidget(view)
    view.resize(1000 + GUTTER + MARGIN, 100)
    song = make_song(100_000)
    view.show_song(song, None)
    with qtbot.waitSignal(view.sought) as sought:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(GUTTER + 250, 50))
    assert sought.args == [25_000]
    viewport.zoom(0.5, 0)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(GUTTER + 500, 50))
    qtbot.mouseMove(view, QPoint(GUTTER + 400, 50))
    with qtbot.assertNotEmitted(view.sought):
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(GUTTER + 400, 50))
    assert viewport.start == pytest.approx(5000)


def test_a_drag_with_shift_draws_a_loop(viewport: Viewport, qtbot: QtBot) -> None:
    view = TimelineView(viewport)
    qtbot.addWidget(view)
    view.resize(1000 + GUTTER + MARGIN, 100)
    view.show_song(make_song(100_000), None)
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, shift, QPoint(GUTTER + 600, 50))
    with qtbot.waitSignal(view.loop_drawn) as drawn:
        qtbot.mouseMove(view, QPoint(GUTTER + 200, 50))
    assert drawn.args == [(20_000, 60_000)]


def brightest_row(view: SpectrogramView) -> int:
    image = view.grab().toImage()
    x = view.plot.center().x()
    return max(range(40, view.height()), key=lambda y: QColor(image.pixel(x, y)).lightness())


@pytest.mark.parametrize("low_end", [False, True])
def test_a_tone_is_painted_at_its_frequency(qtbot: QtBot, low_end: bool) -> None:
    song = make_song(16_000)
    at = np.arange(16_000) / song.rate
    tone = (0.1 * np.sin(2 * np.pi * 120 * at)).astype(np.float32)[None]
    song.images[Stem.MIXTURE].write(0, song.drawing.image(tone))
    song.drawn = song.drawing.columns
    viewport = Viewport()
    viewport.reset(song.length, song.rate)
    if low_end:
        viewport.toggle_low_end()
    view = SpectrogramView(viewport)
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show_stem(song, None, Stem.MIXTURE, title="", is_heard=False)
    lowest, highest = (20.0, 300.0) if low_end else (20.0, song.drawing.frequencies[0])
    share = np.log2(120 / lowest) / np.log2(highest / lowest)
    assert brightest_row(view) == pytest.approx(300 * (1 - share), abs=4)


def test_what_is_not_drawn_yet_is_not_painted_as_silence(qtbot: QtBot) -> None:
    song = make_song(80_000, ready=False)
    song.ready.add(0, 80_000)  # all of it can be heard already
    song.pictured.add(0, 40_000)
    full = np.full((song.drawing.rows, song.drawing.columns), 255, np.uint8)
    song.images[Stem.VOCALS].write(0, full)
    viewport = Viewport()
    viewport.reset(song.length, song.rate)
    view = SpectrogramView(viewport)
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show_stem(song, None, Stem.VOCALS, title="", is_heard=False)
    image = view.grab().toImage()
    painted = QColor(252, 253, 191)
    assert QColor(image.pixel(round(view.x_of(20_000)), 200)) == painted
    assert QColor(image.pixel(round(view.x_of(60_000)), 200)) != painted


def test_the_waveform_is_as_high_as_it_is_loud() -> None:
    peaks = np.array([[-0.5, 0.0], [1.0, 0.0]], np.float32)
    alpha = envelope_image(peaks, 100, QColor("#ffffff"))[:, :, 3]
    assert 70 <= np.count_nonzero(alpha[:, 0]) <= 75
    assert 1 <= np.count_nonzero(alpha[:, 1]) <= 2


def test_the_waveform_shows_the_stem_only_where_it_is_separated(qtbot: QtBot) -> None:
    song = make_song(80_000, ready=False)
    loud = np.array([[-1.0], [1.0]], np.float32).repeat(80_000 // 64, axis=1)
    song.peaks[Stem.VOCALS].write(0, loud)
    song.ready.add(0, 40_000)
    song.pictured.add(0, 40_000)
    viewport = Viewport()
    viewport.reset(song.length, song.rate)
    view = WaveformView(viewport)
    qtbot.addWidget(view)
    view.resize(600, 100)
    view.show_stem(song, None, Stem.VOCALS)
    image = view.grab().toImage()
    ink = QColor(view.theme.vocals)
    assert QColor(image.pixel(round(view.x_of(20_000)), 20)) == ink
    assert QColor(image.pixel(round(view.x_of(60_000)), 20)) != ink


@pytest.mark.parametrize(
    ("seconds", "decimals", "text"),
    [
        (0, 0, "0:00"),
        (61.26, 1, "1:01.3"),
        (59.96, 1, "1:00.0"),
        (3723, 0, "1:02:03"),
        (0.25, 2, "0:00.25"),
    ],
)
def test_times_read_as_a_clock(seconds: float, decimals: int, text: str) -> None:
    assert clock_text(seconds, decimals=decimals) == text


def test_ticks_leave_room_for_their_labels() -> None:
    assert tick_step(60, 1000) == 5
    assert tick_step(3600, 1000) == 300
    assert tick_step(1, 1000) == 0.1
