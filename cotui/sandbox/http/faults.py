"""Faults on demand: what a network, a proxy or a bad day does to a client, for testing how it takes it.

One request asks for a fault with a header, `X-Sandbox-Fault: status=503, retry_after=2`; all requests get those
that `PUT /_sandbox/faults` sets, a JSON object with the same names (or a list of them, of which the first that
fits a request is used):

    latency      milliseconds before the request is handled
    jitter       milliseconds at most that are added to it at random
    status       this status with an error envelope
    html         an HTML error page, as proxies send it; status 502 unless another is given
    malformed    an answer of full length that is not JSON
    truncated    half an answer, then the connection ends
    drop         the connection ends without an answer
    slow         milliseconds over which the body arrives in small pieces
    retry_after  seconds; adds the header Retry-After

`status`, `html` and `drop` take the place of the request, unless `executed` says that it is carried out and only
its answer is lost. `times` ends a fault after so many requests; `method` and `path` (a part of it) say which
requests it is for.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import msgspec

from cotui.sandbox.errors import BadRequestError

HEADER = "x-sandbox-fault"

_Milliseconds = Annotated[float, msgspec.Meta(ge=0, le=600_000)]


class Fault(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A fault; see the module."""

    latency: _Milliseconds = 0.0
    jitter: _Milliseconds = 0.0
    status: Annotated[int, msgspec.Meta(ge=200, le=599)] | None = None
    html: bool = False
    malformed: bool = False
    truncated: bool = False
    drop: bool = False
    slow: _Milliseconds = 0.0
    retry_after: Annotated[int, msgspec.Meta(ge=0, le=86_400)] | None = None
    executed: bool = False
    times: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] | None = None
    method: str = ""
    path: str = ""

    @property
    def replaces(self) -> bool:
        """Whether the answer is not that to the request."""
        return self.drop or self.html or self.status is not None

    def fits(self, method: str, path: str) -> bool:
        """Whether it is for such a request."""
        return self.path in path and self.method.upper() in ("", method)

    def delay(self, uniform: Callable[[], float]) -> float:
        """Seconds before the request is handled; `uniform` answers numbers from 0 to 1."""
        return (self.latency + self.jitter * uniform()) / 1000


class Faults:
    """The faults that are on, and which request gets which.

    Args:
        always: a fault for every request until others are set.
        uniform: numbers from 0 to 1, for jitter.
    """

    def __init__(self, always: Fault | None = None, uniform: Callable[[], float] = random.random) -> None:
        self.uniform = uniform
        self._always = [] if always is None else [always]
        self._on = list(self._always)

    @property
    def on(self) -> list[Fault]:
        """The faults that are on; `times` is what is left."""
        return list(self._on)

    def set(self, faults: list[Fault]) -> None:
        """Turns these on, and those before off."""
        self._on = list(faults)

    def reset(self) -> None:
        """Back to the faults of the beginning."""
        self._on = list(self._always)

    def pick(self, method: str, path: str, header: str | None) -> Fault | None:
        """The fault for a request; None when it is to be left alone.

        Raises:
            BadRequestError: the header is not understood.
        """
        if header is not None:
            return read_header(header)
        for index, fault in enumerate(self._on):
            if fault.fits(method, path):
                if fault.times == 1:
                    del self._on[index]
                elif fault.times is not None:
                    self._on[index] = msgspec.structs.replace(fault, times=fault.times - 1)
                return fault
        return None


def read_header(text: str) -> Fault:
    """The fault that a header asks for: `name=value` pairs separated by commas or semicolons; a name alone is on.

    Raises:
        BadRequestError: there is no such fault, or its value makes no sense.
    """
    values: dict[str, Any] = {}
    for word in text.replace(";", ",").split(","):
        name, equals, value = word.partition("=")
        if name.strip():
            values[name.strip().lower().replace("-", "_")] = value.strip() if equals else True
    fault: Fault = _convert(values, Fault, strict=False)
    return fault


def read_faults(payload: Any) -> list[Fault]:
    """The faults that a body sets: one or a list of them; raises as `read_header` does."""
    faults = payload if isinstance(payload, list) else [payload]
    return [fault for fault in _convert(faults, list[Fault]) if fault != Fault()]


def _convert(value: Any, kind: Any, *, strict: bool = True) -> Any:
    try:
        return msgspec.convert(value, kind, strict=strict)
    except msgspec.ValidationError as error:
        raise BadRequestError(f"This fault is not understood: {error}") from error


def html_page(status: int) -> bytes:
    """An error page as proxies send it."""
    return (
        f"<html>\r\n<head><title>{status}</title></head>\r\n<body>\r\n<center><h1>{status}</h1></center>\r\n"
        "<hr><center>sandbox</center>\r\n</body>\r\n</html>\r\n"
    ).encode()


def apply_headers(fault: Fault) -> Mapping[str, str]:
    """Headers that a fault adds to its answer."""
    return {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
