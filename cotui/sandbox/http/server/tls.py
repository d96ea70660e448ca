"""A certificate for one run of the server, signed by an authority that nobody else has the key of."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from cotui.safety.faults import show_path
from cotui.safety.places import expand
from cotui.safety.reading import read


class TlsFiles(NamedTuple):
    """PEM files: the server's certificate and key, and the authority that clients have to trust."""

    certificate: Path
    key: Path
    authority: Path


def check_certificate(certificate: Path, key: Path | None) -> None:
    """Tries a certificate, so that a bad one is told before anything is served.

    Args:
        certificate: the file with the chain, in PEM, and the key where that has no file of its own.
        key: the file with the key, in PEM.

    Raises:
        FileFault: a file cannot be read.
        ValueError: they are not what they should be; the text names them.
    """
    files = [expand(path) for path in (certificate, key) if path is not None]
    for file in files:
        read(file)
    named = " and ".join(show_path(file) for file in files)

    def passphrase() -> str:
        raise ValueError(f"{show_path(files[-1])}: the key has a passphrase; give one without")

    try:
        # a key with a passphrase would be asked for at the terminal
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(
            files[0], files[1] if key is not None else None, password=passphrase
        )
    except ssl.SSLError as error:
        what = (
            "certificate and key do not belong together"
            if "MISMATCH" in str(error.reason)
            else "no PEM of such"
        )
        raise ValueError(f"{named}: {what} ({error.reason or error})") from None


def make_certificate(host: str, directory: Path, more: Collection[str] = ()) -> TlsFiles:
    """Makes a certificate for this machine's names.

    Args:
        host: what the server listens on.
        directory: where the files go.
        more: other names of this server.

    Raises:
        ImportError: trustme is not installed.
        OSError: the files cannot be written.
    """
    import trustme

    names = {"localhost", "127.0.0.1", "::1", host, *more}
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
