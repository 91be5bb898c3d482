"""Tags and cover art of any song reach its stems, with a title that says which stem it is."""

import base64
from pathlib import Path

import av
import mutagen
import pytest
import soundfile
from mutagen import asf, flac, id3, mp4

from core.audio import Audio, probe, read_audio
from core.formats import FileFormat, OutputFormat
from core.stems import Stem
from core.tags import Picture, Tags, read_tags
from core.writing import write_audio
from tests.songs import COVER, encode_song, noise, tones, write_song

FIELDS = {
    "title": ("Blue é 🎤",),
    "artist": ("One", "Two"),
    "album": ("The album",),
    "date": ("1999",),
    "tracknumber": ("3/12",),
    "genre": ("Soul",),
    "comment": ("Recorded at home",),
}
EVERYTHING = Tags(
    FIELDS
    | {
        "lyrics": ("la la\nla",),
        "bpm": ("93",),
        "isrc": ("GBAYE0601498",),
        "my own field": ("kept",),
    },
    (Picture("image/png", COVER), Picture("image/jpeg", b"\xff\xd8back", 4, "back")),
)


def tagged_mp3(folder: Path) -> Path:
    song = encode_song(folder / "song.mp3", noise(5000), codec="libmp3lame")
    tags = id3.ID3()
    for frame in [
        id3.TIT2(encoding=3, text=list(FIELDS["title"])),
        id3.TPE1(encoding=3, text=list(FIELDS["artist"])),
        id3.TALB(encoding=3, text=list(FIELDS["album"])),
        id3.TDRC(encoding=3, text=list(FIELDS["date"])),
        id3.TRCK(encoding=3, text=list(FIELDS["tracknumber"])),
        id3.TCON(encoding=3, text="(42)"),  # ID3v1's number for Soul
        id3.COMM(encoding=3, lang="eng", desc="", text=list(FIELDS["comment"])),
        id3.COMM(encoding=3, lang="eng", desc="iTunNORM", text="00000A2B"),
        id3.TXXX(encoding=3, desc="REPLAYGAIN_TRACK_GAIN", text="-7.5 dB"),
        id3.TSSE(encoding=3, text="LAME"),
        id3.APIC(encoding=3, mime="image/png", type=3, desc="", data=COVER),
    ]:
        tags.add(frame)
    tags.save(song)
    return song


def tagged_m4a(folder: Path) -> Path:
    song = encode_song(folder / "song.m4a", noise(5000), codec="aac")
    tags = mp4.MP4(song)
    tags["©nam"], tags["©ART"] = list(FIELDS["title"]), list(FIELDS["artist"])
    tags["©alb"], tags["©day"] = list(FIELDS["album"]), list(FIELDS["date"])
    tags["trkn"], tags["©gen"] = [(3, 12)], list(FIELDS["genre"])
    tags["©cmt"], tags["covr"] = list(FIELDS["comment"]), [mp4.MP4Cover(COVER, 14)]
    tags["----:com.apple.iTunes:iTunSMPB"] = [b" 00000000 00000840"]
    tags.save()
    return song


def tagged_vorbis(folder: Path, suffix: str) -> Path:
    song = write_song(folder / f"song{suffix}", noise(5000), rate=48_000)
    tags = mutagen.File(song)
    assert tags is not None
    for name, values in FIELDS.items():
        tags[name.upper()] = list(values)
    tags["REPLAYGAIN_TRACK_GAIN"] = ["-7.5 dB"]
    picture = flac.Picture()
    picture.mime, picture.data, picture.type = "image/png", COVER, 3
    if isinstance(tags, flac.FLAC):
        tags.add_picture(picture)
    else:
        tags["METADATA_BLOCK_PICTURE"] = [base64.b64encode(picture.write()).decode()]
    tags.save()
    return song


def tagged_wma(folder: Path) -> Path:
    song = encode_song(folder / "song.wma", noise(5000), codec="wmav2", container="asf")
    tags = asf.ASF(song)
    tags["Title"], tags["Author"] = list(FIELDS["title"]), list(FIELDS["artist"])
    tags["WM/AlbumTitle"], tags["WM/Year"] = list(FIELDS["album"]), list(FIELDS["date"])
    tags["WM/TrackNumber"], tags["WM/Genre"] = ["3/12"], list(FIELDS["genre"])
    tags["Description"] = list(FIELDS["comment"])
    texts = "image/png\0\0".encode("utf-16-le")
    picture = b"\x03" + len(COVER).to_bytes(4, "little") + texts + COVER
    tags["WM/Picture"] = [asf.ASFByteArrayAttribute(picture)]
    tags.save()
    return song


def tagged_song(folder: Path, kind: str) -> Path:
    makers = {"mp3": tagged_mp3, "m4a": tagged_m4a, "wma": tagged_wma}
    return makers[kind](folder) if kind in makers else tagged_vorbis(folder, f".{kind}")


@pytest.mark.parametrize("kind", ["mp3", "m4a", "flac", "ogg", "opus", "wma"])
@pytest.mark.parametrize("file_format", list(FileFormat))
def test_tags_and_cover_of_a_song_reach_its_stem(
    tmp_path: Path, kind: str, file_format: FileFormat
) -> None:
    song = tagged_song(tmp_path, kind)
    stem = tmp_path / f"stem{file_format.suffix}"
    tags = read_tags(song).for_stem(Stem.VOCALS, untitled="song")
    output = OutputFormat(file_format)
    sound = Audio(noise(5000), output.rate_for(44_100))
    write_audio(stem, sound, output=output, tags=tags)
    expected = FIELDS | {"title": ("Blue é 🎤 (Vocals)",)}
    assert read_tags(stem) == Tags(expected, (Picture("image/png", COVER),))


@pytest.mark.parametrize("file_format", list(FileFormat))
@pytest.mark.parametrize("length", [1000, 1001])
def test_all_that_can_be_stored_is_read_back_beside_intact_sound(
    tmp_path: Path, file_format: FileFormat, length: int
) -> None:
    path = tmp_path / f"stem{file_format.suffix}"
    output = OutputFormat(file_format)
    audio = Audio(tones(length, channels=1), output.rate_for(44_100))
    write_audio(path, audio, output=output, tags=EVERYTHING)
    found = read_tags(path)
    assert found.fields == EVERYTHING.fields
    if path.suffix == ".m4a":  # which holds no kinds and descriptions of pictures
        kept = [Picture(picture.mime, picture.data) for picture in EVERYTHING.pictures]
        assert list(found.pictures) == kept
    else:
        assert found.pictures == EVERYTHING.pictures
    read = read_audio(path).samples
    assert read.shape == audio.samples.shape
    assert abs(read - audio.samples[:, :]).max() <= (0.1 if output.is_lossy else 2.0**-24)


@pytest.mark.parametrize("file_format", list(FileFormat))
def test_ffmpeg_reads_the_tags_too(tmp_path: Path, file_format: FileFormat) -> None:
    path = tmp_path / f"stem{file_format.suffix}"
    output = OutputFormat(file_format)
    audio = Audio(noise(1000), output.rate_for(44_100))
    write_audio(path, audio, output=output, tags=EVERYTHING)
    with av.open(str(path)) as stem:
        found = stem.metadata | stem.streams.audio[0].metadata  # Ogg's belong to the stream
    metadata = {name.lower(): value for name, value in found.items()}
    assert metadata["title"] == "Blue é 🎤"
    assert metadata["album"] == "The album"


def test_a_song_without_a_title_gets_its_name(tmp_path: Path) -> None:
    song = write_song(tmp_path / "song.wav", noise(100))
    tags = read_tags(song)
    assert tags == Tags()
    assert tags.for_stem(Stem.INSTRUMENTAL, untitled="A song").fields == {
        "title": ("A song (Instrumental)",)
    }


def test_riffs_own_tags_are_read(tmp_path: Path) -> None:
    song = tmp_path / "song.wav"
    samples = noise(100)
    with soundfile.SoundFile(song, "w", 44_100, 2, "PCM_16") as file:
        file.title, file.artist = "A title", "An artist"
        file.write(samples.T)
    assert read_tags(song).fields == {"title": ("A title",), "artist": ("An artist",)}


def test_matroska_tags_are_read(tmp_path: Path) -> None:
    song = tmp_path / "song.mka"
    encode_song(song, noise(5000), codec="flac")
    tagged = tmp_path / "tagged.mka"
    with av.open(str(song)) as source, av.open(str(tagged), "w") as target:
        target.metadata["title"], target.metadata["artist"] = "A title", "An artist"
        stream = target.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(source.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    assert read_tags(tagged).fields == {"title": ("A title",), "artist": ("An artist",)}
    assert probe(tagged).artist == "An artist"


def test_probing_tells_the_tags(tmp_path: Path) -> None:
    info = probe(tagged_mp3(tmp_path))
    assert (info.title, info.artist, info.album) == ("Blue é 🎤", "One", "The album")


def test_damaged_tags_are_no_reason_to_fail(tmp_path: Path) -> None:
    song = tagged_vorbis(tmp_path, ".flac")
    content = song.read_bytes()
    place = content.index(b"artist=One".upper().replace(b"ONE", b"One"))
    song.write_bytes(content[: place - 4] + b"\xff\xff\xff\x7f" + content[place:])
    assert read_tags(song).first("artist") in {"", "One"}


def test_a_text_file_has_no_tags(tmp_path: Path) -> None:
    song = tmp_path / "song.mp3"
    song.write_text("no music")
    assert read_tags(song) == Tags()


def test_a_cover_too_large_for_flac_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "stem.flac"
    tags = Tags({"title": ("T",)}, (Picture("image/png", bytes(2**24)),))
    write_audio(path, Audio(noise(100), 44_100), output=OutputFormat(FileFormat.FLAC), tags=tags)
    assert read_tags(path) == Tags({"title": ("T",)})
