"""Whether a connection holds more than the answer that was read from it.

An answer too many would be taken for the one to the next request. httpcore looks at the socket before it uses a
connection again, but not at what was read from it already and waits in one of the layers above: the parser of HTTP,
TLS, and the queue below both. None of them says so in public, so this looks at their insides; where they are not as
expected, the connection counts as unclean, which costs a new one and nothing else.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final

import httpx

#: from the body of httpx's answer to the connection that it comes on, as httpx 0.28 and httpcore 1.0 nest them
_TO_CONNECTION: Final = ("_stream", "_httpcore_stream", "_stream", "_connection")


def watch(response: httpx.Response) -> None:
    """Have the connection closed once an answer has been read from it, if more than the answer was there.

    To be called before the answer is read. It is looked at before the connection goes back to the others.
    """
    stream = response.extensions.get("network_stream")
    if stream is not None:  # else a transport of our own
        response.stream = _Watched(response.stream, stream)


class _Watched(httpx.AsyncByteStream):
    """The body of an answer, and a look at what it leaves behind."""

    def __init__(self, body: Any, network: Any) -> None:
        self._body = body
        self._network = network

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._body:
            yield part
        try:
            clean = _is_clean(self._body, self._network)
        except (AttributeError, TypeError):
            clean = False
        if not clean:
            # A connection whose socket is closed counts as broken to httpcore, which never uses it again.
            await self._network.aclose()

    async def aclose(self) -> None:
        await self._body.aclose()


def _is_clean(body: Any, stream: Any) -> bool:
    connection = body
    for name in _TO_CONNECTION:
        connection = getattr(connection, name)
    read, _closed = connection._h11_state.trailing_data
    if read or stream.get_extra_info("is_readable"):
        return False
    layer = stream._stream
    while hasattr(layer, "transport_stream"):  # TLS, inside of which there may be TLS again
        if layer._ssl_object.pending() or layer._read_bio.pending:
            return False
        layer = layer.transport_stream
    return not layer._protocol.read_queue
