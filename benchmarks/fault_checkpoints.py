"""Faults of checkpoints: each provokes one and tells what came of it."""

import json
import os

from safetensors import safe_open
from safetensors.numpy import load_file, save_file

from benchmarks.fault_place import Outcome, Place, digest
from tests.hostile_weights import Trap, saved


def checkpoint_cut_short(place: Place) -> Outcome:
    os.truncate(place.checkpoint, place.checkpoint.stat().st_size // 2)
    return _nothing_written(place)


def checkpoint_changed(place: Place) -> Outcome:
    data = bytearray(place.checkpoint.read_bytes())
    data[-100] ^= 1
    place.checkpoint.write_bytes(data)
    return _nothing_written(place)


def checkpoint_of_gigabytes(place: Place) -> Outcome:
    """A header that claims far more than there is."""
    place.checkpoint.write_bytes((2**62).to_bytes(8, "little") + b"{}" * 100)
    return _nothing_written(place)


def _nothing_written(place: Place) -> Outcome:
    before = digest(place.first)
    outcome = place.separate()
    outcome.problems += place.wrote_nothing_of("first") + place.wrote_nothing_of("second")
    outcome.problems += [] if digest(place.first) == before else ["the song was changed"]
    return outcome


def checkpoint_holds_code(place: Place) -> Outcome:
    made = place.folder / "made by the checkpoint"
    place.checkpoint = place.checkpoint.with_suffix(".pth")
    place.checkpoint.write_bytes(saved({"weights": Trap(made)}))
    outcome = _nothing_written(place)
    outcome.problems += ["its code was run"] if made.exists() else []
    return outcome


def checkpoint_asks_for_a_huge_network(place: Place) -> Outcome:
    """Its config, which is all that says how large the network is, asks for some terabytes."""
    with safe_open(place.checkpoint, "numpy") as file:
        metadata = dict(file.metadata())
    config = json.loads(metadata["config"])
    config["channels"] = [2**20 for _ in config["channels"]]
    config["feedforward"] = 2**30
    metadata["config"] = json.dumps(config)
    save_file(load_file(place.checkpoint), place.checkpoint, metadata)
    return _nothing_written(place)
