"""What the session does next when a job of its song has ended."""

from __future__ import annotations

from app.error_text import error_text
from app.jobs import Ended
from app.phase import Message, Phase
from app.song import Song
from core.errors import OutputError
from core.export_plan import ExportPlan
from core.stem_room import check_room_for
from core.stems import Stem


def what_follows(
    was: Phase, end: Ended, song: Song, plan: ExportPlan | None, *, separates: bool
) -> Phase | None:
    """Return what follows a phase that ended: EXPORTING, SEPARATING, or None to rest.

    Args:
        was: what ended.
        end: how it did.
        song: that is open.
        plan: an export that waits.
        separates: whether the song is to be separated now that it is read, or further now that
            a region was separated again in between.
    """
    if was is Phase.EXPORTING or (was is Phase.SEPARATING and (end.cancelled or end.error)):
        return None
    if was is Phase.OPENING and end.error:
        return None
    if plan is not None:
        return way_to(plan, song)
    if was is Phase.OPENING and end.cancelled:
        return None
    return Phase.SEPARATING if separates and not song.finished else None


def way_to(plan: ExportPlan, song: Song) -> Phase:
    """Return what an export needs first: to be done, or a separation."""
    can_save = song.finished or plan.stems == (Stem.MIXTURE,)
    return Phase.EXPORTING if can_save else Phase.SEPARATING


def no_room(*, song: Song, plan: ExportPlan) -> Message | None:
    """Say that the disk has no room for an export, before it is waited for; None where it has."""
    try:
        check_room_for(song.info.path, song.mixture, plan)
    except OutputError as error:
        return Message(error_text(error), is_error=True)
    return None
