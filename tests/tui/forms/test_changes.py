"""What a form changes, as its question says it."""

from __future__ import annotations

from datetime import date

from cotui.catalog import FieldType
from cotui.catalog.editing import editing
from cotui.catalog.objects.customer import CUSTOMER
from cotui.tui.forms.changes import change_lines
from cotui.tui.forms.draft import Draft
from tests.catalog.types.support import made

STORED = {
    "company": "Acme",
    "class_id": 3,
    "no_taxes": None,
    "tags": ["a, b"],
    "invoice_delivery": "email",
    "custom_1": "x",
}


def lines(**texts: str) -> list[str]:
    action = editing(CUSTOMER)
    assert action is not None
    draft = Draft(action.payload, STORED, changed_only=True, today=date(2026, 3, 16))
    for name, text in texts.items():
        draft.set_text(name, text)

    def named(name: str, text: str) -> str:
        return f"{name} no. {text}" if name == "class_id" else text

    return list(change_lines(draft, draft.payload(), named))


def test_labels_and_what_people_call_the_values() -> None:
    assert lines(company="Acme Ltd") == ["Company: Acme → Acme Ltd"]
    assert lines(no_taxes="yes")[0].endswith(": no → yes")
    assert lines(invoice_delivery="On paper")[0].endswith("→ On paper")
    assert lines(tags='"a, b", c') == ['Tags: "a, b" → "a, b", c']
    assert lines(custom_1="")[0].endswith("x → nothing")
    assert lines(class_id="5")[0].endswith(": class_id no. 3 → class_id no. 5")


def test_several_lines_stand_below_one_another() -> None:
    field = made(FieldType.MULTILINE)
    draft = Draft([field], {field.name: "one\ntwo"}, changed_only=True, today=date(2026, 3, 16))
    draft.set_text(field.name, "three")
    words = list(change_lines(draft, draft.payload(), lambda _, text: text))
    assert words[1:] == ["  one", "  two", "→", "  three"]


def test_where_more_than_fields_is_changed_the_request_says_it() -> None:
    draft = Draft([], {}, changed_only=True, today=date(2026, 3, 16))
    assert change_lines(draft, {"line_items": []}, lambda _, text: text) == []
