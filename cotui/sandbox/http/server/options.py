"""Options of `cotui sandbox`. Imports nothing heavy: the command line shows its help without the server."""

from __future__ import annotations

import argparse
from pathlib import Path

from cotui.sandbox.http.service import SWITCHES, YEAR


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the sandbox server's options to a parser; `cotui.sandbox.http.server.serve.run` takes what it parses."""
    network = parser.add_argument_group("network")
    network.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    network.add_argument("--port", type=_port, default=0, help="port; 0, the default, takes a free one")
    network.add_argument(
        "--allow-remote",
        action="store_true",
        help="listen on an address that other machines can reach; only with care",
    )
    network.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="answer requests for this host name too, without a port; can be given several times. Others than "
        "localhost, addresses and --host are refused, since a web page could have them lead here",
    )
    network.add_argument(
        "--tls",
        action="store_true",
        help="serve HTTPS with a certificate made for this run (needs cotui[tls])",
    )
    network.add_argument(
        "--tls-cert", type=Path, metavar="FILE", help="serve HTTPS with this certificate chain (PEM)"
    )
    network.add_argument(
        "--tls-key",
        type=Path,
        metavar="FILE",
        help="private key of the certificate (PEM), if not in its file",
    )
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
    access.add_argument(
        "--password",
        help="private key to accept (default: a random one). Other users of this machine can see a command line: "
        "prefer the variable COTUI_SANDBOX_PASSWORD for keys that matter",
    )
    access.add_argument(
        "--credential",
        action="append",
        default=[],
        metavar="USER:PASSWORD[:read-only]",
        help="accept these keys too; can be given several times. Other users of this machine can see a command "
        "line: prefer --credentials for keys that matter",
    )
    access.add_argument(
        "--credentials",
        type=Path,
        metavar="FILE",
        help="accept the keys in this file, one USER:PASSWORD[:read-only] a line; - for standard input",
    )
    access.add_argument(
        "--rate-limit",
        type=_rate_limit,
        default=250,
        metavar="N|off",
        help="requests a minute and key before answering 429 (default: %(default)s, the real service's)",
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
        type=_page_size,
        metavar="N",
        help="rows of a list at most (default: 100, as documented of old; newer sources say 500). A larger limit is "
        "cut to it, and a line on stderr says so",
    )
    testing.add_argument(
        "--compat",
        type=int,
        choices=[YEAR],
        help="serve keys, datetimes and envelopes as they were in that year, for clients of then",
    )
    testing.add_argument(
        "--hard",
        type=_switches,
        nargs="?",
        const=tuple(SWITCHES),
        default=(),
        metavar="SWITCH,…",
        help=f"be an account that is hard on clients: all of it, or some of {', '.join(SWITCHES)}",
    )
    testing.add_argument(
        "--unreadable",
        action="append",
        default=[],
        metavar="OBJECT",
        help="answer 401 to whoever reads these objects, such as transaction; can be given several times",
    )
    testing.add_argument("--quiet", action="store_true", help="write no line for every request to stderr")


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


def _page_size(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _switches(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    for name in names:
        if name not in SWITCHES:
            raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(SWITCHES)}")
    return names


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
