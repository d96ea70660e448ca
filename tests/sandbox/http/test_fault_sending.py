"""Faulty answers as they are sent."""

from __future__ import annotations

import base64
import contextlib
import http.client
import signal
import socket
import subprocess
from urllib.parse import urlsplit

import httpx
import pytest

from tests.sandbox.http.server.test_serve import sandbox

FAULT = "X-Sandbox-Fault"


async def test_a_slow_body_arrives_whole(http_client: httpx.AsyncClient, waits: list[float]) -> None:
    slow = await http_client.get("terms", headers={FAULT: "slow=1000"})

    assert slow.content == (await http_client.get("terms")).content
    assert sum(waits) == pytest.approx(1)
    assert len(waits) > 5


@pytest.mark.parametrize("fault", ["drop", "truncated"])
async def test_a_cut_connection_in_process_is_an_exception(
    http_client: httpx.AsyncClient, fault: str
) -> None:
    with pytest.raises(ConnectionResetError):
        await http_client.get("terms", headers={FAULT: fault})


def _basic(said: dict[str, str]) -> str:
    return "Basic " + base64.b64encode(f"{said['username']}:{said['password']}".encode()).decode()


def _ask(said: dict[str, str], fault: str) -> tuple[int, str | None, bytes]:
    url = urlsplit(said["url"])
    connection = http.client.HTTPConnection(str(url.hostname), url.port, timeout=20)
    with contextlib.closing(connection):
        headers = {FAULT: fault, "Authorization": _basic(said)}
        connection.request("GET", f"{url.path}/openapi.json", headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("content-type"), answer.read()


def _wire(said: dict[str, str], fault: str) -> bytes:
    url = urlsplit(said["url"])
    received = b""
    with socket.create_connection((str(url.hostname), url.port or 0), timeout=20) as connection:
        request = f"GET /api/v3/openapi.json HTTP/1.1\r\nHost: localhost\r\n{FAULT}: {fault}\r\n"
        connection.sendall(f"{request}Authorization: {_basic(said)}\r\n\r\n".encode())
        while piece := connection.recv(65536):
            received += piece
    return received


def test_over_real_http() -> None:
    with sandbox("--customers", "0") as (process, said):
        whole = _ask(said, "")[2]
        assert len(whole) > 10_000

        # nothing at all, then the end
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            _ask(said, "drop")

        # the length of the whole, half of it, then the end
        head, _, body = _wire(said, "truncated").partition(b"\r\n\r\n")
        assert b"200 OK" in head
        assert f"content-length: {len(whole)}".encode() in head
        assert body == whole[: len(whole) // 2]

        assert _ask(said, "html, status=504")[:2] == (504, "text/html; charset=utf-8")
        assert len(_ask(said, "malformed")[2]) == len(whole)
        assert _ask(said, "slow=1")[2] == whole
        # a cut connection has no status
        assert _shown(process) == [200, 0, 200, 504, 200, 200]


def _shown(process: subprocess.Popen[str]) -> list[int]:
    """Stops the server; the statuses that it has written to stderr, and nothing else is there."""
    process.terminate()
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (128 + signal.SIGTERM, "")
    lines = err.splitlines()
    assert all(" GET /api/v3/openapi.json " in line for line in lines), err
    return [int(line.split()[5]) for line in lines]
