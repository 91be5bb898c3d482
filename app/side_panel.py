"""What the panels beside the song have in common."""

from PySide6.QtWidgets import QDockWidget, QMainWindow


class SidePanel(QDockWidget):
    """A panel that can be moved and closed, but not torn off the window."""

    def __init__(self, name: str, window: QMainWindow) -> None:
        """Make it; `name` is that under which the window remembers its place."""
        super().__init__(window)
        self.setObjectName(name)
        self.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetClosable
            | QDockWidget.DockWidgetFeature.DockWidgetMovable
        )
