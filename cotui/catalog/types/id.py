"""Primary and foreign keys: whole numbers from 1, sometimes sent as text; an unset one may be 0."""

from __future__ import annotations

import re
from datetime import date, tzinfo
from typing import Any

from cotui.catalog.field import Field, Values
from cotui.catalog.spelling import said, text_of
from cotui.catalog.types.integer import WHOLE, Integer
from cotui.safety.text import without_unseen


class Id(Integer):
    """A number that is no quantity."""

    rank = 6
    family = "key"
    served = {"type": ["integer", "string", "null"]}

    def cell(self, value: Any, field: Field, values: Values) -> str:
        return "" if self.is_unset(value) else text_of(value)

    def is_unset(self, value: Any) -> bool:
        return value is None or value == "" or (value in (0, "0") and value is not False)

    def to_text(self, value: Any, field: Field) -> str:
        return "" if value in (0, "0") else without_unseen(said(value))

    def parsed(self, text: str, field: Field, today: date) -> object:
        if not re.fullmatch(WHOLE, text) or int(text) < 1:
            raise ValueError("the number of a record, such as 12")
        return int(text)

    def same(self, first: Any, second: Any, field: Field) -> bool:
        one, other = (
            "" if item is None or item == "" else self.to_text(item, field) for item in (first, second)
        )
        return one == other

    def read(self, sent: Any, field: Field, zone: tzinfo) -> Any:
        return super().read(sent, field, zone) or None
