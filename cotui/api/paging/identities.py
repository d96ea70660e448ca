"""At which index each record is shown: at one only, however often the server sent it."""

from __future__ import annotations

from typing import TypeAlias

from cotui.api.records import Record, content_of

#: a record's primary key
Key: TypeAlias = "int | str"
#: what a row is compared by: its primary key, or where it has none a number made of its content
Mark: TypeAlias = "Key | tuple[int]"


def content_mark(row: Record) -> Mark:
    """What a row without a key is compared by."""
    return (content_of(row),)


class Identities:
    """Every key of the loaded rows and where it stands.

    A record that stands at several indices (because a page is out of date, or because the server
    really lists it twice) is shown at one of them; the others are *hidden* until it leaves there.
    """

    def __init__(self) -> None:
        self._shown: dict[Key, int] = {}
        self._hidden: dict[Key, list[int]] = {}
        self._hidden_at: dict[int, Key] = {}

    def __len__(self) -> int:
        return len(self._shown)

    def index_of(self, key: Key) -> int | None:
        """Where the record is shown; None when it is in no loaded row."""
        return self._shown.get(key)

    def places(self) -> dict[Key, int]:
        """A copy of where every record is shown."""
        return self._shown.copy()

    def shown_instead(self, index: int) -> int | None:
        """Where the record of a hidden row is shown; None for a row that is not hidden."""
        key = self._hidden_at.get(index)
        return None if key is None else self._shown[key]

    def hides(self, index: int) -> bool:
        """Whether a row must not be shown, since its record is shown elsewhere."""
        return index in self._hidden_at

    def add(self, key: Key, index: int, *, take_over: bool) -> None:
        """A record was loaded at an index; with `take_over` it is shown there, even if it is shown elsewhere already."""
        other = self._shown.get(key)
        if other is None:
            self._shown[key] = index
        elif other != index:
            hidden = other if take_over else index
            self._shown[key] = index if take_over else other
            self._hidden.setdefault(key, []).append(hidden)
            self._hidden_at[hidden] = key

    def discard(self, key: Key, index: int) -> int | None:
        """A record is no longer loaded at an index.

        Returns:
            The index at which it is shown from now on where that changed, else None.
        """
        hidden = self._hidden.get(key)
        if self._shown.get(key) != index:
            if hidden and index in hidden:
                hidden.remove(index)
                self._hidden_at.pop(index, None)
                if not hidden:
                    del self._hidden[key]
            return None
        if not hidden:
            del self._shown[key]
            return None
        promoted = hidden.pop(0)
        if not hidden:
            del self._hidden[key]
        del self._hidden_at[promoted]
        self._shown[key] = promoted
        return promoted

    def clear(self) -> None:
        """Nothing is loaded any more."""
        self._shown.clear()
        self._hidden.clear()
        self._hidden_at.clear()
