"""Songs are read at their own rate and length, and bad ones refused in one sentence."""

import os
import shutil
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from core.audio import find_songs, probe, read_audio, spool_audio
from core.errors import Cancelled, InputError, OutputError
from tests.songs import encode_song, noise, tones, write_song

RATES = [8_000, 11_025, 22_050, 44_100, 48_000, 96_000, 192_000]
LENGTH = 30_011  # samples; prime, so that no block or frame fits


@pytest.mark.parametrize("channels", [1, 2, 6])
@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("suffix", [".wav", ".flac", ".aif"])
def test_lossless_files_are_read_bit_for_bit(
    tmp_path: Path, suffix: str, rate: int, channels: int
) -> None:
    samples = np.rint(noise(LENGTH, channels=channels) * 2**23).astype(np.float32) / 2**23
    song = write_song(tmp_path / f"song{suffix}", samples, rate=rate)
    audio = read_audio(song)
    assert audio.rate == rate
    assert audio.samples.dtype == np.float32
    assert audio.samples[:, :].flags.c_contiguous
    assert np.array_equal(audio.samples[:, :], samples)


@pytest.mark.parametrize("length", [1, 65_535, 65_536, 65_537, 131_072])
def test_no_sample_is_lost_at_the_borders_of_blocks(tmp_path: Path, length: int) -> None:
    samples = noise(length, channels=1)
    song = write_song(tmp_path / "song.wav", samples, subtype="FLOAT")
    assert np.array_equal(read_audio(song).samples[:, :], samples)


def lag(late: np.ndarray, early: np.ndarray) -> int:
    """Samples by which one signal follows the other, where their correlation is highest."""
    spectrum = np.fft.rfft(late, 2 * LENGTH) * np.fft.rfft(early, 2 * LENGTH).conj()
    place = int(np.fft.irfft(spectrum, 2 * LENGTH).argmax())
    return place if place < LENGTH else place - 2 * LENGTH


@pytest.mark.parametrize(
    ("suffix", "codec", "rate"),
    [
        (".mp3", "libmp3lame", 44_100),
        (".mp3", "libmp3lame", 22_050),
        (".m4a", "aac", 44_100),
        (".m4a", "aac", 48_000),
        (".m4a", "alac", 96_000),
        (".mka", "flac", 44_100),
        (".mp4", "aac", 22_050),
        (".webm", "libopus", 48_000),
        (".opus", "libopus", 48_000),
        (".wv", "wavpack", 44_100),
    ],
)
@pytest.mark.parametrize("channels", [1, 2])
def test_what_an_encoder_padded_is_taken_off_again(
    tmp_path: Path, suffix: str, codec: str, rate: int, channels: int
) -> None:
    samples = noise(LENGTH, channels=channels)
    song = encode_song(tmp_path / f"song{suffix}", samples, codec=codec, rate=rate)
    audio = read_audio(song)
    assert audio.rate == rate
    assert audio.samples.shape == samples.shape
    assert lag(audio.samples[:, :][0], samples[0]) == 0


def test_wavering_time_stamps_of_an_m4a_cost_no_samples(tmp_path: Path) -> None:
    song = encode_song(tmp_path / "song.m4a", tones(LENGTH), codec="aac", jitter=448)
    with av.open(str(song)) as container:
        durations = {frame.duration for frame in container.decode(audio=0)}
    assert {1024 + 448, 1024 - 448} <= durations
    assert read_audio(song).length == LENGTH


def test_ogg_files_keep_their_length(tmp_path: Path) -> None:
    song = write_song(tmp_path / "song.ogg", tones(LENGTH))
    assert probe(song).length == read_audio(song).length == LENGTH


def test_an_mp3_without_an_index_is_read_to_its_end(tmp_path: Path) -> None:
    # Its first frames are large and the others small, so that a guess from them is too short.
    loud_then_quiet = noise(10 * 44_100, level=0.9)
    loud_then_quiet[:, 44_100:] *= 1e-5
    song = tmp_path / "song.mp3"
    with av.open(str(song), "w", options={"write_xing": "0"}) as container:
        stream = container.add_stream("libmp3lame", rate=44_100, layout="stereo")
        stream.codec_context.qscale = True  # a variable bit rate
        frame = av.AudioFrame.from_ndarray(loud_then_quiet, format="fltp", layout="stereo")
        frame.sample_rate = 44_100
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    assert soundfile.info(song).frames < 0.8 * loud_then_quiet.shape[1]  # as libsndfile sees it
    assert read_audio(song).length >= loud_then_quiet.shape[1]


def speakers_in_turn() -> np.ndarray:
    """(6, LENGTH): each channel is heard alone, with a tone that even the low one can carry."""
    samples = np.zeros((6, LENGTH), np.float32)
    for channel in range(6):
        part = slice(channel * 5000, (channel + 1) * 5000)
        samples[channel, part] = tones(5000, channels=1, rate=88_200, level=0.5)
    return samples


@pytest.mark.parametrize("codec", ["aac", "alac", "vorbis"])
def test_surround_channels_stay_in_place(tmp_path: Path, codec: str) -> None:
    samples = speakers_in_turn()
    if codec == "vorbis":
        # Left, centre, right, surrounds, low: Vorbis I specification, 4.3.9.
        song = write_song(tmp_path / "song.ogg", samples[[0, 2, 1, 4, 5, 3]])
    else:
        song = encode_song(tmp_path / "song.m4a", samples, codec=codec)
    read = read_audio(song).samples
    turns = [slice(c * 5000 + 1000, (c + 1) * 5000 - 1000) for c in range(6)]
    loudest = [int(np.abs(read[:, turn]).sum(axis=1).argmax()) for turn in turns]
    assert loudest == [0, 1, 2, 3, 4, 5]


def test_the_sound_of_a_video_is_read(tmp_path: Path) -> None:
    video = tmp_path / "clip.mp4"
    samples = tones(LENGTH)
    with av.open(str(video), "w") as container:
        pictures = container.add_stream("mpeg4", rate=10)
        pictures.width = pictures.height = 16
        sound = container.add_stream("aac", rate=44_100, layout="stereo")
        for number in range(7):
            image = av.VideoFrame(16, 16, "yuv420p")
            image.pts = number
            container.mux(pictures.encode(image))
        frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = 44_100, 0
        for packet in [*pictures.encode(None), *sound.encode(frame), *sound.encode(None)]:
            container.mux(packet)
    assert read_audio(video).samples.shape == samples.shape


def test_a_large_wav_header_of_the_rf64_kind_is_read(tmp_path: Path) -> None:
    song = tmp_path / "song.wav"
    samples = noise(LENGTH)
    soundfile.write(song, samples.T, 44_100, format="RF64", subtype="FLOAT")
    assert np.array_equal(read_audio(song).samples[:, :], samples)


def test_samples_that_are_no_numbers_become_silence(tmp_path: Path) -> None:
    samples = noise(1000)
    samples[0, 3], samples[1, 500], samples[1, 999] = np.nan, np.inf, -np.inf
    audio = read_audio(write_song(tmp_path / "song.wav", samples, subtype="FLOAT"))
    assert np.array_equal(audio.samples[:, :], np.where(np.isfinite(samples), samples, 0))


def test_samples_louder_than_any_sound_become_silence(tmp_path: Path) -> None:
    samples = noise(1000)
    samples[0, 3], samples[1, 500], samples[1, 7] = 1e38, -2e6, 32_768.0
    audio = read_audio(write_song(tmp_path / "song.wav", samples, subtype="FLOAT"))
    assert np.array_equal(audio.samples[:, :], np.where(np.abs(samples) < 1e6, samples, 0))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "song.wav")
    with pytest.raises(InputError, match=r"“song\.wav” is a device or a pipe, not a song\."):
        probe(tmp_path / "song.wav")


def test_probing_tells_what_the_file_says(tmp_path: Path) -> None:
    song = write_song(tmp_path / "A song.flac", noise(LENGTH), rate=48_000)
    info = probe(song)
    assert (info.title, info.container, info.rate) == ("A song", "FLAC", 48_000)
    assert (info.channels, info.length) == (2, LENGTH)
    assert info.seconds == pytest.approx(LENGTH / 48_000)


def test_probing_an_mp3_promises_no_exact_length(tmp_path: Path) -> None:
    song = encode_song(tmp_path / "song.mp3", tones(LENGTH), codec="libmp3lame")
    info = probe(song)
    assert (info.container, info.length) == ("MP3", 0)
    assert info.seconds == pytest.approx(LENGTH / 44_100, abs=0.1)


def test_intact_songs_are_not_called_damaged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    read_audio(write_song(tmp_path / "song.ogg", noise(LENGTH)))
    for suffix, codec in [(".mp3", "libmp3lame"), (".m4a", "aac"), (".mka", "flac")]:
        read_audio(encode_song(tmp_path / f"song{suffix}", noise(LENGTH), codec=codec))
    assert caplog.text == ""


def test_progress_rises_to_one(tmp_path: Path) -> None:
    told: list[float] = []
    read_audio(write_song(tmp_path / "song.wav", noise(300_000)), progress=told.append)
    assert told == sorted(told)
    assert len(told) > 4
    assert told[-1] == 1.0


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    song = write_song(tmp_path / "song.wav", noise(LENGTH))
    with pytest.raises(Cancelled):
        read_audio(song, cancelled=lambda: True)


def cut(song: Path, share: float) -> Path:
    whole = song.read_bytes()
    song.write_bytes(whole[: int(len(whole) * share)])
    return song


@pytest.mark.parametrize(
    ("suffix", "codec"),
    [(".mp3", "libmp3lame"), (".flac", "flac"), (".mka", "flac"), (".aac", "aac")],
)
def test_a_truncated_song_gives_what_is_left_of_it(
    tmp_path: Path, suffix: str, codec: str, caplog: pytest.LogCaptureFixture
) -> None:
    samples = noise(10 * LENGTH)
    song = cut(encode_song(tmp_path / f"song{suffix}", samples, codec=codec), 0.6)
    assert 0.4 * samples.shape[1] < read_audio(song).length < 0.7 * samples.shape[1]
    if suffix != ".aac":  # which has no header to say how long it was
        assert f"“song{suffix}”" in caplog.text


@pytest.mark.parametrize("container", ["WAV", "WAVEX", "RF64", "AIFF", "AU"])
def test_what_is_missing_of_an_uncompressed_song_is_told(tmp_path: Path, container: str) -> None:
    song = tmp_path / "song.wav"
    soundfile.write(song, noise(4 * 44_100).T, 44_100, format=container, subtype="PCM_16")
    whole = spool_audio(song)
    assert whole.seconds == 4
    assert whole.damage is None
    left = spool_audio(cut(song, 0.5))
    assert left.seconds == pytest.approx(2, abs=0.01)
    told = "“song.wav” holds 2 of the 4 seconds that it claims; what could be decoded is used."
    assert str(left.damage) == told


def test_an_unfinished_recording_claims_no_length(tmp_path: Path) -> None:
    song = write_song(tmp_path / "song.wav", noise(4 * 44_100))
    head = bytearray(song.read_bytes())
    start = head.index(b"data") + 4
    head[start : start + 4] = b"\xff\xff\xff\xff"  # the size that is written at first
    song.write_bytes(head)
    audio = spool_audio(song)
    assert audio.length == 4 * 44_100
    assert audio.damage is None


@pytest.mark.parametrize(("suffix", "codec"), [(".mp3", "libmp3lame"), (".flac", "flac")])
def test_damage_in_the_middle_costs_only_the_middle(
    tmp_path: Path, suffix: str, codec: str, caplog: pytest.LogCaptureFixture
) -> None:
    samples = noise(10 * LENGTH)
    song = encode_song(tmp_path / f"song{suffix}", samples, codec=codec)
    content = bytearray(song.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 400] = b"\x55" * 400
    song.write_bytes(content)
    assert 0.9 * samples.shape[1] < read_audio(song).length <= 1.01 * samples.shape[1]
    assert f"“song{suffix}” is damaged" in caplog.text


def test_the_rate_of_the_frames_counts_where_the_header_says_another(tmp_path: Path) -> None:
    song = write_song(tmp_path / "song.flac", noise(4 * 44_100))
    content = bytearray(song.read_bytes())
    content[19] ^= 0x40  # 1,024 Hz, in the 20 bits of STREAMINFO
    content[50_000:50_400] = b"\x55" * 400  # which one of the two libraries goes on after
    song.write_bytes(content)
    assert probe(song).rate == 44_100 - 1_024
    audio = spool_audio(song)
    assert audio.rate == 44_100
    assert audio.length > 3.5 * 44_100
    assert "“song.flac” is damaged" in str(audio.damage)


def bad_song(folder: Path, kind: str) -> Path:
    song = folder / "bad.mp3"
    if kind == "text":
        song.write_text("These are words and no music at all.\n" * 50)
    elif kind == "empty":
        song.touch()
    elif kind == "noise":
        song.write_bytes(np.random.default_rng(0).bytes(50_000))
    elif kind == "folder":
        song.mkdir()
    elif kind == "header":
        song = write_song(folder / "bad.wav", noise(100))
        song.write_bytes(song.read_bytes()[:44])
    elif kind == "slow":
        song = write_song(folder / "bad.wav", noise(100), rate=4_000)
    elif kind == "playlist":
        song.write_text("#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/song.aac\n#EXT-X-ENDLIST\n")
    return song


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("text", "is no audio or video that can be read, or it is damaged"),
        ("noise", "is no audio or video that can be read, or it is damaged"),
        ("playlist", "is no audio or video that can be read, or it is damaged"),
        ("empty", "is empty"),
        ("folder", "is a folder, not a song"),
        ("missing", "does not exist"),
        ("header", "holds no sound"),
        ("slow", "has a sample rate of 4,000 Hz"),
    ],
)
def test_a_bad_song_is_refused_in_one_sentence(tmp_path: Path, kind: str, reason: str) -> None:
    song = bad_song(tmp_path, kind)
    with pytest.raises(InputError) as caught:
        read_audio(song)
    sentence = str(caught.value)
    assert song.name in sentence
    assert reason in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    if kind != "header":  # which only decoding finds out
        with pytest.raises(InputError, match="“bad"):
            probe(song)


def test_a_long_name_with_emoji_is_read_and_told(tmp_path: Path) -> None:
    name = "🎤é" * 30 + "x" * 50
    song = write_song(tmp_path / f"{name}.wav", noise(100))
    assert probe(song).title == name
    assert read_audio(song).length == 100
    assert encode_song(tmp_path / f"{name}.m4a", tones(LENGTH), codec="aac").exists()
    assert read_audio(tmp_path / f"{name}.m4a").length == LENGTH


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_no_unicode_is_read_and_told(tmp_path: Path) -> None:
    song = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.wav"))
    try:
        write_song(tmp_path / "song.wav", noise(100)).rename(song)
    except OSError:
        pytest.skip("this file system takes no such names")
    assert read_audio(song).length == 100
    assert probe(song).title.encode() == b"caf\xef\xbf\xbd"


def test_songs_are_found_in_folders_in_order(tmp_path: Path) -> None:
    names = ["b/2.mp3", "b/10.FLAC", "a/x.m4a", ".hidden/y.mp3", "._z.mp3", "notes.txt", "c.wav"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = find_songs([tmp_path / "b" / "2.mp3", tmp_path])
    assert [str(path.relative_to(tmp_path)) for path in found] == [
        "b/2.mp3",
        "c.wav",
        "a/x.m4a",
        "b/10.FLAC",
    ]


def test_stems_beside_their_song_are_not_taken_for_songs(tmp_path: Path) -> None:
    for name in ["one.mp3", "one (Instrumental).wav", "one (Vocals).wav", "two (Vocals).wav"]:
        (tmp_path / name).touch()
    assert [path.name for path in find_songs([tmp_path])] == ["one.mp3", "two (Vocals).wav"]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "song.mp3").touch()
    try:
        (tmp_path / "a" / "back").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("no symbolic links here")
    assert [path.name for path in find_songs([tmp_path])] == ["song.mp3"]


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="“nowhere” does not exist"):
        find_songs([tmp_path / "nowhere"])


def test_a_song_too_long_for_the_disk_is_refused_before_it_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    song = write_song(tmp_path / "song.wav", tones(44_100))
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage._replace(free=300_000))
    with pytest.raises(OutputError) as caught:
        spool_audio(song, progress=lambda share: pytest.fail("it was decoded"))
    said = str(caught.value)
    assert "“song.wav” needs 0.7 MB for temporary files, but only 0.3 MB are free in “" in said
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage._replace(free=800_000))
    assert spool_audio(song).length == 44_100


def test_a_header_that_claims_a_day_is_not_believed_about_the_room(tmp_path: Path) -> None:
    song = write_song(tmp_path / "song.flac", tones(44_100))
    head = bytearray(song.read_bytes())
    head[22:26] = b"\xff\xff\xff\xff"  # of the number of samples in STREAMINFO
    song.write_bytes(head)
    assert spool_audio(song).length == 44_100
