"""Each object that can be asked about has all that an answer is."""

from __future__ import annotations

import pytest

from cotui.api.calls import BULK_LIMIT
from cotui.catalog import RESOURCES
from cotui.desk.answers.objects import ANSWERS, NAMES
from tests.desk.answers.situations import record, situation


def test_names() -> None:
    assert set(ANSWERS) == set(NAMES) == {"customer", "invoice", "transaction", "package", "user"}


@pytest.mark.parametrize("id_", ANSWERS)
def test_what_is_asked_for_fits_into_a_batch_and_names_fields_that_can_be_asked_for(id_: str) -> None:
    row = record(id_, customer_id=1, package_id=2)
    parts = ANSWERS[id_].parts(7, row)
    assert parts[0].name == ANSWERS[id_].main
    assert parts[0].resource is RESOURCES[id_]
    assert sum(1 if part.ref is not None else 2 for part in parts) <= BULK_LIMIT
    for part in parts:
        for condition in part.query.conditions:
            assert part.resource.field(condition.field).filterable, (part.name, condition.field)
    names = [part.name for part in parts]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("id_", ANSWERS)
def test_records_of_any_shape_are_borne(id_: str) -> None:
    answer = ANSWERS[id_]
    hostile = {
        field.name: value
        for field, value in zip(
            RESOURCES[id_].fields,
            [
                None,
                "",
                0,
                -1,
                1e300,
                "x" * 10_000,
                "\x1b[2J\n",
                [],
                {},
                [{}],
                [[]],
                True,
                "null",
                "2026-99-99",
            ]
            * 20,
            strict=False,
        )
    }
    for values in (
        {},
        hostile,
        {name: [{"amount": {}}] for name in hostile},
        dict.fromkeys(hostile, "\u202e\x00"),
    ):
        now = situation(answer, 7, {answer.main: [values]})
        page = answer.page(now)
        answer.json(now)
        texts = [page.title, page.subtitle]
        texts += [part for fact in page.facts for part in (fact.value, fact.rest)]
        texts += [text for table in page.tables for row in table.rows for text in (*row.cells, row.said)]
        assert all(text.isprintable() for text in texts), texts
