"""Write a file so that at every moment either the old or the new content is there, whole."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

PRIVATE = 0o600


def write_atomically(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Replace a file's content: temporary file beside it, fsync, rename.

    A symbolic link stays one; the file it leads to is replaced. Missing directories are made,
    open to their owner only.

    Args:
        path: the file.
        content: all of it.
        mode: permissions of the new file; None keeps those of the old one, 0600 when there is none.

    Raises:
        OSError: the file is as it was; no temporary file is left behind.
    """
    target = Path(os.path.realpath(path))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if mode is None:
        try:
            mode = target.stat().st_mode & 0o777
        except FileNotFoundError:
            mode = PRIVATE
    temporary = target.with_name(f".{target.name}.{os.getpid()}.{os.urandom(4).hex()}.tmp")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode != PRIVATE:
            os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    sync_directory(target.parent)


def sync_directory(directory: Path) -> None:
    """Make the rename itself last through a power cut, where directories can be synced."""
    if os.name != "posix":
        return
    # some network file systems refuse to sync a directory; the content is safe all the same
    with contextlib.suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def back_up(path: Path) -> Path:
    """Copy a file to the first free of NAME.bak, NAME.bak.1, NAME.bak.2 …, and return which.

    Raises:
        OSError: the copy cannot be made.
    """
    content = path.read_bytes()
    mode = path.stat().st_mode & 0o777
    number = 0
    while True:
        copy = path.with_name(path.name + (f".bak.{number}" if number else ".bak"))
        if not os.path.lexists(copy):
            write_atomically(copy, content, mode=mode)
            return copy
        number += 1
