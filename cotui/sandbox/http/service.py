"""What differs from account to account and from year to year of the real service, for clients that have to bear it.

One object of options, for `cotui sandbox` and for tests that make an application of their own:

    create_app(store, credentials=KEYS, service=Service(max_page_size=500))
    create_app(store, credentials=KEYS, service=hard(["ids-as-text", "page-of-20"]))
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

#: Objects that a key of a hard account may not read, where none are named: those that administrators see first and
#: support staff often not at all.
UNREADABLE = frozenset({"transaction", "creditcard", "ach", "note"})
#: Seconds that counting takes in a hard account.
SLOW_COUNT = 3.0
#: The year of the recordings that `compat` goes back to.
YEAR = 2015


@dataclass(frozen=True, slots=True)
class Service:
    """How the service behaves. The defaults are those of the vendor's documentation.

    Attributes:
        max_page_size: rows of a list at most; a larger limit is cut to it. The older documentation says 100,
            newer sources 500.
        compat: serve what was served in this year; 2015 is the only one with recordings. See `year_2015`.
        bulk_without_queries: the query string of a batch's item is ignored, filters and flags with it.
        no_bulk: there is no `_bulk`.
        unreadable: names of objects that the keys may not read, answered with 401.
        ids_as_text: ids are texts, as in some of the vendor's samples.
        missing_keys: each record lacks every fifth of its keys, another fifth in each.
        old_masks: cards are masked as they were in 2015.
        slow_count: seconds that `_count` takes longer.
    """

    max_page_size: int = 100
    compat: int | None = None
    bulk_without_queries: bool = False
    no_bulk: bool = False
    unreadable: frozenset[str] = frozenset()
    ids_as_text: bool = False
    missing_keys: bool = False
    old_masks: bool = False
    slow_count: float = 0.0

    def __post_init__(self) -> None:
        if self.compat not in (None, YEAR):
            raise ValueError(f"there are recordings of {YEAR} only, and none of {self.compat}")


#: What makes an account hard, by the names of the command line.
SWITCHES: Mapping[str, Mapping[str, Any]] = {
    "bulk-without-queries": {"bulk_without_queries": True},
    "no-bulk": {"no_bulk": True},
    "unreadable": {"unreadable": UNREADABLE},
    "ids-as-text": {"ids_as_text": True},
    "missing-keys": {"missing_keys": True},
    "old-masks": {"old_masks": True},
    "page-of-20": {"max_page_size": 20},
    "slow-count": {"slow_count": SLOW_COUNT},
}


def hard(switches: Collection[str] = SWITCHES, service: Service | None = None) -> Service:
    """An account in which these are on, all of them if none are named; `_bulk` is refused altogether then.

    Args:
        service: what it is like otherwise.

    Raises:
        ValueError: there is no such switch.
    """
    found = service or Service()
    for name in switches:
        if name not in SWITCHES:
            raise ValueError(f"{name!r} is none of {', '.join(SWITCHES)}")
        found = replace(found, **SWITCHES[name])
    return found
