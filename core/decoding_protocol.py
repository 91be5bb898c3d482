"""How the program and its decoding process talk: framed messages of JSON, samples and pictures.

Nothing of it is ever run or unpickled: a file that takes the decoding process over gains no more
than the right to send wrong samples.
"""

import struct

FLAG = "--decode-songs"  # makes a frozen program be the decoding process

# From the program, over the process's standard input.
REQUEST = b"?"  # followed by LENGTH and that much JSON
CREDIT = b"+"  # one more block of samples may be sent
STOP = b"-"  # no more blocks are wanted
CREDITS = 8  # blocks that may be under way: enough to decode while the program is busy

# From the process, over its standard output: one of these, LENGTH, and that many bytes.
READY = b"R"  # all libraries are loaded
RESULT = b"J"  # JSON; ends what was asked for, but for the pictures it tells of
SAMPLES = b"S"  # SHAPE, then float32, all channels of a sample beside each other as in most files
PICTURE = b"P"
ALIVE = b"A"  # nothing to send yet, but the file is being read on

HEAD = struct.Struct("<cI")
LENGTH = struct.Struct("<I")
SHAPE = struct.Struct("<II")

LARGEST = 2**26  # bytes of a message; a picture or tag beyond it is left out
MOST_PICTURES = 64

PATIENCE = 30.0  # seconds that a library may take for one step through a file
ROOM = 2**30  # bytes that decoding may take beyond what the libraries themselves do
