"""What an account calls the values of keys: its `currency = EUR` is `currency_id = 2`.

The short lists that keys point to, the currencies above all, are read when a filter first needs one, once, and kept:
the filter that was typed is read again by the next run, which must not wait for it. What has no list, rows teach.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from cotui.query.vocabulary import LONGEST_WORD, MOST_WORDS, OTHERS

if TYPE_CHECKING:
    from cotui.api import Api, Record
    from cotui.api.calls import Call
    from cotui.catalog import Field, Resource

Words = MutableMapping[str, dict[str, str]]


class _List(NamedTuple):
    """A key of an object, the list it points to, and the fields of that list that say it in words."""

    key: Field
    resource: Resource
    word: str
    #: what people call it besides: its name, its sign
    others: tuple[str, ...]


class AccountWords:
    """Remembers what rows and lists taught. One account's.

    Args:
        kept: what an earlier run read; what is read is put there too.

    Attributes:
        kept: by wire name of a key: the account's word for each value, from the account's own lists.
        known: the same, with what rows taught besides.
    """

    def __init__(self, kept: Words | None = None) -> None:
        self.kept: Words = {} if kept is None else kept
        self.known: dict[str, dict[str, str]] = {key: dict(words) for key, words in self.kept.items()}
        self._taught_by: object = None
        self._read: set[str] = set()
        #: keys whose lists these API keys may not read, and what is in those lists
        self._refused: dict[str, str] = {}

    def learn(self, source: object, rows: Sequence[Record], resource: Resource) -> None:
        """Take in the first rows of a source; its later ones teach the same."""
        if self._taught_by is not source and rows:
            self._taught_by = source
            for key, words in words_in(rows, resource).items():
                self.known.setdefault(key, {}).update(words)
                if key in self._refused:  # nothing else will ever tell
                    self.kept.setdefault(key, {}).update(words)

    def word_for(self, key: str, value: object) -> str:
        """What a value of a key is called, as far as is known without asking; "" where it is not."""
        wanted = str(value)
        return next((word for word, known in self.known.get(key, {}).items() if known == wanted), "")

    def unread(self, resource: Resource) -> bool:
        """Whether there is a list that was not read in this run and could say more of this object's keys."""
        return any(item.key.name not in self._read for item in _lists(resource))

    async def read(self, api: Api, resource: Resource) -> None:
        """Read the lists that the keys of an object point to, those that were not read in this run.

        Where the API keys may not read one (`refusal` tells), the object's own first rows teach what they can.

        Raises ApiError where that fails; the next call tries again.
        """
        from cotui.api import Forbidden, Unauthorized

        refused = False
        for item in _lists(resource):
            if item.key.name in self._read:
                continue
            try:
                found = await _words_of_list(api, item)
            except (Forbidden, Unauthorized) as error:
                if not error.refusal:
                    raise  # something on the way, which may let the next one through
                self._refused[item.key.name] = item.resource.plural.lower()
                refused = True
            else:
                for key, words in found.items():
                    self.kept[key], self.known[key] = words, dict(words)
            self._read.add(item.key.name)
        if refused:
            await self.read_rows(api, resource)

    def refusal(self, resource: Resource) -> str:
        """A sentence about the lists of an object's keys that these API keys may not read; "" where there are none."""
        names = [key.name for key in resource.filterable if key.name in self._refused]
        if not names:
            return ""
        what = " and ".join(dict.fromkeys(self._refused[name] for name in names))
        value = next(iter(self.known.get(names[0], {}).values()), "2")
        return (
            f"These API keys may not read {what}, so only the words that rows have shown are known: the number always "
            f"works, such as {names[0]} = {value}."
        )

    async def read_rows(self, api: Api, resource: Resource) -> None:
        """Read the first rows of an object, which teach the words of its keys that have no list; ApiError where it fails."""
        from cotui.api import ListSource
        from cotui.api.transport.budget import Priority
        from cotui.query import Query

        source = ListSource(api, resource, Query())
        page = await source.page(0, source.page_size, Priority.INTERACTIVE)
        self.learn(source, page.rows, resource)


def first_call(api: Api, resource: Resource) -> Call | None:
    """What `AccountWords.read` asks for first; None where there is nothing to read."""
    from cotui.api import ListSource
    from cotui.query import Query

    item = next(_lists(resource), None)
    if item is None:
        return None
    size = ListSource(api, item.resource, Query()).page_size
    return api.page_call(item.resource, Query(), 0, size)


def _lists(resource: Resource) -> Iterator[_List]:
    from cotui.catalog import RESOURCES

    for key in resource.filterable:
        if key.named_by and key.references in RESOURCES:
            listed = RESOURCES[key.references]
            field = listed.find(key.named_by.removeprefix(f"{key.references}_"))
            word = field.name if field is not None else listed.title_field
            others = (name for name in (listed.title_field, *_SIGNS) if name != word and listed.find(name))
            yield _List(key, listed, word, tuple(others))


async def _words_of_list(api: Api, item: _List) -> Words:
    """The words for the values of a key, and under its name with `OTHERS` those that stand for one value only."""
    from cotui.api import ListSource, read_all
    from cotui.query import Query

    words: dict[str, str] = {}
    others: dict[str, set[str]] = {}
    reading = read_all(ListSource(api, item.resource, Query()), most=MOST_WORDS, trust_count=True)
    for row in await reading.all():
        if row.id is None:
            continue
        if _is_word(word := row.raw.get(item.word)):
            words.setdefault(word, str(row.id))
        for name in item.others:
            if _is_word(word := row.raw.get(name)):
                others.setdefault(word.strip(), set()).add(str(row.id))
    found = {item.key.name: words}
    if clear := {word: values.pop() for word, values in others.items() if len(values) == 1}:
        found[item.key.name + OTHERS] = clear
    return found


def _is_word(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_WORD


#: fields of such lists that stand for the whole entry in print
_SIGNS = ("symbol",)


def words_in(rows: Sequence[Record], resource: Resource) -> dict[str, dict[str, str]]:
    """The words that some rows teach, by wire name of the key."""
    from cotui.query import learned

    return learned((row.shown for row in rows), resource)
