"""What the worker sends of a song, put into it."""

from app.jobs import (
    ChunkSeparated,
    MixtureDrawn,
    NetworkLoaded,
    PartDrawn,
    Picture,
    Recalled,
    Report,
    WasRead,
)
from app.song import LOOK_SECONDS, Song
from core.samples import Samples
from core.stems import Stem


def put_in(song: Song, report: Report) -> None:
    """Change a song as a report on it says; called in the window's thread alone."""
    match report:
        case WasRead():
            song.version += 1
        case MixtureDrawn():
            song.images[Stem.MIXTURE].write(report.first, report.image)
            song.drawn = max(song.drawn, report.first + report.image.shape[1])
            song.version += 1
        case PartDrawn():
            put_pictures(song, report.pictures)
            song.pictured.add(report.start, report.stop)
            # They are of the stems as separated, whatever was drawn there before.
            size = LOOK_SECONDS * song.rate
            for block in range(report.start // size, -(-report.stop // size)):
                song.looks.pop(block, None)
        case NetworkLoaded():
            _have(song, report.vocals)
        case ChunkSeparated():
            song.ready.add(report.start, report.stop)
            song.finished = report.finished
        case Recalled():
            _have(song, report.vocals)
            song.ready.add(0, song.length)
            song.finished = True


def put_pictures(song: Song, pictures: tuple[Picture, ...]) -> None:
    """Put parts of waveforms and spectrograms into their places."""
    for picture in pictures:
        song.peaks[picture.stem].write(picture.start, picture.peaks)
        song.images[picture.stem].write(picture.first, picture.image)
    song.version += 1


def _have(song: Song, vocals: Samples) -> None:
    """Begin to hear vocals; those of a separation that goes on have their takes already."""
    if vocals is not song.separated:
        song.separated = song.vocals = vocals
