"""What the worker sends of a song, put into it."""

from app.jobs import (
    ChunkSeparated,
    MixtureDrawn,
    NetworkLoaded,
    PartDrawn,
    Recalled,
    Report,
    WasRead,
)
from app.song import Song
from core.stems import Stem


def put_in(song: Song, report: Report) -> None:
    """Change a song as a report on it says; called in the window's thread alone."""
    match report:
        case WasRead():
            song.peaks[Stem.MIXTURE].write(0, report.peaks)
            song.version += 1
        case MixtureDrawn():
            song.images[Stem.MIXTURE].write(report.first, report.image)
            song.drawn = max(song.drawn, report.first + report.image.shape[1])
            song.version += 1
        case PartDrawn():
            for picture in report.pictures:
                song.peaks[picture.stem].write(picture.start, picture.peaks)
                song.images[picture.stem].write(picture.first, picture.image)
            song.pictured.add(report.start, report.stop)
            song.version += 1
        case NetworkLoaded():
            song.vocals = report.vocals
        case ChunkSeparated():
            song.ready.add(report.start, report.stop)
            song.finished = report.finished
        case Recalled():
            song.vocals = report.vocals
            song.ready.add(0, song.length)
            song.finished = True
