"""The line at the bottom: what goes on, how long it takes, and what is heard."""

import math

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.check_text import check_text
from app.labels import ElidedLabel
from app.mixing import mix_text
from app.player import Player
from app.queue_items import Status as ItemStatus
from app.session import Phase, Session
from core.export_plan import ExportReport
from core.naming import shown_name
from core.stems import Stem

translate = QCoreApplication.translate


class Status(QWidget):
    """The work on the left, the sound on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Lay out the line."""
        super().__init__(parent)
        self.work = ElidedLabel("status")
        self.sound = ElidedLabel("status")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 0, 2, 0)
        layout.addWidget(self.work, 1)
        layout.addWidget(self.sound)

    def refresh(self, session: Session, player: Player) -> None:
        """Say what goes on now."""
        work = work_text(session)
        behind = session.queue.active
        if behind is not None and not session.busy:
            name = shown_name(behind.path)
            work = "  ·  ".join(
                filter(None, (work, translate("Status", "In the queue: {name}").format(name=name)))
            )
        _set_text(self.work, work)
        note = player.note
        if player.playing and player.renderer.on_mixture:
            note = translate("Status", "This part is not separated yet: you hear the mixture.")
        _set_text(self.sound, note)


def work_text(session: Session) -> str:
    """What the worker does, with the time it will take."""
    song = session.song
    if session.intake.search.busy:
        return translate("Status", "Looking for songs…")
    if session.work.stopping:
        return translate("Status", "Stopping…")
    if session.phase is Phase.OPENING:
        return translate("Status", "Reading the song…")
    if session.phase is Phase.EXPORTING:
        return translate("Status", "Saving… {percent} %").format(
            percent=_percent(session.work.progress)
        )
    if session.phase is Phase.RETAKING:
        return translate("Status", "Separating the region again… {percent} %").format(
            percent=_percent(session.work.progress)
        )
    if session.phase is Phase.SEPARATING:
        if session.work.seconds_left is None:
            text = translate("Status", "Getting ready to separate…")
        else:
            text = translate("Status", "Separating… {percent} %  ·  {left}").format(
                percent=_percent(session.work.progress), left=time_left(session.work.seconds_left)
            )
        if session.plan is not None:
            text += translate("Status", "  ·  the files are saved after that")
        return text
    if song is None:
        return _left_text(session)
    if song.finished:
        return translate("Status", "Separated.  {device}").format(device=session.device)
    if song.ready.total:
        return translate("Status", "Stopped at {percent} %; Separate goes on from there.").format(
            percent=_percent(song.share_ready)
        )
    return translate("Status", "Ready to separate.")


def _left_text(session: Session) -> str:
    """Say that songs of an earlier time wait in the queue, if they do."""
    waiting = [item for item in session.queue.items if item.status is ItemStatus.WAITING]
    if not (waiting and session.queue.restored):
        return ""
    text = translate("Status", "Songs that wait in the queue from last time: {count}  (Q)")
    return text.format(count=len(waiting))


def time_left(seconds: float) -> str:
    """A remaining time as one would say it, never more exact than it is known."""
    if seconds < 5:
        return translate("Status", "a few seconds left")
    if seconds < 90:
        return translate("Status", "about {seconds} s left").format(
            seconds=math.ceil(seconds / 5) * 5
        )
    return translate("Status", "about {minutes} min left").format(minutes=math.ceil(seconds / 60))


def result_text(report: ExportReport) -> str:
    """What was saved, in words."""
    paths = list(report.paths.values())
    names = ", ".join(translate("Status", "“{name}”").format(name=path.name) for path in paths)
    text = [
        translate("Status", "Saved {names} in {folder}.").format(
            names=names, folder=paths[0].parent
        )
    ]
    if report.mix.holds_voice and Stem.INSTRUMENTAL in report.paths:
        text.append(mix_text(report.mix))
    if report.gain_db:
        gain = f"{report.gain_db:.1f}".replace("-", "−")
        text.append(translate("Status", "All by {gain} dB, so that none clips.").format(gain=gain))
    if report.clipped:
        text.append(
            translate("Status", "{count} samples were clipped.").format(count=report.clipped)
        )
    if report.true_peak_dbtp > 0:
        text.append(
            translate(
                "Status", "True peak +{level:.1f} dBTP: players may clip between the samples."
            ).format(level=report.true_peak_dbtp)
        )
    if report.rate != report.song_rate:
        text.append(
            translate("Status", "{format} does not hold {rate} Hz: saved at {saved} Hz.").format(
                format=report.output.file_format.label,
                rate=f"{report.song_rate:,}",
                saved=f"{report.rate:,}",
            )
        )
    if report.output.is_lossy:
        text.append(_lossy_text(report))
    elif report.is_null and report.mix.holds_voice:
        text.append(
            translate(
                "Status",
                "Null test passed: the stems sum to the song and the voice that was given back.",
            )
        )
    elif report.is_null:
        text.append(translate("Status", "Null test passed: the stems sum to the song."))
    else:
        text.append(
            translate(
                "Status", "Null test failed: the stems miss the song by {level:.0f} dBFS."
            ).format(level=report.residual_dbfs)
        )
    text.append(check_text(report.check))
    return " ".join(text)


def _lossy_text(report: ExportReport) -> str:
    """What a lossy format did to the stems."""
    name = report.output.file_format.label
    text = [
        translate(
            "Status", "{format} is lossy: the stems sum to the song but for noise {level} dB below."
        ).format(format=name, level=f"{-report.noise_db:.0f}" if report.noise_db < 0 else "∞")
    ]
    late = max(report.offsets.values(), key=abs, default=0)
    if report.delay:
        text.append(
            translate(
                "Status",
                "It puts {delay} samples before the song, which the files say and players skip.",
            ).format(delay=f"{report.delay:,}")
        )
    if late == 0:
        text.append(translate("Status", "Read back, the stems are on time to the sample."))
    return " ".join(text)


def _percent(share: float) -> int:
    return int(100 * share)


def _set_text(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
        label.setToolTip(text)
