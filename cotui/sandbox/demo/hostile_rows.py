"""Where the demo puts hostile text: some customers right after the showcase, and what belongs to them."""

from __future__ import annotations

from typing import NamedTuple

from cotui.sandbox.demo.hostile import TEXTS

#: id of the first hostile customer; those before it are the showcase
FIRST = 41
_COMPANIES = (
    "markup_closing",
    "markup_action",
    "osc_clipboard",
    "c1",
    "bidi_override",
    "long",
    "formula",
    "wire",
)
_PEOPLE = ("markup_style", "osc_title", "csi", "zero_width", "combining", "emoji", "null", "quotes")
_STREETS = ("lines", "osc_link", "c0", "dcs", "spaces", "emoji", "percent", "true")
_WORDS = tuple(TEXTS.values())


class HostileCustomer(NamedTuple):
    """Values for the fields of one customer and its contacts."""

    company: str
    first: str
    last: str
    street: str
    city: str
    note: str
    word: str
    #: JSON array
    tags: str


def hostile_customer(customer_id: int) -> HostileCustomer | None:
    """The hostile values of a customer; None for nearly all of them."""
    index = customer_id - FIRST
    if not 0 <= index < len(_COMPANIES):
        return None
    import json

    return HostileCustomer(
        company=TEXTS[_COMPANIES[index]],
        first=TEXTS[_PEOPLE[index]],
        last=TEXTS[_PEOPLE[index - 3]],
        street=TEXTS[_STREETS[index]],
        city=TEXTS[_STREETS[index - 5]],
        note=TEXTS["long" if index == 0 else _COMPANIES[index - 1]],
        word=TEXTS[_PEOPLE[index - 6]],
        tags=json.dumps([TEXTS["markup_style"], TEXTS["csi"], TEXTS["wire"]], ensure_ascii=False),
    )


def hostile_text(number: int) -> str:
    """One of the texts, in turn."""
    return _WORDS[number % len(_WORDS)]
