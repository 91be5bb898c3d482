"""The low-end meter, and the switch that keeps the low end, under the lower spectrogram."""

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from app.keys import UP_AND_DOWN, keeps
from app.labels import label
from app.views.low_end_meter import LowEndMeter
from app.views.timeline import GUTTER, MARGIN
from app.views.viewport import Viewport
from core.low_end import HIGHEST_HZ, LOWEST_HZ


class LowEndPanel(QWidget):
    """Shows what left with the voice, and asks what to keep; holds neither."""

    switched = Signal(bool)
    """The user wants the low end kept, or no longer."""
    retuned = Signal(float)
    """The user set this frequency in Hz."""

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        """Lay out the panel, hidden."""
        super().__init__(parent)
        self.meter = LowEndMeter(viewport)
        self.meter.setAccessibleName(self.tr("Low end that left with the voice"))
        self.switch = QCheckBox(self.tr("Keep the low end below"))
        self.switch.setToolTip(
            self.tr("Leave everything below in the instrumental, unless a voice sings there")
        )
        self.switch.setAccessibleName(self.tr("Keep the low end"))
        self.frequency = _Frequency()
        self.frequency.setRange(round(LOWEST_HZ), round(HIGHEST_HZ))
        self.frequency.setSingleStep(10)
        self.frequency.setSuffix(self.tr(" Hz"))
        self.frequency.setKeyboardTracking(False)
        self.frequency.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.frequency.setAccessibleName(self.tr("Frequency to keep the low end below"))
        row = QHBoxLayout()
        row.setContentsMargins(GUTTER, 0, MARGIN, 0)
        row.addWidget(label("hint", self.tr("Low end that left with the voice")))
        row.addStretch()
        row.addWidget(self.switch)
        row.addWidget(self.frequency)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.meter)
        self.switch.clicked.connect(self.switched)
        self.frequency.valueChanged.connect(self._on_value_changed)
        self.hide()

    def show_keeping(self, hertz: float | None, *, else_hz: float, enabled: bool) -> None:
        """Show below which frequency is kept; `else_hz` stands there while nothing is."""
        self.switch.setChecked(hertz is not None)
        self.switch.setEnabled(enabled)
        self.frequency.setEnabled(enabled)
        with QSignalBlocker(self.frequency):
            self.frequency.setValue(round(else_hz if hertz is None else hertz))

    @Slot(int)
    def _on_value_changed(self, hertz: int) -> None:
        self.retuned.emit(float(hertz))


class _Frequency(QSpinBox):
    """Keeps the arrow keys from the window, where they set the volume."""

    def event(self, event: QEvent) -> bool:
        return keeps(event, UP_AND_DOWN) or super().event(event)
