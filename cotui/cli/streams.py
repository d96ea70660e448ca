"""Text on a descriptor, whatever is behind it: a full disk, a reader that went away, a pipe that never waits.

Python's own streams lose text when a write to a pipe that doesn't wait comes too early, may write a piece twice when
a signal comes between, keep what could not be written, and complain about it while the interpreter ends.
"""

from __future__ import annotations

import codecs
import io
import os

#: characters that are kept until they are worth a write
_KEPT = 32_768
#: bytes that a pipe takes whole or not at all, everywhere
_PIECE = 512
_VISIBLE = "cotui-visible"


class Stream(io.TextIOBase):
    """A way out. Characters that its encoding lacks become visible escapes.

    Args:
        descriptor: where to; it stays open.
        encoding: Python's name of one.
        lines: every line is written at once.
        forgiving: what cannot be written is dropped: for messages, which must not end what they tell of.
    """

    def __init__(
        self, descriptor: int, encoding: str, *, lines: bool = False, forgiving: bool = False
    ) -> None:
        self._descriptor = descriptor
        self._encoding = encoding
        self._encoder = codecs.getincrementalencoder(encoding)(_VISIBLE)
        self._lines = lines
        self._forgiving = forgiving
        self._pieces: list[str] = []
        self._size = 0
        #: nothing more goes out: a write failed, or was broken off and nobody knows where
        self._ended = False
        self._failure: OSError | None = None

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a plain attribute there
        """Python's name of the encoding."""
        return self._encoding

    @property
    def errors(self) -> str:  # type: ignore[override]  # as above
        """Python's name of what is done about characters that the encoding lacks."""
        return _VISIBLE

    def fileno(self) -> int:
        return self._descriptor

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return os.isatty(self._descriptor)

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, text: str, /) -> int:
        """Take some text, and write it sooner or later.

        Raises:
            OSError: it could not be written, now or before.
        """
        if self._ended:
            self._complain()
            return len(text)
        self._pieces.append(text)
        self._size += len(text)
        if self._size > _KEPT or (self._lines and "\n" in text):
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Write what was taken; raises as `write` does."""
        if self._size and not self._ended:
            data = self._encoder.encode("".join(self._pieces))
            self._forget_pieces()
            self._push(memoryview(data))
        self._complain()

    def finish(self) -> None:
        """Write what was taken; the disk may be found full only now. Raises as `write` does."""
        self.flush()
        if not self._ended:
            try:
                os.close(os.dup(self._descriptor))  # file systems of other machines tell it then
            except OSError as error:
                self._end(error)
            self._complain()

    def drop(self) -> None:
        """Write what can be written without waiting for anybody, and forget the rest and what was wrong with it."""
        if self._size and not self._ended:
            self._push(memoryview(self._encoder.encode("".join(self._pieces))), wait=False)
        self._forget_pieces()
        self._ended, self._failure = True, None

    def close(self) -> None:
        """Nothing: whoever ends the program calls `finish`, and Python would call this at any time."""

    def _forget_pieces(self) -> None:
        self._pieces = []
        self._size = 0

    def _push(self, left: memoryview, *, wait: bool = True) -> None:
        try:
            while left and (wait or self._ready(0)):
                try:
                    left = left[os.write(self._descriptor, left if wait else left[:_PIECE]) :]
                except BlockingIOError:
                    self._ready(None)
        except OSError as error:
            self._end(error)
        except BaseException:  # interrupted, nobody knows where in the text
            self._ended = True
            raise

    def _ready(self, seconds: float | None) -> bool:
        import select

        return bool(select.select([], [self._descriptor], [], seconds)[1])

    def _end(self, error: OSError) -> None:
        self._ended, self._failure = True, error

    def _complain(self) -> None:
        if self._failure is not None and not self._forgiving:
            raise self._failure


def encodable(text: str, encoding: str | None) -> str:
    """The text with visible escapes for what an encoding lacks."""
    if encoding is None:
        return text
    return text.encode(encoding, _VISIBLE).decode(encoding)


def visible(text: str) -> str:
    """A text with visible escapes for what stands in it for bytes that were none: those of arguments and file names."""
    return text if text.isascii() else text.encode("utf-8", _VISIBLE).decode("utf-8")


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(map(_escape, lacking)), error.end


def _escape(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # where a byte was no text, Python has put one of these
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


codecs.register_error(_VISIBLE, _escaped)
