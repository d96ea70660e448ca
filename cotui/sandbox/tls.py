"""A certificate for one run of the server, signed by an authority that nobody else has the key of."""

from __future__ import annotations

import ipaddress
import socket
from pathlib import Path
from typing import NamedTuple


class TlsFiles(NamedTuple):
    """PEM files: the server's certificate and key, and the authority that clients have to trust."""

    certificate: Path
    key: Path
    authority: Path


def make_certificate(host: str, directory: Path) -> TlsFiles:
    """Makes a certificate for this machine's names.

    Args:
        host: what the server listens on.
        directory: where the files go.

    Raises:
        ImportError: trustme is not installed.
    """
    import trustme

    names = {"localhost", "127.0.0.1", "::1", host}
    if ipaddress_of_everything(host):
        names.add(socket.gethostname())
    names.discard("0.0.0.0")  # noqa: S104 - not bound to, left out
    names.discard("::")
    authority = trustme.CA(organization_name="cotui sandbox")
    issued = authority.issue_cert(*sorted(names))
    files = TlsFiles(directory / "server.pem", directory / "server.key", directory / "authority.pem")
    files.certificate.write_bytes(b"".join(item.bytes() for item in issued.cert_chain_pems))
    files.key.touch(mode=0o600)
    files.key.write_bytes(issued.private_key_pem.bytes())
    files.authority.write_bytes(authority.cert_pem.bytes())
    return files


def ipaddress_of_everything(host: str) -> bool:
    """Whether a server that listens there can be reached under any name of this machine."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
