"""A request as the answers need it, once it is known who asks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from cotui.sandbox.http.address import Address
from cotui.sandbox.writing.payload import Payload, decode, normalized

_VERBS = {"POST": "create", "PUT": "modify", "PATCH": "modify", "DELETE": "delete"}
_UNREAD = object()


class Cut(NamedTuple):
    """A limit that was larger than a page can be: who takes a short page for the last one has lost rows."""

    subject: str
    limit: int
    served: int


@dataclass(frozen=True)
class ApiRequest:
    """A request.

    Attributes:
        method: HTTP method, upper case; GET for HEAD.
        address: the URL, taken apart.
        body: the request's body.
        base_url: scheme and host that the client used.
        ipaddr: address the request came from; "" when it is not known.
        value: the body's JSON value, where it is known already (items of a batch).
        may_write: whether the credential may change anything.
        cuts: gets the limits that are cut; one list for a batch and its items.
    """

    method: str
    address: Address
    body: bytes
    base_url: str
    ipaddr: str = ""
    value: Any = _UNREAD
    may_write: bool = True
    cuts: list[Cut] = field(default_factory=list, compare=False)

    @property
    def payload(self) -> Payload:
        """The body as writers and actions get it.

        Raises:
            BadRequestError: it is not JSON, or neither an object nor an array.
        """
        return decode(self.body) if self.value is _UNREAD else normalized(self.value)

    @property
    def verb(self) -> str:
        """What the request wants to do, as messages call it."""
        if self.address.action:
            return self.address.action
        if self.method == "GET":
            return "get" if self.address.ref else "list"
        return _VERBS.get(self.method, self.method.lower())

    def limit(self, wanted: int, most: int) -> int:
        """A limit, cut to what a page holds at most."""
        if wanted > most:
            self.cuts.append(Cut(self.address.subject, wanted, most))
        return min(wanted, most)

    def item(self, method: str, address: Address, body: bytes, value: Any = _UNREAD) -> ApiRequest:
        """A request of a batch: everything else is the batch's own."""
        return replace(self, method=method, address=address, body=body, value=value)
