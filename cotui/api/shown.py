"""A record's values as they may be put on a screen, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from cotui.api.clean import Room, clean_name, clean_value
from cotui.safety.text import SUBSTITUTE

#: fields of one record that are gone through; a field beyond is found all the same, by its name
MAX_FIELDS = 1_000


class Shown(Mapping[str, Any]):
    """Values by name, both cleaned: harmless, and no more of them than a screen can take.

    Names that are equal after cleaning are all there, under names made different; one that needs no cleaning keeps
    its own.

    Args:
        room: how much of it there is room for.
    """

    __slots__ = ("_made", "_names", "_raw", "_room")

    def __init__(self, raw: Mapping[str, Any], room: Room | None = None) -> None:
        self._raw = raw
        self._room = room or Room()
        self._made: dict[str, Any] = {}
        #: cleaned name -> the server's, in its order
        self._names: dict[str, str] | None = None

    def __getitem__(self, name: str) -> Any:
        found = self._made
        if name not in found:
            found[name] = clean_value(self._raw[self.name_of(name)], room=self._room)
        return found[name]

    def get(self, name: str, default: Any = None) -> Any:
        """The value of this name; the default where there is none."""
        return self[name] if name in self._made or name in self else default

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        return (name in self._raw and clean_name(name) == name) or name in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    @property
    def left_out(self) -> int:
        """Fields that are not gone through, because there are too many."""
        return len(self._raw) - len(self._known)

    def name_of(self, name: str) -> str:
        """The server's name of what is called `name` here. Raises KeyError where there is no such field."""
        if name in self._raw and clean_name(name) == name:
            return name
        return self._known[name]

    @property
    def _known(self) -> dict[str, str]:
        if self._names is None:
            names = [(clean_name(name), name) for name in islice(self._raw, MAX_FIELDS)]
            own = {name for cleaned, name in names if cleaned == name}
            self._names = {}
            for cleaned, name in names:
                if cleaned != name:
                    while cleaned in own or cleaned in self._names:
                        cleaned += SUBSTITUTE
                self._names[cleaned] = name
        return self._names
