"""The table that a report gives, as a resource.

Which columns a report has is documented nowhere; it shows in its rows (`cotui.catalog.report_columns`).
"""

from __future__ import annotations

from collections.abc import Sequence

from cotui.catalog.field import Field, FieldType
from cotui.catalog.model import Column, Relation, Resource
from cotui.catalog.report_columns import other_words, short_headings

#: id of the resource that the rows of any report are
REPORT_ROWS = "report_data"
_MOST_OF_A_HEADING = 18


def report_resource(report_id: int, name: str, columns: Sequence[Field]) -> Resource:
    """The rows of one report as a resource.

    Args:
        columns: its columns as `infer_columns` gives them; none while no row is known yet.

    Returns:
        A resource without primary key, in the server's order, whose filters take any column name.
    """
    shown = [item for item in columns if item.listed]
    headings = short_headings(shown)
    texts = [item for item in shown if item.type is FieldType.TEXT]
    growing = texts[0].name if texts else ""
    amount = next((item.name for item in shown if item.type.pointed), "")
    return Resource(
        id=REPORT_ROWS,
        label="Row",
        plural=name,
        path=f"_report/{report_id}",
        primary_key="",
        fields=tuple(_named(item, columns) for item in columns),
        # The columns stand in the order the report's author chose; the last ones go first, but not who it is about
        # and the first amount.
        columns=tuple(
            Column(
                item.name,
                headings[item.name],
                max(item.type.report_width, min(len(headings[item.name]), _MOST_OF_A_HEADING)),
                drop=0 if item.name in (growing, amount) else position + 1,
                grows=item.name == growing,
            )
            for position, item in enumerate(shown)
        ),
        default_order="",
        title_field=growing or (shown[0].name if shown else ""),
        relations=_relations(columns),
        open_fields=True,
    )


#: what leads from a row to the record that a column names, by the id of its object: name, label and key as on other
#: lists
ROW_KEYS = {
    "customer": ("customer", "Customer", "c"),
    "invoice": ("invoices", "Invoice", "i"),
    "transaction": ("transactions", "Payment", "$"),
    "package": ("packages", "Subscription", "S"),
    "user": ("users", "Contact", "u"),
    "item": ("items", "Item", "I"),
}


def _relations(columns: Sequence[Field]) -> tuple[Relation, ...]:
    """From a row to the records that its columns name; of several of one kind the row's own, or the first, counts."""
    found: dict[str, Relation] = {}
    for item in sorted(columns, key=lambda column: other_words(column.name)):
        if item.references in ROW_KEYS:
            name, label, key = ROW_KEYS[item.references]
            found.setdefault(name, Relation(name, label, item.references, item.name, to_one=True, key=key))
    places = {item.name: place for place, item in enumerate(columns)}
    return tuple(sorted(found.values(), key=lambda relation: places[relation.source_field]))


def _named(item: Field, columns: Sequence[Field]) -> Field:
    """A column with the name that is typed everywhere for what it holds: `currency` for `currency_iso4217`."""
    same = [other for other in columns if other.name.casefold().endswith("currency_iso4217")]
    taken = any(other.name.casefold() in ("currency", "cur") for other in columns)
    return item._replace(aliases=("currency", "cur")) if same == [item] and not taken else item
