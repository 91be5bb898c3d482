"""The menu that chooses the window's language."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.languages import LANGUAGES
from app.session import Session
from app.settings import Settings


class LanguageMenu(QMenu):
    """Every language by its own name; the choice holds from the next start on, and says so."""

    def __init__(self, session: Session, settings: Settings, parent: QWidget) -> None:
        """Check the language that was chosen."""
        super().__init__(self.tr("Language"), parent)
        self._session, self._settings = session, settings
        self._group = QActionGroup(self)
        for code, name in {"": self.tr("System"), **LANGUAGES}.items():
            action = self.addAction(name)
            action.setCheckable(True)
            action.setChecked(code == settings.language)
            action.setData(code)
            self._group.addAction(action)
        self._group.triggered.connect(self._on_chosen)

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        if action.data() != self._settings.language:
            self._settings.language = action.data()
            text = self.tr("The language changes when Vocal Remover starts again.")
            self._session.tell(text, is_error=False)
