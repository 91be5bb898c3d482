"""The mix of the open song: how much of the voice its instrumental holds, and how to undo that."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.sound_source import Hearing, hearing
from core.mix import PLAIN, Mix
from core.stems import Stem

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Mutes:
    """Which part of the mix is switched off, and which is heard alone."""

    mutes_music: bool = False
    mutes_voice: bool = False
    solos_music: bool = False
    solos_voice: bool = False

    @property
    def hears_music(self) -> bool:
        """Whether the instrumental is heard."""
        return not self.mutes_music and (self.solos_music or not self.solos_voice)

    @property
    def hears_voice(self) -> bool:
        """Whether the voice is heard, as loud as the mix says."""
        return not self.mutes_voice and (self.solos_voice or not self.solos_music)


class Mixing(QObject):
    """The session's mix; each change can be undone, and ends in one `changed`."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with the plain instrumental."""
        super().__init__(parent)
        self.mix = PLAIN
        self.mutes = Mutes()
        self.history = QUndoStack(self)
        self.history.indexChanged.connect(self._on_history_moved)

    def change(self, mix: Mix, text: str) -> None:
        """Set the mix; changes in a row with the same `text` are undone as one."""
        if mix != self.mix:
            self.history.push(_ChangeMix(self, mix, text))

    def set_mutes(self, mutes: Mutes) -> None:
        """Switch parts off or on."""
        self.mutes = mutes
        self.changed.emit()

    def reset(self) -> None:
        """Give back nothing of the voice, and switch all on."""
        self.mutes = Mutes()
        plain = replace(PLAIN, keep_low_end_hz=self.mix.keep_low_end_hz)
        if plain == self.mix:
            self.changed.emit()
        else:
            self.change(plain, translate("Mixing", "Reset Mixer"))

    def forget(self) -> None:
        """Begin anew, for another song."""
        self.mix, self.mutes = PLAIN, Mutes()
        # Whoever opens the song tells of the change, once all of it is done.
        self.history.blockSignals(True)
        self.history.clear()
        self.history.blockSignals(False)

    @Slot()
    def _on_history_moved(self) -> None:
        self.changed.emit()

    @property
    def saved(self) -> Mix:
        """The mix that an export saves: without the voice while that is not heard."""
        return self.mix if self.mutes.hears_voice else replace(self.mix, vocals_db=PLAIN.vocals_db)

    def hearing(self, stem: Stem) -> Hearing:
        """What to hear as a stem: the instrumental with the mix, the others as they are."""
        if stem is Stem.MIXTURE:
            return hearing(stem)
        if stem is Stem.VOCALS:
            return replace(hearing(stem), keep_low_end_hz=self.mix.keep_low_end_hz)
        if self.mutes.hears_music:
            return mixed(self.saved)
        voice = 1.0 if self.mutes.hears_voice else 0.0
        removed = self.mix.voice_kept if voice else None
        return Hearing(stem, 0.0, voice, removed, keep_low_end_hz=self.mix.keep_low_end_hz)


def mixed(mix: Mix) -> Hearing:
    """The instrumental with as much of the voice, and of the low end, as a mix says."""
    plain = replace(hearing(Stem.INSTRUMENTAL), keep_low_end_hz=mix.keep_low_end_hz)
    return replace(plain, removed=mix.voice_removed) if mix.holds_voice else plain


class _ChangeMix(QUndoCommand):
    def __init__(self, mixing: Mixing, after: Mix, text: str) -> None:
        super().__init__(text)
        self._mixing = mixing
        self._before, self._after = mixing.mix, after

    def id(self) -> int:
        """Let Qt ask `mergeWith` about every pair of these."""
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take the next step of the same slider in."""
        if not isinstance(other, _ChangeMix) or other.text() != self.text():
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True

    def redo(self) -> None:
        """Set the mix."""
        self._mixing.mix = self._after

    def undo(self) -> None:
        """Set the mix before it."""
        self._mixing.mix = self._before


def level_text(level_db: float) -> str:
    """A level in words, such as “−6 dB” or “off”."""
    if level_db == PLAIN.vocals_db:
        return translate("Mixing", "off")
    sign = "+" if level_db > 0 else "−" if level_db < 0 else ""
    return translate("Mixing", "{level} dB").format(level=f"{sign}{abs(level_db):g}")


def mix_text(mix: Mix) -> str:
    """What the instrumental holds of the voice and of the low end; empty if nothing."""
    if mix.keep_low_end_hz is not None:
        kept = translate("Mixing", "The low end below {hertz} Hz is kept.")
        held = mix_text(replace(mix, keep_low_end_hz=None))
        return f"{held} {kept.format(hertz=round(mix.keep_low_end_hz))}".strip()
    if not mix.holds_voice:
        return ""
    low, mid, high = (mix.vocals_db + band for band in (mix.low_db, mix.mid_db, mix.high_db))
    if low == mid == high:
        text = translate("Mixing", "The instrumental holds the voice at {level}.")
        return text.format(level=level_text(low))
    text = translate(
        "Mixing", "The instrumental holds the voice: lows {low}, middle {mid}, highs {high}."
    )
    return text.format(low=level_text(low), mid=level_text(mid), high=level_text(high))
