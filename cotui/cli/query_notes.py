"""What commands say, beside the rows, of the filter and the order they came by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cotui.catalog.field import CURRENCY
from cotui.cli.out import say

if TYPE_CHECKING:
    from cotui.api import WholeSource
    from cotui.catalog import Resource
    from cotui.query import Query


def tell_narrowed(source: WholeSource, resource: Resource) -> None:
    """What was done here, because ChargeOver does not do it."""
    from cotui.api import NarrowedSource

    if not isinstance(source, NarrowedSource) or source.looked_at is None:
        return
    what = "filtered" if source.query.conditions else "ordered"
    rows = f"{resource.label.lower()} was" if source.looked_at == 1 else f"{resource.plural.lower()} were"
    say(f"{source.looked_at:,} {rows} read and {what} here: ChargeOver can't do it")
    if source.cut:
        say("there are more, which were not looked at: narrow them by what ChargeOver filters by")
    elif source.missing:
        say(f"some may be missing: {source.missing}")


def tell_mixed(query: Query, resource: Resource, currencies: int) -> None:
    """What an order by an amount is worth where the rows are of several currencies, `currencies` of which were printed."""
    from cotui.query import Order, Query, render

    field, currency = resource.find(query.order[0].field) if query.order else None, resource.find(CURRENCY)
    if field is None or not field.type.pointed or currencies < 2 or currency is None or not currency.orders:
        return
    better = render(Query(order=(Order(CURRENCY, False), query.order[0])), resource)
    say(
        f"ordered by bare numbers of several currencies; better: {better}"
    )  # how many, only all rows would tell


def tell_unmatched(query: Query, resource: Resource) -> None:
    """What may be wrong with a filter that nothing matches."""
    from cotui.query import unmatched

    if query.conditions and (words := " ".join(unmatched(query, resource))):
        say(words)
