"""The result of many writes as a file for spreadsheets: a line for each record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cotui.api import Outcome
from cotui.api.spreadsheet import guard
from cotui.safety.writing import PRIVATE, create, write_atomically

_HEADINGS = ("object", "id", "name", "action", "result", "message", "request_id")


def csv_of(outcomes: Sequence[Outcome]) -> str:
    """All of them as CSV; a text that a spreadsheet would run is guarded."""
    import csv
    import io

    out = io.StringIO(newline="")
    # csv ends lines as RFC 4180 wants them, which also has it quote a lone carriage return
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(_HEADINGS)
    for outcome in outcomes:
        write = outcome.write
        done = (write.action.name, outcome.result.value, outcome.message, write.request_id)
        values = (write.resource.id, write.ref, write.name, *done)
        lines.writerow([guard(value) if isinstance(value, str) else value for value in values])
    return out.getvalue()


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
