"""The results of many writes as a file: every record once, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.api import BadRequest, Outcome, Result, Write
from cotui.catalog.objects.customer import CUSTOMER
from cotui.desk.outcome_export import csv_of, export
from cotui.safety.faults import FileFault
from cotui.safety.places import expand
from tests.bad_paths import KINDS


def outcome(ref: int, name: str, message: str = "no") -> Outcome:
    write = Write(CUSTOMER, CUSTOMER.action("setActive"), ref, name=name)
    return Outcome(write, Result.REFUSED, BadRequest(server_message=message))


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), max_size=5))
def test_any_name_comes_back_guarded(names: list[str]) -> None:
    text = csv_of([outcome(number, name) for number, name in enumerate(names)])
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in rows] == [str(number) for number in range(len(names))]
    for row, name in zip(rows, names, strict=True):
        assert row["name"] in (name, f"'{name}")
        assert not row["name"].startswith(("=", "@", "\t", "\r"))


def test_formulas_are_guarded_in_messages_too() -> None:
    text = csv_of([outcome(1, "=1+1", "@SUM(A1)")])
    assert "'=1+1" in text
    assert "'@SUM(A1)" in text


def test_nothing_is_replaced_unless_it_is_meant_to_be(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        export(path, [outcome(1, "a")])
    assert path.read_text() == "mine"
    export(path, [outcome(1, "a")], overwrite=True)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text().count("\n") == 2


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_only_a_regular_file_is_written(kind: str, overwrite: bool, tmp_path: Path) -> None:
    with pytest.raises(FileFault) as refused:
        export(expand(KINDS[kind](tmp_path)), [outcome(1, "a")], overwrite=overwrite)
    if kind != "a_circle":  # a link is a name that is taken; what it leads to shows when it is to be replaced
        assert not isinstance(refused.value, FileExistsError), "replacing it would be offered"


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    target, path = tmp_path / "elsewhere", tmp_path / "results.csv"
    path.symlink_to(target)
    with pytest.raises(FileExistsError):
        export(path, [outcome(1, "a")])
    assert not target.exists()


def test_whose_records_they_are_is_there_where_it_is_known() -> None:
    outcomes = [outcome(1, "a"), outcome(2, "b"), outcome(3, "c")]
    for number, one in enumerate(outcomes[:2], 7):
        object.__setattr__(one.write, "customer", number)
    rows = list(csv.DictReader(io.StringIO(csv_of(outcomes, {7: "=Acme"}.get), newline="")))
    assert [row["company"] for row in rows] == ["'=Acme", "", ""]
