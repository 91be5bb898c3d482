"""Songs whose separation was cut short when the program ended, offered at the next start."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.session import Session
from core.naming import shown_name

translate = QCoreApplication.translate


def offer_unfinished(session: Session, songs: Iterable[Path]) -> None:
    """Let them wait in the queue, and say so; those that are gone are passed over.

    Args:
        session: of the window.
        songs: as `core.cache.Cache.unfinished` gives them, the latest first.
    """
    there = [song for song in songs if song.is_file()]
    if not there:
        return
    session.queue.offer(there)
    if len(there) == 1:
        text = translate(
            "Unfinished",
            "“{song}” was not finished last time. It waits in the queue (Q), or open it: "
            "it goes on where it was.",
        ).format(song=shown_name(there[0]))
    else:
        text = translate(
            "Unfinished",
            "Songs that were not finished last time: {count}. They wait in the queue (Q), or open "
            "them: they go on where they were.",
        ).format(count=len(there))
    session.tell(text, is_error=False)
