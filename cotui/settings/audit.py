"""Who changed what: one line of JSON for every write, kept for good.

A write is noted in a file of its own before it is sent. When its end is known, the note becomes a line of
`audit.jsonl` and its file goes away. What a killed program leaves behind is completed by the next one as
"unknown", so no write that left this machine is missing from the record, and none has two ends in it.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cotui.settings.write import PRIVATE, sync_directory

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

_Lines = list[dict[str, Any]]


class Pending:
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
            OSError: the lines could not be written. The log tries again before the next write and when it is
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
        """Turn the note into lines.

        Raises:
            OSError: they could not be written; the note stays.
        """
        self._log.append(self._lines)
        with contextlib.suppress(OSError):  # what stays is not noted twice: the record has its ends
            self._path.unlink()
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
        self.late: list[Pending] = []
        self._catching_up = threading.Lock()

    @property
    def path(self) -> Path:
        """The file that lines are appended to."""
        return self.directory / _CURRENT

    # -- writing -------------------------------------------------------------------------------

    def begin(self, entries: Sequence[Mapping[str, Any]]) -> Pending:
        """Note writes that are about to be sent together.

        Raises:
            OSError: they cannot be noted, and so must not be sent.
        """
        self._prepare()
        self.catch_up()
        self.recover()
        from cotui.settings.audit_lines import encode, write_all

        unfinished, descriptor = self._own_file()
        path = self.directory / f"{_PENDING}{unfinished.name.removeprefix(_UNFINISHED)}"
        try:
            write_all(descriptor, encode(list(entries)))
            os.fsync(descriptor)
            unfinished.rename(path)
        except BaseException:
            os.close(descriptor)
            with contextlib.suppress(OSError):
                unfinished.unlink()
            raise
        sync_directory(self.directory)
        return Pending(self, path, descriptor, entries)

    def _own_file(self) -> tuple[Path, int]:
        """A new file, and its descriptor; it has its lock before it has its name as a note.

        Whoever finds it, under either name, knows by the lock that its program lives.
        """
        while True:
            path = self.directory / f"{_UNFINISHED}{os.getpid()}-{os.urandom(6).hex()}.json"
            descriptor = os.open(
                path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE
            )
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                if os.fstat(descriptor).st_nlink:
                    return path, descriptor
            except BaseException:
                os.close(descriptor)
                with contextlib.suppress(OSError):
                    path.unlink()
                raise
            os.close(descriptor)  # another program took it for left over, before it had its lock

    def catch_up(self) -> None:
        """Note the ends of writes that could not be noted when they came.

        Raises:
            OSError: it still cannot be done.
        """
        with self._catching_up:
            while self.late:
                self.late[0].settle()
                del self.late[0]

    def append(self, lines: Sequence[Mapping[str, Any]]) -> None:
        """Add lines to the file in one piece, whoever else is adding some.

        Raises:
            OSError: none was added.
        """
        if not lines:
            return
        from cotui.settings.audit_lines import append_lines

        with self._locked():
            self._rotate()
            append_lines(self.path, lines)

    @property
    def unfinished(self) -> bool:
        """Whether there are notes without an end, of this program or another, living or gone."""
        return any(self.directory.glob(f"{_PENDING}*.json"))

    def recover(self) -> int:
        """Complete the notes of programs that are gone; how many writes that were.

        Raises:
            OSError: the lines could not be written.
        """
        found = 0
        for path in sorted(self.directory.glob(f"{_PENDING}*.json")):
            found += self._complete(path)
        for path in self.directory.glob(f"{_UNFINISHED}*.json"):
            # its program was killed before it had sent anything
            with contextlib.suppress(OSError), self._abandoned(path):
                path.unlink()
        return found

    @contextlib.contextmanager
    def _abandoned(self, path: Path) -> Iterator[int]:
        """The descriptor of a file that was left by a program that is gone, locked.

        Raises:
            BlockingIOError: its program lives.
            OSError: it is not there, or cannot be read or locked.
        """
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield descriptor
        finally:
            os.close(descriptor)

    def _complete(self, path: Path) -> int:
        with contextlib.ExitStack() as held:
            try:
                descriptor = held.enter_context(self._abandoned(path))
            except (FileNotFoundError, BlockingIOError):
                return 0
            if os.fstat(descriptor).st_nlink == 0:
                return 0  # it was finished while we looked
            with open(descriptor, "rb", closefd=False) as file:
                entries = _entries(file.read())
            known = self._recorded({str(entry.get("request_id")) for entry in entries})
            left = [entry for entry in entries if entry.get("request_id") not in known]
            self.append([{**entry, **ABANDONED} for entry in left])
            with contextlib.suppress(FileNotFoundError):
                path.unlink()
            return len(left)

    def _recorded(self, wanted: set[str]) -> set[str]:
        """Those of some request ids that have a line: their program was killed between line and note."""
        marks = {name: name.encode() for name in wanted}
        found = set()
        for path in (*self._set_aside(), self.path):
            try:
                content = path.read_bytes()
            except FileNotFoundError:
                continue
            if any(mark in content for mark in marks.values()):
                from io import BytesIO

                from cotui.settings.audit_lines import read_lines

                lines = read_lines(BytesIO(content), len(content))
                found.update(wanted & {str(line.get("request_id")) for line in lines})
        return found

    # -- reading -------------------------------------------------------------------------------

    def entries(self) -> Iterator[dict[str, Any]]:
        """Every line of every file, oldest first; a line that is no JSON object is given as `{"unreadable": …}`.

        What is added while they are read is left out.

        Raises:
            OSError: a file cannot be read.
        """
        from cotui.settings.audit_lines import read_lines

        with contextlib.ExitStack() as files:
            opened = []
            with contextlib.ExitStack() as lock:
                # where there is nothing, or it may only be read, there is nobody to keep out either
                with contextlib.suppress(FileNotFoundError, PermissionError):
                    lock.enter_context(self._locked())
                for path in (*self._set_aside(), self.path):
                    with contextlib.suppress(FileNotFoundError):
                        file = files.enter_context(path.open("rb"))
                        opened.append((file, os.fstat(file.fileno()).st_size))
            for file, size in opened:
                yield from read_lines(file, size)

    # -- files ---------------------------------------------------------------------------------

    def _prepare(self) -> None:
        """Make the directory; nobody else may look into it or leave something there."""
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = self.directory.stat()
        if state.st_uid != os.geteuid():
            raise PermissionError(errno.EPERM, "its directory belongs to somebody else", str(self.directory))
        if state.st_mode & 0o077:
            self.directory.chmod(0o700)

    def _set_aside(self) -> list[Path]:
        return sorted(self.directory.glob("audit-*.jsonl"))

    def _rotate(self) -> None:
        try:
            size = self.path.lstat().st_size
        except FileNotFoundError:
            return
        if size < self._rotate_at:
            return
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
        number = 0
        while (aside := self.directory / f"audit-{now}-{number}Z.jsonl").exists():
            number += 1
        self.path.rename(aside)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(self.directory / "lock", flags, PRIVATE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _entries(content: bytes) -> _Lines:
    """The writes of a note; what cannot be read stands in a line of its own, so that nothing is lost."""
    import json

    try:
        value = json.loads(content)
    except ValueError:
        value = None
    if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
        return value
    return [{"note": content.decode("utf-8", "replace")}]
