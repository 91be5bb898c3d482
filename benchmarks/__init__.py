"""What the program costs in time and memory, measured the same way every time."""
