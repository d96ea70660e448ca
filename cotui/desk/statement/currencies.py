"""Which currency a row is of that does not say it in words.

A customer has one currency for good; what is his is of that, unless the number of its currency says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cotui.catalog.field import CURRENCY
from cotui.catalog.model import key_of
from cotui.desk.amounts import currency_of

Row = Mapping[str, Any]
_NUMBER = "currency_id"


class Currencies:
    """The codes of currencies by their numbers, as far as rows have told them.

    Args:
        record: the customer; None where he could not be read.
        rows: of all that is his.

    Attributes:
        own: the customer's; "" where nobody tells.
    """

    def __init__(self, record: Row | None, rows: Sequence[Row]) -> None:
        told = [(_number(row), currency_of(row)) for row in (record or {}, *rows)]
        self._by_number = {number: code for number, code in told if number is not None and code}
        self.own = self._of_customer(record or {}, {code for _, code in told if code})

    def _of_customer(self, record: Row, codes: set[str]) -> str:
        number = _number(record)
        code = currency_of(record) or ("" if number is None else self._by_number.get(number, ""))
        return code or (next(iter(codes)) if len(codes) == 1 else "")

    def named(self, row: Row) -> Row:
        """The row, with its currency."""
        if currency_of(row):
            return row
        number = _number(row)
        code = (
            self.own if number is None else self._by_number.get(number, "" if self._by_number else self.own)
        )
        return {**row, CURRENCY: code}


def _number(row: Row) -> int | str | None:
    return key_of(row.get(_NUMBER))
