"""Who may ask: HTTP Basic and ChargeOver's older signature ("COv1").

A signed request carries, instead of the private key, an HMAC-SHA256 over

    public_key || lower-case URL || nonce || unix seconds || body

where the URL is absolute and exactly as requested, with its query string still encoded.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime

from cotui.sandbox.errors import UnauthorizedError

#: Seconds that a signature's clock may differ from ours; nonces are remembered for as long.
SKEW = 15 * 60
#: Nonces remembered at most.
_KEPT_NONCES = 200_000

_PAIR = re.compile(r'(co_[a-z_]+)="([^"]*)"')
_MISSING = "Missing (basic) authorization header."
_WRONG = "Invalid username or password."


class Authenticator:
    """Checks credentials and remembers the nonces it has seen.

    Args:
        credentials: private keys (passwords) by public key (user name).
        now: the present moment, for signatures.
    """

    def __init__(self, credentials: Mapping[str, str], now: Callable[[], datetime]) -> None:
        self._keys = {name.encode(): secret.encode() for name, secret in credentials.items()}
        self._now = now
        self._nonces: OrderedDict[tuple[bytes, str], float] = OrderedDict()

    def admit(self, header: bytes | None, url: bytes, body: bytes) -> str:
        """The public key of whoever asks.

        Args:
            header: value of `Authorization`.
            url: the absolute URL as requested.
            body: the request's body.

        Raises:
            UnauthorizedError: the credentials are missing, wrong or used before.
        """
        scheme, _, rest = (header or b"").strip().partition(b" ")
        kind = scheme.lower()
        if kind == b"basic":
            return self._basic(rest)
        if kind == b"chargeover":
            return self._signed(rest.decode("latin-1"), url, body)
        raise _refused(_MISSING)

    def _basic(self, encoded: bytes) -> str:
        try:
            public, _, private = base64.b64decode(encoded.strip(), validate=True).partition(b":")
        except binascii.Error:
            raise _refused(_WRONG) from None
        # compared even for an unknown name, so that the time taken tells nothing
        known = self._keys.get(public)
        if not hmac.compare_digest(private, known or b"") or known is None:
            raise _refused(_WRONG)
        return _text(public)

    def _signed(self, pairs: str, url: bytes, body: bytes) -> str:
        given = dict(_PAIR.findall(pairs))
        public = given.get("co_public_key", "").encode("latin-1")
        nonce, timestamp = given.get("co_nonce", ""), given.get("co_timestamp", "")
        private = self._keys.get(public)
        wanted = signature(public, private or b"", url, nonce, timestamp, body)
        sent = given.get("co_signature", "").lower().encode("latin-1")
        if not hmac.compare_digest(sent, wanted.encode()) or private is None or not nonce:
            raise _refused("Invalid signature.")
        now = self._now().timestamp()
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
            raise _refused("Invalid timestamp.")
        if abs(now - int(timestamp)) > SKEW:
            raise _refused("The timestamp is too old or too new.")
        self._use_nonce(public, nonce, now)
        return _text(public)

    def _use_nonce(self, public: bytes, nonce: str, now: float) -> None:
        # A timestamp may lie SKEW ahead, so its signature stays valid for twice as long.
        while self._nonces and (
            next(iter(self._nonces.values())) < now - 2 * SKEW or len(self._nonces) >= _KEPT_NONCES
        ):
            self._nonces.popitem(last=False)
        if (public, nonce) in self._nonces:
            raise _refused("This nonce was used before.")
        self._nonces[public, nonce] = now


def signature(public: bytes, private: bytes, url: bytes, nonce: str, timestamp: str, body: bytes) -> str:
    """The signature of a request: lower-case hexadecimal HMAC-SHA256."""
    parts = (public, url.lower(), nonce.encode("latin-1"), timestamp.encode("latin-1"), body)
    return hmac.new(private, b"||".join(parts), hashlib.sha256).hexdigest()


def _text(public: bytes) -> str:
    return public.decode("utf-8", "replace")


def _refused(reason: str) -> UnauthorizedError:
    return UnauthorizedError(f"Invalid or incorrect authorization [{reason}]")
