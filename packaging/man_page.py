"""The manual page of the command line, from the options that it has.

Run as `python packaging/man_page.py FILE`.
"""

from __future__ import annotations

import re
import sys
from enum import Enum
from importlib.metadata import version
from pathlib import Path

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from app.cli import commands

ROOT = Path(__file__).resolve().parent.parent
NAME = "vocal-remover"
_HEAD = r"""
.TH VOCAL-REMOVER 1 "" "Vocal Remover {version}" "User Commands"
.SH NAME
vocal-remover \- hear a song without its voice, and save the stems
.SH SYNOPSIS
{synopsis}
.SH DESCRIPTION
Without a command, the window opens with the given songs.
The commands work without a window.
Nothing is sent anywhere: everything is computed on this computer.
.SH COMMANDS
""".lstrip()
_TAIL = r"""
.SH EXIT STATUS
0 if everything was done, 1 if something was not, 2 if the command line was wrong.
.SH FILES
.TP
.I ~/.cache/vocal-remover
What was separated once, kept so that the song opens at once; the window empties it.
.TP
.I ~/.config/vocal-remover
Preferences.
.TP
.I ~/.local/state/vocal-remover
The log.
""".lstrip()


def man_page(version: str) -> str:
    """The page in troff's man macros."""
    group = typer.main.get_command(commands)
    assert isinstance(group, TyperGroup)
    named = sorted(group.commands.items())
    forms = [f".B {NAME} {_escaped(name)}\n[OPTION]..." for name, _ in named]
    synopsis = "\n.br\n".join([f".B {NAME}\n[SONG]...", *forms])
    text = _HEAD.format(version=version, synopsis=synopsis)
    for name, command in named:
        assert isinstance(command, TyperCommand)
        text += _command(name, command)
    return text + _TAIL


def _command(name: str, command: TyperCommand) -> str:
    arguments = [
        each.metavar or str(each.name).upper()
        for each in command.params
        if not isinstance(each, TyperOption)
    ]
    heading = _escaped(" ".join([name, *arguments]))
    text = f".SS {heading}\n{_escaped(command.help or '')}\n"
    for option in command.params:
        if isinstance(option, TyperOption):
            spelt = ", ".join(rf"\fB{_escaped(each)}\fR" for each in option.opts)
            value = "" if option.is_flag else rf" \fI{_escaped(_value(option))}\fR"
            text += f".TP\n{spelt}{value}\n{_escaped(option.help or '')}\n"
    return text


def _value(option: TyperOption) -> str:
    if option.metavar:
        return option.metavar
    kind = option.type_descriptor.annotation
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "|".join(str(each.value) for each in kind)
    return str(option.name).upper()


def _escaped(text: str) -> str:
    """Text as troff takes it literally."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(man_page(version(NAME)), encoding="utf-8")
