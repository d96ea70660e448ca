"""The result of many writes as a file for spreadsheets: a line for each record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cotui.api import Outcome
from cotui.desk.export import CsvLines
from cotui.safety.writing import PRIVATE, create, write_atomically

_HEADINGS = ("object", "id", "name", "action", "result", "message", "request_id")


def csv_of(outcomes: Sequence[Outcome]) -> str:
    """All of them as CSV, in lines that end as RFC 4180 wants them."""
    line = CsvLines()
    return "".join(f"{line(values)}\r\n" for values in (_HEADINGS, *map(_values, outcomes)))


def _values(outcome: Outcome) -> tuple[object, ...]:
    write = outcome.write
    done = (write.action.name, outcome.result.value, outcome.message, write.request_id)
    return (write.resource.id, write.ref, write.name, *done)


def export(path: Path, outcomes: Sequence[Outcome], *, overwrite: bool = False) -> None:
    """Write the file, open to its owner only.

    Raises:
        FileThere: there is a file of this name, and `overwrite` is not set.
        FileFault: it is no name of a file, or it could not be written; what was begun is gone again.
    """
    content = csv_of(outcomes).encode("utf-8", "backslashreplace")
    if overwrite:
        write_atomically(path, content, mode=PRIVATE)
    else:
        create(path, content)
