"""Lists of sub-objects, described by `Field.parts`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cotui.catalog.field import Field, FieldType, Values
from cotui.catalog.spelling import text_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Objects(FieldType):
    """In a table their names, which is what one looks for in a list; their number when they have none."""

    rank = 6
    orderable = False
    verbatim = False

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

    def read(self, sent: Any, field: Field, zone: ZoneInfo) -> Any:
        raise ValueError("the parts of sub-objects are read one by one")


TYPE = Objects()
