"""The three things a song can be heard as."""

from enum import Enum


class Stem(Enum):
    """A part of a song; instrumental and vocals sum to the mixture."""

    MIXTURE = "mixture"
    INSTRUMENTAL = "instrumental"
    VOCALS = "vocals"

    @property
    def label(self) -> str:
        """The name shown to people and used in file names."""
        return self.value.capitalize()
