"""Queries that are tried: by fields of which it is not documented that lists can be filtered or ordered by them.

What a field can do is documented, seen (somebody uses it, or rows have it), or neither. What is documented is sent, what
is neither is never offered. What was seen is sent once; the rows show whether it was heeded, and that is remembered of
the account. A refusal, or rows that contradict the query, leave the order to the object's own (short lists are read and
ordered here), and conditions to be looked at here, in all rows that fulfil the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from cotui.api.abilities import Abilities, filtering, ordering
from cotui.query import Condition, Order, Query

if TYPE_CHECKING:
    from cotui.api.records import Record
    from cotui.catalog.model import Resource

#: rows that are looked through here at most
MOST_NARROWED: Final = 5_000


class Plan(NamedTuple):
    """What is sent of a query, and what of that is tried."""

    query: Query
    #: conditions that are looked at here, and the order that is made here
    here: tuple[Condition, ...] = ()
    sorts: tuple[Order, ...] = ()
    #: facts that what is sent will tell, of filters and of the order
    filters: tuple[str, ...] = ()
    order: str = ""

    @property
    def reads_all(self) -> bool:
        """Whether all that is sent for is read, and the rest done here."""
        return bool(self.here or self.sorts)

    @property
    def tries(self) -> bool:
        """Whether the answer tells anything."""
        return bool(self.filters or self.order)


def order_fact(resource: Resource, query: Query) -> str:
    """The fact that an order is heeded; "" where that is documented, or there is none."""
    own = resource.default_order.partition(":")[0]
    shown = {own, *resource.orders_shown}
    if all(key.field in shown for key in query.order):
        return ""
    return ordering(resource.id, *(key.field for key in query.order))


def plan(resource: Resource, query: Query, abilities: Abilities, *, anew: bool = False) -> Plan:
    """What of a query is sent, by what was found out before.

    Args:
        anew: what was heeded before is tried like what nobody knows: it was refused.
    """
    facts = {
        item: filtering(resource.id, item.field)
        for item in query.conditions
        if item.field in resource.filters_seen
    }
    here = tuple(item for item, fact in facts.items() if abilities.can(fact) is False)

    def tries(fact: str) -> bool:
        known = abilities.can(fact)
        return known is None or (anew and known)

    tried = tuple(filter(tries, facts.values()))
    order = order_fact(resource, query)
    sent = query._replace(conditions=tuple(item for item in query.conditions if item not in here))
    if order and abilities.can(order) is False:
        return Plan(sent._replace(order=()), here, query.order if resource.narrowed else (), tried)
    return Plan(sent, here, (), tried, order if order and tries(order) else "")


def learn_refused(abilities: Abilities, facts: Sequence[str]) -> None:
    """These are refused, or ignored."""
    for fact in facts:
        abilities.learn(fact, False)


def learn_heeded(resource: Resource, tried: Plan, rows: Sequence[Record], abilities: Abilities) -> bool:
    """Judge the first rows of a tried query; False where it was ignored, which is remembered then."""
    from cotui.query.matching import holds, in_order

    raws = [row.raw for row in rows]
    heeded = True
    for item in tried.query.conditions:
        fact = filtering(resource.id, item.field)
        if fact in tried.filters:
            verdicts = [holds(raw, item, resource) for raw in raws]
            if False in verdicts:
                abilities.learn(fact, False)
                heeded = False
            elif True in verdicts:
                abilities.learn(fact, True)
    if tried.order:
        verdict = in_order(raws, tried.query.order, resource)
        if verdict is not None:
            abilities.learn(tried.order, verdict)
        heeded = heeded and verdict is not False
    return heeded


def words_for(resource: Resource, wanted: Query, done: Plan) -> tuple[str, str]:
    """That the order is another, and that conditions are looked at or an order is made here; "" where they are not."""
    what = resource.plural.casefold()
    order = filters = ""
    if wanted.order and not done.query.order and not done.sorts:
        own = resource.find(resource.default_order.partition(":")[0])
        instead = own.label if own is not None else "its own order"
        order = (
            f"this account does not order {what} by {_labels(resource, wanted.order)}: they come by {instead}"
        )
    if done.here:
        filters = f"this account does not filter {what} by {_labels(resource, done.here)}"
    elif done.sorts:
        filters = f"this account does not order {what} by {_labels(resource, done.sorts)}"
    return order, filters


def _labels(resource: Resource, parts: Sequence[Condition | Order]) -> str:
    fields = (resource.find(item.field) for item in parts)
    return " and ".join(field.label.casefold() for field in fields if field is not None)
