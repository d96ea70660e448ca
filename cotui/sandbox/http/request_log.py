"""What arrived: the last requests, for tests that ask what their client really sent. Secrets are taken out."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote, unquote_plus

import msgspec

from cotui.catalog import RESOURCES, Field
from cotui.safety.text import is_plain
from cotui.sandbox.http.api_request import Cut
from cotui.sandbox.http.faults import Fault

#: Requests remembered.
KEPT = 500
#: Bytes of a body, a target and of all headers that are remembered of one request.
_MOST_BODY = 16_384
_MOST_TEXT = 4096
HIDDEN = "***"
#: Secret keys of payloads and query parameters that the catalogue does not hold.
_SECRETS = frozenset({"password", "number", "routing", "cvv", "cvc", "chargeoverjs_token", "cardnumber"})
#: Parts of the names of payloads' keys and of headers by which others call theirs.
_SECRET_KEYS = ("password", "passwd", "passphrase", "secret", "api_key", "apikey", "private_key", "cvv")
_SECRET_WORDS = (
    "auth",
    "cookie",
    "token",
    "secret",
    "password",
    "api-key",
    "apikey",
    "credential",
    "signature",
)


@dataclass(slots=True)
class Entry:
    """A request that arrived, and what became of it."""

    number: int
    #: Unix seconds by the machine's clock
    time: float
    method: str
    raw_path: bytes
    query: bytes
    ipaddr: str
    headers: list[tuple[bytes, bytes]]
    body: bytes = b""
    size: int = 0
    #: public key of the credential; "" when there was none or it was wrong
    username: str = ""
    fault: Fault | None = None
    #: 0 as long as there is no answer
    status: int = 0
    sent: int = 0
    #: limits that were cut to the size of a page
    cuts: list[Cut] = field(default_factory=list)

    def target(self) -> str:
        """Path and query as sent, without secrets, in printable ASCII."""
        path = _without_link(_visible(self.raw_path))
        return (path + ("?" + _query(self.query) if self.query else ""))[:_MOST_TEXT]

    def served(self) -> dict[str, Any]:
        """The entry as `GET /_sandbox/requests` shows it."""
        parameters = _parameters(self.query)
        return {
            "number": self.number,
            "time": self.time,
            "method": self.method,
            "target": self.target(),
            "username": self.username or None,
            "ipaddr": self.ipaddr,
            "headers": self._headers(),
            "flags": {name: text for name, text in parameters.items() if name.startswith("_flag_")},
            "on_behalf_addr": parameters.get("on_behalf_addr"),
            "on_behalf_details": parameters.get("on_behalf_details"),
            "body": self._body(),
            "body_size": self.size,
            "status": self.status or None,
            "cuts": [cut._asdict() for cut in self.cuts],
            "fault": msgspec.to_builtins(self.fault),
        }

    def _headers(self) -> dict[str, str]:
        shown: dict[str, str] = {}
        left = _MOST_TEXT
        for raw_name, raw_value in self.headers:
            name, value = _visible(raw_name), _visible(raw_value)
            if name == "authorization":
                value = f"{value.partition(' ')[0][:20]} {HIDDEN}"
            elif any(word in name for word in _SECRET_WORDS):
                value = HIDDEN
            elif name in ("referer", "origin", "x-original-url", "x-rewrite-url"):
                value = _address(value)
            left -= len(name) + len(value)
            if left < 0:
                break
            shown[name] = value
        return shown

    def _body(self) -> Any:
        if not self.body:
            return None
        try:
            return _without_secrets(msgspec.json.decode(self.body))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            # what cannot be read may hold secrets anywhere
            return None


class RequestLog:
    """The last `KEPT` requests."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._numbers = itertools.count(1)

    def add(
        self,
        time: float,
        method: str,
        raw_path: bytes,
        query: bytes,
        ipaddr: str,
        headers: Iterable[tuple[bytes, bytes]],
    ) -> Entry:
        """Notes a request that arrives."""
        kept, left = [], _MOST_TEXT
        for name, value in headers:
            left -= len(name) + len(value)
            if left < 0:
                break
            kept.append((name, value))
        number = next(self._numbers)
        entry = Entry(number, time, method, raw_path[:_MOST_TEXT], query[:_MOST_TEXT], ipaddr, kept)
        self._entries.append(entry)
        return entry

    def served(self) -> list[dict[str, Any]]:
        """The entries, oldest first."""
        return [entry.served() for entry in list(self._entries)]

    def clear(self) -> None:
        """Forgets them."""
        self._entries.clear()


def keep_body(entry: Entry, body: bytes) -> None:
    """Notes a request's body; of a long one its size only."""
    entry.size = len(body)
    if len(body) <= _MOST_BODY:
        entry.body = body


@cache
def _secret_names() -> frozenset[str]:
    found = set(_SECRETS)

    def collect(fields: Iterable[Field]) -> None:
        for item in fields:
            if item.secret:
                found.add(item.name)
            collect(item.parts)

    for resource in RESOURCES.values():
        collect(resource.fields)
        for action in resource.actions:
            collect(action.payload)
    return frozenset(found)


def _without_secrets(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: HIDDEN if _is_secret(key) and item not in (None, "") else _without_secrets(item)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_without_secrets(item) for item in value]
    if isinstance(value, str):
        return _text_without_secrets(value)
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        # JSON has no limit, but what writes it here has
        return str(value)
    return value


def _text_without_secrets(text: str) -> str:
    """A text of a body: it may be a payload itself, or an address, as in batches."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            inner = msgspec.json.decode(text)
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            return text
        return msgspec.json.encode(_without_secrets(inner)).decode()
    if text.startswith(("/", "http")) and is_plain(text):
        return _address(text)
    return text


def _is_secret(name: str) -> bool:
    folded = name.strip().casefold()
    return folded in _secret_names() or any(word in folded for word in _SECRET_KEYS)


def _without_link(path: str) -> str:
    """A path without the secret of a login or password link, however its letters are written."""
    pieces = path.split("/")
    names = [unquote(piece) for piece in pieces]
    if "login" in names and any(names[names.index("login") + 1 :]):
        return "/".join([*pieces[: names.index("login") + 1], HIDDEN])
    return path


def _address(text: str) -> str:
    path, question, query = text.partition("?")
    return _without_link(path) + (question and f"?{_query(query.encode('latin-1', 'replace'))}")


def _visible(raw: bytes) -> str:
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}" for byte in raw)


def _query(raw: bytes) -> str:
    shown = []
    for pair in _visible(raw).split("&"):
        name, equals, value = pair.partition("=")
        if equals and _is_secret(unquote_plus(name)):
            pair = f"{name}={HIDDEN}"
        elif equals and unquote_plus(name).casefold() == "where":
            pair = f"{name}={_conditions(value)}"
        shown.append(pair)
    return "&".join(shown)


def _conditions(value: str) -> str:
    """The conditions of a query; those on a secret without what was looked for."""
    asked = unquote_plus(value)
    named = {condition.partition(":")[0] for condition in asked.split(",")}
    return HIDDEN if any(_is_secret(name) and name.casefold() != "token" for name in named) else value


def _parameters(raw: bytes) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in _query(raw).split("&"))
    return {unquote_plus(name): unquote_plus(value) for name, _, value in pairs if name}
