"""Separation starts where the listener is and follows; sound comes before pictures."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.jobs import ChunkSeparated, Ended, MixtureDrawn, OpenJob, PartDrawn, Report, SeparateJob
from app.song import Song
from app.window import MainWindow
from app.worker import Worker
from core.audio import Audio, probe
from core.stems import Stem
from tests.songs import tones, write_song

RATE = 44_100


class Listener(QObject):
    """Keeps a worker's reports, and acts on each as a listener would."""

    def __init__(self, worker: Worker, act: Callable[[Report], None] = lambda _: None) -> None:
        super().__init__()
        self.reports: list[Report] = []
        self.position = 0
        self._act = act
        worker.reported.connect(self._on_reported)

    def _on_reported(self, report: Report) -> None:
        self.reports.append(report)
        self._act(report)

    def of(self, kind: type[Report]) -> list[Report]:
        return [report for report in self.reports if isinstance(report, kind)]

    @property
    def chunks(self) -> list[tuple[int, int]]:
        return [
            (report.start, report.stop)
            for report in self.reports
            if isinstance(report, ChunkSeparated)
        ]


def song_of(path: Path, seconds: int) -> Song:
    samples = tones(seconds * RATE)
    return Song(probe(write_song(path, samples)), Audio(samples, RATE))


def test_seeking_moves_the_separation_with_the_next_chunk(
    checkpoint: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    song = song_of(tmp_path / "song.wav", 30)
    worker = Worker(checkpoint)
    targets = iter([20 * RATE, 5 * RATE])

    def seek(report: Report) -> None:
        # After the second and the fourth chunk.
        if isinstance(report, ChunkSeparated) and len(listener.chunks) in (2, 4):
            listener.position = next(targets)

    listener = Listener(worker, seek)
    listener.position = 12 * RATE
    worker.do(SeparateJob(song, lambda: listener.position, lambda: False))
    chunks = listener.chunks
    assert chunks[0][0] <= 12 * RATE < chunks[0][1]
    assert chunks[1][0] == chunks[0][1]
    assert chunks[2][0] <= 20 * RATE < chunks[2][1]
    assert chunks[3][0] == chunks[2][1]
    assert chunks[4][0] <= 5 * RATE < chunks[4][1]
    assert sorted(chunks)[0][0] == 0 and sorted(chunks)[-1][1] == song.length
    assert len(chunks) == len(set(chunks))
    # What lies behind the listener is done last.
    assert chunks[-1][1] <= 5 * RATE


def test_a_part_is_heard_before_it_is_drawn(checkpoint: Path, tmp_path: Path, qtbot: QtBot) -> None:
    path = write_song(tmp_path / "song.wav", tones(30 * RATE))
    worker = Worker(checkpoint)
    listener = Listener(worker)
    worker.do(OpenJob(path, in_detail=False))
    assert len(listener.of(MixtureDrawn)) == 1  # the quick look
    song = song_of(path, 30)
    worker.do(SeparateJob(song, lambda: 0, lambda: False))
    kinds = [type(report) for report in listener.reports]
    assert kinds.index(ChunkSeparated) < kinds.index(PartDrawn)
    drawn = listener.of(PartDrawn)
    assert len(drawn) == len(listener.chunks)
    assert isinstance(drawn[0], PartDrawn)
    assert {picture.stem for picture in drawn[0].pictures} == set(Stem)
    assert isinstance(listener.reports[-1], Ended)


def test_the_mixture_is_drawn_in_detail_whether_or_not_it_is_separated_at_once(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_song(tmp_path / "song.wav", tones(20 * RATE))
    session = window.session
    images = []
    for at_once in (True, False):
        window.settings.separates_at_once = at_once
        window.open([path])
        qtbot.waitUntil(lambda: session.song is not None and not session.busy, timeout=30_000)
        assert session.song is not None and session.song.finished is at_once
        images.append(session.song.images[Stem.MIXTURE].levels[0].copy())
        expected = session.song.drawing.image(session.song.mixture.samples)
        assert abs(images[-1].astype(int) - expected).max() <= 1
