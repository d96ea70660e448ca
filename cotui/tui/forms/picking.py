"""Choosing the value of a field from a list instead of typing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cotui.api import ListSource, Record, read_all
from cotui.catalog import RESOURCES, Field
from cotui.desk.account_words import words_in
from cotui.query import Condition, Query
from cotui.safety.text import clean
from cotui.tui.forms.draft import is_reference, label_of, to_text

if TYPE_CHECKING:
    from cotui.tui.base.frame_screen import FrameScreen
    from cotui.tui.forms.pane import FieldsPane


def pickable(field: Field) -> bool:
    """Whether there is a list to choose from."""
    return (
        field.type.editor == "choice"
        or field.offers in RESOURCES
        or (field.type.family == "key" and (field.references in RESOURCES or bool(field.named_by)))
    )


def pick(form: FrameScreen[Any], pane: FieldsPane, field: Field, conditions: Sequence[Condition]) -> None:
    """Show the list that goes with a field; what is taken from it stands in the field then."""
    if field.type.editor == "choice":
        _pick_word(form, pane, field, [(item.label, item.label) for item in field.choices])
    elif field.offers in RESOURCES:
        _pick_record(form, pane, field, field.offers, conditions)
    elif field.references in RESOURCES:
        _pick_record(form, pane, field, field.references, conditions)
    elif field.named_by:
        form.run_worker(_pick_known(form, pane, field), group="pick", exclusive=True)


def _pick_record(
    form: FrameScreen[Any], pane: FieldsPane, field: Field, resource_id: str, conditions: Sequence[Condition]
) -> None:
    from cotui.tui.forms.picker import RecordPicker

    resource = RESOURCES[resource_id]

    def taken(record: Record | None) -> None:
        if record is None:
            return
        if is_reference(field):
            pane.learn(field.name, str(record.id), clean(str(record.shown.get(resource.title_field) or "")))
            pane.show_text(field.name, str(record.id))
        else:
            pane.show_text(field.name, to_text(field, record.raw.get(resource.title_field)))

    label = label_of(field)
    current = pane.draft.text(field.name) if is_reference(field) else None
    form.open_screen(
        RecordPicker(form.cotui.api, resource, title=label, conditions=conditions, current=current), taken
    )


def _pick_word(
    form: FrameScreen[Any], pane: FieldsPane, field: Field, options: list[tuple[str, str]]
) -> None:
    from cotui.tui.base.choose import ChooseDialog

    def taken(value: str | None) -> None:
        if value is not None:
            pane.show_text(field.name, value)

    form.open_screen(ChooseDialog(label_of(field), options, pane.draft.text(field.name)), taken)


async def _pick_known(form: FrameScreen[Any], pane: FieldsPane, field: Field) -> None:
    """The API has no list of these: what the account's records hold is what can be offered."""
    home = next((item for item in RESOURCES.values() if item.find(field.name) is field), None)
    if home is None:
        return
    source = ListSource(form.cotui.api, home, Query())
    reading = read_all(source, most=source.page_size, trust_count=True)
    rows = await form.reading(home.plural.casefold(), reading.all())
    if rows is None:
        return
    names = words_in(rows, home).get(field.name, {})
    if not names:
        form.say("no record tells which there are: type the number", "warning")
        return
    if not reading.complete:
        form.say(f"these are in the first {reading.rows:,} {home.plural.casefold()}; there may be others")
    for word, number in names.items():
        pane.learn(field.name, number, clean(word))
    _pick_word(
        form, pane, field, [(number, f"{word} (no. {number})") for word, number in sorted(names.items())]
    )
