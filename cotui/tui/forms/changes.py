"""What a form changes, in its own words: a label, what is there, what is to be there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from cotui.api.write import HIDDEN
from cotui.tui.forms.draft import label_of, to_text

if TYPE_CHECKING:
    from cotui.catalog import Field
    from cotui.tui.forms.draft import Draft

_NOTHING = "nothing"


def change_lines(
    draft: Draft,
    payload: Mapping[str, object],
    named: Callable[[str, str], str],
    more: Sequence[str] = (),
) -> Sequence[str]:
    """A line for each field of a payload: "Company: Acme → Acme Ltd"; not cleaned.

    Args:
        named: a text that a field may hold in words, given the field's wire name and the text.
        more: what is changed besides fields of the form, such as the lines of an invoice, in words.

    Returns:
        None at all where something is changed that has no words: the request says it then.
    """
    if not more and not payload.keys() <= draft.fields.keys():
        return []
    lines: list[str] = []
    for name, value in payload.items():
        field = draft.fields.get(name)
        if field is None:
            lines += more
            continue
        lines += _line(field, *(_words(field, item, named) for item in (draft.original(name), value)))
    return lines


def _line(field: Field, old: str, new: str) -> list[str]:
    label = label_of(field)
    if "\n" in old or "\n" in new:
        return [f"{label}:", *_paragraph(old), "→", *_paragraph(new)]
    return [f"{label}: {old} → {new}"]


def _words(field: Field, value: object, named: Callable[[str, str], str]) -> str:
    if field.secret:
        return HIDDEN
    if field.type.editor == "tick" and value is None:
        return "no"
    return named(field.name, to_text(field, value)) or _NOTHING


def _paragraph(text: str) -> list[str]:
    return [f"  {line}" for line in text.split("\n")]
