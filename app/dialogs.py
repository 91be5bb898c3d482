"""The two windows of text: the log for support, and who is to be thanked."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication, QShowEvent, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.icons import program_icon
from app.labels import label

REFERENCES = (
    "A. Jansson et al., Singing voice separation with deep U-Net convolutional networks, 2017",
    "N. Takahashi and Y. Mitsufuji, Multi-scale multi-band DenseNets for audio source "
    "separation (MMDenseNet), 2017, arXiv 1706.09588",
    "N. Takahashi et al., MMDenseLSTM: an efficient combination of convolutional and recurrent "
    "neural networks for audio source separation, 2018, arXiv 1805.02410",
    "A. Liutkus et al., The 2016 Signal Separation Evaluation Campaign, 2017",
    "D. R. So et al., The Evolved Transformer, 2019, arXiv 1901.11117",
    "C.-Z. A. Huang et al., Music Transformer, 2018, arXiv 1809.04281",
    "D. R. So et al., Primer: searching for efficient transformers for language modeling, 2021, "
    "arXiv 2109.08668",
    "H.-S. Choi et al., Phase-aware speech enhancement with deep complex U-Net, 2019",
)


class DetailsDialog(QDialog):
    """Shows a text that is asked for by support, with a button that copies it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Show `text`, its end first."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Details"))
        self.resize(780, 480)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Log"))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._on_copy)
        self.report = buttons.addButton(
            self.tr("Copy Report"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.report.setToolTip(
            self.tr("Versions, devices, settings and this log, without any folders")
        )
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(14)
        layout.addWidget(self.text)
        layout.addWidget(buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Scroll to the end, which is only known once the lines are laid out."""
        super().showEvent(event)
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.maximum())

    @Slot()
    def on_report_copied(self) -> None:
        """Say that the report is on the clipboard."""
        self.report.setText(self.tr("Report Copied"))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())


class AboutDialog(QDialog):
    """Version, credits, references, the checkpoint in use, and the licences of all parts."""

    def __init__(
        self, *, version: str, checkpoint: tuple[str, str], parent: QWidget | None = None
    ) -> None:
        """Show the credits; `checkpoint` is its name and sha256."""
        from app.licences_view import LicencesView  # it brings what looks through packages

        super().__init__(parent)
        self.setWindowTitle(self.tr("About Vocal Remover"))
        self.resize(700, 620)
        picture = QLabel()
        picture.setPixmap(program_icon().pixmap(QSize(64, 64), self.devicePixelRatioF()))
        name = label("emptyTitle", self.tr("Vocal Remover"))
        number = label("facts", self.tr("Version {version}").format(version=version))
        words = QVBoxLayout()
        words.addWidget(name)
        words.addWidget(number)
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(picture)
        head.addLayout(words)
        head.addStretch()
        self.text = QTextBrowser()
        self.text.setOpenExternalLinks(True)
        self.text.setAccessibleName(self.tr("Credits"))
        self.text.setHtml(self._html(checkpoint))
        self.licences = LicencesView()
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.addTab(self.text, self.tr("Credits"))
        self.pages.addTab(self.licences, self.tr("Licences"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 18)
        layout.setSpacing(16)
        layout.addLayout(head)
        layout.addWidget(self.pages, 1)
        layout.addWidget(buttons, 0, Qt.AlignmentFlag.AlignRight)

    def _html(self, checkpoint: tuple[str, str]) -> str:
        credit = self.tr(
            "The separation follows <b>carperbr’s frame transformer</b>, a variation of "
            "<b>tsurumeso’s vocal-remover</b>, inspired by <b>MMDenseLSTM</b> (Takahashi et al.). "
            "Thank you."
        )
        name, sha256 = checkpoint
        if name:
            used = self.tr("Checkpoint in use: {name}").format(name=f"<b>{name}</b>")
            used += f"<br/><small>sha256 {sha256}</small>"
        else:
            used = self.tr("The checkpoint is loaded when the first song is separated.")
        licence = self.tr("The code is under the MIT licence, the weights under CC BY-SA 4.0.")
        listed = "".join(f"<li>{reference}</li>" for reference in REFERENCES)
        references = self.tr("References")
        return f"<p>{credit}</p><p>{used}</p><p>{licence}</p><p>{references}</p><ol>{listed}</ol>"
