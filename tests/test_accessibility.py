"""A screen reader finds a name for everything that can be reached and used in the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QScrollBar,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.dialogs import AboutDialog, DetailsDialog
from app.export_all_dialog import ExportAllDialog
from app.export_dialog import ExportDialog
from app.kept_dialog import KeptDialog
from app.settings import Settings
from app.views.timeline import TimelineView
from app.window import MainWindow
from core.cache import Cache
from tests.songs import tones, write_song

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QProgressBar,
    TimelineView,
)
ROLES = {
    QAbstractSlider: QAccessible.Role.Slider,
    QAbstractSpinBox: QAccessible.Role.SpinBox,
    QComboBox: QAccessible.Role.ComboBox,
    QProgressBar: QAccessible.Role.ProgressBar,
}
RATE = 44_100


@pytest.fixture
def opened(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window with a separated song and every panel."""
    window.open([write_song(tmp_path / "song.wav", tones(RATE))])
    qtbot.waitUntil(
        lambda: window.session.song is not None and window.session.song.finished, timeout=60_000
    )
    window.session.queue.add([tmp_path / "song.wav"])
    actions = window.actions_
    panels = (actions.queue, actions.dropouts, actions.takes, actions.mixer)
    for action in (*panels, actions.low_end_meter, actions.difference):
        if not action.isChecked():
            action.trigger()
    return window


def controls(root: QWidget) -> list[QWidget]:
    """What can be used, without the parts that Qt makes of it."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if isinstance(widget, CONTROLS)
        and not isinstance(widget, QScrollBar | QHeaderView)
        and not isinstance(widget.parent(), QAbstractSpinBox | QTabBar)
        and not _is_inside(widget, QComboBox)
        and not widget.objectName().startswith("qt_")
    ]


def _is_inside(widget: QWidget, kind: type[QWidget]) -> bool:
    parent = widget.parentWidget()
    return parent is not None and (isinstance(parent, kind) or _is_inside(parent, kind))


def assert_spoken(root: QWidget, *, at_least: int) -> None:
    found = controls(root)
    assert len(found) >= at_least
    for widget in found:
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface is not None and interface.isValid(), widget
        name = interface.text(QAccessible.Text.Name)
        where = f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        assert name.strip(), f"{where} has no name"
        assert len(name) > 1 or name in "ABX", f"{where} is called {name}"
        for kind, role in ROLES.items():
            if isinstance(widget, kind):
                assert interface.role() == role, where


def test_everything_in_the_window_has_a_name_and_a_role(opened: MainWindow) -> None:
    assert_spoken(opened, at_least=50)


def test_every_control_of_the_panels_is_reached_by_keyboard(opened: MainWindow) -> None:
    panels = (
        opened.queue_panel,
        opened.commands.takes.panel,
        opened.mixer_panel,
        opened.song_view.low_end,
    )
    for panel in panels:
        for widget in controls(panel):
            if isinstance(widget, TimelineView) or widget.objectName().startswith("qt_"):
                continue  # what can be done in a view can be done by the window's keys
            reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            assert reached, f"{type(widget).__name__} in {type(panel).__name__}"


def test_every_action_has_a_text_and_a_key(opened: MainWindow) -> None:
    for action in opened.actions_.all():
        assert action.text().strip()
        assert action.shortcuts(), action.text()


@pytest.mark.parametrize("kind", ["export", "export all", "details", "about", "kept"])
def test_every_dialog_is_spoken(
    opened: MainWindow, kind: str, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    session = opened.session
    assert session.song is not None
    dialogs: dict[str, QDialog] = {
        "export": ExportDialog(session.song, settings, opened),
        "export all": ExportAllDialog(session.queue, settings, opened),
        "details": DetailsDialog("nothing happened", opened),
        "about": AboutDialog(version="1", checkpoint=("a", "b"), parent=opened),
        "kept": KeptDialog(Cache(tmp_path / "cache"), opened),
    }
    for dialog in dialogs.values():
        qtbot.addWidget(dialog)
    assert dialogs[kind].windowTitle()
    assert_spoken(dialogs[kind], at_least=1)


def test_the_blind_test_is_spoken(opened: MainWindow) -> None:
    opened.actions_.blind_test.trigger()
    dialog = opened.commands.mixer.compare.dialog
    assert dialog is not None and dialog.windowTitle()
    assert_spoken(dialog, at_least=9)
    dialog.reject()
