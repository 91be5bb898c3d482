"""The session goes from one state to the next as jobs report, and drops late news."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.jobs import (
    ChunkSeparated,
    Ended,
    Exported,
    ExportJob,
    Job,
    MixtureDrawn,
    NetworkLoaded,
    OpenJob,
    PartDrawn,
    Picture,
    Probed,
    SeparateJob,
    WasRead,
)
from app.session import Phase, Session
from app.song import Song
from core.audio import Audio, SongInfo
from core.export_plan import ExportPlan, ExportReport
from core.formats import OutputFormat
from core.peaks import measure_peaks
from core.stems import Stem

LENGTH = 20_000
PLAN = ExportPlan((Stem.INSTRUMENTAL,), OutputFormat(), Path("out"))


class Desk:
    """A session whose jobs are kept for the test to answer."""

    def __init__(self, folder: Path, *, at_once: bool = True) -> None:
        self.session = Session(separates_at_once=lambda: at_once)
        self.jobs: list[Job] = []
        self.changes = 0
        self.session.asked.connect(self.jobs.append)
        self.session.changed.connect(self._count)
        self.path = folder / "song.wav"
        self.path.touch()
        self.info = SongInfo(self.path, "Song", "", "", "WAV", 44_100, 2, LENGTH, LENGTH / 44_100)

    def _count(self) -> None:
        self.changes += 1

    def read(self) -> None:
        """Answer the OpenJob."""
        job = self.jobs[-1]
        samples = np.full((2, LENGTH), 0.5, np.float32)
        song = Song(self.info, Audio(samples, 44_100))
        self.session.take(Probed(job, self.info))
        song.peaks[Stem.MIXTURE].write(0, measure_peaks(samples, 0, LENGTH))
        self.session.take(WasRead(job, song))
        self.session.take(MixtureDrawn(job, 0, song.drawing.image(samples)))
        self.session.take(Ended(job))

    def separate(self, start: int, stop: int, *, finished: bool) -> None:
        """Report a chunk of the SeparateJob."""
        job, song = self.jobs[-1], self.session.song
        assert isinstance(job, SeparateJob) and song is not None
        if song.vocals is None:
            vocals = np.zeros((2, LENGTH), np.float32)
            self.session.take(NetworkLoaded(job, vocals, "Using the CPU.", "tiny", "00"))
        peaks = measure_peaks(song.mixture.samples, 0, LENGTH)
        image = np.full((song.drawing.rows, 3), 7, np.uint8)
        pictures = tuple(
            Picture(stem, 0, peaks, 2, image) for stem in (Stem.INSTRUMENTAL, Stem.VOCALS)
        )
        self.session.take(ChunkSeparated(job, start, stop, 12.0, finished))
        self.session.take(PartDrawn(job, start, stop, pictures))


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Desk:
    return Desk(tmp_path)


def test_opening_reads_then_separates_at_once(desk: Desk) -> None:
    desk.session.open([desk.path])
    assert desk.session.phase is Phase.OPENING
    assert isinstance(desk.jobs[0], OpenJob)
    desk.read()
    assert desk.session.phase is Phase.SEPARATING
    assert isinstance(desk.jobs[1], SeparateJob)
    desk.separate(0, LENGTH, finished=True)
    desk.session.take(Ended(desk.jobs[1]))
    assert desk.session.phase is Phase.READY
    assert desk.session.song is not None and desk.session.song.finished


def test_without_the_preference_separation_waits_for_the_user(tmp_path: Path) -> None:
    desk = Desk(tmp_path, at_once=False)
    desk.session.open([desk.path])
    desk.read()
    assert desk.session.phase is Phase.READY
    desk.session.separate()
    assert desk.session.phase is Phase.SEPARATING


def test_a_chunk_is_drawn_counted_and_ready(desk: Desk) -> None:
    desk.session.open([desk.path])
    desk.read()
    desk.separate(0, LENGTH // 2, finished=False)
    song = desk.session.song
    assert song is not None
    assert song.ready.ranges == ((0, LENGTH // 2),)
    assert desk.session.work.progress == 0.5
    assert desk.session.work.seconds_left == 12.0
    assert (song.images[Stem.VOCALS].levels[0][:, 2:5] == 7).all()
    assert song.peaks[Stem.INSTRUMENTAL].columns(0, LENGTH, 1)[1] == 0.5


def test_cancel_keeps_what_is_done_and_separate_goes_on(desk: Desk) -> None:
    desk.session.open([desk.path])
    desk.read()
    desk.separate(0, LENGTH // 2, finished=False)
    desk.session.cancel()
    assert desk.jobs[-1].cancel.is_set()
    desk.session.take(Ended(desk.jobs[-1], cancelled=True))
    assert desk.session.phase is Phase.READY
    assert desk.session.song is not None and desk.session.song.ready.total == LENGTH // 2
    desk.session.separate()
    assert desk.session.work.progress == 0.5
    desk.separate(LENGTH // 2, LENGTH, finished=True)
    desk.session.take(Ended(desk.jobs[-1]))
    assert desk.session.song.finished


def test_late_news_of_the_song_before_is_dropped(desk: Desk) -> None:
    desk.session.open([desk.path])
    first = desk.jobs[-1]
    desk.session.open([desk.path])
    assert first.cancel.is_set()
    desk.session.take(Probed(first, desk.info))
    desk.session.take(Ended(first, error="too late"))
    assert desk.session.info is None
    assert desk.session.message is None
    assert desk.session.phase is Phase.OPENING


def test_an_export_asked_for_early_waits_for_the_separation(desk: Desk) -> None:
    desk.session.open([desk.path])
    desk.read()
    desk.session.export(PLAN)
    assert desk.session.phase is Phase.SEPARATING
    desk.separate(0, LENGTH, finished=True)
    desk.session.take(Ended(desk.jobs[-1]))
    assert desk.session.phase is Phase.EXPORTING
    job = desk.jobs[-1]
    assert isinstance(job, ExportJob) and job.plan is PLAN
    report = ExportReport({Stem.INSTRUMENTAL: Path("out/a.wav")}, 0.0, 0, -144.0, True)
    desk.session.take(Exported(job, report))
    desk.session.take(Ended(job))
    assert desk.session.phase is Phase.READY
    assert desk.session.exported is report
    assert desk.session.plan is None


def test_an_export_without_room_on_the_disk_is_refused_before_it_is_waited_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.session.open([desk.path])
    desk.read()
    usage = shutil.disk_usage(desk.path.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage._replace(free=119_999))
    desk.session.export(PLAN)
    assert desk.session.plan is None and desk.session.phase is Phase.SEPARATING
    assert desk.session.message is not None and desk.session.message.is_error
    assert desk.session.message.text == (
        "“song.wav” needs about 0.1 MB for its stems, but only 0.1 MB are free in “out”."
    )
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage._replace(free=120_000))
    desk.session.export(PLAN)
    assert desk.session.message is None and desk.session.plan is PLAN


def test_an_export_starts_a_separation_that_was_stopped(desk: Desk) -> None:
    desk.session.open([desk.path])
    desk.read()
    desk.session.cancel()
    desk.session.take(Ended(desk.jobs[-1], cancelled=True))
    desk.session.export(PLAN)
    assert desk.session.phase is Phase.SEPARATING


def test_cancel_gives_up_the_export_that_waits(desk: Desk) -> None:
    desk.session.open([desk.path])
    desk.read()
    desk.session.export(PLAN)
    desk.session.cancel()
    desk.session.take(Ended(desk.jobs[-1], cancelled=True))
    assert desk.session.phase is Phase.READY
    assert desk.session.plan is None


def test_a_song_that_cannot_be_read_leaves_a_sentence(desk: Desk) -> None:
    desk.session.open([desk.path])
    desk.session.take(Ended(desk.jobs[-1], error="It is no song."))
    assert desk.session.phase is Phase.EMPTY
    assert desk.session.message is not None
    assert desk.session.message.text == "It is no song."
    desk.session.dismiss()
    assert desk.session.message is None


def test_a_folder_opens_its_first_song_and_keeps_the_others(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("a.wav", "b.mp3", "notes.txt"):
        (tmp_path / name).touch()
    desk.session.open([tmp_path])
    assert desk.session.intake.search.busy and not desk.jobs
    qtbot.waitUntil(lambda: bool(desk.jobs))
    job = desk.jobs[-1]
    assert isinstance(job, OpenJob) and job.path.name == "a.wav"
    assert [path.name for path in desk.session.intake.following] == ["b.mp3", "song.wav"]
    desk.session.intake.open_next()
    job = desk.jobs[-1]
    assert isinstance(job, OpenJob) and job.path.name == "b.mp3"
    assert [path.name for path in desk.session.intake.following] == ["song.wav"]


def test_a_missing_file_and_an_empty_folder_are_told(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for path in (empty, tmp_path / "gone.wav"):
        desk.session.dismiss()
        desk.session.open([path])
        qtbot.waitUntil(lambda: desk.session.message is not None)
        assert desk.session.message is not None and desk.session.message.is_error
    assert not desk.jobs


def test_the_mixture_is_heard_while_the_last_stem_stays_in_view(desk: Desk) -> None:
    desk.session.choose(Stem.VOCALS)
    desk.session.choose(Stem.MIXTURE)
    assert desk.session.stem is Stem.MIXTURE
    assert desk.session.shown is Stem.VOCALS


def test_every_step_tells_of_one_change(desk: Desk) -> None:
    desk.session.choose(Stem.VOCALS)
    assert desk.changes == 1
    desk.session.open([desk.path])
    assert desk.changes == 2
    desk.session.take(Probed(desk.jobs[-1], desk.info))
    assert desk.changes == 3
