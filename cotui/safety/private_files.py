"""Files that only their owner may read, whatever the umask says: for those that a library fills."""

from __future__ import annotations

import contextlib
import os
import stat
from typing import Final

from cotui.safety.faults import FileThere, show_path
from cotui.safety.places import usable
from cotui.safety.reading import open_own, status

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def make_private(path: str | os.PathLike[str]) -> None:
    """Make a file, empty and open to its owner only, where there is none; a symbolic link stays one.

    Raises:
        FileFault: it cannot be made.
    """
    target = os.path.realpath(usable(path, "cannot be made"))
    if status(target) is None:
        with contextlib.suppress(FileThere):  # another process was faster
            os.close(open_own(target, fresh=True))


def close_to_others(path: str | os.PathLike[str]) -> str:
    """Close a regular file to other users, where it is open to them.

    Returns:
        What there is to say of it; "" where it was closed, or is not there. Never raises.
    """
    there = status(path)
    if there is None or not stat.S_ISREG(there.st_mode) or not there.st_mode & _OTHERS:
        return ""
    try:
        os.chmod(path, stat.S_IMODE(there.st_mode) & ~_OTHERS)
    except OSError as error:
        return f"{show_path(path)} is open to other users, and cannot be closed to them: {error.strerror}"
    return f"{show_path(path)} was open to other users; it is its owner's only now"
