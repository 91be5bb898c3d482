"""What is heard: the chosen stem or mix, equally loud if wanted, or a blind test's A, B and X."""

from dataclasses import replace
from itertools import combinations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.actions import Actions
from app.blind_test import BlindTestDialog, Pair
from app.matching import LoudnessMatch
from app.mixing import mixed
from app.player import Player
from app.session import Session
from app.settings import Settings
from app.sound_source import Hearing, hearing
from core.mix import PLAIN
from core.stems import Stem
from core.takes import Region


class CompareCommands(QObject):
    """Tells the player what to play, and carries out the actions that compare."""

    hid = Signal(bool)
    """Whether a blind test runs, so that nothing may show what is heard."""

    def __init__(
        self,
        actions: Actions,
        session: Session,
        player: Player,
        *,
        settings: Settings,
        window: QWidget,
    ) -> None:
        """Connect the actions; the blind test stands over `window`."""
        super().__init__(window)
        self._actions, self._session, self._player = actions, session, player
        self._settings, self._window = settings, window
        self.match = LoudnessMatch(self)
        self.match.measured.connect(self.refresh)
        self.dialog: BlindTestDialog | None = None
        self._blind: Hearing | None = None
        actions.on(actions.match, self._on_match)
        actions.on(actions.blind_test, self._on_blind_test)
        actions.match.setChecked(settings.matches_loudness)

    @Slot()
    def refresh(self) -> None:
        """Play what is chosen, as loud as it should be."""
        song = self._session.song
        self._actions.blind_test.setEnabled(song is not None and song.finished)
        if self._blind is not None:
            self._player.hear(self._blind)
            return
        heard = {stem: self._session.mixing.hearing(stem) for stem in Stem}
        if self._actions.match.isChecked() and song is not None and song.finished:
            self.match.want(song, list(heard.values()))
            heard = dict(zip(heard, self.match.matched(list(heard.values())), strict=True))
        self._player.hear(heard[self._session.stem])

    def close(self) -> None:
        """Stop measuring."""
        self.match.close()

    @Slot()
    def _on_match(self) -> None:
        self._settings.matches_loudness = self._actions.match.isChecked()
        self.refresh()

    @Slot()
    def _on_blind_test(self) -> None:
        song = self._session.song
        if song is None or not song.finished:
            return
        dialog = BlindTestDialog(song, self._pairs(), self._player, self.match, self._window)
        dialog.heard.connect(self._on_blind_heard)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        self.hid.emit(True)
        dialog.refresh()
        dialog.open()

    def _pairs(self) -> list[Pair]:
        mix = self._session.mixing.saved
        whole, plain = hearing(Stem.MIXTURE), mixed(replace(mix, vocals_db=PLAIN.vocals_db))
        pairs = [Pair(self.tr("Mixture and instrumental"), whole, plain)]
        if mix.holds_voice:
            name = self.tr("Instrumental with and without the voice of the mixer")
            pairs.insert(0, Pair(name, mixed(mix), plain))
        return self._take_pairs(mixed(mix)) + pairs

    def _take_pairs(self, heard: Hearing) -> list[Pair]:
        """All pairs of the selected region's takes and the first result, the latest pair first."""
        loop, takes = self._player.renderer.loop, self._session.takes
        if loop is None:
            return []
        region = Region(*loop)
        names = [self.tr("First result"), *(each.name for each in takes.of(region).takes)]
        sounds = [
            replace(heard, vocals=takes.vocals_with(region, number)) for number in range(len(names))
        ]
        text = self.tr("{first} and {second}")
        pairs = [
            Pair(text.format(first=first, second=second), a, b, span=loop)
            for (first, a), (second, b) in combinations(zip(names, sounds, strict=True), 2)
        ]
        return pairs[::-1]

    @Slot(object)
    def _on_blind_heard(self, heard: Hearing | None) -> None:
        self._blind = heard
        if heard is None:
            self.dialog = None
            self.hid.emit(False)
        self.refresh()
