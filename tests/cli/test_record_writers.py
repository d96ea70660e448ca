"""Records as tables, JSON and CSV, on a terminal and behind a pipe."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from cotui.api import Record
from cotui.catalog import Field, FieldType
from cotui.cli.record_writers import WIDEST, write_record, writer
from cotui.desk.export import FORMATS

FIELDS = (
    Field("name", FieldType.TEXT, "Name", "", group=""),
    Field("amount", FieldType.NUMBER, "Amount", ""),
)
HOSTILE = "A\x1b[2J\u202eB"


class Out(io.StringIO):
    """Standard output of some encoding, on a terminal or not."""

    def __init__(self, encoding: str = "utf-8", *, terminal: bool = False) -> None:
        super().__init__()
        self._encoding, self._terminal = encoding, terminal

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding

    def isatty(self) -> bool:
        return self._terminal


def printed(
    form: str, *rows: dict[str, Any], out: Out | None = None, whole: bool = False, **options: Any
) -> str:
    out = out or Out()
    target = writer(form, out, whole=whole, **options)
    for row in rows:  # each comes in a page of its own
        target.write([Record(row)], FIELDS)
    target.close()
    return out.getvalue()


def test_json_is_one_array_whatever_number_of_rows_it_has() -> None:
    assert printed("json") == "[]\n"
    rows = [{"name": "a", "amount": 1.50, "other": [None]}, {"name": "b"}]
    assert json.loads(printed("json", *rows, whole=True)) == rows
    assert [json.loads(line) for line in printed("jsonl", *rows, whole=True).splitlines()] == rows
    assert json.loads(printed("jsonl", rows[0])) == {"name": "a", "amount": 1.5}


def test_csv_has_the_names_once_and_guards_formulas() -> None:
    text = printed("csv", {"name": "=1+1", "amount": -5}, {"name": 'say "hi", all', "amount": None})
    assert list(csv.reader(io.StringIO(text))) == [["name", "amount"], ["'=1+1", "-5"], ['say "hi", all', ""]]


def test_a_table_is_as_wide_as_its_widest_value_and_cut_beyond_measure() -> None:
    heading, first, second = printed(
        "table",
        {"name": "株式会社", "amount": 5},
        {"name": "x" * 99, "amount": 12.5},
        headings={"name": "Who"},
    ).splitlines()
    assert heading.split() == ["Who", "Amount"]
    assert second.startswith("x" * (WIDEST - 1) + "…")
    assert first.startswith("株式会社")
    assert first.endswith("   5")


def test_a_terminal_gets_marks_a_program_no_controls_and_whoever_asks_everything(
    capsys: pytest.CaptureFixture[str],
) -> None:
    row = {"name": HOSTILE, "amount": 1}
    for form in ("table", "csv"):
        assert "A␛[2J␦B" in printed(form, row, out=Out(terminal=True), raw=False)
        assert capsys.readouterr().err == ""
        assert "A␛[2J\u202eB" in printed(form, row, raw=False)
        assert "--raw and JSON have them as they are" in capsys.readouterr().err
        assert HOSTILE in printed(form, row, raw=True)
        assert "\x1b" not in printed(form, row, out=Out(terminal=True), raw=True)


def test_without_the_choice_nobody_is_told_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    printed("csv", {"name": HOSTILE})
    assert "such as ␛; JSON has them" in capsys.readouterr().err


def test_what_an_encoding_lacks_is_an_escape_and_the_cut_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed("table", {"name": "é" + "x" * 99}, out=Out("ascii"))
    assert text.isascii()
    assert "\\xe9" in text
    assert "~" in text
    assert "encoding, ascii, lacks characters" in capsys.readouterr().err


def test_one_record_is_a_line_for_each_field_that_is_set() -> None:
    out = Out()
    write_record(out, Record({"name": "Acme", "amount": None}), FIELDS)
    assert out.getvalue() == "Name  Acme\n"


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_a_writer_that_takes_nothing(form: str) -> None:
    assert printed(form) in ("[]\n", "")
