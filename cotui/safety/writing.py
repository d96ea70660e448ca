"""Writing files so that at every moment either the old or the new content is there, whole."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from pathlib import Path
from typing import IO, Final

from cotui.safety.faults import FileFault, NotAllowed, fault_of, show_path, wrong_kind
from cotui.safety.locking import take
from cotui.safety.places import usable
from cotui.safety.reading import exists, open_own, read, status, trouble_reading

PRIVATE: Final = 0o600

_UNWRITABLE: Final = "cannot be written"
_ENDING: Final = ".tmp"
#: what follows the beginning of a temporary file's name
_LEFT_BEHIND: Final = re.compile(r"\d+\.[0-9a-f]{8}\.tmp")
_UNMADE: Final = "cannot be made"
#: the descriptors of the process, as links
_DESCRIPTORS: Final = "/proc/self/fd"
#: what the system says where files cannot be given a name
_NO_LINKS: Final = (errno.EOPNOTSUPP, errno.EPERM, errno.EXDEV, errno.ENOENT, errno.EMLINK, errno.ENOSYS)


def write_atomically(path: str | os.PathLike[str], content: bytes, *, mode: int | None = None) -> None:
    """Replace a file's content: temporary file beside it, fsync, rename.

    A symbolic link stays one; the file it leads to is replaced. Only a regular file is. Missing directories are made,
    open to their owner only.

    Args:
        mode: permissions of the new file; None keeps those of the old one, 0600 when there is none.

    Raises:
        FileFault: the file is as it was; no temporary file is left behind.
    """
    text = usable(path, _UNWRITABLE)
    try:
        target = Path(os.path.realpath(text))
        make_directory(target.parent)
        there = _mode_of(target)
        if there is not None and not stat.S_ISREG(there):
            raise wrong_kind(path, _UNWRITABLE, there)
        if mode is None:
            mode = PRIVATE if there is None else there & 0o777
        _replace(target, content, mode)
    except OSError as error:
        raise fault_of(error, path, _UNWRITABLE) from None
    sync_directory(target.parent)


def _replace(target: Path, content: bytes, mode: int) -> None:
    # the name is cut: a long one may have no room for more
    temporary = target.with_name(f"{_beginning(target)}{os.getpid()}.{os.urandom(4).hex()}{_ENDING}")
    try:
        # the lock is held until the file has its name: what has none and no lock was left behind
        with _appearing(temporary, content, mode) or _growing(temporary, content, mode):
            os.replace(temporary, target)
    except BaseException:  # interrupted too, nothing is left behind
        remove(temporary)
        raise


def _appearing(path: Path, content: bytes, mode: int) -> IO[bytes] | None:
    """Make a file that gets its name when it is whole: nothing of it is left when the program is killed before.

    Returns:
        The file, open, with its lock where files can be locked; None where the system has no files without names.

    Raises:
        FileExistsError: there is one of this name.
        OSError: it could not be written.
    """
    if not os.path.isdir(_DESCRIPTORS):
        return None
    try:
        descriptor = os.open(path.parent, os.O_RDWR | os.O_TMPFILE | os.O_CLOEXEC, PRIVATE)
    except OSError:
        return None  # what is no way either says why
    file = _locked(descriptor, path)
    try:
        _fill(file, content, mode)
        try:
            # with a descriptor beside it the system is asked to follow the link
            os.link(f"{_DESCRIPTORS}/{descriptor}", path, src_dir_fd=descriptor)
            return file
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
    except BaseException:  # nobody else can close it
        file.close()
        raise
    file.close()
    return None


def _growing(path: Path, content: bytes, mode: int) -> IO[bytes]:
    """Make a file that has its name from the beginning; open, with its lock where files can be locked."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE)
        file = _locked(descriptor, path)
        try:
            if os.fstat(descriptor).st_nlink:
                _fill(file, content, mode)
                return file
        except BaseException:  # nobody else can close it
            file.close()
            raise
        file.close()  # another program took it for left behind, before it had its lock


def _locked(descriptor: int, path: Path) -> IO[bytes]:
    file = os.fdopen(descriptor, "wb")
    with contextlib.suppress(FileFault):  # a file system without locks
        take(descriptor, path)
    return file


def _fill(file: IO[bytes], content: bytes, mode: int) -> None:
    file.write(content)
    file.flush()
    os.fsync(file.fileno())
    if mode != PRIVATE:
        os.chmod(file.fileno(), mode)


def _beginning(target: Path) -> str:
    return f".{target.name[:40]}."


def remove_left_behind(path: str | os.PathLike[str]) -> int:
    """Remove the temporary files that programs left beside a file when they were killed; how many. Never raises.

    A file whose writer lives is locked, and stays.
    """
    removed = 0
    with contextlib.suppress(OSError):
        target = Path(os.path.realpath(usable(path, _UNWRITABLE)))
        beginning = _beginning(target)
        for name in os.listdir(target.parent):
            if name.startswith(beginning) and _LEFT_BEHIND.fullmatch(name, len(beginning)):
                removed += _remove_unlocked(target.with_name(name))
    return removed


def _remove_unlocked(path: Path) -> bool:
    with contextlib.suppress(OSError):
        descriptor = open_own(path)
        try:
            if take(descriptor, path):
                path.unlink()
                return True
        finally:
            os.close(descriptor)
    return False


def create(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file that must not be there yet, open to its owner only. It appears whole.

    Raises:
        FileThere: there is one of this name, if only a link that leads nowhere.
        FileFault: it could not be written, or something else is there; what was begun is gone again.
    """
    there = status(path)
    if there is not None and not stat.S_ISREG(there.st_mode):
        raise wrong_kind(path, _UNWRITABLE, there.st_mode)
    target = Path(usable(path, _UNWRITABLE))
    try:
        if file := _appearing(target, content, PRIVATE):
            file.close()
            return
        os.close(open_own(path, fresh=True))  # the name is ours
        try:
            _replace(target, content, PRIVATE)
        except BaseException:  # interrupted too, the empty file that held the name goes
            remove(target)
            raise
    except OSError as error:
        raise fault_of(error, path, _UNWRITABLE) from None


def _mode_of(path: Path) -> int | None:
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        return None


def make_directory(path: str | os.PathLike[str]) -> None:
    """Make a directory, open to its owner only, and those above it, where they are missing.

    Raises:
        FileFault: it is not there and cannot be made.
    """
    text = usable(path, _UNMADE)
    try:
        Path(text).mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:
        raise FileFault(path, _UNMADE, errno.ENOTDIR) from None
    except OSError as error:
        raise fault_of(error, path, _UNMADE) from None


def trouble_making(directory: str | os.PathLike[str]) -> FileFault | None:
    """Why files could not be made in a directory that is there or would be made. Never raises, makes nothing.

    None is no promise: a disk can be full.
    """
    try:
        text = usable(directory, _UNWRITABLE)
        place = Path(os.path.abspath(text))
        while (found := _status(place)) is None and place.parent != place:
            place = place.parent
        if found is not None and not stat.S_ISDIR(found.st_mode):
            return FileFault(directory, _UNWRITABLE, errno.ENOTDIR)
        if not os.access(place, os.W_OK | os.X_OK):
            closed = os.statvfs(place).f_flag & os.ST_RDONLY
            raise OSError(number := errno.EROFS if closed else errno.EACCES, os.strerror(number))
    except OSError as error:
        return fault_of(error, directory, _UNWRITABLE)
    return None


def trouble_keeping(path: str | os.PathLike[str]) -> FileFault | None:
    """Why a database could not be kept in a file, which is there or would be made. Never raises, makes nothing.

    Its directory must be there, and files beside it must be possible.
    """
    if fault := trouble_reading(path):
        return fault
    place = Path(path).parent
    if not exists(place):
        missing = f"there is no directory {show_path(place)}"
        return FileFault(path, _UNMADE, errno.ENOENT, missing, "make it, or name another place")
    if fault := trouble_making(place):
        return FileFault(path, _UNWRITABLE, fault.errno or errno.EACCES)
    there = status(path)
    if there is not None and not stat.S_ISREG(there.st_mode):
        return wrong_kind(path, _UNWRITABLE, there.st_mode)
    if there is not None and not os.access(path, os.W_OK):
        return NotAllowed(path, _UNWRITABLE, errno.EACCES)
    return None


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def remove(path: str | os.PathLike[str]) -> None:
    """Remove a regular file if it can be removed. Never raises."""
    with contextlib.suppress(OSError):
        text = usable(path, "cannot be removed")
        if stat.S_ISREG(os.lstat(text).st_mode):
            os.unlink(text)


def sync_directory(directory: str | os.PathLike[str]) -> None:
    """Make the rename itself last through a power cut, where directories can be synced. Never raises."""
    # some network file systems refuse to sync a directory; the content is safe all the same
    with contextlib.suppress(OSError):
        text = usable(directory, "cannot be synced")
        descriptor = os.open(text, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def back_up(path: Path) -> Path:
    """Copy a file to the first free of NAME.bak, NAME.bak.1, NAME.bak.2 …, and return which.

    Raises:
        FileFault: the copy cannot be made.
    """
    content = read(path, limit=None)
    try:
        mode = path.stat().st_mode & 0o777
    except OSError as error:
        raise fault_of(error, path, "cannot be read") from None
    copy = _first_free(path, ".bak")
    write_atomically(copy, content, mode=mode)
    return copy


def set_aside(path: Path) -> Path:
    """Give what cannot be used the first free of NAME.damaged, NAME.damaged.1 …, and return which.

    Raises:
        FileFault: it cannot be given another name.
    """
    aside = _first_free(path, ".damaged")
    try:
        os.rename(path, aside)
    except OSError as error:
        raise fault_of(error, path, "cannot be set aside") from None
    return aside


def _first_free(path: Path, ending: str) -> Path:
    number = 0
    while os.path.lexists(free := path.with_name(path.name + ending + (f".{number}" if number else ""))):
        number += 1
    return free
