"""Asks which stems of the open song to save, how and where."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.export_form import ExportForm
from app.labels import label
from app.mixing import mix_text
from app.settings import Settings
from app.song import Song
from core.export_plan import ExportPlan
from core.mix import PLAIN, Mix
from core.naming import StemNames


class ExportDialog(ExportForm):
    """Makes an ExportPlan; `plan` holds it once the dialog is accepted."""

    def __init__(
        self,
        song: Song,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        mix: Mix = PLAIN,
    ) -> None:
        """Show the last choices for a song, whose instrumental is saved with `mix`."""
        super().__init__(settings, parent)
        self._song, self._mix = song, mix
        self.holds = label("hint", mix_text(mix), wraps=True)
        self.holds.setVisible(bool(self.holds.text()))
        notes = [self.holds]
        if not song.finished:
            later = self.tr("The separation is not finished; the files are written once it is.")
            notes.append(label("hint", later, wraps=True))
        heading = self.tr("Export “{title}”").format(title=song.info.title)
        self.lay_out(heading, *notes, folder=str(song.info.path.parent))

    def make_plan(self) -> ExportPlan:
        """What is chosen now, with the mix that is heard."""
        return replace(super().make_plan(), mix=self._mix)

    def names_for(self, template: str) -> StemNames:
        """The names with what the song's tags say."""
        info = self._song.info
        return StemNames(template, title=info.title, artist=info.artist)

    def folder_to_remember(self, plan: ExportPlan) -> Path | None:
        """The folder, unless it is the song's own."""
        return None if plan.folder == self._song.info.path.parent else plan.folder

    def files_of(self, plan: ExportPlan) -> tuple[list[str], str]:
        """The names of the song's files, and what stands in their way."""
        song = self._song.info.path
        plan.output.check_channels(self._song.info.channels)
        paths = plan.paths(song)
        problem = ""
        if not self.folder.text().strip() or not plan.folder.is_dir():
            problem = self.tr("There is no such folder.")
        elif any(path.exists() and song.exists() and path.samefile(song) for path in paths):
            problem = self.tr("The song itself would be replaced.")
        elif not plan.overwrite and any(path.exists() for path in paths):
            problem = self.tr("Files of these names are there already.")
        return [path.name for path in paths], problem
