"""Options of `cotui sandbox`. Imports nothing heavy: the command line shows its help without the server."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the sandbox server's options to a parser; `cotui.sandbox.serve.run` takes what it parses."""
    network = parser.add_argument_group("network")
    network.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    network.add_argument("--port", type=_port, default=0, help="port; 0, the default, takes a free one")
    network.add_argument(
        "--allow-remote",
        action="store_true",
        help="listen on an address that other machines can reach; only with care",
    )
    network.add_argument("--certfile", type=Path, help="certificate chain in PEM format: serve HTTPS")
    network.add_argument("--keyfile", type=Path, help="private key of the certificate in PEM format")
    data = parser.add_argument_group("data")
    data.add_argument(
        "--database", type=Path, metavar="FILE", help="keep the account in this file (default: in memory)"
    )
    data.add_argument(
        "--customers",
        type=_count,
        default=2000,
        metavar="N",
        help="customers of the demo data that an empty account is filled with; 0 for none (default: %(default)s)",
    )
    data.add_argument(
        "--seed", type=int, default=1, help="number the demo data follows from (default: %(default)s)"
    )
    access = parser.add_argument_group("access")
    access.add_argument("--username", help="public key to accept (default: a random one)")
    access.add_argument("--password", help="private key to accept (default: a random one)")
    access.add_argument(
        "--rate-limit",
        type=_rate_limit,
        default=None,
        metavar="N|off",
        help="requests a minute before answering 429 (default: off)",
    )
    testing = parser.add_argument_group("testing")
    testing.add_argument(
        "--latency",
        type=_milliseconds,
        default=0.0,
        metavar="MS",
        help="milliseconds every answer is delayed by",
    )
    testing.add_argument(
        "--max-page-size",
        type=_count,
        default=100,
        metavar="N",
        help="rows of a list at most (default: %(default)s)",
    )


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return number


def _rate_limit(text: str) -> int | None:
    if text == "off":
        return None
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1, or “off”")
    return number


def _milliseconds(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 600_000:
        raise argparse.ArgumentTypeError("must be from 0 to 600000")
    return number
