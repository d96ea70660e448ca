"""What a report is: tables, columns and how the columns read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

#: Ending of the columns that hold a formatted column's raw value.
TWIN = "_unformatted"


class ColumnKind(Enum):
    """How a column is compared and served."""

    TEXT = "text"
    #: like text, but digits are served as a number: details and references of transactions
    DETAIL = "detail"
    NUMBER = "number"
    DATE = "date"
    MONEY = "money"

    @property
    def has_twin(self) -> bool:
        """Whether the column is served formatted, with its raw value beside it."""
        return self in (ColumnKind.DATE, ColumnKind.MONEY)


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column.

    Attributes:
        name: ChargeOver's inner table name and the column's ("tenant" is the customer's table).
        sql: expression for the raw value; money in minor units of the row's currency.
        join: name of the join in `Report.joins` that the expression needs; "" for none.
    """

    name: str
    kind: ColumnKind
    sql: str
    join: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One report.

    Attributes:
        tables: what FROM begins with. `:today` is the account's day, `:day30` … `:day90` those before it.
        key: expression that is different in every row.
        currency: expression for the currency_id of the row's amounts.
        where: condition that rows always meet; "" for none.
        order: columns that order the rows unless something else is asked for.
        joins: joins that add at most one row to each, by name; made only where needed.
        grouped: the tables are a sum over others, which is better computed once than twice.
    """

    name: str
    tables: str
    key: str
    currency: str
    columns: tuple[ReportColumn, ...]
    order: tuple[str, ...]
    where: str = ""
    joins: Mapping[str, str] = field(default_factory=dict)
    grouped: bool = False

    def find(self, name: str) -> ReportColumn | None:
        """The column that a condition or order key names, in any case; the twin's name means the same column.

        Names beginning with `customer_` are understood for the customer's table too.
        """
        wanted = name.casefold().removesuffix(TWIN)
        if wanted.startswith("customer_"):
            wanted = "tenant_" + wanted.removeprefix("customer_").replace("customer_id", "tenant_id")
        return next((column for column in self.columns if column.name == wanted), None)
