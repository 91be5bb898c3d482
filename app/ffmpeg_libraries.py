"""The libraries that PyAV brings along with FFmpeg, by whom they are and under which licences."""

import re
from importlib.metadata import Distribution
from pathlib import PurePath

UNKNOWN = "its authors and licence are not known here"
_OWN = ("avcodec", "avdevice", "avfilter", "avformat", "avutil", "swresample", "swscale")
_KNOWN = {
    "asound": "ALSA's library; Jaroslav Kysela and others; LGPL-2.1-or-later",
    "dav1d": "VideoLAN and dav1d authors; BSD-2-Clause",
    "drm": "the authors of the Direct Rendering Manager; MIT",
    "gmp": "Free Software Foundation; LGPL-3.0-or-later",
    "gnutls": "Free Software Foundation and GnuTLS authors; LGPL-2.1-or-later",
    "hogweed": "Niels Möller and others (Nettle); LGPL-3.0-or-later",
    "mp3lame": "the LAME project; LGPL-2.0-or-later",
    "nettle": "Niels Möller and others; LGPL-3.0-or-later",
    "opencore-amrnb": "PacketVideo (OpenCORE); Apache-2.0",
    "opencore-amrwb": "PacketVideo (OpenCORE); Apache-2.0",
    "opus": "Xiph.Org, Skype, Octasic, Jean-Marc Valin, Timothy B. Terriberry, CSIRO, "
    "Gregory Maxwell, Mark Borgerding, Erik de Castro Lopo, Mozilla, Amazon; BSD-3-Clause",
    "sharpyuv": "Google (WebP); BSD-3-Clause",
    "SvtAv1Enc": "Alliance for Open Media and Intel; BSD-3-Clause-Clear, with the Alliance for "
    "Open Media Patent License 1.0",
    "unistring": "Free Software Foundation; LGPL-3.0-or-later",
    "vmaf": "Netflix; BSD-2-Clause, with its patent grant",
    "vpl": "Intel; MIT",
    "vpx": "the WebM project authors; BSD-3-Clause",
    "webp": "Google; BSD-3-Clause",
    "webpmux": "Google; BSD-3-Clause",
    "x264": "x264 project; GPL-2.0-or-later",
    "x265": "MulticoreWare and x265 project; GPL-2.0-or-later",
    "Xau": "The Open Group; MIT",
    "xcb": "Bart Massey, Jamey Sharp, Josh Triplett and others; MIT",
    "xcb-shape": "the authors of xcb; MIT",
    "xcb-shm": "the authors of xcb; MIT",
    "xcb-xfixes": "the authors of xcb; MIT",
}
_LIBRARY = re.compile(r"(?:lib)?(.+?)(?:-[0-9a-f]{8,})?(?:[.-]\d+)*\.(?:so|dylib|dll)(?:\.\d+)*")


def libraries_inside(package: Distribution) -> list[str]:
    """Short names of the shared libraries beside a package's own modules, such as "opus"."""
    found = set()
    for file in package.files or ():
        path = PurePath(file.as_posix())
        name = _LIBRARY.fullmatch(path.name)
        if name and path.parent.name.endswith((".libs", ".dylibs")):
            found.add(name[1])
    return sorted(found - set(_OWN), key=str.lower)


def told(package: Distribution) -> str:
    """One line for each library that comes with FFmpeg."""
    lines = [f"{name}: {_KNOWN.get(name, UNKNOWN)}" for name in libraries_inside(package)]
    return "\n".join(["FFmpeg comes with these libraries, used by it alone:", "", *lines])
