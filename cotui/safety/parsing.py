"""Reading what a file of the program's own holds: nothing in it ends in more than a `ValueError`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

#: levels of lists and tables in each other; no file of ours has more than a few
DEEPEST: Final = 50


def parse_json(content: bytes) -> Any:
    """The value that JSON stands for. Raises ValueError where it is no JSON, or is nested too deeply."""
    import json

    try:
        value = json.loads(content.decode())
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if content.count(b"[") + content.count(b"{") > DEEPEST:
        refuse_deep(value)
    return value


def refuse_deep(value: object) -> None:
    """Refuse, with ValueError, lists and tables that are nested too deeply for whoever goes through them later."""
    level = [value]
    for _ in range(DEEPEST):
        level = [
            item
            for group in level
            if isinstance(group, list | Mapping)
            for item in (group.values() if isinstance(group, Mapping) else group)
        ]
        if not level:
            return
    raise ValueError("it is nested too deeply")
