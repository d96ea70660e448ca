"""What can be wrong with a file, in one line that names it, the reason and a remedy."""

# ruff: noqa: N818 - named after their causes, like the errors of cotui.api

from __future__ import annotations

import errno
import os
import stat
from typing import Final

from cotui.safety.text import visible

#: characters of a path that a message shows
_LONGEST: Final = 400

_REMEDIES: Final = {
    errno.EACCES: "mend its permissions, or name another place",
    errno.EPERM: "mend its permissions, or name another place",
    errno.ENOENT: "check its name",
    errno.EEXIST: "give another name",
    errno.ENOTDIR: "a part of its path is a file, so name another place",
    errno.EISDIR: "name a file",
    errno.ENAMETOOLONG: "give a shorter name",
    errno.ELOOP: "mend the link, or name the file itself",
    errno.EROFS: "name a place that can be written",
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "free some space, or ask for more",
    errno.EFBIG: "name a smaller file",
    errno.EMFILE: "raise the limit (ulimit -n)",
    errno.ENFILE: "close some programs",
    errno.EIO: "check the disk",
    errno.ENOLCK: "name a place on a disk of this machine",
    errno.ENOTSUP: "name a place on a disk of this machine",
    errno.ESTALE: "mount its file system again",
}
_ELSEWHERE: Final = "name another place"


class FileFault(OSError):
    """A file or directory that cannot be used as it should be.

    The text is one line: the path, what could not be done, why, and what to do.

    Attributes:
        errno: the system's number for the reason, or the nearest one.
        strerror: the reason alone, e.g. "Permission denied".
        filename: the path as it was given.
        remedy: what to do, beginning in small letters.
    """

    def __init__(
        self, path: str | os.PathLike[str], deed: str, number: int, reason: str = "", remedy: str = ""
    ) -> None:
        super().__init__(number, reason or os.strerror(number), os.fspath(path))
        self.deed = deed
        self.remedy = remedy or _REMEDIES.get(number, _ELSEWHERE)

    @property
    def why(self) -> str:
        """The text without the path."""
        return f"{self.deed}: {self.strerror}; {self.remedy}"

    def __str__(self) -> str:
        return f"{show_path(self.filename)} {self.why}"


class MissingFile(FileFault, FileNotFoundError):
    """There is no such file."""


class FileThere(FileFault, FileExistsError):
    """There is a file of this name already."""


class NotAllowed(FileFault, PermissionError):
    """The user of this process may not do this."""


_KINDS: Final[dict[int, type[FileFault]]] = {
    errno.ENOENT: MissingFile,
    errno.EEXIST: FileThere,
    errno.EACCES: NotAllowed,
    errno.EPERM: NotAllowed,
}


def fault_of(error: OSError, path: str | os.PathLike[str], deed: str) -> FileFault:
    """The fault that an error of the system's is.

    Args:
        deed: what was to be done with it, in vain: "cannot be read".
    """
    if isinstance(error, FileFault):
        return error
    number = error.errno or errno.EIO
    if number == errno.ENOENT and not os.path.isabs(path) and _started_nowhere():
        reason = "the directory that cotui was started in is gone"
        return FileFault(path, deed, number, reason, "start it elsewhere, or give the whole path")
    return _KINDS.get(number, FileFault)(path, deed, number, error.strerror or type(error).__name__)


def wrong_kind(path: str | os.PathLike[str], deed: str, mode: int) -> FileFault:
    """The fault that something is no regular file.

    Args:
        deed: as for `fault_of`.
        mode: `st_mode` of what is there.
    """
    if stat.S_ISDIR(mode):
        return FileFault(path, deed, errno.EISDIR)
    if stat.S_ISLNK(mode):
        return FileFault(path, deed, errno.ELOOP)
    kind = (
        "a named pipe"
        if stat.S_ISFIFO(mode)
        else "a socket"
        if stat.S_ISSOCK(mode)
        else "a device"
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode)
        else "something else"
    )
    return FileFault(path, deed, errno.EINVAL, f"it is {kind}, not a regular file", "name a regular file")


def show_path(path: str | os.PathLike[str]) -> str:
    """A path as it may stand in a message: on one line, harmless to a terminal, not endless."""
    text = os.fspath(path)
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2]}…{text[-_LONGEST // 2 :]}"
    return visible(text)


def _started_nowhere() -> bool:
    try:
        os.getcwd()
    except OSError:
        return True
    return False
