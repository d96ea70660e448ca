"""Sending an answer the way a fault asks for.

Cutting a connection is not part of ASGI. The server that `cotui sandbox` starts puts what can do it into
the scope (see serve.py); elsewhere, as in-process, a cut connection is a `ConnectionResetError` that
reaches whoever called the application.
"""

from __future__ import annotations

import asyncio

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from cotui.sandbox.errors import AnswerError
from cotui.sandbox.http.envelope import failure
from cotui.sandbox.http.faults import Fault, apply_headers, html_page

#: Key of the scope's extensions: an object with `close()` (what was sent still arrives) and `abort()`.
CONNECTION = "cotui.connection"
_PIECES = 10
_MESSAGE = "The sandbox was asked for this fault."


class _InjectedError(AnswerError):
    """An error envelope of any status."""

    def __init__(self, status: int) -> None:
        super().__init__("Rate limit exceeded" if status == 429 else _MESSAGE)
        self.status = status
        self.response = None if status == 404 else False


def replacement(fault: Fault) -> Response:
    """What is answered instead of the answer to the request; only for faults that replace it."""
    if fault.html or fault.status is None:
        status = fault.status or 502
        return Response(html_page(status), status, media_type="text/html")
    return failure(_InjectedError(fault.status))


async def send_faulty(fault: Fault, response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    """Sends an answer with its fault.

    Raises:
        ConnectionResetError: the connection is cut, where nothing else can cut it.
    """
    if fault.drop:
        await _cut(scope, receive, abort=True)
        return
    body = bytes(response.body)
    if fault.malformed:
        # still text of that length, but the JSON in it does not end
        body = body[: len(body) // 2] + b"~" * (len(body) - len(body) // 2)
    response.headers.update(apply_headers(fault))
    await send(
        {"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers}
    )
    if fault.truncated:
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        await _cut(scope, receive, abort=False)
        return
    if fault.slow:
        size = max(1, -(-len(body) // _PIECES))
        pieces = [body[start : start + size] for start in range(0, len(body), size)]
        for piece in pieces:
            await asyncio.sleep(fault.slow / 1000 / len(pieces))
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        body = b""
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def _cut(scope: Scope, receive: Receive, *, abort: bool) -> None:
    connection = scope.get("extensions", {}).get(CONNECTION)
    if connection is None:
        raise ConnectionResetError("the sandbox was asked to cut this connection")
    if abort:
        connection.abort()
    else:
        connection.close()
    # until the server has noticed: it would call an answer without an end a mistake
    while (await receive())["type"] != "http.disconnect":
        pass
