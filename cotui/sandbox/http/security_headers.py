"""Headers that every answer has, so that browsers make nothing of it but what it is."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from starlette.responses import Response

#: name to value
HEADERS: Final = MappingProxyType(
    {
        # no guessing what a text is, no frames around it, no other page that reads or shows it, no copy kept
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Content-Security-Policy": "frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
)


def hardened(response: Response) -> Response:
    """The same answer, with those of the headers that it does not set itself."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
