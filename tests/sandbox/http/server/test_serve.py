"""`cotui sandbox` as a process: when it says it is ready, whom it listens to, how it stops."""

from __future__ import annotations

import argparse
import asyncio
import base64
import http.client
import json
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import trustme

from cotui.cli.main import main
from cotui.sandbox.database.schema import SCHEMA_VERSION
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.server.options import add_arguments
from cotui.sandbox.http.server.serve import ServeError, check_host, listening


@contextmanager
def sandbox(*words: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """A running sandbox and what it said when it was ready."""
    command = [sys.executable, "-m", "cotui", "sandbox", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


def ask(said: dict[str, str], path: str, context: ssl.SSLContext | None = None) -> tuple[int, dict[str, Any]]:
    url = urlsplit(said["url"])
    assert url.hostname is not None
    if context is None:
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=10)
    else:
        connection = http.client.HTTPSConnection(url.hostname, url.port, timeout=10, context=context)
    basic = base64.b64encode(f"{said['username']}:{said['password']}".encode()).decode()
    connection.request("GET", f"{url.path}/{path}", headers={"Authorization": f"Basic {basic}"})
    answer = connection.getresponse()
    body = json.loads(answer.read())
    connection.close()
    return answer.status, body


@pytest.mark.sample("15")
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_serves_and_stops_cleanly(tmp_path: Path, stop: signal.Signals) -> None:
    database = tmp_path / "account.db"
    with sandbox("--customers", "0", "--database", str(database), "--username", "u", "--password", "p") as (
        process,
        said,
    ):
        assert said.keys() == {"url", "username", "password"}
        assert (said["username"], said["password"]) == ("u", "p")
        assert ask(said, "customer/_count") == (
            200,
            {"code": 200, "status": "OK", "message": "", "details": {}, "response": 0},
        )
        assert ask({**said, "password": "wrong"}, "customer")[0] == 401
        process.send_signal(stop)
        out, err = process.communicate(timeout=20)

        assert (process.returncode, out) == (128 + stop, "")
        shown = [line.split(" ", 2)[2] for line in err.splitlines()]
        assert shown == [
            "u GET /api/v3/customer/_count 200 65",
            "- GET /api/v3/customer 401 138",
        ]
    assert [item.name for item in tmp_path.iterdir()] == ["account.db"]


def test_requests_without_length_or_host_are_answered(tmp_path: Path) -> None:
    with sandbox("--customers", "0") as (_, said):
        url = urlsplit(said["url"])
        basic = base64.b64encode(f"{said['username']}:{said['password']}".encode())
        for line in (
            b"POST /api/v3/user/1?action=frob HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n",
            b"GET /api/v3//terms HTTP/1.0\r\n",
        ):
            with socket.create_connection((url.hostname, url.port), timeout=10) as connection:
                connection.sendall(line + b"Authorization: Basic " + basic + b"\r\n\r\n")
                received = b""
                while piece := connection.recv(65536):
                    received += piece
            assert b'"status":' in received
            assert received.split(b" ", 2)[1] in (b"200", b"400")


def test_https(tmp_path: Path) -> None:
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost", "127.0.0.1")
    chain, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    chain.write_bytes(b"".join(item.bytes() for item in certificate.cert_chain_pems))
    key.write_bytes(certificate.private_key_pem.bytes())
    context = ssl.create_default_context()
    authority.configure_trust(context)

    with sandbox("--customers", "0", "--tls-cert", str(chain), "--tls-key", str(key)) as (_, said):
        assert said["url"].startswith("https://127.0.0.1:")
        assert ask(said, "terms", context)[0] == 200


def test_https_with_a_certificate_made_for_the_run() -> None:
    with sandbox("--customers", "0", "--tls", "--quiet") as (process, said):
        authority = Path(said["authority"])
        context = ssl.create_default_context(cafile=authority)
        assert said["url"].startswith("https://127.0.0.1:")
        assert ask(said, "terms", context)[0] == 200
        assert authority.with_name("server.key").stat().st_mode & 0o077 == 0
        process.terminate()
        assert process.communicate(timeout=20) == ("", "")
        assert not authority.exists()


@pytest.mark.long
def test_other_machines_are_warned_of() -> None:
    with sandbox("--customers", "0", "--host", "0.0.0.0", "--allow-remote", "--quiet") as (process, said):
        here = {**said, "url": said["url"].replace("0.0.0.0", "127.0.0.1")}
        assert ask(here, "terms")[0] == 200
        process.terminate()
        _, err = process.communicate(timeout=20)
        assert err.startswith("cotui sandbox: warning: other machines can reach 0.0.0.0")


@pytest.mark.long
def test_a_pipe_that_nobody_reads_does_not_hold_up_the_server() -> None:
    with sandbox("--customers", "0", "--rate-limit", "off") as (process, said):
        url = urlsplit(said["url"])
        connection = http.client.HTTPConnection(str(url.hostname), url.port, timeout=20)
        for _ in range(700):
            # some 400 KB of lines, and a pipe holds 64
            connection.request("GET", f"{url.path}/terms?{'x' * 500}")
            assert connection.getresponse().read()
        connection.close()
        process.terminate()
        _, err = process.communicate(timeout=20)
        assert process.returncode == 128 + signal.SIGTERM
        assert 100 < len(err.splitlines()) <= 700


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.8.9.1", "::1"])
def test_loopback_is_allowed(host: str) -> None:
    assert check_host(host, allow_remote=False) == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "2001:db8::1"])
def test_other_addresses_need_to_be_asked_for(host: str) -> None:
    with pytest.raises(ServeError, match="--allow-remote"):
        check_host(host, allow_remote=False)
    assert check_host(host, allow_remote=True).startswith("warning: ")


async def test_small_answers_do_not_wait_for_acknowledgements() -> None:
    quick: list[int] = []

    def accepted(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        quick.append(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    with listening("127.0.0.1", 0) as listener:
        async with await asyncio.start_server(accepted, sock=listener):
            reader, writer = await asyncio.open_connection(*listener.getsockname())
            await reader.read()
            writer.close()
            await writer.wait_closed()
    assert quick[0]


def options(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(words)


def test_reasons_not_to_start(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    diary = tmp_path / "diary.txt"
    diary.write_text("Dear diary, " * 1000)
    later = tmp_path / "later.db"
    store = Store(later)
    with store.write() as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    store.close()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for words, reason in (
            (("--host", "0.0.0.0"), "--allow-remote"),
            (("--host", "no such host"), "is not known"),
            (("--database", str(diary)), "not a sandbox database"),
            (("--database", str(later)), f"schema version {SCHEMA_VERSION + 1}"),
            (("--database", str(tmp_path / "no" / "such.db")), "there is no directory"),
            (("--tls-key", str(diary)), "--tls-cert"),
            (("--tls-cert", str(tmp_path / "none.pem")), "none.pem cannot be read: No such file"),
            (("--tls", "--tls-cert", str(diary)), "goes without"),
            (("--credential", "nothing"), "USER:PASSWORD"),
            (("--customers", "0", "--port", str(taken.getsockname()[1])), "cannot listen"),
        ):
            assert main(["sandbox", *words]) == 2
            said = capsys.readouterr()
            assert said.out == ""
            assert reason in said.err
    assert diary.read_text() == "Dear diary, " * 1000


@pytest.mark.parametrize(
    "words",
    [
        ("--port", "70000"),
        ("--customers", "-1"),
        ("--latency", "-5"),
        ("--latency", "nan"),
        ("--rate-limit", "0"),
        ("--seed", "x"),
    ],
)
def test_options_that_make_no_sense(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        options(*words)
    assert words[0] in capsys.readouterr().err


def test_rate_limits() -> None:
    assert options().rate_limit == 250
    assert options("--rate-limit", "off").rate_limit is None
    assert options("--rate-limit", "7").rate_limit == 7
