"""Every fault that is provoked, in the order of the table."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import fault_cases as cases
from benchmarks import fault_checkpoints as checkpoints
from benchmarks import fault_disks as disks
from benchmarks.fault_place import Outcome, Place

COMMAND_LINE, WINDOW = "command line", "window"


@dataclass(frozen=True)
class Fault:
    """One row of the table."""

    name: str
    where: str
    provoked: str
    run: Callable[[Place], Outcome]
    says: str | None = None  # what the sentence must hold; None where nothing need be said


FAULTS = (
    Fault(
        "disk full for temporary files",
        COMMAND_LINE,
        "a disk of 2 MB",
        disks.full_disk_for_temporary_files,
        "temporary files",
    ),
    Fault(
        "no room for the stems",
        COMMAND_LINE,
        "a disk of 2 MB",
        disks.full_disk_for_stems,
        "“first",
    ),
    Fault(
        "no room for the stems",
        WINDOW,
        "a disk of 2 MB",
        disks.full_disk_in_the_window,
        "for its stems",
    ),
    Fault(
        "disk filled while a song is decoded, then emptied",
        COMMAND_LINE,
        "filled by another program at the third block",
        disks.disk_filled_while_decoding,
        "are free in",
    ),
    Fault(
        "disk filled while a song is separated, then emptied",
        COMMAND_LINE,
        "filled by another program at the second chunk",
        disks.disk_filled_while_separating,
        "disk is full",
    ),
    Fault(
        "disk filled while stems are written, then emptied",
        COMMAND_LINE,
        "filled by another program at the third block",
        disks.disk_filled_while_stems_are_written,
        "100% was separated before",
    ),
    Fault(
        "disk filled while stems are written",
        WINDOW,
        "filled by another program at the third block",
        disks.disk_filled_in_the_window,
        "disk is full",
    ),
    Fault(
        "disk full for settings, queue and log",
        WINDOW,
        "a home of 1 MB, filled",
        disks.full_disk_for_settings_queue_and_log,
    ),
    Fault(
        "target folder removed while separating",
        COMMAND_LINE,
        "removed at the second chunk",
        cases.target_removed,
    ),
    Fault(
        "target folder removed before saving",
        COMMAND_LINE,
        "removed as saving begins",
        cases.target_removed_while_saving,
    ),
    Fault(
        "target folder made read-only",
        COMMAND_LINE,
        "remounted or without rights at the second chunk",
        disks.target_made_read_only,
        "read-only",
    ),
    Fault(
        "target folder made read-only",
        WINDOW,
        "remounted or without rights at the second chunk",
        disks.target_made_read_only_in_the_window,
        "read-only",
    ),
    Fault(
        "target folder is a file",
        COMMAND_LINE,
        "a file of that name",
        cases.target_is_a_file,
        "not a folder",
    ),
    Fault(
        "song removed while it is separated",
        COMMAND_LINE,
        "deleted at the second chunk",
        cases.input_removed_while_separating,
    ),
    Fault(
        "song cut short while it is read",
        COMMAND_LINE,
        "truncated at the third block",
        cases.input_cut_short_while_reading,
        "first.wav",
    ),
    Fault(
        "song replaced while it is read",
        COMMAND_LINE,
        "overwritten at the third block",
        cases.input_replaced_while_reading,
        "first.wav",
    ),
    Fault(
        "song of the queue unplugged",
        WINDOW,
        "deleted while the one before is separated",
        cases.input_unplugged_in_the_window,
        "does not exist",
    ),
    Fault(
        "decoder crashes",
        COMMAND_LINE,
        "SIGSEGV at the third block",
        cases.decoder_crashes,
        "crashed the decoder",
    ),
    Fault(
        "decoder crashes",
        WINDOW,
        "SIGSEGV at the third block",
        cases.decoder_crashes_in_the_window,
    ),
    Fault(
        "decoding process taken away",
        COMMAND_LINE,
        "SIGKILL two seconds after the start",
        cases.killed_decoder_at_rest,
    ),
    Fault(
        "graphics card lost",
        COMMAND_LINE,
        "injected at the second chunk",
        cases.gpu_lost,
        "going on with the CPU",
    ),
    Fault(
        "graphics card lost",
        WINDOW,
        "injected at the second chunk",
        cases.gpu_lost_in_the_window,
        "going on with the CPU",
    ),
    Fault(
        "memory runs out",
        COMMAND_LINE,
        "24 MB more allowed from the second chunk on",
        cases.memory_runs_out,
        "memory",
    ),
    Fault(
        "sound device lost while playing",
        WINDOW,
        "a device that stops",
        cases.sound_device_lost,
        "audio device stopped",
    ),
    Fault(
        "no sound device",
        WINDOW,
        "a system without PortAudio",
        cases.no_sound_device,
        "No audio device",
    ),
    Fault("comma as decimal mark", WINDOW, "de_DE.UTF-8", cases.comma_decimals),
    Fault(
        "names: " + ", ".join(cases.NAMES),
        COMMAND_LINE,
        "songs of these names",
        cases.odd_names,
    ),
    Fault(
        "the same names",
        WINDOW,
        "songs of these names",
        cases.odd_names_in_the_window,
    ),
    Fault(
        "links in a circle",
        COMMAND_LINE,
        "a song that links to itself, a folder to its parent",
        cases.link_loops,
        "loop.wav",
    ),
    Fault(
        "empty file, text, missing file, pipe",
        COMMAND_LINE,
        "named as songs",
        cases.input_is_no_song,
        "is empty",
    ),
    Fault(
        "two copies of the program on the same songs",
        COMMAND_LINE,
        "started together",
        cases.two_at_once,
        "exists already",
    ),
    Fault(
        "two windows on the same songs",
        WINDOW,
        "started together",
        cases.two_windows_at_once,
    ),
    Fault(
        "killed, then started again",
        WINDOW,
        "SIGKILL at the second chunk",
        cases.killed_in_the_window,
    ),
    Fault(
        "killed, then started again",
        COMMAND_LINE,
        "SIGKILL at the second chunk",
        cases.killed,
        "Going on with",
    ),
    Fault(
        "Ctrl-C",
        COMMAND_LINE,
        "SIGINT at the second chunk",
        cases.interrupted,
        "Cancelled",
    ),
    Fault(
        "whoever reads the output ends first",
        COMMAND_LINE,
        "standard output closed",
        cases.reader_gone,
    ),
    Fault(
        "checkpoint cut short",
        COMMAND_LINE,
        "half of it",
        checkpoints.checkpoint_cut_short,
        "checkpoint",
    ),
    Fault(
        "checkpoint changed",
        COMMAND_LINE,
        "one bit",
        checkpoints.checkpoint_changed,
        "damaged",
    ),
    Fault(
        "checkpoint that claims exabytes",
        COMMAND_LINE,
        "in its header",
        checkpoints.checkpoint_of_gigabytes,
        "checkpoint",
    ),
    Fault(
        "checkpoint that holds code",
        COMMAND_LINE,
        "a pickle that makes a file",
        checkpoints.checkpoint_holds_code,
        "refused",
    ),
    Fault(
        "checkpoint that asks for a huge network",
        COMMAND_LINE,
        "in its config",
        checkpoints.checkpoint_asks_for_a_huge_network,
        "checkpoint",
    ),
    Fault("settings damaged", WINDOW, "nonsense in every line", cases.settings_damaged),
    Fault("queue file damaged", WINDOW, "cut off, no text", cases.queue_damaged),
    Fault("kept separations damaged", WINDOW, "64 bytes in each", cases.cache_damaged),
    Fault(
        "clock jumps back and forth by a year",
        COMMAND_LINE,
        "injected from the second chunk on",
        cases.clock_turned_back,
    ),
    Fault("home read-only", WINDOW, "remounted, or without rights", disks.home_read_only),
    Fault(
        "no folder for temporary files",
        COMMAND_LINE,
        "a file in its place",
        disks.no_place_for_temporary_files,
        "temporary files",
    ),
)
