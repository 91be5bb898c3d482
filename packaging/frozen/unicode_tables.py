"""Makes ICU's tables, a third of Qt, as small as they may be: what sorts names stays, no more.

Qt asks them how to sort and fold words. What it does with numbers, dates, breaks of lines and names
of languages, it does with tables of its own; ICU's are for programs that use ICU by themselves.
The layout is ICU's common data format, https://unicode-org.github.io/icu/userguide/icu_data/.
"""

import re
import struct
import subprocess
from pathlib import Path

_LEFT_OUT = re.compile(
    r"[^/]+/(?:(?:brkitr|curr|lang|rbnf|region|translit|unit|zone)/.*|.*\.(?:cfu|cnv|spp))"
)
_MAGIC = b"\xda\x27"
_FORMAT = b"CmnD"
_ALIGNMENT = 16
_SOURCE = """\
.section .rodata
.balign 16
.globl {symbol}
.type {symbol}, %object
{symbol}: .incbin "{path}"
.size {symbol}, .-{symbol}
.section .note.GNU-stack, "", %progbits
"""


def unpack(data: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The header and, by name, the tables of an archive that begins `data`.

    Raises:
        ValueError: it is no such archive.
    """
    (length,) = struct.unpack_from("<H", data)
    if data[2:4] != _MAGIC or data[12:16] != _FORMAT:
        raise ValueError("These are no tables of ICU in the common format.")
    body = data[length:]
    (count,) = struct.unpack_from("<I", body)
    places = list(struct.iter_unpack("<II", body[4 : 4 + 8 * count]))
    ends = [start for _, start in places[1:]] + [len(body)]
    names = [body[at : body.index(b"\0", at)].decode() for at, _ in places]
    starts = (start for _, start in places)
    pieces = (body[start:end] for start, end in zip(starts, ends, strict=True))
    return data[:length], dict(zip(names, pieces, strict=True))


def pack(header: bytes, tables: dict[str, bytes]) -> bytes:
    """An archive of tables, which ICU looks up by name in their sorted order."""
    names, contents, places = b"", b"", []
    ordered = sorted(tables.items(), key=lambda table: table[0].encode())
    first = 4 + 8 * len(ordered)
    total = first + sum(len(name.encode()) + 1 for name, _ in ordered)
    total += -(len(header) + total) % _ALIGNMENT
    for name, table in ordered:
        places.append(struct.pack("<II", first + len(names), total + len(contents)))
        names += name.encode() + b"\0"
        contents += table + bytes(-len(table) % _ALIGNMENT)
    top = struct.pack("<I", len(ordered)) + b"".join(places) + names
    return header + top.ljust(total, b"\0") + contents


def trimmed(data: bytes) -> bytes:
    """The same archive without the tables that Qt does not ask for."""
    header, tables = unpack(data)
    return pack(header, {name: each for name, each in tables.items() if not _LEFT_OUT.match(name)})


def trim_library(source: Path, target: Path, folder: Path) -> None:
    """Link libicudata anew with fewer tables; binutils do it, with their files in `folder`.

    Raises:
        ValueError: the library is not what it was when this was written.
    """
    told = subprocess.run(
        ["objdump", "-h", "-T", source], check=True, capture_output=True, text=True
    )
    section = re.search(r"\.rodata\s+([0-9a-f]+)\s+([0-9a-f]+)\s+\S+\s+([0-9a-f]+)", told.stdout)
    symbol = re.search(r"([0-9a-f]+) g\s+DO \.rodata\s+([0-9a-f]+)\s.*?(icudt\d+_dat)", told.stdout)
    if not (section and symbol):
        raise ValueError(f"{source.name} holds no tables where they were.")
    start = int(section[3], 16) + int(symbol[1], 16) - int(section[2], 16)
    data = source.read_bytes()[start : start + int(symbol[2], 16)]
    folder.mkdir(parents=True, exist_ok=True)
    tables, program, compiled = (folder / f"tables.{kind}" for kind in ("dat", "s", "o"))
    tables.write_bytes(trimmed(data))
    program.write_text(_SOURCE.format(symbol=symbol[3], path=tables), encoding="utf-8")
    subprocess.run(["as", "-o", compiled, program], check=True)
    link = ["ld", "-shared", "-z", "noexecstack", "-soname", source.name, "-o", target, compiled]
    subprocess.run(link, check=True)
