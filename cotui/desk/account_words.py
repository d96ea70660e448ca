"""What an account calls the values of keys: its `currency = EUR` is `currency_id = 2`. Its own rows teach it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cotui.api import Api, Record
    from cotui.catalog import Resource


class AccountWords:
    """Remembers what rows taught.

    Attributes:
        known: by wire name of a key: the account's word for each value.
    """

    def __init__(self) -> None:
        self.known: dict[str, dict[str, str]] = {}
        self._taught_by: object = None

    def learn(self, source: object, rows: Sequence[Record], resource: Resource) -> None:
        """Take in the first rows of a source; its later ones teach the same."""
        if self._taught_by is not source and rows:
            self._taught_by = source
            for key, words in words_in(rows, resource).items():
                self.known.setdefault(key, {}).update(words)


async def read_words(api: Api, resource: Resource) -> dict[str, dict[str, str]]:
    """The words that the first rows of an object's list teach; one request. Raises ApiError where it fails."""
    from cotui.api.records import MAX_PAGE
    from cotui.query import Query

    size = min(api.connection.page_size, MAX_PAGE)
    return words_in((await api.page(resource, Query(), 0, size)).rows, resource)


def words_in(rows: Sequence[Record], resource: Resource) -> dict[str, dict[str, str]]:
    """The words that some rows teach, by wire name of the key."""
    from cotui.query import learned

    return learned((row.shown for row in rows), resource)
