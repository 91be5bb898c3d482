"""What the program and the process that reads pickled weights say to each other."""

WEIGHTS, HOLDS_CODE, NO_WEIGHTS, DAMAGED = b"w", b"c", b"n", b"d"
"""The first byte of the answer; after the first of them the weights follow, as safetensors."""

FLAG = "--read-weights"
"""What a frozen program is started with to become that process."""

SECONDS = 120
MOST_TENSORS = 20_000
LARGEST_TENSORS = 2**20  # bytes beyond the file's own size
ROOM = 2**29  # bytes that reading may take beside four times the file
