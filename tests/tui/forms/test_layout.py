"""Which fields of a form are shown, and on which lines."""

from __future__ import annotations

from cotui.tui.forms.draft import Draft
from cotui.tui.forms.layout import FormLayout
from tests.tui.forms.test_draft import EDIT, STORED, TODAY, draft


def test_old_fields_show_only_with_a_value_and_custom_ones_on_demand() -> None:
    made = Draft(EDIT, {**STORED, "custom_7": "x"}, changed_only=True, today=TODAY)
    rows = FormLayout.of(made)
    shown = [item.name for item in rows.fields]
    assert "custom_7" in shown
    assert "bill_addr3" not in shown
    assert len(rows.more) == 19
    assert rows.show_more() == "custom_1"
    assert len(rows.fields) == len(shown) + 19
    assert rows.show_more() == ""
    again = FormLayout.of(Draft(EDIT, {**STORED, "bill_addr3": "x"}, changed_only=True, today=TODAY))
    assert "bill_addr3" in [item.name for item in again.fields]


def test_lines_and_fields_of_a_form_agree() -> None:
    rows = FormLayout.of(draft())
    for index in range(len(rows.fields)):
        assert rows.lines[rows.top(index)] == (index, 0)
    headings = [line for line in rows.lines if isinstance(line, str)]
    assert len(headings) == len(set(headings))
    last = rows.group_start(len(rows.fields) - 1, 1)
    assert last == len(rows.fields) - 1
    assert rows.group_start(0, -1) == 0
    assert rows.fields[rows.group_start(0, 1)].group == headings[1]
