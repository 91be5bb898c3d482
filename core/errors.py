"""The errors a user may see, told apart by whose fault they are."""


class VocalRemoverError(Exception):
    """An expected fault; its message is the one sentence that the user is shown.

    The sentence is kept apart from what is filled in, so that a window can say it in another
    language: `raise InputError("“{name}” is empty.", name=shown_name(path))`.

    Attributes:
        template: the sentence in English, with {fields} as for `str.format` if there are any.
        fields: what is filled in, by name; one of them may be such an error itself.
    """

    def __init__(self, template: str, **fields: object) -> None:
        """Say what went wrong; without `fields` the template is taken as it stands."""
        self.template, self.fields = template, fields
        super().__init__(template.format(**fields) if fields else template)


class InputError(VocalRemoverError):
    """A song cannot be read."""


class OutputError(VocalRemoverError):
    """A file cannot be written."""


class CheckpointError(VocalRemoverError):
    """A checkpoint cannot be used."""


class DeviceError(VocalRemoverError):
    """The asked-for computing device cannot be used."""


class ClusterError(VocalRemoverError):
    """The cluster that is to do the work cannot be used."""


class Cancelled(Exception):
    """The user stopped the work; nothing went wrong."""
