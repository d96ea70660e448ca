"""`cotui sandbox`: the application behind uvicorn, on loopback unless told otherwise."""

from __future__ import annotations

import argparse
import contextlib
import ipaddress
import json
import secrets
import signal
import socket
import sqlite3
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import uvicorn

from cotui.sandbox.app import create_app
from cotui.sandbox.clock import system_now
from cotui.sandbox.options import add_arguments
from cotui.sandbox.schema import SchemaError
from cotui.sandbox.store import Store

#: Seconds that requests under way get to finish when the server stops.
_GRACE = 3


class ServeError(Exception):
    """A reason not to start; the text is for the person who started it."""


class _Server(uvicorn.Server):
    """Says on standard output where it listens, once it does."""

    announcement = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            sys.stdout.write(self.announcement + "\n")
            sys.stdout.flush()


def run(options: argparse.Namespace) -> int:
    """Serves until SIGINT or SIGTERM; returns the exit code.

    Args:
        options: what a parser with `cotui.sandbox.options.add_arguments` read.
    """
    try:
        check_host(options.host, allow_remote=options.allow_remote)
        if options.keyfile and not options.certfile:
            raise ServeError("--keyfile needs --certfile")
        for path in (options.certfile, options.keyfile):
            if path and not path.is_file():
                raise ServeError(f"there is no file {path}")
        with (
            contextlib.closing(open_store(options.database, options.customers, options.seed)) as store,
            listening(options.host, options.port) as listener,
        ):
            _serve(options, store, listener)
    except ServeError as error:
        sys.stderr.write(f"cotui sandbox: {error}\n")
        return 2
    return 0


def check_host(host: str, *, allow_remote: bool) -> None:
    """Refuses addresses that other machines can reach.

    Raises:
        ServeError: the host is not known, or not loopback although `allow_remote` is not given.
    """
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise ServeError(f"the host {host!r} is not known: {error}") from error
    if allow_remote or all(ipaddress.ip_address(item.partition("%")[0]).is_loopback for item in found):
        return
    raise ServeError(
        f"{host} can be reached from other machines, and the sandbox is made for this one. "
        "To serve it there all the same, add --allow-remote"
    )


def open_store(database: Path | None, customers: int, seed: int) -> Store:
    """The store to serve, filled with demo data when it is empty.

    Raises:
        ServeError: the file cannot be used.
    """
    path = ":memory:" if database is None else str(database.expanduser())
    try:
        store = Store(path)
    except (SchemaError, sqlite3.Error, OSError) as error:
        raise ServeError(f"{path}: {error}") from error
    try:
        if customers and store.is_empty:
            # imported here because a database that has data does not need it
            from cotui.sandbox.demo import populate

            populate(store, customers, seed, system_now().astimezone(ZoneInfo(store.timezone)).date())
    except BaseException:
        store.close()
        raise
    return store


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one.

    Raises:
        ServeError: the address is taken or not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Naming the protocol matters: asyncio switches Nagle's algorithm off for sockets that say they are
    # TCP only, and with it on every small answer waits some 40 ms for the client's acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            # there the option means something else: sharing the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(512)
    except OSError as error:
        listener.close()
        raise ServeError(f"cannot listen on {host} port {port}: {error.strerror or error}") from error
    return listener


def _serve(options: argparse.Namespace, store: Store, listener: socket.socket) -> None:
    username = options.username or secrets.token_hex(16)
    password = options.password or secrets.token_hex(16)
    app = create_app(
        store,
        credentials={username: password},
        max_page_size=options.max_page_size,
        rate_limit=options.rate_limit,
        latency=options.latency / 1000,
    )
    server = _Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            lifespan="off",
            ws="none",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
            ssl_certfile=options.certfile,
            ssl_keyfile=options.keyfile,
        )
    )
    scheme = "https" if options.certfile else "http"
    host = f"[{options.host}]" if ":" in options.host else options.host
    server.announcement = json.dumps(
        {
            "url": f"{scheme}://{host}:{listener.getsockname()[1]}/api/v3",
            "username": username,
            "password": password,
        }
    )
    # After it has stopped, uvicorn raises the signal that stopped it once more, for whoever handled it
    # before. Here that is nobody: stopping is not a failure.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    server.run(sockets=[listener])


def main(argv: list[str] | None = None) -> int:
    """`python -m cotui.sandbox.serve`: the same as `cotui sandbox`."""
    parser = argparse.ArgumentParser(prog="cotui sandbox")
    add_arguments(parser)
    return run(parser.parse_args(argv))


if __name__ == "__main__":
    sys.exit(main())
