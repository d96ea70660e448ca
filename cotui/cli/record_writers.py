"""Records on stdout: as a table for people, as JSON or CSV for programs.

JSON keeps every value as the server sent it. CSV and tables are made for spreadsheets and eyes: a text
that a spreadsheet would run as a formula gets an apostrophe (numbers in fields of numbers do not). A report's
columns, which ChargeOver formats for reading, have their values in JSON and CSV. On a terminal, all that could
steer or deceive is replaced by visible marks. Into a pipe or a file every character goes but control characters,
which a terminal behind it would act on; those go only where that is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, TextIO

from cotui.cli.out import say
from cotui.cli.streams import encodable
from cotui.desk.export import CsvLines, flat, json_values, value_of
from cotui.desk.json_text import has_every_character, json_text

if TYPE_CHECKING:
    from cotui.api import Record
    from cotui.catalog import Field
    from cotui.tui.base.cells import Align

#: widest column of a table, in cells; a longer value ends in an ellipsis
WIDEST = 40
_GAP = "  "
#: the mark of a cut where the encoding lacks the ellipsis; it must not be wider than the cut
_CUT = "~"


class Writer(Protocol):
    """Takes the rows of a result as they come."""

    def write(self, rows: Sequence[Record], fields: Sequence[Field]) -> None:
        """Take some more rows; `fields` are the same every time."""

    def close(self) -> None:
        """Write what is left to be written: all is out when this returns."""


def writer(
    form: str,
    out: TextIO,
    *,
    whole: bool,
    headings: Mapping[str, str] = MappingProxyType({}),
    raw: bool | None = None,
) -> Writer:
    """The writer of a format.

    Args:
        form: one of `FORMATS`.
        whole: JSON holds the whole record, not only the fields.
        headings: a table's headings by field name; other fields have their label.
        raw: control characters go out as well, where `out` is no terminal; None where nobody can ask for that.
    """
    match form:
        case "json":
            return JsonWriter(out, whole=whole)
        case "jsonl":
            return JsonLinesWriter(out, whole=whole)
        case "csv":
            return CsvWriter(out, raw=raw)
        case _:
            return TableWriter(out, headings, raw=raw)


class JsonWriter:
    """One array, one record to a line."""

    def __init__(self, out: TextIO, *, whole: bool) -> None:
        self._out = out
        self._whole = whole
        self._before = "[\n"

    def write(self, rows: Sequence[Record], fields: Sequence[Field]) -> None:
        """Write some elements of the array."""
        for record in rows:
            values = json_values(record, fields, whole=self._whole)
            self._out.write(self._before + json_text(values, self._out.encoding))
            self._before = ",\n"

    def close(self) -> None:
        """End the array."""
        self._out.write("[]\n" if self._before == "[\n" else "\n]\n")
        self._out.flush()


class JsonLinesWriter:
    """One record to a line."""

    def __init__(self, out: TextIO, *, whole: bool) -> None:
        self._out = out
        self._whole = whole

    def write(self, rows: Sequence[Record], fields: Sequence[Field]) -> None:
        """Write some lines."""
        for record in rows:
            values = json_values(record, fields, whole=self._whole)
            self._out.write(json_text(values, self._out.encoding) + "\n")

    def close(self) -> None:
        """Nothing is left but what the output keeps."""
        self._out.flush()


class CsvWriter:
    """Comma-separated values under a line of field names."""

    def __init__(self, out: TextIO, *, raw: bool | None = None) -> None:
        self._out = out
        self._fitting = EncodableText(out.encoding)
        self._line = CsvLines()
        self._marking = ControlMarks(out, raw=raw)
        self._headed = False

    def write(self, rows: Sequence[Record], fields: Sequence[Field]) -> None:
        """Write some lines, after the names before the first."""
        if not self._headed:
            self._write([field.name for field in fields])
            self._headed = True
        for record in rows:
            self._write([flat(value_of(record, field)) for field in fields], fields)

    def close(self) -> None:
        """Nothing is left but what the output keeps."""
        self._out.flush()
        self._fitting.tell()
        self._marking.tell()

    def _write(self, values: Sequence[str | int | float], fields: Sequence[Field] = ()) -> None:
        marked = (self._marking(value) if isinstance(value, str) else value for value in values)
        self._out.write(self._fitting(self._line(marked, fields)) + "\n")


class TableWriter:
    """Columns under headings. Widths come from all rows, so nothing is written before the end.

    Args:
        headings: by field name; other fields have their label.
        uncut: names of fields that are as wide as they have to be.
        raw: as for `writer`.
    """

    def __init__(
        self,
        out: TextIO,
        headings: Mapping[str, str],
        *,
        uncut: Collection[str] = (),
        raw: bool | None = None,
    ) -> None:
        self._out = out
        self._marking = ControlMarks(out, raw=raw)
        self._fitting = EncodableText(out.encoding)
        self._headings = headings
        self._uncut = uncut
        self._rows: list[list[str]] = []
        self._fields: Sequence[Field] = ()

    def write(self, rows: Sequence[Record], fields: Sequence[Field]) -> None:
        """Keep some rows."""
        self._fields = fields
        fitting, marking = self._fitting, self._marking
        self._rows += ([fitting(marking.cell(record, field)) for field in fields] for record in rows)

    def close(self) -> None:
        """Write the table."""
        from cotui.safety.text import clean
        from cotui.tui.base.cells import ELLIPSIS, cell_len

        if not self._fields:
            return
        fitting = self._fitting
        names = [fitting(clean(self._headings.get(field.name, field.label))) for field in self._fields]
        lines = [names, *self._rows]
        widest = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
        widths = [
            width if field.name in self._uncut else min(WIDEST, width)
            for width, field in zip(widest, self._fields, strict=True)
        ]
        sides = [field.type.align for field in self._fields]
        for line in lines:
            cells = (self._marking.fit(*parts) for parts in zip(line, widths, sides, strict=True))
            text = _GAP.join(cells).rstrip()
            self._out.write((text if fitting.whole else text.replace(ELLIPSIS, _CUT)) + "\n")
        self._out.flush()
        fitting.tell()
        self._marking.tell()


def write_record(out: TextIO, record: Record, fields: Sequence[Field], *, raw: bool | None = None) -> None:
    """One record for people: a line per field, unset ones left out."""
    from cotui.tui.base.cells import cell_len

    fitting, marking = EncodableText(out.encoding), ControlMarks(out, raw=raw)
    lines = [(fitting(field.label), fitting(marking.cell(record, field))) for field in fields]
    lines = [(label, text) for label, text in lines if text]
    width = max((cell_len(label) for label, _ in lines), default=0)
    for label, text in lines:
        out.write(f"{label}{' ' * (width - cell_len(label))}{_GAP}{text}\n")
    out.flush()
    fitting.tell()
    marking.tell()


class ControlMarks:
    """Makes texts such as may go to an output, and remembers whether a program gets marks in the place of controls.

    Args:
        out: where to; a terminal gets nothing that could steer or deceive.
        raw: a program gets everything; None where nobody can ask for that.
    """

    def __init__(self, out: TextIO, *, raw: bool | None) -> None:
        from cotui.safety.text import clean, for_programs

        self._terminal = out.isatty()
        self._raw = bool(raw) and not self._terminal
        self._can_be_raw = raw is not None
        self._clean, self._for_programs = clean, for_programs
        self._marked = False

    def __call__(self, text: str) -> str:
        if self._terminal:
            return self._clean(text)
        if self._raw:
            return text
        marked = self._for_programs(text)
        self._marked = self._marked or marked != text
        return marked

    def cell(self, record: Record, field: Field) -> str:
        """A value on one line."""
        from cotui.tui.base.format import cell, cell_of

        return cell(record, field) if self._terminal else self(cell_of(record.raw, field))

    def fit(self, text: str, width: int, side: Align) -> str:
        """A text cut or padded to so many cells."""
        from cotui.tui.base.cells import ELLIPSIS, cell_len, cut, fit

        if self._terminal:
            return fit(text, width, side)
        if cell_len(text) > width:
            text = cut(text, width - 1) + ELLIPSIS
        padding = " " * (width - cell_len(text))
        return padding + text if side == "right" else text + padding

    def tell(self) -> None:
        """Say that there are marks in the output."""
        if self._marked:
            ways = "--raw and JSON have" if self._can_be_raw else "JSON has"
            say(f"control characters in the values are written as marks, such as ␛; {ways} them as they are")


class EncodableText:
    """Makes texts of the characters that an encoding has, before widths are measured, and remembers if it had to.

    Attributes:
        whole: the encoding has every character.
    """

    def __init__(self, encoding: str | None) -> None:
        self.whole = has_every_character(encoding)
        self._encoding = encoding
        self._escaped = False

    def __call__(self, text: str) -> str:
        if self.whole or text.isascii():
            return text
        fitting = encodable(text, self._encoding)
        self._escaped = self._escaped or fitting != text
        return fitting

    def tell(self) -> None:
        if self._escaped:
            say(
                f"the output's encoding, {self._encoding}, lacks characters: they are written as \\x.., \\u.... "
                "or \\U........; JSON has them all"
            )
