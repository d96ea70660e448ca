"""Recorded and documented records are answered about: nothing fails, and no number is another than the record's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cotui.desk.amounts import number_in
from cotui.desk.answers.objects import ANSWERS
from cotui.desk.answers.spoken import sentences
from tests.desk.answers.situations import FAILED, record, situation

FIXTURES = Path(__file__).resolve().parents[4] / "shared" / "fixtures"
INDEX = FIXTURES / "INDEX.json"

pytestmark = pytest.mark.skipif(not INDEX.exists(), reason="the recorded answers are not beside the project")


def records() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each record of an object that can be asked about: the file, the object, the values."""
    entries = json.loads(INDEX.read_text())["fixtures"] if INDEX.exists() else []
    for entry in entries:
        name = entry["file"]
        found = next((id_ for id_ in ANSWERS if name.startswith(f"{id_}_")), None)
        if found is None or entry["status"] >= 400:
            continue
        response = json.loads((FIXTURES / name).read_text())["response"]
        for row in response if isinstance(response, list) else [response]:
            if isinstance(row, dict) and len(row) > 2:
                yield name, found, row


CASES = list(records())


@pytest.mark.parametrize(("name", "object_id", "row"), CASES, ids=[f"{case[0]}" for case in CASES])
def test_a_recorded_record(name: str, object_id: str, row: dict[str, Any]) -> None:
    answer = ANSWERS[object_id]
    for given, listed in (([row], None), (FAILED, record(object_id, **row))):
        now = situation(answer, 7, {answer.main: given}, listed)
        page, found = answer.page(now), answer.json(now)
        said = " ".join(one.text for one in sentences(page))
        assert said.isprintable(), name
        assert "None" not in said
        json.dumps(found, allow_nan=False)
        if object_id == "customer":
            _same(found["stated_balance"], row.get("balance"))
        elif object_id == "invoice":
            _same(found["invoice"]["balance"], row.get("balance"))
            _same(found["invoice"]["total"], row.get("total"))
            assert found["invoice"]["number"] == str(row.get("refnumber") or row["invoice_id"])
        elif object_id == "transaction":
            _same(found["payment"]["amount"], row.get("amount"))
            assert found["payment"]["status"] == "ok"


def _same(money: dict[str, Any] | None, sent: object) -> None:
    number = number_in(sent)
    assert (money is None) is (number is None)
    if money is not None:
        assert number_in(money["amount"]) == number
        assert not money["at_least"]


def test_lines_of_2015_come_to_their_invoice() -> None:
    rows = [row for _, object_id, row in CASES if object_id == "invoice" and row.get("line_items")]
    assert rows
    for row in rows:
        now = situation(ANSWERS["invoice"], 7, {"invoice": [row]})
        lines = ANSWERS["invoice"].json(now)["lines"]
        amounts = [number_in(line["total"]["amount"]) for line in lines if line["total"] is not None]
        if len(amounts) == len(lines):
            assert sum(amount for amount in amounts if amount is not None) in (
                number_in(row.get("subtotal")),
                number_in(row.get("total")),
            )
