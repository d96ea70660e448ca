"""Lines of JSON in a file that only grows: written whole or not at all, read back whatever happened to them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final

from cotui.safety.faults import fault_of
from cotui.safety.parsing import parse_json
from cotui.safety.reading import LIMIT, open_own
from cotui.safety.text import json_visible
from cotui.safety.writing import PRIVATE

#: bytes shown of a line that is too long
_SHOWN: Final = 1000


def encode(value: object) -> bytes:
    """A value as JSON on one line, in which nothing can steer the terminal that somebody prints it on."""
    import json  # loaded when something is written, not when the screens start

    text = json.dumps(value, ensure_ascii=False, default=str)
    return json_visible(text).encode()


def append_lines(path: Path, lines: Sequence[Mapping[str, Any]]) -> None:
    """Add lines and wait until they are on the disk; FileFault where none was added. The caller keeps others out."""
    data = b"".join(encode(line) + b"\n" for line in lines)
    descriptor = open_own(path, create=True, append=True)
    try:
        state = os.fstat(descriptor)
        if state.st_mode & 0o077:
            os.fchmod(descriptor, PRIVATE)
        size = state.st_size
        if size and os.pread(descriptor, 1, size - 1) != b"\n":
            data = b"\n" + data  # its writer was killed in the middle of a line
        try:
            write_all(descriptor, data)
            os.fsync(descriptor)
        except BaseException:  # an interruption too leaves half a line
            with contextlib.suppress(OSError):  # a torn line at worst, which readers and the next writer know
                os.ftruncate(descriptor, size)
            raise
    except OSError as error:
        raise fault_of(error, path, "cannot be written") from None
    finally:
        os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of it, however much the system takes at a time. Raises OSError where not all of it was written."""
    while data:
        data = data[os.write(descriptor, data) :]


def read_lines(file: IO[bytes], size: int) -> Iterator[dict[str, Any]]:
    """The lines in the first `size` bytes; one that is no JSON object is given as `{"unreadable": text}`.

    Of a line that is longer than any file of ours may be, only the beginning is given.
    """
    while size > 0 and (line := file.readline(min(size, LIMIT))):
        size -= len(line)
        value = None
        if line.endswith(b"\n") or len(line) < LIMIT:
            with contextlib.suppress(ValueError):
                value = parse_json(line)
        else:
            size = _skip_line(file, size)
            line = line[:_SHOWN] + b" ..."
        yield (
            value if isinstance(value, dict) else {"unreadable": line.decode("utf-8", "replace").rstrip("\n")}
        )


def _skip_line(file: IO[bytes], size: int) -> int:
    """Pass over the rest of a line; how many bytes are left behind it."""
    while size > 0 and (part := file.readline(min(size, LIMIT))):
        size -= len(part)
        if part.endswith(b"\n"):
            break
    return size
