"""Keys that a widget keeps for itself while it has the focus, though the window uses them too."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QListWidget, QSlider

UP_AND_DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down)
LIST_KEYS = (
    *UP_AND_DOWN,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)
SLIDER_KEYS = (
    *UP_AND_DOWN,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)
_NONE = Qt.KeyboardModifier.NoModifier


def keeps(
    event: QEvent,
    keys: Collection[Qt.Key],
    *,
    modifiers: Collection[Qt.KeyboardModifier] = (_NONE,),
) -> bool:
    """Accept an event by which Qt asks whether one of these keys is wanted here; tell if it did."""
    if (
        event.type() is QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() in keys
        and event.modifiers() in modifiers
    ):
        event.accept()
        return True
    return False


class KeyedList(QListWidget):
    """A list in which the arrow keys move."""

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move in it."""
        return keeps(event, LIST_KEYS) or super().event(event)


class KeyedCombo(QComboBox):
    """A choice that the arrow keys change."""

    def event(self, event: QEvent) -> bool:
        """Keep the keys that change it."""
        return keeps(event, UP_AND_DOWN) or super().event(event)


class KeyedSlider(QSlider):
    """A slider that the arrow keys move."""

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move it."""
        return keeps(event, SLIDER_KEYS) or super().event(event)
