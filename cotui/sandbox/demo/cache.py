"""Demo databases kept between runs.

A file is found by its name alone: `demo-{key}-{day}-{sum}.sqlite`. The key stands for everything that the data
depends on (the generator's source, the schema, the arguments), the day is the one it was made for, the sum is a
checksum of the file. Files are built under another name, synced and then linked, so what has such a name is
complete; two processes that build at once both end up with the file of the first.

A file of the last week is taken as it is: the account's clock runs on, nothing new has happened, and what was due
becomes overdue. An older one is built again, so that ages stay plausible.

Where none can be kept, because the directory is read-only or full or the process that makes it comes to nothing, the
same data can be had in memory.

The files are for reading. To change a demo account, copy its file first: what has been changed no longer has its
checksum and is built again.
"""

from __future__ import annotations

import os
import sys
import zlib
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cotui.safety.faults import fault_of, show_path
from cotui.safety.places import usable
from cotui.safety.reading import open_to_read
from cotui.safety.temporary import remove_directories_left_behind, temporary_directory
from cotui.safety.writing import make_directory, remove, sync_directory
from cotui.sandbox.demo.own_process import can_start, start

if TYPE_CHECKING:
    import subprocess
    from typing import IO

    from cotui.sandbox.database.store import Store

#: Days for which a file is used.
MAX_AGE = 7
#: Files kept of those that are not asked for.
KEPT = 3

_HERE = Path(__file__).parents[2]
_SOURCES = (
    "catalog/money.py",
    "sandbox/demo/*.py",
    "sandbox/database/clock.py",
    "sandbox/database/schema.py",
    "sandbox/database/*.sql",
    "sandbox/objects/*/*.sql",
)
_BUILDING = "building-"
#: Larger files are checked by their header only: a checksum takes a second for each gigabyte.
_SUMMED = 64 * 2**20


class CacheError(Exception):
    """A demo database could not be built; the text says why."""


def demo_database(customers: int, seed: int, today: date, cache_dir: Path, *, max_age: int = MAX_AGE) -> Path:
    """The file with the demo data for these arguments, built when there is none yet.

    Args:
        today: the account's day; the file may have been made for one of the `max_age` days before it.
        cache_dir: made when it does not exist.

    Raises:
        CacheError: the file cannot be written.
    """
    remove_directories_left_behind(_BUILDING, cache_dir)
    found = _find(customers, seed, today, cache_dir, max_age)
    return found if found else _build(customers, seed, today, cache_dir)


class DemoSpec(NamedTuple):
    """What a demo database is made from, and where it is kept."""

    customers: int
    seed: int
    today: date
    cache_dir: Path


class Building:
    """A demo database that is ready, or being built in another process, or will be built by whoever waits for it.

    Args:
        ready: the finished file.
        child: the process that builds it.
        wanted: what is built.
    """

    def __init__(
        self, ready: Path | None, child: subprocess.Popen[bytes] | None = None, wanted: DemoSpec | None = None
    ) -> None:
        self._path = ready
        self._child = child
        self._wanted = wanted

    @property
    def ready(self) -> bool:
        """Whether `wait` answers at once."""
        if self._child is not None:
            return self._child.poll() is not None
        return self._path is not None

    def wait(self) -> Path:
        """The finished file; blocks until it is there. Raises CacheError where building it failed."""
        if self._child is not None:
            output, errors = self._child.communicate()
            if self._child.returncode:
                raise CacheError(_last_words(self._child.returncode, errors))
            self._path, self._child = Path(os.fsdecode(output)), None
        if self._path is None and self._wanted is not None:
            self._path = _build(*self._wanted)
        if self._path is None:
            raise CacheError("nothing was asked for")
        return self._path

    def in_memory(self) -> Store:
        """The same data in memory, made by this process: for where `wait` fails.

        Raises:
            CacheError: it is not known what data.
        """
        if self._wanted is None:
            raise CacheError("it is not known what the demo data is made from")
        from cotui.sandbox.database.store import Store
        from cotui.sandbox.demo.generate import populate

        store = Store()
        populate(store, self._wanted.customers, self._wanted.seed, self._wanted.today)
        return store


def _last_words(code: int, errors: bytes) -> str:
    """Why the process that built ended as it did."""
    if code < 0:
        return f"the process that made the demo data was killed (signal {-code})"
    lines = errors.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else f"the process that made the demo data ended with exit status {code}"


def start_building(
    customers: int, seed: int, today: date, cache_dir: Path, *, max_age: int = MAX_AGE
) -> Building:
    """Begins to build the file in another process, which a second core runs meanwhile.

    Answers at once, and with a finished file when there is one. Where no process can be started, the file is built by
    whoever waits for it.
    """
    wanted = DemoSpec(customers, seed, today, cache_dir)
    remove_directories_left_behind(_BUILDING, cache_dir)
    found = _find(customers, seed, today, cache_dir, max_age)
    if found:
        return Building(found, wanted=wanted)
    child = None
    if can_start():
        with suppress(OSError, ValueError):  # ValueError: a directory that no command line can name
            child = start(__name__, str(customers), str(seed), today.isoformat(), str(cache_dir))
    return Building(None, child, wanted)


def _key(customers: int, seed: int) -> str:
    total = zlib.crc32(f"{customers} {seed}".encode())
    for pattern in _SOURCES:
        for source in sorted(_HERE.glob(pattern)):
            total = zlib.crc32(source.read_bytes(), total)
    return f"{total:08x}"


def _find(customers: int, seed: int, today: date, cache_dir: Path, max_age: int) -> Path | None:
    """The newest good file of the last days; damaged ones are removed."""
    prefix = f"demo-{_key(customers, seed)}-"
    with suppress(OSError):
        inside = usable(cache_dir, "cannot be read")
        names = sorted((name for name in os.listdir(inside) if name.startswith(prefix)), reverse=True)
        for name in names:
            age = _age(name, today)
            if age is None or not 0 <= age <= max_age:
                continue
            path = cache_dir / name
            if _is_good(path):
                with suppress(OSError):
                    os.utime(path)  # the files used last are kept
                return path
            _discard(path)
    return None


def _age(name: str, today: date) -> int | None:
    parts = name.removesuffix(".sqlite").split("-")
    if len(parts) != 4 or not name.endswith(".sqlite"):
        return None
    try:
        return (today - date.fromisoformat(parts[2])).days
    except ValueError:
        return None


def _is_good(path: Path) -> bool:
    """Whether the file is what was written: its size is the one in its header, its checksum the one in its name."""
    try:
        with open_to_read(path) as file:
            header = file.read(100)
            size = os.fstat(file.fileno()).st_size
            if len(header) < 100 or not header.startswith(b"SQLite format 3\x00"):
                return False
            page = int.from_bytes(header[16:18], "big")
            if (65536 if page == 1 else page) * int.from_bytes(header[28:32], "big") != size:
                return False
            if size > _SUMMED:
                return True
            file.seek(0)
            return f"{_sum(file):08x}" == path.stem.rpartition("-")[2]
    except OSError:
        return False


def _build(customers: int, seed: int, today: date, cache_dir: Path) -> Path:
    import sqlite3
    from contextlib import closing

    from cotui.sandbox.database.store import Store
    from cotui.sandbox.demo.generate import populate

    try:
        make_directory(cache_dir)
        with temporary_directory(_BUILDING, cache_dir) as directory:
            temporary = Path(directory) / "demo.sqlite"
            with closing(Store(temporary)) as store:
                populate(store, customers, seed, today)
            final = (
                cache_dir / f"demo-{_key(customers, seed)}-{today:%Y%m%d}-{_synced_sum(temporary):08x}.sqlite"
            )
            _publish(temporary, final)
        _tidy(cache_dir, final)
    except OSError as error:
        raise CacheError(str(fault_of(error, cache_dir, "cannot be written"))) from error
    except sqlite3.Error as error:
        raise CacheError(f"{show_path(cache_dir)} cannot be written: {error}") from error
    return final


def _synced_sum(path: Path) -> int:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        return _sum(file)


def _sum(file: IO[bytes]) -> int:
    block = memoryview(bytearray(2**18))
    total = 0
    while size := file.readinto(block):  # type: ignore[attr-defined]  # typed for every kind of file
        total = zlib.crc32(block[:size], total)
    return total


def _publish(temporary: Path, final: Path) -> None:
    """Gives the finished file its name; one that has it already is kept, since it may be open somewhere."""
    try:
        os.link(temporary, final)
    except FileExistsError:
        if not _is_good(final):
            os.replace(temporary, final)
    except OSError:  # a file system without links
        os.replace(temporary, final)
    sync_directory(final.parent)


def _tidy(cache_dir: Path, new: Path) -> None:
    """Removes all but the files used last."""
    with suppress(OSError):
        files: list[tuple[float, Path]] = []
        for path in cache_dir.glob("demo-*.sqlite"):
            with suppress(OSError):  # another process has removed it meanwhile
                if path != new:
                    files.append((path.stat().st_mtime, path))
        for _, path in sorted(files, reverse=True)[KEPT:]:
            _discard(path)


def _discard(path: Path) -> None:
    for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        remove(name)  # not there, or in use where files in use cannot be removed


def _main(arguments: list[str]) -> None:
    customers, seed, today, cache_dir = arguments
    path = demo_database(int(customers), int(seed), date.fromisoformat(today), Path(cache_dir))
    sys.stdout.buffer.write(os.fsencode(path))


if __name__ == "__main__":
    try:
        _main(sys.argv[1:])
    except CacheError as error:
        sys.exit(str(error))
