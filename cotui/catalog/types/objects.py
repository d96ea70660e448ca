"""Lists of sub-objects, described by `Field.parts`."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import Any

from cotui.catalog.field import Field, FieldType, Values
from cotui.catalog.spelling import text_of


class Objects(FieldType):
    """In a table their names, which is what one looks for in a list; their number when they have none."""

    rank = 6
    orderable = False
    verbatim = False
    nothing: object = []

    def cell(self, value: Any, field: Field, values: Values) -> str:
        if not isinstance(value, list):
            return text_of(value)
        for part in field.parts:
            if part.type is FieldType.TEXT and not part.secret:
                found = [item.get(part.name) for item in value if isinstance(item, dict)]
                names = [name for name in found if isinstance(name, str) and name]
                if names:
                    return ", ".join(names)
        return f"{len(value)} {'entry' if len(value) == 1 else 'entries'}" if value else ""

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
