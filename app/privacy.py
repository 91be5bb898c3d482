"""What leaves this computer in a report says nothing of where its user keeps things."""

import re
import sys
from pathlib import Path

# Places of the program itself tell a maintainer something and nobody's habits.
_PROGRAM = tuple(
    dict.fromkeys(
        str(Path(place).resolve())
        for place in (Path(__file__).parent.parent, sys.prefix, sys.base_prefix)
    )
)
_QUOTED = re.compile(r"""(['"“‘])((?:[A-Za-z]:)?[/\\][^'"”’\n]*[/\\])([^/\\'"”’\n]*)(?=['"”’])""")
_BARE = re.compile(r"""(?<![\w.…~>/\\'"“‘:])((?:[A-Za-z]:)?[/\\](?:[^\s/\\'"”’:]+[/\\])+)""")


def without_folders(text: str) -> str:
    """Leave of each path its last name, which the window shows too; home becomes ~.

    Paths of the program and of Python keep what follows the folder they are installed in.
    """
    for place in _PROGRAM:
        if len(place) > 1:
            text = text.replace(place, "<program>")
    home = str(Path.home())
    text = _QUOTED.sub(lambda found: f"{found[1]}…/{found[3]}", text)
    text = _BARE.sub("…/", text)
    return text.replace(home, "~") if len(home) > 1 else text
