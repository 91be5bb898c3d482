"""Every action of the window: its name, shortcut and icon, in one place."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStyleOptionToolButton, QToolButton, QWidget

from app.icons import tinted_icon
from app.theme import Theme


class ActionButton(QToolButton):
    """A button that is its action: text, icon, state and tool tip; Return presses it."""

    def __init__(
        self, action: QAction, *, primary: bool = False, flat: bool = False, text: bool = True
    ) -> None:
        """Make a button; `primary` is the coloured one, `flat` has no frame."""
        super().__init__()
        self.setDefaultAction(action)
        # Reached by Tab; a click leaves no frame behind.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("primary", primary)
        self.setProperty("flat", flat)
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if text else style.ToolButtonIconOnly
        )
        self.setAccessibleName(action.text().rstrip("…"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:
        """Set the text apart from the icon, which no style sheet can."""
        super().initStyleOption(option)
        beside = self.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        if beside and not option.icon.isNull():
            option.text = f" {option.text}"

    def width_of_text(self) -> int:
        """How much wider the text makes the button than its icon alone."""
        named = self.sizeHint().width()
        style = self.toolButtonStyle()
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        bare = self.sizeHint().width()
        self.setToolButtonStyle(style)
        return named - bare

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Return: Space belongs to playback in the whole window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Actions(QObject):
    """The window's actions, made once and shared by menus, buttons and keys."""

    def __init__(self, window: QWidget) -> None:
        """Add all actions to `window`, so that their shortcuts work everywhere in it."""
        super().__init__(window)
        self._window = window
        self._icons: dict[QAction, tuple[str, bool]] = {}
        add = self._add
        self.open = add(self.tr("Open…"), "Ctrl+O", "open")
        self.open_next = add(self.tr("Next Song"), "N", "next")
        self.separate = add(self.tr("Separate"), "S", "separate")
        self.cancel = add(self.tr("Cancel"), "Esc", "cancel")
        self.export = add(self.tr("Export…"), "Ctrl+E", "export", primary=True)
        self.export_all = add(self.tr("Export All…"), "Ctrl+Shift+E", "export")
        self.at_once = add(self.tr("Separate Songs When Opened"), "Ctrl+Shift+S", checkable=True)
        self.kept = add(self.tr("Kept Separations…"), "Ctrl+K")
        self.checkpoints = add(self.tr("Checkpoints…"), "Ctrl+Shift+K")
        self.quit = add(self.tr("Quit"), "Ctrl+Q")
        self.play = add(self.tr("Play"), "Space", "play", primary=True)
        self.to_start = add(self.tr("Go to Start"), "Home", "start")
        self.back = add(self.tr("Back 5 Seconds"), "Left")
        self.forward = add(self.tr("Forward 5 Seconds"), "Right")
        self.back_little = add(self.tr("Back 1 Second"), "Shift+Left")
        self.forward_little = add(self.tr("Forward 1 Second"), "Shift+Right")
        self.mixture = add(self.tr("Mixture"), "1", "mixture", checkable=True)
        self.instrumental = add(self.tr("Instrumental"), "2", "instrumental", checkable=True)
        self.vocals = add(self.tr("Vocals"), "3", "vocals", checkable=True)
        self.loop = add(self.tr("Loop"), "R", "loop", checkable=True)
        self.loop_in = add(self.tr("Loop Starts Here"), "I", "loop-in")
        self.loop_out = add(self.tr("Loop Ends Here"), "O", "loop-out")
        self.takes = add(self.tr("Takes"), "T", checkable=True)
        self.run_again = add(self.tr("Run Region Again"), "Ctrl+R", "retry", primary=True)
        self.next_take = add(self.tr("Next Take"), "Shift+T")
        self.match = add(self.tr("Match Loudness"), "E", checkable=True)
        self.blind_test = add(self.tr("Blind Test…"), "B")
        self.undo = add(self.tr("Undo"), "Ctrl+Z")
        self.redo = add(self.tr("Redo"), "Ctrl+Shift+Z", more=["Ctrl+Y"])
        self.louder = add(self.tr("Louder"), "Up")
        self.quieter = add(self.tr("Quieter"), "Down")
        self.low_end = add(self.tr("Low End"), "L", "low-end", checkable=True)
        self.difference = add(self.tr("Difference"), "D", checkable=True)
        self.dropouts = add(self.tr("Dropouts"), "Shift+D", checkable=True)
        self.low_end_meter = add(self.tr("Low-End Meter"), "Shift+L", checkable=True)
        self.save_picture = add(self.tr("Save Picture…"), "Ctrl+P")
        self.fit = add(self.tr("Show Whole Song"), "F", "fit")
        self.zoom_in = add(self.tr("Zoom In"), "+", "zoom-in", more=["=", "Ctrl++"])
        self.zoom_out = add(self.tr("Zoom Out"), "-", "zoom-out", more=["Ctrl+-"])
        self.mixer = add(self.tr("Mixer"), "M", checkable=True)
        self.queue = add(self.tr("Queue"), "Q", "queue", checkable=True)
        self.full_screen = add(self.tr("Full Screen"), "F11", checkable=True)
        self.show_folder = add(self.tr("Show in Folder"), "Ctrl+Shift+F", "folder")
        self.details = add(self.tr("Details…"), "Ctrl+D", "details")
        self.copy_report = add(self.tr("Copy Report"), "Ctrl+Shift+C")
        self.dismiss = add(self.tr("Dismiss Message"), "Ctrl+W", "cancel")
        self.about = add(self.tr("About Vocal Remover"), "F1", "about")

    def all(self) -> list[QAction]:
        """Every action."""
        return [action for action in vars(self).values() if isinstance(action, QAction)]

    def on(self, action: QAction, slot: Callable[[], None]) -> None:
        """Call a bound method when the user triggers an action."""
        action.triggered.connect(slot)

    def set_icon(self, action: QAction, name: str) -> None:
        """Change which icon an action shows."""
        self._icons[action] = (name, self._icons[action][1])

    def tint(self, theme: Theme) -> None:
        """Draw the icons in a theme's colours."""
        for action, (name, primary) in self._icons.items():
            action.setIcon(tinted_icon(name, theme, primary=primary))

    def _add(
        self,
        text: str,
        shortcut: str,
        icon: str = "",
        *,
        checkable: bool = False,
        primary: bool = False,
        more: list[str] | None = None,
    ) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(keys) for keys in [shortcut, *(more or [])]])
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{text.rstrip('…')}  ({shown})")
        action.setCheckable(checkable)
        action.setIconVisibleInMenu(False)
        action.setMenuRole(QAction.MenuRole.NoRole)
        if icon:
            self._icons[action] = (icon, primary)
        self._window.addAction(action)
        return action
