"""Tells how much room the kept separations take, and clears them."""

from PySide6.QtCore import QLocale, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from app.labels import label
from core.cache import Cache


class KeptDialog(QDialog):
    """Size, limit and place of the cache, with a button that empties it."""

    def __init__(self, cache: Cache, parent: QWidget | None = None) -> None:
        """Look into the cache."""
        super().__init__(parent)
        self._cache = cache
        self.setWindowTitle(self.tr("Kept Separations"))
        self.setMinimumWidth(480)
        self.size_ = label("heading")
        purpose = self.tr(
            "Songs that were separated are kept on this computer, so that they open at once the "
            "next time. Those used longest ago make room for new ones."
        )
        self.clear = QPushButton(self.tr("Clear"))
        self.clear.setAutoDefault(False)
        self.clear.setToolTip(self.tr("Remove all kept separations; your songs and stems stay"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.clear, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.rejected.connect(self.reject)
        self.clear.clicked.connect(self._on_clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self.size_)
        layout.addWidget(label("hint", purpose, wraps=True))
        layout.addWidget(label("hint", str(cache.folder), wraps=True))
        layout.addStretch()
        layout.addWidget(buttons)
        self._refresh()

    def _refresh(self) -> None:
        size, limit, count = self._cache.size, self._cache.limit, self._cache.count
        if count == 0:
            text = self.tr("Nothing is kept")
        else:
            text = self.tr("{size} of at most {limit} · songs: {count}").format(
                size=_bytes_text(size), limit=_bytes_text(limit), count=count
            )
        self.size_.setText(text)
        self.clear.setEnabled(count > 0)

    @Slot()
    def _on_clear(self) -> None:
        self._cache.clear()
        self._refresh()


def _bytes_text(size: int) -> str:
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
