"""The entries of `[keys]`, however TOML holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class OwnKeys(NamedTuple):
    """What the user wants keys for.

    Attributes:
        place: of the entry below `[keys]`, as `Document.problem` takes it.
        action: what they are to do, e.g. "browse.find".
        keys: as the file has them; "k", "ctrl+x", "k,ctrl+x" or a list, unless that is a mistake.
    """

    place: tuple[str, ...]
    action: str
    keys: Any

    @property
    def names(self) -> list[str]:
        """The keys one by one; none where the file has no keys there."""
        parts = self.keys.split(",") if isinstance(self.keys, str) else self.keys
        return [part.strip() for part in parts if isinstance(part, str)] if isinstance(parts, list) else []


def own_keys(table: object, place: tuple[str, ...] = ()) -> Iterator[OwnKeys]:
    """The entries of `[keys]` in their order; of anything but a table none.

    Names of actions have a dot: written without quotation marks, `browse.find = "F"` is a table `browse` to TOML,
    and means the same here.
    """
    if not isinstance(table, Mapping):
        return
    for name, value in table.items():
        here = (*place, name)
        if isinstance(value, Mapping) and value:
            yield from own_keys(value, here)
        else:
            yield OwnKeys(here, ".".join(here), value)
