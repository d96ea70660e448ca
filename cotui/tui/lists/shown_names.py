"""What stands in a list in the place of a customer's number."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from cotui.api import Record
from cotui.catalog import Field
from cotui.tui.base.format import cell

#: gives, for a field that holds a key, whom it stands for in a row
ShownName: TypeAlias = Callable[[Field, Record], str]


def shown_name(field: Field, row: Record) -> str:
    """The customer whose key a row has: "(customer 450)", which says what the number is while there is no name."""
    key = cell(row, field)
    return f"(customer {key})" if key else ""
