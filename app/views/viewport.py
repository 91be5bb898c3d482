"""The stretch of a song that all views show alike."""

from PySide6.QtCore import QObject, Signal

SHORTEST_SECONDS = 0.5


class Viewport(QObject):
    """Start and span in samples, and whether the low end fills the height."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Show nothing."""
        super().__init__(parent)
        self.length = 1
        self.rate = 1
        self.start = 0.0
        self.span = 1.0
        self.low_end = False

    def reset(self, length: int, rate: int) -> None:
        """Show all of another song."""
        self.length, self.rate = max(1, length), rate
        self.fit()

    def fit(self) -> None:
        """Show the whole song."""
        self._show(0.0, float(self.length))

    def zoom(self, factor: float, anchor: float) -> None:
        """Make the span `factor` times as long; the sample `anchor` stays where it is."""
        span = self._within(self.span * factor)
        self._show(anchor - (anchor - self.start) * span / self.span, span)

    def pan(self, samples: float) -> None:
        """Move later by `samples`."""
        self._show(self.start + samples, self.span)

    def follow(self, position: float) -> None:
        """Turn the page if a playing position has left it."""
        if self.span < self.length and not self.start <= position < self.start + self.span:
            self._show(position, self.span)

    def toggle_low_end(self) -> None:
        """Zoom to the low end and back."""
        self.low_end = not self.low_end
        self.changed.emit()

    def _within(self, span: float) -> float:
        shortest = min(float(self.length), SHORTEST_SECONDS * self.rate)
        return min(float(self.length), max(shortest, span))

    def _show(self, start: float, span: float) -> None:
        self.span = self._within(span)
        self.start = min(max(0.0, start), self.length - self.span)
        self.changed.emit()
