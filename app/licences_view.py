"""Who wrote what the program is made of, and under which licences: a list and its texts."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontDatabase, QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.licences import Notice, notices
from core.resources import resource_path

_BREAK = "\n\n" + "─" * 40 + "\n\n"


class LicencesView(QWidget):
    """Names, versions and licences; below them the texts of the chosen one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Stay empty until it is seen: reading all the texts takes a moment."""
        super().__init__(parent)
        self._notices: list[Notice] = []
        told = QLabel(
            self.tr(
                "Vocal Remover’s own code is under the MIT licence. As it is put together from the "
                "parts below, the whole may be passed on under the GNU GPL, version 3 or later."
            )
        )
        told.setWordWrap(True)
        self.list = QTreeWidget()
        self.list.setRootIsDecorated(False)
        self.list.setHeaderLabels([self.tr("Part"), self.tr("Version"), self.tr("Licence")])
        self.list.setAccessibleName(self.tr("Parts and their licences"))
        self.list.currentItemChanged.connect(self._on_chosen)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(self.tr("Licence text"))
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.list)
        halves.addWidget(self.text)
        halves.setSizes([230, 190])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(told)
        layout.addWidget(halves, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the notices the first time."""
        super().showEvent(event)
        if not self._notices:
            self._notices = [self._weights(), *notices()]
            for notice in self._notices:
                row = QTreeWidgetItem([notice.name, notice.version, notice.licence])
                row.setToolTip(2, notice.licence)
                self.list.addTopLevelItem(row)
            for column in range(2):
                self.list.resizeColumnToContents(column)
            self.list.setCurrentIndex(self.list.model().index(0, 0))

    def _weights(self) -> Notice:
        """The weights, and the recordings that they learned from."""
        texts = [
            resource_path(name).read_text(encoding="utf-8")
            for name in ("LICENSE-weights", "model-card.md")
        ]
        name = self.tr("Default checkpoint and its training data")
        return Notice(name, "", "CC-BY-SA-4.0", tuple(texts))

    @Slot()
    def _on_chosen(self) -> None:
        texts = self._notices[self.list.currentIndex().row()].texts
        self.text.setPlainText(_BREAK.join(text.strip() for text in texts))
