"""What the first screen shows: which list, and which rows of it. Known before any interface is loaded.

The screens take it from here, and so does the launcher, which sends their first request ahead of them. Nothing of
Textual may be imported here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

import cotui.query as language  # its parser is loaded by the first filter, not by the first screen
from cotui.catalog import RESOURCES, Resource
from cotui.catalog.start_lists import START_LISTS
from cotui.query import Query, QueryError
from cotui.tui.base.object_register import hooks_of
from cotui.tui.lists.list_spec import ListSpec, ObjectListSpec, StartListSpec

if TYPE_CHECKING:
    from cotui.api import Api
    from cotui.api.calls import Call
    from cotui.settings import ScreenState, StateStore


def first_list(state: StateStore, account: str, wanted: str, chosen: str) -> str:
    """The list to open on.

    Args:
        account: under which name the last one is remembered.
        wanted: the list named on the command line; empty for none.
        chosen: the setting `start_screen`.
    """
    start = wanted or (state.account(account).last_screen if chosen == "last" else chosen)
    return start if start in START_LISTS else next(iter(START_LISTS))


def listing_of(api: Api, name: str) -> StartListSpec:
    """One of the lists on the number keys."""
    resource = RESOURCES[START_LISTS[name]]
    own = hooks_of(resource.id).list_spec
    listing: StartListSpec = own(api) if own is not None else ObjectListSpec(api, resource, key=name)
    return listing


def remembered_filter(listing: ListSpec, memory: ScreenState) -> str:
    """The filter that a list opens with."""
    return memory.filter if listing.filterable else ""


def read_filter(
    text: str,
    resource: Resource,
    today: Callable[[], date],
    words: Mapping[str, Mapping[str, str]],
) -> Query:
    """The query that a filter means, in which `words` are what the account calls the values of keys.

    Raises:
        QueryError: it can't be read; the error knows where.
    """
    if not text.strip():
        return Query()
    return language.parse(text, resource, today=today(), words=words)


def first_call(
    api: Api,
    listing: StartListSpec,
    memory: ScreenState,
    today: Callable[[], date],
    words: Mapping[str, Mapping[str, str]],
) -> Call:
    """What a list asks for first when it is opened.

    Args:
        words: as for `read_filter`. Where the filter has one that is not among them the account's list comes first.
    """
    try:
        query = read_filter(remembered_filter(listing, memory), listing.resource, today, words)
    except QueryError as error:
        if error.unlearned:
            from cotui.desk import account_words

            if call := account_words.first_call(api, listing.resource):
                return call
        query = Query()  # the screen says so
    return listing.first_call(query)
