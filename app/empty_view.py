"""What the window shows before the first song: a place to drop one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.icons import icon_pixmap
from app.labels import frame, label, set_state


class EmptyView(QWidget):
    """A large drop target with a button for those who do not drag."""

    def __init__(self, open_action: QAction, parent: QWidget | None = None) -> None:
        """Lay out the target."""
        super().__init__(parent)
        self.zone = frame("dropZone")
        picture = QLabel()
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        size = 92
        ratio = self.devicePixelRatioF()
        pixmap = icon_pixmap("vocal-remover", "#ffffff", round(size * ratio))
        pixmap.setDevicePixelRatio(ratio)
        picture.setPixmap(pixmap)
        title = label("emptyTitle", self.tr("Drop a song here"), centred=True)
        text = label(
            "emptyText",
            self.tr("Hear it without the voice, see what changed, and save the stems."),
            wraps=True,
            centred=True,
        )
        button = QToolButton()
        button.setText(self.tr("Choose a Song…"))
        button.setToolTip(open_action.toolTip())
        button.setAccessibleName(self.tr("Choose a song"))
        button.setProperty("primary", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(open_action.trigger)
        formats = label(
            "formats",
            self.tr(
                "WAV · FLAC · MP3 · M4A · OGG · Opus · AIFF · the sound of any video\n"
                "Everything happens on this computer; nothing is uploaded."
            ),
            centred=True,
        )
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(button)
        row.addStretch()
        inside = QVBoxLayout(self.zone)
        inside.addStretch(5)
        for item, space in ((picture, 22), (title, 8), (text, 24)):
            inside.addWidget(item)
            inside.addSpacing(space)
        inside.addLayout(row)
        inside.addSpacing(30)
        inside.addWidget(formats)
        inside.addStretch(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.zone)

    def invite(self, inviting: bool) -> None:
        """Light up while a song hangs over the window."""
        set_state(self.zone, "inviting", inviting)
