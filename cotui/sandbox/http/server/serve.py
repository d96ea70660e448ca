"""`cotui sandbox`: the application behind uvicorn, on loopback unless told otherwise."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import ipaddress
import json
import os
import secrets
import socket
import sqlite3
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from cotui.safety import children
from cotui.safety.faults import FileFault, fault_of, show_path
from cotui.safety.places import expand
from cotui.safety.reading import read
from cotui.safety.temporary import TLS, temporary_directory, tidy_up
from cotui.safety.writing import trouble_keeping
from cotui.sandbox.database.clock import system_now
from cotui.sandbox.database.schema import SchemaError, damage, is_damage
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.access import Credential, read_credential, read_credentials
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.fault_sending import CONNECTION
from cotui.sandbox.http.origin_check import OriginCheck
from cotui.sandbox.http.resetting import build_file, fill_account
from cotui.sandbox.http.server.connections import HEAD_SECONDS, KEEP_SECONDS, MOST_HEAD, LimitedProtocol
from cotui.sandbox.http.server.ended_server import EndedServer
from cotui.sandbox.http.server.log_lines import CONFIG as LOGGING
from cotui.sandbox.http.server.request_lines import RequestLines
from cotui.sandbox.http.server.tls import (
    TlsFiles,
    check_certificate,
    ipaddress_of_everything,
    make_certificate,
)
from cotui.sandbox.http.service import Service, hard
from cotui.sandbox.objects import endpoint
from cotui.sandbox.writing.passwords import hide_passwords

#: the variable that a password to accept can be in, where no other user sees it
PASSWORD = "COTUI_SANDBOX_PASSWORD"  # noqa: S105 - its name
#: Bytes of credentials on standard input.
_MOST_INPUT = 2**20
#: Seconds that requests under way get to finish when the server stops.
_GRACE = 3


class ServeError(Exception):
    """A reason not to start; the text is for the person who started it."""


class _Server(EndedServer):
    """Says where it listens, once it does."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        if self.config.is_ssl:
            # uvicorn leaves asyncio's minute for the handshake, in which a connection is no connection of its own yet
            loop = asyncio.get_running_loop()
            opens = partial(loop.create_server, ssl_handshake_timeout=HEAD_SECONDS)
            loop.create_server = opens  # type: ignore[method-assign]  # the loop is ours alone
        await super().startup(sockets)
        if self.started:
            self._announce()


def run(
    options: argparse.Namespace,
    announce: Callable[[str], None],
    warn: Callable[[str], None],
    log: TextIO,
) -> None:
    """Serves until a signal ends it, see `ended_server`.

    Args:
        options: what a parser with `cotui.sandbox.http.server.options.add_arguments` read.
        announce: called with a line of JSON when it listens; an exception ends the server.
        warn: called with what its user should know.
        log: takes a line for every request.

    Raises:
        ServeError: it cannot start.
    """
    warning = check_host(options.host, allow_remote=options.allow_remote)
    access = read_access(options)
    service = read_service(options)
    tidy_up()
    with contextlib.ExitStack() as stack:
        certificate = _certificate(options, stack)
        store = stack.enter_context(
            contextlib.closing(open_store(options.database, options.customers, options.seed, warn))
        )
        listener = stack.enter_context(listening(options.host, options.port))
        if warning:
            warn(warning)
        lines = stack.enter_context(contextlib.closing(RequestLines(log, quiet=options.quiet)))
        _serve(options, service, store, listener, access, certificate, announce, lines)


@dataclass(frozen=True)
class Access:
    """Who may ask.

    Attributes:
        credentials: all pairs of keys.
        told: the pair to say when the server is ready; without its password when it came from `--credential`,
            a file of credentials or the environment.
    """

    credentials: tuple[Credential, ...]
    told: Mapping[str, str]


def read_access(options: argparse.Namespace) -> Access:
    """The credentials that the options name, or a random pair when they name none.

    Raises:
        ServeError: one is not written as it should be, or a name is given twice.
    """
    found = []
    by_environment = children.variable(PASSWORD, os.environ)
    children.withhold()
    password = options.password or by_environment
    plain = bool(options.username or password)
    if plain:
        found.append(Credential(options.username or secrets.token_hex(16), password or secrets.token_hex(16)))
    try:
        found += [read_credential(text) for text in options.credential]
        if options.credentials:
            found += read_credentials(_lines_of(options.credentials))
    except FileFault as fault:
        raise ServeError(str(fault)) from fault
    except ValueError as error:
        named = "standard input" if str(options.credentials) == "-" else options.credentials
        where = f"{show_path(named)}: " if named else ""
        raise ServeError(f"{where}{error}") from error
    if not found:
        found.append(Credential(secrets.token_hex(16), secrets.token_hex(16)))
    names = [credential.username for credential in found]
    for name in names:
        if names.count(name) > 1:
            raise ServeError(f"the key {name!r} is given twice")
    told = {"username": found[0].username}
    by_file = options.credential or options.credentials
    if (options.password or not by_environment) and (plain or not by_file):
        told["password"] = found[0].password
    return Access(tuple(found), told)


def _lines_of(path: Path) -> list[str]:
    """The lines of a text file.

    Raises:
        FileFault: it cannot be read.
        ValueError: it is no text.
    """
    try:
        content = sys.stdin.buffer.read(_MOST_INPUT) if str(path) == "-" else read(expand(path))
        return content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ValueError("this is not UTF-8 text: save it in that encoding") from None


def _certificate(options: argparse.Namespace, stack: contextlib.ExitStack) -> TlsFiles | None:
    if options.tls_key and not options.tls_cert:
        raise ServeError("--tls-key needs --tls-cert")
    if options.tls and options.tls_cert:
        raise ServeError("--tls makes a certificate: it goes without --tls-cert")
    try:
        if options.tls_cert:
            check_certificate(options.tls_cert, options.tls_key)
        if not options.tls:
            return None
        directory = Path(stack.enter_context(temporary_directory(TLS)))
        return make_certificate(options.host, directory, options.allow_host)
    except ImportError as error:
        raise ServeError("--tls needs trustme: install cotui[tls], or give --tls-cert") from error
    except FileFault as fault:
        raise ServeError(str(fault)) from fault
    except OSError as error:
        raise ServeError(str(fault_of(error, directory, "cannot be written"))) from error
    except ValueError as error:
        raise ServeError(str(error)) from error


def check_host(host: str, *, allow_remote: bool) -> str:
    """Refuses addresses that other machines can reach; answers the warning for one that is allowed, or "".

    Raises:
        ServeError: the host is not known, or not loopback although `allow_remote` is not given.
    """
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise ServeError(f"the host {host!r} is not known: {error}") from error
    if all(ipaddress.ip_address(item.partition("%")[0]).is_loopback for item in found):
        return ""
    if allow_remote:
        return f"warning: other machines can reach {host}, and whoever has the keys can change this account"
    raise ServeError(
        f"{host} can be reached from other machines, and the sandbox is made for this one. "
        "To serve it there all the same, add --allow-remote"
    )


def read_origin_check(options: argparse.Namespace) -> OriginCheck:
    """Which requests are let in: for loopback, for what the options name, and for this machine where others may come."""
    names = {*options.allow_host}
    if not ipaddress_of_everything(options.host):
        names.add(f"[{options.host}]" if ":" in options.host else options.host)
    if options.allow_remote:
        names |= {(name := socket.gethostname()), name.partition(".")[0]}
    return OriginCheck(frozenset(names - {""}), remote=options.allow_remote)


def read_service(options: argparse.Namespace) -> Service:
    """How the service behaves: a hard account's switches, except for what is said of its own.

    Raises:
        ServeError: an object that nobody may read does not exist.
    """
    service = hard(options.hard, Service(compat=options.compat))
    for name in options.unreadable:
        if name != "_report" and endpoint(name) is None:
            raise ServeError(f"--unreadable: there is no object {name!r}")
    if options.unreadable:
        service = replace(service, unreadable=frozenset(options.unreadable))
    if options.max_page_size is not None:
        service = replace(service, max_page_size=options.max_page_size)
    return service


def open_store(
    database: Path | None, customers: int, seed: int, warn: Callable[[str], object] = str
) -> Store:
    """The store to serve, filled with demo data when it is empty. Raises ServeError where the file cannot be used."""
    in_memory = database is None or str(database) == ":memory:"
    path = Path(":memory:") if in_memory or database is None else expand(database)
    try:
        if in_memory:
            store = Store()
        else:
            if fault := trouble_keeping(path):
                raise fault
            build_file(path, customers, seed, _day)
            store = Store(path)
            hide_passwords(store)
            for said in store.opened[:1]:  # those beside it say the same
                warn(said)
    except OSError as error:
        raise ServeError(str(fault_of(error, path, "cannot be used"))) from error
    except (SchemaError, sqlite3.Error) as error:
        raise ServeError(f"{show_path(path)}: {_words(error)}") from error
    try:
        fill_account(store, customers, seed, _day(store.timezone))
    except BaseException as error:  # Ctrl+C too, while it is filled
        store.close()
        if isinstance(error, sqlite3.Error):
            raise ServeError(f"{show_path(path)}: {_words(error)}") from error
        raise
    return store


def _words(error: BaseException) -> str:
    cause = error.__cause__ if isinstance(error.__cause__, sqlite3.Error) else error
    return damage(cause) if isinstance(cause, sqlite3.Error) and is_damage(cause) else str(error)


def _day(timezone: str) -> date:
    return system_now().astimezone(ZoneInfo(timezone)).date()


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one. Raises ServeError where the address is taken or not ours."""
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


class _Cuttable:
    """Hands faults the connection, so that they can cut it; ASGI has no word for that."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # uvicorn's `send` is a method of the object that has the connection's transport
        transport = getattr(getattr(send, "__self__", None), "transport", None)
        if transport is not None:
            scope.setdefault("extensions", {})[CONNECTION] = transport
        await self._app(scope, receive, send)


def _serve(
    options: argparse.Namespace,
    service: Service,
    store: Store,
    listener: socket.socket,
    access: Access,
    certificate: TlsFiles | None,
    announce: Callable[[str], None],
    lines: RequestLines,
) -> None:
    app = create_app(
        store,
        credentials={item.username: item.password for item in access.credentials},
        read_only=[item.username for item in access.credentials if item.read_only],
        service=service,
        rate_limit=options.rate_limit,
        latency=options.latency / 1000,
        on_answer=lines.write,
        origin_check=read_origin_check(options),
    )
    certfile = certificate.certificate if certificate else options.tls_cert and expand(options.tls_cert)
    config = uvicorn.Config(
        _Cuttable(app),
        http=LimitedProtocol,
        loop="asyncio",
        h11_max_incomplete_event_size=MOST_HEAD,
        timeout_keep_alive=KEEP_SECONDS,
        log_config=LOGGING,
        access_log=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
        ssl_certfile=certfile,
        ssl_keyfile=certificate.key if certificate else options.tls_key and expand(options.tls_key),
    )
    scheme = "https" if certfile else "http"
    host = f"[{options.host}]" if ":" in options.host else options.host
    told = {"url": f"{scheme}://{host}:{listener.getsockname()[1]}/api/v3", **access.told}
    if certificate:
        told["authority"] = str(certificate.authority)
    _Server(config, lambda: announce(json.dumps(told))).run(sockets=[listener])
