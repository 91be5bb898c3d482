"""The errors a user may see, told apart by whose fault they are."""


class VocalRemoverError(Exception):
    """An expected fault; its message is the one sentence that the user is shown."""


class InputError(VocalRemoverError):
    """A song cannot be read."""


class OutputError(VocalRemoverError):
    """A file cannot be written."""


class CheckpointError(VocalRemoverError):
    """A checkpoint cannot be used."""


class DeviceError(VocalRemoverError):
    """The asked-for computing device cannot be used."""


class Cancelled(Exception):
    """The user stopped the work; nothing went wrong."""
