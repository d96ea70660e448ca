"""Looking at files and reading them: regular ones only, never waiting, never without end."""

from __future__ import annotations

import errno
import os
import stat
from typing import IO, Final

from cotui.safety.faults import FileFault, NotAllowed, fault_of, wrong_kind
from cotui.safety.places import usable

#: bytes of a file that is read in one piece
LIMIT: Final = 16 * 2**20

_UNREADABLE: Final = "cannot be read"
#: does not wait for somebody at the other end of a pipe, and takes no terminal for its own
_GENTLY: Final = os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def read(path: str | os.PathLike[str], *, limit: int | None = LIMIT) -> bytes:
    """All of a regular file; nothing of the null device.

    Args:
        path: an expanded path.
        limit: bytes it may have; None for any number.

    Raises:
        MissingFile: there is none.
        FileFault: it cannot be read.
    """
    with open_to_read(path) as file:
        try:
            content = file.read() if limit is None else file.read(limit + 1)
        except OSError as error:
            raise fault_of(error, path, _UNREADABLE) from None
    content = content or b""  # None: a file of the system's own that has nothing at the moment
    if limit is not None and len(content) > limit:
        reason = (
            f"it is larger than {limit // 2**20} MB" if limit >= 2**20 else f"it is larger than {limit} bytes"
        )
        raise FileFault(path, _UNREADABLE, errno.EFBIG, reason)
    return content


def read_own(path: str | os.PathLike[str], *, limit: int = LIMIT) -> bytes:
    """All of a regular file of the program's own, which nobody else may have put there; see `read`.

    Raises:
        MissingFile: there is none.
        NotAllowed: it belongs to somebody else.
        FileFault: it cannot be read.
    """
    with open_to_read(path) as file:
        refuse_foreign(path, os.fstat(file.fileno()), _UNREADABLE)
    return read(path, limit=limit)


def refuse_foreign(path: str | os.PathLike[str], state: os.stat_result, deed: str) -> None:
    """Refuse a file of somebody else's: whoever owns it may change what the program does.

    The administrator may hand files out, and under `sudo` the user who called it is at home.

    Raises:
        NotAllowed: it belongs to somebody else.
    """
    if stat.S_ISCHR(state.st_mode) or state.st_uid in (0, os.geteuid()):
        return
    if os.geteuid() == 0 and str(state.st_uid) == os.environ.get("SUDO_UID"):
        return
    raise NotAllowed(path, deed, errno.EPERM, "it belongs to somebody else", "make it yours, or name another")


def open_to_read(path: str | os.PathLike[str]) -> IO[bytes]:
    """A regular file, or the null device, open for reading.

    Raises:
        MissingFile: there is none.
        FileFault: it cannot be read.
    """
    text = usable(path, _UNREADABLE)
    try:
        # looked at before: opening alone can set a device to work
        _refuse_others(text, os.stat(text))
        descriptor = os.open(text, os.O_RDONLY | _GENTLY)
        try:
            _refuse_others(text, os.fstat(descriptor))
            return open(descriptor, "rb")
        except BaseException:  # nobody else can close it
            os.close(descriptor)
            raise
    except OSError as error:
        raise fault_of(error, path, _UNREADABLE) from None


def open_own(
    path: str | os.PathLike[str], *, create: bool = False, fresh: bool = False, append: bool = False
) -> int:
    """A descriptor of a regular file of the program's own, for reading and writing. Links are not followed.

    Args:
        create: make it, open to its owner only, where there is none.
        fresh: there must be none yet; implies `create`.
        append: whatever is written goes to its end.

    Raises:
        MissingFile: there is none, and it is not to be made.
        FileThere: there is one, and it was to be made.
        FileFault: it cannot be opened.
    """
    deed = "cannot be written"
    text = usable(path, deed)
    flags = os.O_RDWR | os.O_NOFOLLOW | _GENTLY
    flags |= os.O_CREAT if create or fresh else 0
    flags |= os.O_EXCL if fresh else 0
    flags |= os.O_APPEND if append else 0
    try:
        descriptor = os.open(text, flags, 0o600)
    except OSError as error:
        raise fault_of(error, path, deed) from None
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise wrong_kind(path, deed, mode)
    return descriptor


def status(path: str | os.PathLike[str]) -> os.stat_result | None:
    """What the system knows of a file; None when there is none or it does not say. Never raises."""
    try:
        return os.stat(usable(path, ""))
    except OSError:
        return None


def exists(path: str | os.PathLike[str]) -> bool:
    """Whether there is a file, as far as one can see. Never raises."""
    return status(path) is not None


def trouble_reading(path: str | os.PathLike[str]) -> FileFault | None:
    """Why a file could not be read; None when it can be, or is missing. Reads nothing of it. Never raises."""
    try:
        open_to_read(path).close()
    except FileNotFoundError:
        return None
    except FileFault as fault:
        return fault
    return None


def _refuse_others(path: str, found: os.stat_result) -> None:
    if stat.S_ISREG(found.st_mode):
        return
    null = stat.S_ISCHR(found.st_mode) and found.st_rdev == os.stat(os.devnull).st_rdev
    if not null:
        raise wrong_kind(path, _UNREADABLE, found.st_mode)
