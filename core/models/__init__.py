"""The networks, one file an architecture."""
