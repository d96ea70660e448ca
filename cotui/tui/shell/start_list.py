"""What the first screen shows: which list, and which rows of it. Known before any interface is loaded.

The screens take it from here, and so does the launcher, which sends their first request ahead of them. Nothing of
Textual may be imported here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

import cotui.query as language  # its parser is loaded by the first filter, not by the first screen
from cotui.catalog import RESOURCES, Resource
from cotui.query import Query, QueryError
from cotui.tui.lists.list_spec import ListSpec, ObjectListSpec, ReportsListSpec, StartListSpec

if TYPE_CHECKING:
    from cotui.api import Api
    from cotui.api.calls import Call
    from cotui.settings import ScreenState, StateStore

#: the lists of objects, and which object each shows
OBJECTS: Final = {"customers": "customer", "users": "user", "invoices": "invoice"}
#: the lists on the number keys
LISTS: Final = (*OBJECTS, "reports")


def first_list(state: StateStore, account: str, wanted: str, chosen: str) -> str:
    """The list to open on.

    Args:
        state: what is remembered.
        account: under which name it is remembered.
        wanted: the list named on the command line; empty for none.
        chosen: the setting `start_screen`.
    """
    start = wanted or (state.profile(account).last_screen if chosen == "last" else chosen)
    return start if start in LISTS else LISTS[0]


def listing_of(api: Api, name: str) -> StartListSpec:
    """One of the lists on the number keys."""
    if name == "reports":
        return ReportsListSpec(api)
    return ObjectListSpec(api, RESOURCES[OBJECTS[name]], key=name)


def remembered_filter(listing: ListSpec, memory: ScreenState) -> str:
    """The filter that a list opens with."""
    return memory.filter if listing.filterable else ""


def read_filter(
    text: str,
    resource: Resource,
    today: Callable[[], date],
    words: Mapping[str, Mapping[str, str]],
) -> Query:
    """The query that a filter means.

    Args:
        text: as typed.
        resource: what is listed.
        today: the account's day.
        words: what the account calls the values of keys, as far as that was seen.

    Raises:
        QueryError: it can't be read; the error knows where.
    """
    if not text.strip():
        return Query()
    return language.parse(text, resource, today=today(), words=words)


def first_call(listing: StartListSpec, memory: ScreenState, today: Callable[[], date]) -> Call:
    """What a list asks for first when it is opened."""
    try:
        query = read_filter(remembered_filter(listing, memory), listing.resource, today, {})
    except QueryError:
        query = Query()  # the screen says so
    return listing.first_call(query)
