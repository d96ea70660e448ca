"""A packed body is unpacked piece by piece, and never further than it may be."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Callable

import pytest

from cotui.api import NotJson, TooLarge
from cotui.api.transport.client import HttpClient
from cotui.api.transport.decompression import AT_ONCE, DecompressionError, Decompressor, TooLargeError
from tests.api.loopback import http, serving
from tests.api.support import connection
from tests.api.transport.test_client import OK, READ
from tests.api.transport.test_head_start import answering

MEGABYTE = 2**20


def _raw(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


#: header, and what packs a body so
WAYS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "identity": bytes,
    "gzip": gzip.compress,
    "X-GZip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate ": _raw,
    "gzip, gzip": lambda data: gzip.compress(gzip.compress(data)),
    "deflate,gzip": lambda data: gzip.compress(zlib.compress(data)),
    "gzip, identity, deflate": lambda data: _raw(gzip.compress(data)),
}


@pytest.mark.parametrize("size", [0, 1, AT_ONCE, 3 * AT_ONCE + 1])
@pytest.mark.parametrize("cut", [1, 97, 65_536])
@pytest.mark.parametrize("way", WAYS)
def test_every_way_and_every_cut_gives_the_body_back(way: str, cut: int, size: int) -> None:
    body = random.Random(size).randbytes(min(size, 2000)).ljust(size, b" ")
    packed = WAYS[way](body)
    decompressor = Decompressor(way, size + 3000)
    step = max(cut, len(packed) // 500)
    pieces = [
        piece
        for at in range(0, len(packed), step)
        for piece in decompressor.decompressed(packed[at : at + step])
    ]
    assert b"".join(pieces) == body
    assert all(len(piece) <= max(AT_ONCE, step) for piece in pieces)


BOMBS = {
    "gzip": gzip.compress(b" " * (8 * MEGABYTE)),
    "deflate": zlib.compress(b" " * (8 * MEGABYTE)),
    "gzip, gzip": gzip.compress(gzip.compress(b" " * (8 * MEGABYTE))),
    # what is halfway is too large, though hardly anything comes of it
    "deflate, gzip": gzip.compress(zlib.compress(b"") + b" " * (8 * MEGABYTE)),
}


@pytest.mark.parametrize("way", BOMBS)
def test_a_bomb_takes_no_more_than_it_may(way: str) -> None:
    """Given at once, as httpx gives what has arrived."""
    sizes: list[int] = []
    with pytest.raises(TooLargeError):
        sizes.extend(map(len, Decompressor(way, MEGABYTE).decompressed(BOMBS[way])))
    assert max(sizes, default=0) <= AT_ONCE
    assert sum(sizes) <= MEGABYTE


def test_what_is_not_packed_has_a_bound_too() -> None:
    """As has what follows the end of what was."""
    with pytest.raises(TooLargeError):
        list(Decompressor("", 10).decompressed(b" " * 11))
    decompressor = Decompressor("gzip", 1000)
    assert b"".join(decompressor.decompressed(gzip.compress(b"x") + b"y" * 900)) == b"x"
    with pytest.raises(TooLargeError):
        list(decompressor.decompressed(b"y" * 900))


@pytest.mark.parametrize("way", ["br", "zstd", "compress", "gzip, br", "gzip, gzip, gzip", "x" * 100])
def test_what_is_not_offered_is_not_read(way: str) -> None:
    with pytest.raises(DecompressionError) as caught:
        Decompressor(way, MEGABYTE)
    assert len(str(caught.value)) < 100


@pytest.mark.parametrize("way", ["gzip", "deflate", "gzip, deflate"])
def test_what_is_damaged_is_said(way: str) -> None:
    packed = bytearray(WAYS[way if way in WAYS else "gzip"](b"abc" * 1000))
    packed[2:12] = b"\xff" * 10
    with pytest.raises(DecompressionError, match="damaged"):
        list(Decompressor(way, MEGABYTE).decompressed(bytes(packed)))


@pytest.mark.parametrize(
    ("extra", "body", "expected"),
    [
        ("Content-Encoding: gzip, gzip\r\n", BOMBS["gzip, gzip"], TooLarge),
        ("Content-Encoding: br\r\n", OK, NotJson),
        ("Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n", BOMBS["gzip, gzip"], TooLarge),
    ],
    ids=["packed twice", "not offered", "two headers"],  # the bytes tell when they were packed
)
@pytest.mark.parametrize("ahead", [False, True])
async def test_the_client_tells_it(ahead: bool, extra: str, body: bytes, expected: type[Exception]) -> None:
    async with serving(answering(http(body, extra=extra))) as port:
        client = HttpClient(connection(f"http://127.0.0.1:{port}"), max_answer=MEGABYTE)
        if ahead:
            client.begin(READ)
        with pytest.raises(expected):
            await client.send(READ)
        await client.aclose()
