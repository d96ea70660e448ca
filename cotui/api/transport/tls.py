"""Whose certificates are believed."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cotui.api.errors import BadTrustFile
from cotui.safety.faults import FileFault, MissingFile, show_path
from cotui.safety.reading import read

if TYPE_CHECKING:
    import ssl


def check_trust(env: Mapping[str, str] = os.environ) -> None:
    """Look at SSL_CERT_FILE, which OpenSSL passes over in silence where it cannot be used, or waits for.

    One that is missing is passed over here as well: environments that were removed leave the variable behind.

    Raises:
        BadTrustFile: it is no list of certificates.
    """
    named = env.get("SSL_CERT_FILE", "")
    if not named:
        return
    import ssl

    try:
        read(named)
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=named)
    except MissingFile:
        return
    except FileFault as fault:
        raise BadTrustFile(f"SSL_CERT_FILE: {fault}") from None
    except OSError as error:  # OpenSSL's too: what is in it is not PEM
        reason = getattr(error, "reason", "") or error.strerror or "no certificates"
        raise BadTrustFile(f"SSL_CERT_FILE: {show_path(named)} holds no certificates ({reason})") from None


@functools.cache
def tls_context() -> ssl.SSLContext:
    """The one TLS context of the process: verifies with the system's own trust store.

    On Linux, SSL_CERT_FILE and SSL_CERT_DIR of the environment name other places to look.
    """
    import ssl

    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
