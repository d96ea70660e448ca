"""Signed requests ("COv1"): the older alternative to HTTP Basic that ChargeOver's own clients implement.

The signature covers the address exactly as requested, lower-cased as a whole, and the body's bytes
(sections 2.2 and 21.17 of the API notes, checked there against five clients).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import string

_ALPHABET = string.ascii_lowercase + string.digits
#: most clients send eight characters; the length is not fixed
NONCE_LENGTH = 8


def make_nonce() -> str:
    """A random word that makes this request unlike every other."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(NONCE_LENGTH))


def sign(*, public_key: str, private_key: str, url: str, nonce: str, timestamp: int, body: bytes) -> str:
    """The signature of one request: 64 lower-case hexadecimal digits.

    Args:
        public_key: the API's user name.
        private_key: the API's password.
        url: absolute address as sent: scheme, host, port where unusual, path, encoded query.
        nonce: a word never used before.
        timestamp: seconds since 1970.
        body: the exact bytes of the body, empty where there is none.
    """
    text = f"{public_key}||{url.lower()}||{nonce}||{timestamp}||".encode()
    return hmac.new(private_key.encode(), text + body, hashlib.sha256).hexdigest()


def authorization(*, public_key: str, signature: str, nonce: str, timestamp: int) -> str:
    """The value of the Authorization header for a signed request."""
    return (
        f'ChargeOver co_public_key="{public_key}" co_nonce="{nonce}" co_timestamp="{timestamp}" '
        f'co_signature_method="HMAC-SHA256" co_version="1.0" co_signature="{signature}"'
    )
