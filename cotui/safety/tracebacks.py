"""The way to a fault, without any values: an error's own text may hold whatever was worked with."""

from __future__ import annotations

import traceback
from collections.abc import Iterator


def way(error: BaseException) -> Iterator[str]:
    """The calls that led to an error, and to what it followed from."""
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield f"{type(at).__module__}.{type(at).__qualname__}, most recent call last:\n"
        yield from traceback.format_tb(at.__traceback__)
        at = at.__cause__ or at.__context__
