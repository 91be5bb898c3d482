"""Asks how to save the stems of all songs in the queue: one answer for all of them."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.export_form import ExportForm
from app.labels import label
from app.mixing import mix_text
from app.queue import Queue
from app.queue_items import Status
from app.settings import Settings
from core.export_plan import ExportPlan
from core.mix import PLAIN, Mix

_SHOWN = 3  # songs whose files are named as examples
_LEFT_OUT = (Status.FAILED, Status.CANCELLED)


class ExportAllDialog(ExportForm):
    """Makes a template of an ExportPlan; an empty folder is each song's own."""

    def __init__(
        self,
        queue: Queue,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        heard: Mix = PLAIN,
    ) -> None:
        """Show the last choices for the songs of a queue; the open one is saved as `heard`."""
        super().__init__(settings, parent)
        self._songs = [item.path for item in queue.items if item.status not in _LEFT_OUT]
        self.folder.setPlaceholderText(self.tr("Beside each song"))
        notes = [
            label("hint", text, wraps=True)
            for text in (
                self.tr("Songs that are not separated yet are saved as soon as they are."),
                self.tr("Where a file is there already, the new one gets a number."),
            )
        ]
        if heard.holds_voice:
            which = self.tr("Of the open song: {holds}").format(holds=mix_text(heard))
            notes.append(label("hint", which, wraps=True))
        heading = self.tr("Export all songs of the queue: {count}").format(count=len(self._songs))
        self.lay_out(heading, *notes, folder="")

    def folder_to_remember(self, plan: ExportPlan) -> Path | None:
        """The folder, unless it is each song's own."""
        return plan.folder if self.folder.text().strip() else None

    def files_of(self, plan: ExportPlan) -> tuple[list[str], str]:
        """Some names as examples, and what stands in the way."""
        paths = [path for song in self._songs[:_SHOWN] for path in plan.paths(song)]
        names = [path.name for path in paths]
        if len(self._songs) > _SHOWN:
            names.append("…")
        problem = ""
        if not self._songs:
            problem = self.tr("The queue holds no songs that can be saved.")
        elif self.folder.text().strip() and not plan.folder.is_dir():
            problem = self.tr("There is no such folder.")
        return names, problem
