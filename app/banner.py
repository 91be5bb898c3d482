"""A quiet strip for one sentence: what went wrong, or what was saved."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.actions import ActionButton, Actions
from app.icons import icon_pixmap
from app.labels import set_state
from app.theme import theme_of


class Banner(QFrame):
    """Shows a sentence with the buttons that belong to it."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        """Lay out the strip, hidden."""
        super().__init__(parent)
        self.setObjectName("banner")
        self._picture = QLabel()
        self.text = QLabel(wordWrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._folder = ActionButton(actions.show_folder)
        self._details = ActionButton(actions.details)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 8)
        layout.setSpacing(10)
        layout.addWidget(self._picture)
        layout.addWidget(self.text, 1)
        layout.addWidget(self._folder)
        layout.addWidget(self._details)
        layout.addWidget(ActionButton(actions.dismiss, flat=True, text=False))
        self.hide()

    def show_text(self, text: str, *, is_error: bool, has_folder: bool) -> None:
        """Show a sentence, or hide if it is empty."""
        self.setVisible(bool(text))
        self.text.setText(text)
        self.text.setAccessibleName(text)
        self._folder.setVisible(has_folder)
        self._details.setVisible(is_error)
        theme = theme_of(self.palette())
        ratio = self.devicePixelRatioF()
        name, colour = ("warning", theme.danger) if is_error else ("done", theme.accent)
        pixmap = icon_pixmap(name, colour, round(22 * ratio))
        pixmap.setDevicePixelRatio(ratio)
        self._picture.setPixmap(pixmap)
        set_state(self, "error", is_error)
