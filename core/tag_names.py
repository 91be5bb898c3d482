"""What the tags of each file format are called, by the names that Vorbis comments use."""

ID3 = {
    "TIT2": "title",
    "TIT1": "grouping",
    "TIT3": "subtitle",
    "TPE1": "artist",
    "TPE2": "albumartist",
    "TPE3": "conductor",
    "TPE4": "remixer",
    "TALB": "album",
    "TRCK": "tracknumber",
    "TPOS": "discnumber",
    "TDRC": "date",
    "TDOR": "originaldate",
    "TCON": "genre",
    "TCOM": "composer",
    "TEXT": "lyricist",
    "TBPM": "bpm",
    "TKEY": "initialkey",
    "TMOO": "mood",
    "TSRC": "isrc",
    "TCOP": "copyright",
    "TPUB": "organization",
    "TLAN": "language",
    "TCMP": "compilation",
    "TSOT": "titlesort",
    "TSOP": "artistsort",
    "TSOA": "albumsort",
}

MP4 = {
    "©nam": "title",
    "©ART": "artist",
    "aART": "albumartist",
    "©alb": "album",
    "©day": "date",
    "©gen": "genre",
    "©wrt": "composer",
    "©cmt": "comment",
    "©lyr": "lyrics",
    "©grp": "grouping",
    "cprt": "copyright",
    "tmpo": "bpm",
    "trkn": "tracknumber",
    "disk": "discnumber",
    "sonm": "titlesort",
    "soar": "artistsort",
    "soal": "albumsort",
}

# Of formats with free names: ASF, APEv2 and what FFmpeg reports.
FREE = {
    "author": "artist",
    "wm/albumtitle": "album",
    "wm/albumartist": "albumartist",
    "wm/tracknumber": "tracknumber",
    "wm/partofset": "discnumber",
    "wm/year": "date",
    "wm/genre": "genre",
    "wm/composer": "composer",
    "wm/beatsperminute": "bpm",
    "wm/lyrics": "lyrics",
    "wm/isrc": "isrc",
    "wm/publisher": "organization",
    "album artist": "albumartist",
    "album_artist": "albumartist",
    "track": "tracknumber",
    "year": "date",
    "disc": "discnumber",
    "description": "comment",
}

# What describes the original's encoding or its file, and would be untrue of a stem.
# fmt: off
_UNTRUE = frozenset((
    "encoder", "encoded-by", "encodedby", "encoded_by", "encoding", "encodersettings",
    "itunnorm", "itunsmpb", "itunpgap", "major_brand", "minor_version", "compatible_brands",
    "creation_time", "length", "duration", "software",
))
_UNTRUE_STARTS = (
    "replaygain_", "r128_", "acoustid_", "accuraterip", "isvbr", "wm/", "wmfsdk", "id3v2_priv",
    "metadata_block_picture", "coverart", "cover art",
)
# fmt: on


def is_kept(name: str) -> bool:
    """Tell whether a field of a song, by its lower-case name, also holds for its stems."""
    return name not in _UNTRUE and not name.startswith(_UNTRUE_STARTS)
