"""Songs of every format, layout and oddity: length, offset, channels and sum, or one sentence."""

import struct
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from av.audio.stream import AudioStream
from av.video.stream import VideoStream

from core.audio import Audio, read_audio
from core.checkpoint import Checkpoint
from core.devices import choose_device
from core.errors import InputError
from core.export import export_stems
from core.export_plan import ExportPlan
from core.formats import BitDepth, FileFormat, OutputFormat
from core.ogg_pages import to_vorbis_order
from core.separation import separate
from core.separator import Separator
from core.stems import Stem
from tests.songs import noise, write_song
from tests.test_lossy_export import hum, lag
from tests.tiny import tiny_checkpoint

LENGTH = 60_013  # samples; prime, so that no block or frame fits
LAYOUTS = {1: "mono", 2: "stereo", 6: "5.1", 8: "7.1"}
LOSSLESS_SUBTYPES = {
    "PCM_S8": 8, "PCM_U8": 8, "PCM_16": 16, "PCM_24": 24, "PCM_32": 24, "FLOAT": 24, "DOUBLE": 24,
}  # fmt: skip


def encoded(
    path: Path,
    samples: np.ndarray,
    *,
    codec: str,
    rate: int = 48_000,
    container: str | None = None,
    options: dict[str, str] | None = None,
    picture: str = "",
) -> Path:
    """Write (channels, samples) with FFmpeg, with moving pictures if `picture` names a codec."""
    try:
        av.Codec(codec, "w")
    except ValueError:
        pytest.skip(f"this build of FFmpeg does not write {codec}")
    layout = LAYOUTS[len(samples)]
    with av.open(str(path), "w", format=container, options=options or {}) as song:
        shown = song.add_stream(picture, rate=10) if picture else None
        stream = song.add_stream(codec, rate=rate, layout=layout)
        assert isinstance(stream, AudioStream)
        if "pcm" not in codec:
            stream.bit_rate = 96_000 * len(samples)
        if isinstance(shown, VideoStream):
            shown.width = shown.height = 64
            shown.pix_fmt = "yuv420p"
            for number in range(1 + 10 * samples.shape[1] // rate):
                image = av.VideoFrame(64, 64, "yuv420p")
                image.pts = number
                song.mux(shown.encode(image))
            song.mux(shown.encode(None))
        interleaved = np.ascontiguousarray(samples.T).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(interleaved, format="flt", layout=layout)
        frame.sample_rate, frame.pts = rate, 0
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            song.mux(packet)
    return path


@pytest.mark.parametrize("subtype", LOSSLESS_SUBTYPES)
@pytest.mark.parametrize("kind", ["WAV", "WAVEX", "RF64", "AIFF", "W64", "CAF", "AU", "FLAC"])
def test_every_depth_is_read_bit_for_bit(tmp_path: Path, kind: str, subtype: str) -> None:
    if not soundfile.check_format(kind, subtype):
        pytest.skip(f"{kind} has no {subtype}")
    steps = 2 ** (LOSSLESS_SUBTYPES[subtype] - 1)
    samples = np.rint(noise(LENGTH) * steps).astype(np.float32) / steps
    path = tmp_path / f"song.{kind.lower()}"
    soundfile.write(path, samples.T.astype(np.float64), 44_100, format=kind, subtype=subtype)
    assert np.array_equal(read_audio(path).samples[:, :], samples)


@pytest.mark.parametrize("endian", ["LITTLE", "BIG"])
def test_aiff_of_either_byte_order_is_read(tmp_path: Path, endian: str) -> None:
    samples = np.rint(noise(LENGTH) * 2**15).astype(np.float32) / 2**15
    path = tmp_path / "song.aif"
    soundfile.write(path, samples.T, 44_100, format="AIFF", subtype="PCM_16", endian=endian)
    assert np.array_equal(read_audio(path).samples[:, :], samples)


@pytest.mark.parametrize("rate", [8_000, 44_100, 192_000])
@pytest.mark.parametrize(
    ("suffix", "codec"),
    [("m4a", "alac"), ("mp4", "flac"), ("mka", "flac"), ("mka", "alac"), ("mka", "pcm_s24le"),
     ("mov", "pcm_s24le"), ("avi", "pcm_s24le"), ("oga", "flac"), ("caf", "alac")],
)  # fmt: skip
def test_lossless_sound_in_any_container_is_exact(
    tmp_path: Path, suffix: str, codec: str, rate: int
) -> None:
    samples = np.rint(noise(LENGTH) * 2**15).astype(np.float32) / 2**15
    container = "ogg" if suffix == "oga" else None
    path = encoded(
        tmp_path / f"song.{suffix}", samples, codec=codec, rate=rate, container=container
    )
    audio = read_audio(path)
    assert audio.rate == rate
    assert audio.samples.shape == samples.shape
    assert np.abs(audio.samples - samples).max() <= 2.0**-16


# What is exact: the start everywhere here, the end where the format tells it.
GAPLESS = [
    ("mp3", "libmp3lame", "", True),
    ("m4a", "aac", "", True),
    ("mp4", "aac", "mpeg4", True),
    ("3gp", "aac", "", True),
    ("mka", "libmp3lame", "", True),
    ("mka", "libopus", "", True),
    ("webm", "libopus", "", True),
    ("webm", "libopus", "libvpx", True),
    ("opus", "libopus", "", True),
    ("mka", "aac", "", False),
    ("mkv", "aac", "mpeg4", False),
    ("mka", "ac3", "", False),
]


@pytest.mark.parametrize(("suffix", "codec", "picture", "ends"), GAPLESS)
def test_encoder_delay_is_taken_off_where_the_file_tells_it(
    tmp_path: Path, suffix: str, codec: str, picture: str, ends: bool
) -> None:
    samples = hum(LENGTH)
    path = encoded(tmp_path / f"song.{suffix}", samples, codec=codec, picture=picture)
    read = read_audio(path).samples[:, :]
    assert lag(read[0][:LENGTH], samples[0]) == 0
    if ends:
        assert read.shape == samples.shape
    else:
        assert LENGTH <= read.shape[1] < LENGTH + 2 * 1536


@pytest.mark.parametrize(
    ("suffix", "codec", "container"),
    [("wma", "wmav2", "asf"), ("wma", "wmav1", "asf"), ("ac3", "ac3", None), ("mp2", "mp2", None),
     ("aac", "aac", "adts"), ("ts", "aac", "mpegts"), ("flv", "aac", None), ("avi", "mp2", None)],
)  # fmt: skip
def test_formats_without_a_word_on_delay_are_read_whole(
    tmp_path: Path, suffix: str, codec: str, container: str | None
) -> None:
    samples = hum(LENGTH)
    path = encoded(tmp_path / f"song.{suffix}", samples, codec=codec, container=container)
    read = read_audio(path).samples[:, :]
    assert abs(read.shape[1] - LENGTH) <= 2 * 2048
    late = lag(read[0][: LENGTH - 2048], samples[0][: LENGTH - 2048])
    assert abs(late) <= 2048


def speakers(channels: int, *, part: int = 12_000) -> np.ndarray:
    """Each channel alone in its turn, with a tone of its own that even the low one can carry."""
    samples = np.zeros((channels, channels * part), np.float32)
    for channel in range(channels):
        time = np.arange(part) / 48_000
        tone = 0.4 * np.sin(2 * np.pi * (60 + 5 * channel) * time)
        samples[channel, channel * part : (channel + 1) * part] = tone
    return samples


def turns(read: np.ndarray, *, part: int = 12_000) -> list[int]:
    """Which channel is heard in each turn."""
    spans = [slice(c * part + 3000, (c + 1) * part - 3000) for c in range(len(read))]
    return [int(np.square(read[:, span]).sum(axis=1).argmax()) for span in spans]


@pytest.mark.parametrize("channels", [6, 8])
@pytest.mark.parametrize("kind", ["wav", "flac", "aiff", "ogg", "opus", "m4a", "mka", "ac3"])
def test_surround_channels_stand_in_one_order_whatever_the_codecs(
    tmp_path: Path, kind: str, channels: int
) -> None:
    samples = speakers(channels)
    path = tmp_path / f"song.{kind}"
    if kind in {"wav", "flac"}:
        write_song(path, samples, rate=48_000)
    elif kind == "aiff":
        soundfile.write(path, samples.T, 48_000, format="AIFF", subtype="PCM_24")
    elif kind in {"ogg", "opus"}:
        subtype = "VORBIS" if kind == "ogg" else "OPUS"
        with soundfile.SoundFile(path, "w", 48_000, channels, subtype, format="OGG") as song:
            for start in range(0, samples.shape[1], 8192):
                song.write(to_vorbis_order(samples[:, start : start + 8192]).T.copy())
    elif kind == "ac3" and channels == 8:
        pytest.skip("AC-3 ends at 5.1")
    else:
        encoded(path, samples, codec={"m4a": "aac", "mka": "flac", "ac3": "ac3"}[kind])
    read = read_audio(path).samples[:, :]
    assert len(read) == channels
    assert turns(read) == list(range(channels))


def test_an_mp3_with_junk_before_it_is_read_from_its_first_frame(tmp_path: Path) -> None:
    samples = hum(LENGTH)
    plain = encoded(tmp_path / "song.mp3", samples, codec="libmp3lame").read_bytes()
    size = 300_000  # of an ID3 tag with a cover that is not there
    header = b"ID3\x03\x00\x00" + bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    for name, junk in (
        ("tag", header + bytes(size)),
        ("two tags", 2 * (header + bytes(size))),
        ("zeros", bytes(3000)),
        ("text", b"some words before the music, as old rippers wrote them" * 10),
    ):
        path = tmp_path / f"{name}.mp3"
        path.write_bytes(junk + plain)
        read = read_audio(path).samples[:, :]
        assert read.shape == samples.shape, name
        assert lag(read[0], samples[0]) == 0, name


@pytest.mark.parametrize("bit_rate", ["variable", "constant"])
@pytest.mark.parametrize("xing", ["1", "0"])
def test_an_mp3_is_read_to_its_end_with_and_without_an_index(
    tmp_path: Path, bit_rate: str, xing: str
) -> None:
    samples = hum(4 * LENGTH)
    path = tmp_path / "song.mp3"
    with av.open(str(path), "w", options={"write_xing": xing}) as song:
        stream = song.add_stream("libmp3lame", rate=44_100, layout="stereo")
        assert isinstance(stream, AudioStream)
        if bit_rate == "variable":
            stream.codec_context.qscale = True
        frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = 44_100, 0
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            song.mux(packet)
    read = read_audio(path).samples[:, :]
    late = lag(read[0][: 4 * LENGTH], samples[0])
    if xing == "1":
        assert abs(read.shape[1] - 4 * LENGTH) <= 46 and late == 0
    else:  # nothing says what the encoder put before it
        assert 4 * LENGTH <= read.shape[1] <= 4 * LENGTH + 3 * 1152 and 0 <= late <= 1105


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Separator:
    made: Checkpoint = tiny_checkpoint(tmp_path_factory.mktemp("network"))
    return Separator(made, device=choose_device("cpu"))


def stems_sum(folder: Path, song: Path, mixture: Audio, network: Separator) -> None:
    """Separate and save, and hold the sum of the files against the song."""
    vocals = separate(network, mixture)
    output = OutputFormat(FileFormat.WAV, BitDepth.FLOAT32)
    plan = ExportPlan((Stem.INSTRUMENTAL, Stem.VOCALS), output, folder / "out")
    report = export_stems(song, mixture, vocals, plan)
    assert report.is_null, report
    parts = [read_audio(path) for path in report.paths.values()]
    assert all(part.samples.shape == mixture.samples.shape for part in parts)
    total = parts[0].samples[:, :] + parts[1].samples[:, :]
    np.testing.assert_allclose(total, mixture.samples[:, :], atol=1e-6 * np.abs(total).max() + 1e-9)
    assert np.isfinite(total).all()


ODDITIES = {
    "silence": np.zeros((2, 30_000)),
    "DC": np.full((2, 30_000), 0.7),
    "square": np.sign(np.sin(np.arange(30_000) / 30))[None].repeat(2, 0),
    "one sample": np.full((2, 1), 0.5),
    "two samples": np.full((1, 2), -0.5),
    "no numbers": np.where(np.arange(30_000) % 97 == 0, np.nan, 0.3)[None].repeat(2, 0),
    "infinities": np.where(np.arange(30_000) % 97 == 0, np.inf, -0.3)[None].repeat(2, 0),
    "only infinities": np.full((2, 3000), -np.inf),
    "faint": np.full((2, 3000), 1e-42),  # a subnormal number
    "loud": np.random.default_rng(0).uniform(-100, 100, (2, 30_000)),
}


@pytest.mark.parametrize("rate", [8_000, 44_100, 192_000])
@pytest.mark.parametrize("name", ODDITIES)
def test_odd_songs_are_separated_like_any_other(
    tmp_path: Path, network: Separator, name: str, rate: int
) -> None:
    song = tmp_path / "song.wav"
    soundfile.write(song, ODDITIES[name].T, rate, format="WAV", subtype="DOUBLE")
    mixture = read_audio(song)
    assert mixture.samples.shape == ODDITIES[name].shape
    stems_sum(tmp_path, song, mixture, network)


@pytest.mark.parametrize("channels", [1, 2, 3, 4, 5, 6, 7, 8])
def test_channels_stay_in_place_and_the_low_one_has_no_voice(
    tmp_path: Path, network: Separator, channels: int
) -> None:
    song = write_song(tmp_path / "song.wav", noise(30_000, channels=channels))
    mixture = read_audio(song)
    vocals = separate(network, mixture)
    silent = [c for c in range(channels) if not np.any(vocals[:, :][c])]
    assert silent == ([3] if channels in (6, 7, 8) else [])
    stems_sum(tmp_path, song, mixture, network)


def wav_header(*, data: int, rate: int = 44_100, form: bytes = b"RIFF") -> bytes:
    """A header of 16-bit stereo that claims `data` bytes of sound."""
    size = min(36 + data, 2**32 - 1)
    claimed = min(data, 2**32 - 1)
    fmt = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 2, rate, 4 * rate, 4, 16)
    extra = b""
    if form == b"RF64":
        size = claimed = 2**32 - 1
        extra = struct.pack("<4sIQQQI", b"ds64", 28, 36 + data, data, data // 4, 0)
    start = form + struct.pack("<I", size) + b"WAVE"
    return start + extra + fmt + b"data" + struct.pack("<I", claimed)


DAY = 24 * 3600 * 44_100 * 4  # bytes


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("no samples", wav_header(data=0)),
        ("a day that is not there", wav_header(data=DAY, form=b"RF64")),
        ("a day in 32 bits", wav_header(data=DAY)),
        ("half a sample", wav_header(data=4) + b"\1\2"),
    ],
)
def test_a_header_without_sound_is_told_in_a_sentence(
    tmp_path: Path, name: str, content: bytes
) -> None:
    song = tmp_path / "song.wav"
    song.write_bytes(content)
    with pytest.raises(InputError) as refusal:
        read_audio(song)
    sentence = str(refusal.value)
    assert sentence.startswith("“song.wav” ") and sentence.endswith(".") and "\n" not in sentence


@pytest.mark.parametrize("form", [b"RIFF", b"RF64"])
def test_what_is_there_of_a_day_is_read(tmp_path: Path, form: bytes) -> None:
    samples = np.rint(noise(5000) * 2**15).astype("<i2")
    song = tmp_path / "song.wav"
    song.write_bytes(wav_header(data=DAY, form=form) + samples.T.tobytes())
    assert np.array_equal(read_audio(song).samples[:, :], samples.astype(np.float32) / 2**15)


@pytest.mark.parametrize("kind", ["wav", "flac", "aif", "ogg", "opus", "mp3", "m4a"])
def test_no_samples_at_all_are_told_in_a_sentence(tmp_path: Path, kind: str) -> None:
    song = tmp_path / f"song.{kind}"
    if kind in {"mp3", "m4a"}:
        with av.open(str(song), "w") as container:
            stream = container.add_stream("libmp3lame" if kind == "mp3" else "aac", rate=44_100)
            assert isinstance(stream, AudioStream)
            container.mux(stream.encode(None))
    else:
        write_song(song, np.zeros((2, 0), np.float32), rate=48_000, subtype="PCM_16")
    with pytest.raises(InputError, match="“song") as refusal:
        read_audio(song)
    assert "\n" not in str(refusal.value)


def test_the_sound_of_a_matroska_video_is_read(
    tmp_path: Path,
) -> None:
    samples = hum(LENGTH)
    song = encoded(tmp_path / "clip.mkv", samples, codec="flac", picture="mpeg4")
    assert np.abs(read_audio(song).samples - samples).max() < 2.0**-14


def test_a_video_without_sound_is_told(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    with av.open(str(path), "w") as clip:
        stream = clip.add_stream("mpeg4", rate=10)
        assert isinstance(stream, VideoStream)
        stream.width = stream.height = 64
        for number in range(3):
            image = av.VideoFrame(64, 64, "yuv420p")
            image.pts = number
            clip.mux(stream.encode(image))
        clip.mux(stream.encode(None))
    with pytest.raises(InputError, match="“clip.mp4” has no sound track"):
        read_audio(path)
