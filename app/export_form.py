"""The controls of an export: stems, format, folder and names, as they were answered last."""

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.error_text import error_text
from app.labels import label
from app.settings import Settings
from app.song_view import stem_name
from core.errors import OutputError
from core.export_plan import ExportPlan
from core.formats import BitDepth, FileFormat, OutputFormat, Quality
from core.naming import StemNames
from core.stems import Stem


class ExportForm(QDialog):
    """Asks; what the answers are for is up to who derives from it.

    `plan` holds the answers once the dialog is accepted.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        """Make the controls; `lay_out` puts them in place."""
        super().__init__(parent)
        self._settings = settings
        self.plan: ExportPlan | None = None
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(560)
        self.stems = {stem: QCheckBox(stem_name(stem)) for stem in reversed(Stem)}
        self.file_format = QComboBox()
        self.file_format.setAccessibleName(self.tr("Format"))
        for file_format in FileFormat:
            self.file_format.addItem(file_format.label, file_format)
        self.bit_depth = QComboBox()
        self.bit_depth.setAccessibleName(self.tr("Bit depth"))
        self.quality = QComboBox()
        self.quality.setAccessibleName(self.tr("Quality"))
        for quality, name in (
            (Quality.SMALL, self.tr("Small files")),
            (Quality.HIGH, self.tr("High quality")),
            (Quality.HIGHEST, self.tr("Highest quality")),
        ):
            self.quality.addItem(name, quality)
        self.folder = QLineEdit()
        self.folder.setAccessibleName(self.tr("Folder"))
        self.browse = QPushButton(self.tr("Choose…"))
        self.browse.setAutoDefault(False)
        self.template = QLineEdit()
        self.template.setAccessibleName(self.tr("Names"))
        self.sample = QCheckBox(self.tr("Only a sample, from where the voice starts"))
        self.sample_seconds = QSpinBox()
        self.sample_seconds.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sample_seconds.setRange(5, 300)
        self.sample_seconds.setValue(30)
        self.sample_seconds.setSuffix(self.tr(" s"))
        self.sample_seconds.setAccessibleName(self.tr("Length of the sample in seconds"))
        self.overwrite = QCheckBox(self.tr("Replace files that are there already"))
        self.sidecar = QCheckBox(self.tr("Also save how they were made, to make them again"))
        self.names = label("hint", wraps=True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self.save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        self.save.setText(self.tr("Export"))
        self.save.setDefault(True)

    def lay_out(self, heading: str, *notes: QWidget, folder: str) -> None:
        """Put the controls in place, recall the last answers, and show what they come to.

        Args:
            heading: what is saved.
            notes: shown below the controls.
            folder: where to save if no folder was chosen the last time.
        """
        stems = QHBoxLayout()
        stems.setSpacing(18)
        for box in self.stems.values():
            stems.addWidget(box)
        stems.addStretch()
        kind = QHBoxLayout()
        kind.setSpacing(8)
        kind.addWidget(self.file_format)
        kind.addWidget(self.bit_depth)
        kind.addWidget(self.quality)
        kind.addStretch()
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.folder, 1)
        place.addWidget(self.browse)
        naming = QHBoxLayout()
        naming.addWidget(self.template)
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(1, 1)
        rows = (
            (self.tr("Stems"), stems),
            (self.tr("Format"), kind),
            (self.tr("Folder"), place),
            (self.tr("Names"), naming),
        )
        for row, (name, part) in enumerate(rows):
            grid.addWidget(label("hint", name), row, 0)
            grid.addLayout(part, row, 1)
        fields = self.tr("{song} is the file’s name; {title} and {artist} are what its tags say.")
        grid.addWidget(label("hint", fields, wraps=True), 4, 1)
        excerpt = QHBoxLayout()
        excerpt.setSpacing(10)
        excerpt.addWidget(self.sample)
        excerpt.addWidget(self.sample_seconds)
        excerpt.addStretch()
        grid.addLayout(excerpt, 5, 1)
        grid.addWidget(self.overwrite, 6, 1)
        grid.addWidget(self.sidecar, 7, 1)
        grid.addWidget(label("hint", self.tr("Files")), 8, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.names, 8, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 20)
        layout.setSpacing(20)
        layout.addWidget(label("heading", heading, wraps=True))
        layout.addLayout(grid)
        for note in notes:
            layout.addWidget(note)
        layout.addStretch()
        layout.addWidget(self.buttons)
        self._recall(folder)
        self._connect()
        self._show_names()

    def names_for(self, template: str) -> StemNames:
        """The names that a template stands for."""
        return StemNames(template)

    def folder_to_remember(self, plan: ExportPlan) -> Path | None:
        """The folder to propose the next time; None for each song's own."""
        raise NotImplementedError

    def files_of(self, plan: ExportPlan) -> tuple[list[str], str]:
        """The names of the files a plan would write, and why it would not, if so."""
        raise NotImplementedError

    def _recall(self, otherwise: str) -> None:
        for stem, box in self.stems.items():
            box.setChecked(stem in self._settings.export_stems)
        names = [file_format.name for file_format in FileFormat]
        if self._settings.export_format in names:
            self.file_format.setCurrentIndex(names.index(self._settings.export_format))
        self._offer_depths(self._settings.export_depth)
        qualities = [quality.name for quality in Quality]
        self.quality.setCurrentIndex(qualities.index(self._settings.export_quality))
        self.sidecar.setChecked(self._settings.export_sidecar)
        self.template.setText(self._settings.export_names)
        folder = self._settings.export_folder
        self.folder.setText(str(folder) if folder and folder.is_dir() else otherwise)

    def _connect(self) -> None:
        for box in self.stems.values():
            box.clicked.connect(self._show_names)
        self.file_format.activated.connect(self._on_format_chosen)
        self.folder.textChanged.connect(self._show_names)
        self.template.textChanged.connect(self._show_names)
        self.overwrite.clicked.connect(self._show_names)
        self.sidecar.clicked.connect(self._show_names)
        self.sample.clicked.connect(self._show_names)
        self.browse.clicked.connect(self._on_browse)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)

    def _offer_depths(self, wanted: str) -> None:
        file_format = self.file_format.currentData()
        self.bit_depth.setVisible(not file_format.is_lossy)
        self.quality.setVisible(file_format.is_lossy)
        self.bit_depth.clear()
        for depth in BitDepth:
            if depth.is_integer or file_format is FileFormat.WAV:
                self.bit_depth.addItem(depth.label, depth)
                if depth.name == wanted:
                    self.bit_depth.setCurrentIndex(self.bit_depth.count() - 1)

    def _chosen(self) -> tuple[Stem, ...]:
        return tuple(stem for stem in Stem if self.stems[stem].isChecked())

    def make_plan(self) -> ExportPlan:
        """What is chosen now, or an OutputError that says why it cannot be."""
        return ExportPlan(
            stems=self._chosen(),
            output=OutputFormat(
                self.file_format.currentData(),
                self.bit_depth.currentData(),
                self.quality.currentData(),
            ),
            folder=Path(self.folder.text()),
            overwrite=self.overwrite.isChecked(),
            names=self.names_for(self.template.text()),
            sample_seconds=self.sample_seconds.value() if self.sample.isChecked() else 0.0,
            sidecar=self.sidecar.isChecked(),
        )

    @Slot()
    def _show_names(self) -> None:
        """Show which files an export would write, or why it would not."""
        self.sample_seconds.setEnabled(self.sample.isChecked())
        try:
            plan = self.make_plan()
            names, problem = self.files_of(plan)
        except OutputError as error:
            names, problem = [], error_text(error)
        else:
            if not plan.stems:
                problem = self.tr("Choose at least one stem.")
        self.names.setText("\n".join(filter(None, (*names, problem))))
        self.save.setEnabled(not problem)

    @Slot()
    def _on_format_chosen(self) -> None:
        depth = self.bit_depth.currentData()
        self._offer_depths(depth.name if depth else "")
        self._show_names()

    @Slot()
    def _on_browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Export to"), self.folder.text())
        if folder:
            self.folder.setText(folder)

    @Slot()
    def _on_accepted(self) -> None:
        self.plan = plan = self.make_plan()
        self._settings.export_stems = plan.stems
        self._settings.export_format = plan.output.file_format.name
        self._settings.export_depth = plan.output.bit_depth.name
        self._settings.export_quality = plan.output.quality.name
        self._settings.export_sidecar = plan.sidecar
        self._settings.export_names = plan.names.template
        self._settings.export_folder = self.folder_to_remember(plan)
        self.accept()
