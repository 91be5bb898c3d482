"""The blind test's window: flip between A, B and X, say which X is, and hear whether you could."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.abx import ENOUGH_ANSWERS, AbxTest
from app.actions import ActionButton
from app.icons import tinted_icon
from app.labels import frame, label
from app.matching import LoudnessMatch
from app.player import Player
from app.song import Song
from app.sound_source import Hearing
from app.theme import theme_of


@dataclass(frozen=True)
class Pair:
    """Two sounds to tell apart, and what they are called together."""

    name: str
    a: Hearing
    b: Hearing
    span: tuple[int, int] | None = None
    """The samples in which they differ, if that is not everywhere."""


class BlindTestDialog(QDialog):
    """Plays A, B or X, equally loud; what X is stays hidden until the test is over."""

    heard = Signal(object)
    """The Hearing to play; None once the test is over."""

    def __init__(
        self,
        song: Song,
        pairs: Sequence[Pair],
        player: Player,
        match: LoudnessMatch,
        parent: QWidget | None = None,
        *,
        make_test: Callable[[], AbxTest] = AbxTest,
    ) -> None:
        """Begin with the first pair."""
        super().__init__(parent)
        self._song, self._pairs = song, pairs
        self._player, self._match, self._make_test = player, match, make_test
        self._test = make_test()
        self.setWindowTitle(self.tr("Blind Test"))
        self.setMinimumWidth(520)
        self.pairs = QComboBox()
        self.pairs.setAccessibleName(self.tr("What to compare"))
        for pair in pairs:
            self.pairs.addItem(pair.name)
        self.play = self._action(self.tr("Play"), "Space", self._on_play)
        self.hear_a = self._action("A", "1", self._on_flipped, checkable=True)
        self.hear_b = self._action("B", "2", self._on_flipped, checkable=True)
        self.hear_x = self._action("X", "3", self._on_flipped, checkable=True)
        group = QActionGroup(self)
        for action in (self.hear_a, self.hear_b, self.hear_x):
            group.addAction(action)
        self.x_is_a = self._action(self.tr("X is A"), "A", self._on_x_is_a)
        self.x_is_b = self._action(self.tr("X is B"), "B", self._on_x_is_b)
        self.finish = self._action(self.tr("Show result"), "R", self._on_finish)
        self.again = self._action(self.tr("Start again"), "N", self._on_again)
        self.count = label("hint", wraps=True)
        self.verdict = label("heading", wraps=True)
        # Room for two lines, so that nothing moves when they come.
        self.verdict.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self._lay_out()
        self.pairs.activated.connect(self._on_again)
        match.measured.connect(self.refresh)
        self.finished.connect(self._on_closed)
        self._watch = QTimer(self)
        self._watch.setInterval(200)
        self._watch.timeout.connect(self._show_playing)
        self._watch.start()
        self._begin()

    def _lay_out(self) -> None:
        text = self.tr(
            "X is secretly A or B. Listen as often as you like, then say which. All are played "
            "equally loud."
        )
        segments = frame("segments")
        inside = QHBoxLayout(segments)
        inside.setContentsMargins(3, 3, 3, 3)
        for action in (self.hear_a, self.hear_b, self.hear_x):
            inside.addWidget(_wide(ActionButton(action)))
        flips = QHBoxLayout()
        flips.setSpacing(10)
        flips.addWidget(ActionButton(self.play))
        flips.addWidget(segments, 1)
        answers = QHBoxLayout()
        answers.setSpacing(10)
        answers.addWidget(_wide(ActionButton(self.x_is_a)))
        answers.addWidget(_wide(ActionButton(self.x_is_b)))
        ends = QHBoxLayout()
        ends.addWidget(self.count, 1)
        ends.addWidget(ActionButton(self.again))
        ends.addWidget(ActionButton(self.finish))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(label("hint", text, wraps=True))
        layout.addWidget(self.pairs)
        layout.addLayout(flips)
        layout.addLayout(answers)
        layout.addWidget(self.verdict)
        layout.addLayout(ends)

    def _action(
        self, text: str, keys: str, slot: Callable[[], None], *, checkable: bool = False
    ) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setToolTip(f"{text}  ({keys})")
        action.setCheckable(checkable)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    def _begin(self) -> None:
        self._test = self._make_test()
        self.verdict.setText("")
        span = self._pairs[self.pairs.currentIndex()].span
        if span is not None:
            self._player.set_loop(span)
        self._match.want(self._song, self._pair(), span=span)
        self.hear_a.setChecked(True)

    def _pair(self) -> list[Hearing]:
        pair = self._pairs[self.pairs.currentIndex()]
        return [pair.a, pair.b]

    @Slot()
    def refresh(self) -> None:
        """Enable what can be done now, and play what is chosen."""
        ready = self._match.knows(self._pair())
        over = bool(self.verdict.text())
        for action in (self.hear_a, self.hear_b, self.hear_x):
            action.setEnabled(ready)
        for action in (self.x_is_a, self.x_is_b):
            action.setEnabled(ready and not over)
        self.finish.setEnabled(self._test.answers >= ENOUGH_ANSWERS and not over)
        self._show_playing()
        if over:
            self.count.setText("")
        elif not ready:
            self.count.setText(self.tr("Measuring how loud they are…"))
        elif self._test.answers < ENOUGH_ANSWERS:
            text = self.tr("{count} of at least {enough} answers given.")
            self.count.setText(text.format(count=self._test.answers, enough=ENOUGH_ANSWERS))
        else:
            text = self.tr("{count} answers given; more make the result surer.")
            self.count.setText(text.format(count=self._test.answers))
        a, b = self._match.matched(self._pair())
        is_a = self.hear_a.isChecked() or (self.hear_x.isChecked() and self._test.x_is_a)
        self.heard.emit(a if is_a else b)

    @Slot()
    def _show_playing(self) -> None:
        playing = self._player.playing
        self.play.setText(self.tr("Pause") if playing else self.tr("Play"))
        icon = "pause" if playing else "play"
        self.play.setIcon(tinted_icon(icon, theme_of(self.palette())))

    def _answer(self, *, x_is_a: bool) -> None:
        self._test.answer(x_is_a=x_is_a)
        # Were X still heard, its change or its staying the same would tell what it is now.
        self.hear_a.setChecked(True)
        self.refresh()

    @Slot()
    def _on_flipped(self) -> None:
        self.refresh()

    @Slot()
    def _on_x_is_a(self) -> None:
        self._answer(x_is_a=True)

    @Slot()
    def _on_x_is_b(self) -> None:
        self._answer(x_is_a=False)

    @Slot()
    def _on_play(self) -> None:
        self._player.toggle()
        self.refresh()

    @Slot()
    def _on_finish(self) -> None:
        test = self._test
        text = self.tr("You were right {correct} of {answers} times. ").format(
            correct=test.correct, answers=test.answers
        )
        chance = f"{100 * test.p_value:.2g}"
        if test.could_tell:
            text += self.tr("Guessing does as well in {chance} % of tests: you could tell.")
        else:
            text += self.tr("Guessing does as well in {chance} % of tests: no difference shown.")
        self.verdict.setText(text.format(chance=chance))
        self.refresh()

    @Slot()
    def _on_again(self) -> None:
        self._begin()
        self.refresh()

    @Slot()
    def _on_closed(self) -> None:
        self._watch.stop()
        self.heard.emit(None)


def _wide(button: ActionButton) -> ActionButton:
    """Let a button take the room there is."""
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button
