"""Directories that go when they are not needed any more, at the latest when the next program starts.

Each is locked by the program that made it for as long as that lives: one without a lock was left behind by a program
that was killed.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
from typing import TYPE_CHECKING, Final

from cotui.safety.faults import FileFault, fault_of
from cotui.safety.locking import take
from cotui.safety.places import usable

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

#: what begins the names of those that are in the system's directory: the demo's data, the sandbox's certificate
DEMO: Final = "cotui-demo-"
TLS: Final = "cotui-tls-"

#: what follows the prefix in a directory's name: the program's number, and what `tempfile` adds
_REST: Final = re.compile(r"\d+\.[a-z0-9_]{8}")
_DEED: Final = "cannot hold a temporary directory"
#: links are not followed: somebody else may put one into a directory that all share
_OPEN: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class Directory:
    """A directory of this program's own; see `temporary_directory`."""

    def __init__(self, made: TemporaryDirectory[str], descriptor: int) -> None:
        self.name = made.name
        self._made = made
        self._descriptor = descriptor

    def cleanup(self) -> None:
        """Remove it with all that is in it. Never raises, and may be called again."""
        self._made.cleanup()
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> str:
        return self.name

    def __exit__(self, *_: object) -> None:
        self.cleanup()

    def __del__(self) -> None:
        self.cleanup()


def temporary_directory(prefix: str, beside: str | os.PathLike[str] | None = None) -> Directory:
    """A directory of one's own, open to its owner only, that goes when it is closed.

    Args:
        prefix: what its name begins with.
        beside: the directory to make it in; None for the system's choice (TMPDIR, /tmp …).

    Raises:
        FileFault: it cannot be made.
    """
    import tempfile

    inside = None if beside is None else usable(beside, _DEED)
    begin = f"{prefix}{os.getpid()}."
    try:
        while True:
            made = tempfile.TemporaryDirectory(prefix=begin, dir=inside, ignore_cleanup_errors=True)
            descriptor = _locked(made.name)
            if descriptor is not None:
                return Directory(made, descriptor)
            made.cleanup()  # another program took it for left behind, before it had its lock
    except OSError as error:
        if inside is None and tempfile.tempdir is None:  # it has found none
            reason = "no directory for temporary files can be written"
            raise FileFault("TMPDIR", _DEED, errno.ENOENT, reason, "set it to one that can") from None
        raise fault_of(error, inside or tempfile.tempdir or "TMPDIR", _DEED) from None


def _locked(path: str) -> int | None:
    """A directory's descriptor, with its lock where directories can be locked; None where it is going or gone."""
    try:
        descriptor = os.open(path, _OPEN)
    except FileNotFoundError:
        return None
    try:
        free = True
        with contextlib.suppress(FileFault):  # a file system without locks
            free = take(descriptor, path)
        if free and _is_still(path, descriptor):
            return descriptor
    except BaseException:  # nobody else can close it
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


def _is_still(path: str, descriptor: int) -> bool:
    with contextlib.suppress(OSError):
        return os.path.samestat(os.lstat(path), os.fstat(descriptor))
    return False


def tidy_up() -> int:
    """Remove what killed programs left in the system's directory for temporary files; how many. Never raises."""
    return sum(remove_directories_left_behind(prefix) for prefix in (DEMO, TLS))


def remove_directories_left_behind(prefix: str, beside: str | os.PathLike[str] | None = None) -> int:
    """Remove the directories that programs left when they were killed; how many. Never raises.

    One whose program lives is locked, and stays, as does whatever belongs to somebody else.

    Args:
        prefix: what `temporary_directory` was given.
        beside: as there.
    """
    removed = 0
    with contextlib.suppress(OSError):
        if beside is None:
            import tempfile

            inside = tempfile.gettempdir()
        else:
            inside = usable(beside, _DEED)
        for name in os.listdir(inside):
            if name.startswith(prefix) and _REST.fullmatch(name, len(prefix)):
                removed += _remove_unlocked(os.path.join(inside, name))
    return removed


def _remove_unlocked(path: str) -> bool:
    import shutil

    with contextlib.suppress(OSError):
        descriptor = os.open(path, _OPEN)
        try:
            if os.fstat(descriptor).st_uid == os.geteuid() and take(descriptor, path):
                shutil.rmtree(path, ignore_errors=True)
                return not os.path.lexists(path)
        finally:
            os.close(descriptor)
    return False
