"""Paths that can't be what is wanted of them, each made in a directory of the test's own; none depends on who runs it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

#: terminals that are there as long as they are open
_open: list[tuple[int, int]] = []
#: makes one where it is told, and answers its path
Maker = Callable[[Path], str]


def a_directory(place: Path) -> str:
    (place / "directory").mkdir()
    return str(place / "directory")


def a_pipe(place: Path) -> str:
    os.mkfifo(place / "pipe")
    return str(place / "pipe")


def a_link_to_a_pipe(place: Path) -> str:
    (place / "link").symlink_to(a_pipe(place))
    return str(place / "link")


def a_socket(place: Path) -> str:
    here = os.getcwd()
    os.chdir(place)  # the name of a socket may have no more than a hundred characters
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("socket")
    finally:
        os.chdir(here)
    return str(place / "socket")


def a_device(_: Path) -> str:
    """A terminal of our own: root could remove or replace another device, should a function be wrong."""
    main, other = os.openpty()
    _open.append((main, other))
    return os.ttyname(other)


def below_a_file(place: Path) -> str:
    (place / "file").write_text("")
    return str(place / "file" / "below")


def a_circle(place: Path) -> str:
    (place / "circle").symlink_to(place / "circle")
    return str(place / "circle")


def a_long_name(place: Path) -> str:
    return str(place / ("x" * 5000))


def a_long_path(place: Path) -> str:
    return str(place) + "/x" * 5000


def nobody_s(_: Path) -> str:
    return "~nobody-of-that-name/x"


def an_unwritable_name(place: Path) -> str:
    return f"{place}/\ud800"


def a_nul(place: Path) -> str:
    return f"{place}/a\0b"


#: of every kind, what is no regular file and never can be one
KINDS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        a_directory,
        a_pipe,
        a_link_to_a_pipe,
        a_socket,
        a_device,
        below_a_file,
        a_circle,
        a_long_name,
        a_long_path,
        nobody_s,
        an_unwritable_name,
        a_nul,
    )
}
#: those that an environment variable or a command line can hold
SAYABLE = {name: maker for name, maker in KINDS.items() if name not in ("a_nul", "an_unwritable_name")}
#: those that can't be a directory
NO_DIRECTORY = {name: maker for name, maker in KINDS.items() if name != "a_directory"}
