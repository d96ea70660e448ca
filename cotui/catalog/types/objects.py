"""Lists of sub-objects, described by `Field.parts`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, tzinfo
from itertools import islice
from operator import itemgetter
from typing import Any

from cotui.catalog.field import CURRENCY, Field, FieldType, Values
from cotui.catalog.spelling import finite, text_of

#: parts that the catalogue does not know which are shown of one
MOST_PARTS = 100


class Objects(FieldType):
    """In a table their names or prices, which is what one looks for in a list; their number when they have none."""

    grows = True
    rank = 6
    orderable = False
    verbatim = False
    nothing: object = []

    def cell(self, value: Any, field: Field, values: Values) -> str:
        if has_prices(field) and (said := prices(value, field, values)):
            return said
        if isinstance(value, dict) and field.parts:
            return " · ".join(said_parts(value, field, values)) or text_of(value)
        if not isinstance(value, list):
            return text_of(value)
        for part in field.parts:
            if part.type is FieldType.TEXT and not part.secret:
                found = [item.get(part.name) for item in value if isinstance(item, dict)]
                names = [name for name in found if isinstance(name, str) and name]
                if names:
                    return ", ".join(names)
        return f"{len(value)} {'entry' if len(value) == 1 else 'entries'}" if value else ""

    def full(self, value: Any, field: Field, values: Values, today: date | None) -> list[str]:
        if isinstance(value, dict) and field.parts:
            return said_parts(value, field, values) or super().full(value, field, values, today)
        return super().full(value, field, values, today)

    def to_text(self, value: Any, field: Field) -> str:
        import json

        return json.dumps(value)

    def parsed(self, text: str, field: Field, today: date) -> object:
        import json

        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise ValueError("a list of objects, as JSON") from None

    def read(self, sent: Any, field: Field, zone: tzinfo) -> Any:
        raise ValueError("the parts of sub-objects are read one by one")


def said_parts(value: Mapping[str, Any], field: Field, values: Values) -> list[str]:
    """The parts of one sub-object, each with its label: "Trial days: 14". Those that nobody knows go by their names."""
    known = {part.name: part for part in field.parts}
    context = {**values, **value}
    found = []
    others = (name for name in value if name not in known)
    for name in (*known, *islice(others, MOST_PARTS)):
        part, held = known.get(name), value.get(name)
        kind = part.type if part is not None else FieldType.MULTILINE
        if (part is not None and (part.secret or kind.is_unset(held))) or held is None:
            continue
        found.append(f"{part.label if part else name}: {kind.cell(held, part or field, context)}")
    return found


def has_prices(field: Field) -> bool:
    """Whether sub-objects are amounts in currencies of their own, as an item's prices are."""
    return any(part.name == CURRENCY for part in field.parts)


def prices(value: Any, field: Field, values: Values) -> str:
    """The price of each sub-object, with its currency; by the cheapest of its tiers where it has no other."""
    found = []
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            context = {**values, **each}
            price = _price(each, field, context)
            found.append(f"{price} {context.get(CURRENCY) or ''}".rstrip() if price else "")
    return ", ".join(filter(None, found))


def _price(each: Mapping[str, Any], field: Field, context: Values) -> str:
    part = next((part for part in field.parts if part.type.pointed), None)
    if part is None or each.get(part.name) is None:
        return ""
    for tiers in (one for one in field.parts if one.type is FieldType.OBJECTS):
        priced = next((inner for inner in tiers.parts if inner.type.pointed), None)
        rows = each.get(tiers.name)
        if priced is None or not isinstance(rows, list) or finite(each[part.name]):
            continue
        amounts = (row.get(priced.name) for row in rows if isinstance(row, dict))
        numbers = [(number, amount) for amount in amounts if (number := finite(amount)) is not None]
        if numbers:
            _, least = min(numbers, key=itemgetter(0))  # shown is the amount as it was sent
            return f"from {part.type.cell(least, part, context)}"
    return part.type.cell(each[part.name], part, context)
