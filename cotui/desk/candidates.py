"""Records to choose from: a short list is read once and looked through here, a long one is asked by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from cotui.api import Api, ApiError, ListSource, NotFound, Reading, Record, read_all
from cotui.catalog import Field, Resource
from cotui.query import Condition, Op, Query

#: most rows that are read of a list that can't be searched
MOST_READ: Final = 2_000
#: rows of a search that are shown
MOST_FOUND: Final = 100
#: fields that are asked for a typed text; each is a request
MOST_ASKED: Final = 3


class Candidates:
    """The records of one kind that fulfil some conditions.

    Args:
        conditions: which of them; those that the API can't filter by are tested here.
        search: wire name of the field that is searched; "" takes the title, or what comes nearest to it.
    """

    def __init__(
        self, api: Api, resource: Resource, conditions: Sequence[Condition] = (), search: str = ""
    ) -> None:
        self._api = api
        self.resource = resource
        self._asked = tuple(item for item in conditions if _filterable(resource, item.field))
        self._tested = tuple(item for item in conditions if item not in self._asked)
        self._search = _searched(resource, search)
        self._rows: list[Record] = []
        self._read = False
        #: whether `_rows` are all there are
        self._whole = False
        #: whether more fulfil what was asked for last than were given
        self.cut = False

    async def matching(self, text: str) -> list[Record]:
        """The records whose names hold a text; without one the first of them. Raises ApiError where the request fails."""
        words = text.split()
        if not self._read:
            await self._read_first()
        if self._whole or not self._search:
            found = [row for row in self._rows if self._holds(row, words)]
            self.cut = not self._whole
            return self._best_first(found, text)
        if not words:
            self.cut = True
            return self._rows
        return await self._asked_for(" ".join(words))

    async def _read_first(self) -> None:
        source = ListSource(self._api, self.resource, Query(self._asked))
        reading = self._reading(source, source.page_size if self._search else MOST_READ)
        self._rows = [row for row in await reading.all() if self._fits(row)]
        self._read, self._whole = True, reading.complete

    async def _asked_for(self, text: str) -> list[Record]:
        found: dict[object, Record] = {}
        self.cut = False
        if text.isascii() and text.isdigit() and (row := await self._by_number(int(text))) is not None:
            found[row.id] = row
        for field in self._search:
            query = Query((*self._asked, Condition(field.name, Op.CONTAINS, text)))
            reading = self._reading(ListSource(self._api, self.resource, query), MOST_FOUND)
            for row in await reading.all():
                if self._fits(row):
                    found.setdefault(row.id, row)
            self.cut = self.cut or not reading.complete
        if self.cut or not found:
            for row in await self._coded(text):
                found.setdefault(row.id, row)
        return self._best_first(list(found.values()), text)

    async def _coded(self, text: str) -> list[Record]:
        """The records that have just this text as a code; they may be behind the first that were found."""
        rows: list[Record] = []
        for field in self._codes:
            query = Query((*self._asked, Condition(field.name, Op.EQUALS, text)))
            rows += await self._reading(ListSource(self._api, self.resource, query), MOST_FOUND).all()
        return [row for row in rows if self._fits(row)]

    @property
    def _codes(self) -> list[Field]:
        """The texts of the list's columns that can be asked for; its title among them."""
        columns = (self.resource.find(column.field) for column in self.resource.columns)
        texts = [field for field in columns if field is not None and field.type.family == "text"]
        return [field for field in texts if field.filterable][:MOST_ASKED]

    def _best_first(self, rows: list[Record], text: str) -> list[Record]:
        """The rows as they came, but what is called or numbered just so first, then where the text begins a word.

        Enter takes the first: "port" is the item with that code, or "Port, 1 Gbit", and not "Priority Support".
        """
        plain = " ".join(text.split()).casefold()
        return sorted(rows, key=lambda row: _distance(row, self.resource, plain)) if plain else rows

    def _reading(self, source: ListSource, most: int) -> Reading:
        return read_all(source, most=most, trust_count=True)

    async def _by_number(self, number: int) -> Record | None:
        try:
            row = await self._api.get(self.resource, number)
        except NotFound:
            return None
        except ApiError:
            if self._search:
                return None  # what is asked by name says what is wrong, if anything is
            raise
        # which conditions it fulfils, the server knows; without any there is no question
        return row if not self._asked and self._fits(row) else None

    def _fits(self, row: Record) -> bool:
        return all(str(row.raw.get(item.field)) == item.value for item in self._tested)

    def _holds(self, row: Record, words: Sequence[str]) -> bool:
        said = " ".join(str(value) for value in _shown(row, self.resource)).casefold()
        return all(word.casefold() in said for word in words)


def _distance(row: Record, resource: Resource, plain: str) -> int:
    """How far a record is from a text: it is one of its values, begins its title, a word of it, any word, or less."""
    values = [str(value).casefold() for value in _shown(row, resource) if value]
    title = str(row.shown.get(resource.title_field, "")).casefold()
    if plain in values:
        return 0
    if title.startswith(plain):
        return 1
    begins = re.compile(rf"\b{re.escape(plain)}")
    if begins.search(title):
        return 2
    return 3 if any(begins.search(value) for value in values) else 4


def _shown(row: Record, resource: Resource) -> Iterator[object]:
    yield row.id
    yield row.shown.get(resource.title_field, "")
    for column in resource.columns:
        yield row.shown.get(column.field, "")


def _filterable(resource: Resource, name: str) -> bool:
    field = resource.find(name)
    return field is not None and field.filterable


def _searched(resource: Resource, name: str) -> tuple[Field, ...]:
    """The fields that are asked for a text; none where the API can't look for texts."""
    for wanted in (name, resource.title_field):
        field = resource.find(wanted) if wanted else None
        if field is not None and field.filterable and field.type.searched:
            return (field,)
    return tuple(item for item in resource.filterable if item.type.searched and "." not in item.name)[
        :MOST_ASKED
    ]
