"""Bodies as they were before they were packed, piece by piece: a few bytes can hold gigabytes.

httpx unpacks all that has arrived in one go; this gives small pieces, between which others get their turn and whoever
has enough stops. Only what cotui offers to read is read: gzip and deflate, at most twice.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Final

#: what is offered to the server
ACCEPTED: Final = "gzip, deflate"
#: bytes of a piece
AT_ONCE: Final = 128 * 1024
#: ways of packing in each other: what is packed already gains nothing by more
_MOST_LAYERS: Final = 2
_GZIP: Final = zlib.MAX_WBITS | 16


class DecompressionError(Exception):
    """The body is damaged, or packed in a way that is not read; the text says which, as a whole sentence."""


class TooLargeError(Exception):
    """The body is larger than it may be."""


class Decompressor:
    """Unpacks one body.

    Args:
        encoding: the header Content-Encoding; empty where there is none.
        most: bytes of the body, whether packed, unpacked or halfway, beyond which it goes no further.

    Raises:
        DecompressionError: it is packed in a way that is not read.
    """

    def __init__(self, encoding: str, most: int) -> None:
        names = [
            name for part in encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")
        ]
        for name in names:
            if name not in _WAYS:
                raise DecompressionError(
                    f"The answer is packed in a way that was not asked for ({name[:20]})"
                )
        if len(names) > _MOST_LAYERS:
            raise DecompressionError(f"The answer is packed {len(names)} times over")
        self._ways = [_Counted(most).through, *(_WAYS[name](most).through for name in reversed(names))]

    def decompressed(self, part: bytes) -> Iterator[bytes]:
        """What comes of the next part, in pieces of `AT_ONCE` bytes at most where it was packed.

        Raises:
            DecompressionError: it is damaged.
            TooLargeError: there is more than there may be.
        """
        return self._from(part, 0)

    def _from(self, part: bytes, layer: int) -> Iterator[bytes]:
        if layer == len(self._ways):
            yield part
            return
        for piece in self._ways[layer](part):
            yield from self._from(piece, layer + 1)


class _Counted:
    """A way that leaves all as it is, and counts."""

    def __init__(self, most: int) -> None:
        self._left = most

    def through(self, part: bytes) -> Iterator[bytes]:
        self._left -= len(part)
        if self._left < 0:
            raise TooLargeError
        yield part


class _Inflating(_Counted):
    def __init__(self, most: int, form: int) -> None:
        super().__init__(most)
        self._inner = zlib.decompressobj(form)

    def through(self, part: bytes) -> Iterator[bytes]:
        # what follows the end is ignored, as browsers do; without any input there may be output still
        while not self._inner.eof:
            piece = self._piece(part)
            part = self._inner.unconsumed_tail
            if piece:
                yield from super().through(piece)
            if len(piece) < AT_ONCE and not part:
                break

    def _piece(self, part: bytes) -> bytes:
        try:
            return self._inner.decompress(part, AT_ONCE)
        except zlib.error:
            pass
        raise DecompressionError("The answer is damaged: it cannot be decompressed")


class _Deflate(_Inflating):
    """What is called deflate comes with zlib's head of two bytes, as the standard wants it, or without."""

    def __init__(self, most: int) -> None:
        super().__init__(most, zlib.MAX_WBITS)
        self._head: bytes | None = b""

    def through(self, part: bytes) -> Iterator[bytes]:
        if self._head is not None:
            part = self._head + part
            self._head = part if len(part) < 2 else None
            if self._head is not None:
                return
            # what zlib calls its head: the method, and a sum that 31 divides
            if part[0] & 0x0F != 8 or int.from_bytes(part[:2], "big") % 31:
                self._inner = zlib.decompressobj(-zlib.MAX_WBITS)
        yield from super().through(part)


def _gzip(most: int) -> _Inflating:
    return _Inflating(most, _GZIP)


_WAYS: Final[dict[str, Callable[[int], _Counted]]] = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _Deflate}
