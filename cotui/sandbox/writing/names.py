"""Names of people, as one text and in parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: The parts of a name, in the order in which they are written.
PARTS = ("first_name", "middle_name_glob", "last_name", "name_suffix")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "esq", "md", "phd"})


def split(name: str) -> dict[str, str | None]:
    """The parts of a full name: first word, last word, what stands between them, and a suffix."""
    words = name.split()
    suffix = None
    if len(words) > 2 and words[-1].replace(".", "").casefold() in _SUFFIXES:
        suffix = words.pop()
        words[-1] = words[-1].rstrip(",")
    first = words.pop(0) if words else ""
    last = words.pop() if words else ""
    return {
        "first_name": first,
        "middle_name_glob": " ".join(words) or None,
        "last_name": last,
        "name_suffix": suffix,
    }


def join(parts: Mapping[str, Any]) -> str:
    """The full name of parts that are set."""
    return " ".join(parts[part] for part in PARTS if parts.get(part))


def changed(sent: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """What a write does to a name: its parts and `name`; {} when it changes nothing.

    Clients put back whole objects in which they have changed either the full name or a part of it, so only
    what differs from the stored name counts, and a part counts more than the whole.

    Args:
        sent: any of `PARTS` and "name"; None is no name.
        stored: the same fields as they are stored; empty for somebody new.
    """
    parts = {part: sent[part] or None for part in PARTS if part in sent}
    differing = {part: value for part, value in parts.items() if value != (stored.get(part) or None)}
    whole = sent.get("name")
    if not differing and whole and whole != stored.get("name"):
        # kept as it was written: the parts are a guess
        return {**split(whole), "name": " ".join(whole.split())}
    if not differing:
        return {}
    found = {part: stored.get(part) for part in PARTS} | differing
    found["first_name"] = found["first_name"] or ""
    found["last_name"] = found["last_name"] or ""
    return {**found, "name": join(found)}
