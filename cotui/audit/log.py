"""Who changed what: one line of JSON for every write, kept for good.

A write is noted in a file of its own before it is sent. When its end is known, the note becomes a line of
`audit.jsonl` and its file goes away. What a killed program leaves behind is completed by the next one as
"unknown", so no write that left this machine is missing from the record, and none has two ends in it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cotui.safety.faults import FileFault, MissingFile, NotAllowed, fault_of
from cotui.safety.locking import locked, take
from cotui.safety.parsing import parse_json
from cotui.safety.places import usable
from cotui.safety.reading import LIMIT, exists, open_own, open_to_read
from cotui.safety.writing import make_directory, remove, set_aside, sync_directory

#: bytes from which `audit.jsonl` is set aside under the time's name; nothing is ever deleted
ROTATE_AT: Final = 5_000_000
#: what is noted of a write whose program was killed before it could say how the write ended
ABANDONED: Final = {
    "result": "unknown",
    "status": None,
    "message": "cotui ended before the answer came",
    "made": None,
}

_CURRENT = "audit.jsonl"
_PENDING = "pending-"
#: a note that is being written; no program reads it before it has its real name
_UNFINISHED = "new-"

_UNWRITABLE: Final = "cannot be written"
#: faults of the lock file under which nobody writes either: there is nothing, or it may only be read
_NOBODY_WRITES: Final = (errno.ENOENT, errno.EACCES, errno.EPERM, errno.EROFS)

_Lines = list[dict[str, Any]]


class PendingWrites:
    """Writes that are noted and not finished. The lock on their file says that somebody is at it."""

    def __init__(
        self, log: AuditLog, path: Path, descriptor: int, entries: Sequence[Mapping[str, Any]]
    ) -> None:
        self._log = log
        self._path = path
        self._descriptor = descriptor
        self._entries = entries
        self._lines: _Lines = []

    def finish(self, results: Sequence[Mapping[str, Any]]) -> None:
        """Note how each write ended, in the order of the entries.

        Raises:
            FileFault: the lines could not be written. The log tries again before the next write and when it is
                told to (`AuditLog.catch_up`); when it never can, the next program notes them as "unknown".
            ValueError: more or fewer results than entries.
        """
        self._lines = [{**entry, **result} for entry, result in zip(self._entries, results, strict=True)]
        self._log.late.append(self)
        self._log.catch_up()

    def give_up(self) -> None:
        """Leave the note as it is: nobody knows how its writes ended."""
        os.close(self._descriptor)

    def settle(self) -> None:
        """Turn the note into lines. Raises FileFault where they could not be written; the note stays."""
        self._log.append(self._lines)
        remove(self._path)  # what stays is not noted twice: the record has its ends
        os.close(self._descriptor)


class AuditLog:
    """The audit file and the notes beside it.

    Args:
        directory: where they live; made, open to its owner only, when the first write is noted.
        rotate_at: bytes from which the current file is set aside.
    """

    def __init__(self, directory: Path, *, rotate_at: int = ROTATE_AT) -> None:
        self.directory = directory
        self._rotate_at = rotate_at
        #: writes that have ended and could not be noted, oldest first
        self.late: list[PendingWrites] = []
        self._catching_up = threading.Lock()

    @property
    def path(self) -> Path:
        """The file that lines are appended to."""
        return self.directory / _CURRENT

    # -- writing -------------------------------------------------------------------------------

    def begin(self, entries: Sequence[Mapping[str, Any]]) -> PendingWrites:
        """Note writes that are about to be sent together. Raises FileFault: then they must not be sent."""
        self._prepare()
        self.catch_up()
        self.recover()
        from cotui.audit.lines import encode, write_all

        unfinished, descriptor = self._own_file()
        path = self.directory / f"{_PENDING}{unfinished.name.removeprefix(_UNFINISHED)}"
        try:
            write_all(descriptor, encode(list(entries)))
            os.fsync(descriptor)
            unfinished.rename(path)
        except BaseException as error:  # an interruption too leaves a note of what is not sent
            os.close(descriptor)
            remove(unfinished)
            if isinstance(error, OSError):
                raise fault_of(error, unfinished, _UNWRITABLE) from None
            raise
        sync_directory(self.directory)
        return PendingWrites(self, path, descriptor, entries)

    def _own_file(self) -> tuple[Path, int]:
        """A new file, and its descriptor; it has its lock before it has its name as a note.

        Whoever finds it, under either name, knows by the lock that its program lives.
        """
        while True:
            path = self.directory / f"{_UNFINISHED}{os.getpid()}-{os.urandom(6).hex()}.json"
            descriptor = open_own(path, fresh=True)
            try:
                if take(descriptor, path) and os.fstat(descriptor).st_nlink:
                    return path, descriptor
            except BaseException:  # an interruption too leaves the file and its descriptor
                os.close(descriptor)
                remove(path)
                raise
            os.close(descriptor)  # another program took it for left over, before it had its lock

    def catch_up(self) -> None:
        """Note the ends of writes that could not be noted when they came. Raises FileFault where they still can't be."""
        with self._catching_up:
            while self.late:
                self.late[0].settle()
                del self.late[0]

    def append(self, lines: Sequence[Mapping[str, Any]]) -> None:
        """Add lines to the file in one piece, whoever else is adding some. Raises FileFault where none was added."""
        if not lines:
            return
        from cotui.audit.lines import append_lines

        self._prepare()  # it may have vanished since the writes were noted
        with self._locked():
            self._rotate()
            append_lines(self.path, lines)

    @property
    def unfinished(self) -> bool:
        """Whether there are notes without an end, of this program or another, living or gone."""
        return bool(self._named(_PENDING, ".json"))

    def recover(self) -> int:
        """Complete the notes of programs that are gone; how many writes that were. Raises FileFault where it can't."""
        found = 0
        for path in self._named(_PENDING, ".json"):
            if self._usable(path):
                found += self._complete(path)
        for path in self._named(_UNFINISHED, ".json"):
            # its program was killed before it had sent anything
            with contextlib.suppress(OSError), self._abandoned(path) as descriptor:
                if descriptor is not None:
                    path.unlink()
        return found

    def _usable(self, path: Path) -> bool:
        """Whether a note is a file; what is something else cannot be ours, and is set aside with a line about it."""
        try:
            mode = path.lstat().st_mode
        except OSError:
            return True  # whoever opens it is told why, or it is gone
        if stat.S_ISREG(mode):
            return True
        kept = set_aside(path).name
        self.append([{"note": f"{path.name}: not a regular file, kept as {kept}", **ABANDONED}])
        return False

    @contextlib.contextmanager
    def _abandoned(self, path: Path) -> Iterator[int | None]:
        """The descriptor of a file that was left by a program that is gone, locked; None while its program lives.

        Raises:
            FileFault: it is not there, or cannot be read or locked.
        """
        descriptor = open_own(path)
        try:
            yield descriptor if take(descriptor, path) else None
        finally:
            os.close(descriptor)

    def _complete(self, path: Path) -> int:
        try:
            with self._abandoned(path) as descriptor:
                if descriptor is None or os.fstat(descriptor).st_nlink == 0:  # finished while we looked
                    return 0
                with open(descriptor, "rb", closefd=False) as file:
                    content = file.read(LIMIT + 1)
                if len(content) > LIMIT:  # none of ours: it is kept, and no longer in the way
                    entries: _Lines = [
                        {"note": f"{path.name}: larger than any note, kept as {set_aside(path).name}"}
                    ]
                else:
                    entries = _entries(content)
                known = self._recorded({str(entry.get("request_id")) for entry in entries})
                left = [entry for entry in entries if entry.get("request_id") not in known]
                self.append([{**entry, **ABANDONED} for entry in left])
                with contextlib.suppress(FileNotFoundError):
                    path.unlink()
                return len(left)
        except MissingFile:
            return 0
        except OSError as error:
            raise fault_of(error, path, "cannot be completed") from None

    def _recorded(self, wanted: set[str]) -> set[str]:
        """Those of some request ids that have a line: their program was killed between line and note."""
        marks = {name: name.encode() for name in wanted}
        found = set()
        from cotui.audit.lines import read_lines

        for path in (*self._set_aside(), self.path):
            with contextlib.suppress(MissingFile), open_to_read(path) as file:
                if any(
                    mark in piece
                    for piece in iter(lambda: file.readline(LIMIT), b"")
                    for mark in marks.values()
                ):
                    file.seek(0)
                    lines = read_lines(file, os.fstat(file.fileno()).st_size)
                    found.update(wanted & {str(line.get("request_id")) for line in lines})
        return found

    # -- reading -------------------------------------------------------------------------------

    def entries(self) -> Iterator[dict[str, Any]]:
        """Every line of every file, oldest first; a line that is no JSON object is given as `{"unreadable": …}`.

        What is added while they are read is left out.

        Raises:
            FileFault: a file cannot be read.
        """
        from cotui.audit.lines import read_lines

        with contextlib.ExitStack() as files:
            opened = []
            with contextlib.ExitStack() as lock:
                # where there is nothing, or it may only be read, there is nobody to keep out either
                try:
                    lock.enter_context(self._locked())
                except FileFault as fault:
                    if fault.errno not in _NOBODY_WRITES:
                        raise
                for path in (*self._set_aside(), self.path):
                    with contextlib.suppress(MissingFile):
                        file = files.enter_context(open_to_read(path))
                        opened.append((file, os.fstat(file.fileno()).st_size))
            for file, size in opened:
                yield from read_lines(file, size)

    # -- files ---------------------------------------------------------------------------------

    def _prepare(self) -> None:
        """Make the directory; nobody else may look into it or leave something there."""
        make_directory(self.directory)
        try:
            state = self.directory.stat()
            if state.st_uid != os.geteuid():
                reason = "its directory belongs to somebody else"
                raise NotAllowed(self.directory, _UNWRITABLE, errno.EPERM, reason)
            if state.st_mode & 0o077:
                self.directory.chmod(0o700)
        except OSError as error:
            raise fault_of(error, self.directory, _UNWRITABLE) from None

    def _set_aside(self) -> list[Path]:
        return self._named("audit-", ".jsonl")

    def _named(self, beginning: str, ending: str) -> list[Path]:
        """The files of the directory that are called so, in order; none where it cannot be looked into."""
        try:
            names = os.listdir(usable(self.directory, "cannot be read"))
        except OSError:
            return []  # whoever opens a file there is told why
        return [
            self.directory / name
            for name in sorted(names)
            if name.startswith(beginning) and name.endswith(ending)
        ]

    def _rotate(self) -> None:
        try:
            size = self.path.lstat().st_size
        except FileNotFoundError:
            return
        except OSError as error:
            raise fault_of(error, self.path, _UNWRITABLE) from None
        if size < self._rotate_at:
            return
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
        number = 0
        while exists(aside := self.directory / f"audit-{now}-{number}Z.jsonl"):
            number += 1
        try:
            self.path.rename(aside)
        except OSError as error:
            raise fault_of(error, self.path, "cannot be set aside") from None

    def _locked(self) -> contextlib.AbstractContextManager[None]:
        return locked(self.directory / "lock")


def _entries(content: bytes) -> _Lines:
    """The writes of a note; what cannot be read stands in a line of its own, so that nothing is lost."""
    try:
        value = parse_json(content)
    except ValueError:
        value = None
    if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
        return value
    return [{"note": content.decode("utf-8", "replace")}]


def login_name() -> str:
    """Login name of the user of this process; the number where the system knows no name for it.

    The environment is not asked first, as `getpass.getuser` does: anybody can set LOGNAME.
    """
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
