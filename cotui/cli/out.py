"""All that the commands write: data on standard output, everything else on standard error.

Nobody else in cotui writes there. A command whose data cannot be written ends, with `OutputError`; what is told on
standard error is told as far as that works, and never ends anything.
"""

from __future__ import annotations

import errno
import io
import os
import sys

from cotui.cli.streams import Stream, encodable, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

_CLOSED = "standard output is closed"


class OutputError(Exception):
    """Standard output did not take all; the text says why.

    Attributes:
        gone: whoever read it stopped reading, which is no failure.
    """

    def __init__(self, reason: str, *, gone: bool = False) -> None:
        super().__init__(reason)
        self.gone = gone


def begin() -> None:
    """Take the process's streams over, before anything is opened or written."""
    for descriptor in (0, 1, 2):
        _fill(descriptor)
    if sys.platform == "win32":
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        return
    encoding = getattr(sys.stdout, "encoding", None) or getattr(sys.stderr, "encoding", None) or "utf-8"
    at_once = os.isatty(1) or getattr(sys.stdout, "write_through", False)
    sys.stdout = sys.__stdout__ = Stream(1, encoding, lines=at_once)  # type: ignore[assignment, misc]  # Final there
    encoding = getattr(sys.stderr, "encoding", None) or encoding
    sys.stderr = sys.__stderr__ = Stream(2, encoding, lines=True, forgiving=True)  # type: ignore[assignment, misc]  # as above


def _fill(descriptor: int) -> None:
    """Put something in the place of a closed stream, or the next file that is opened would be taken for it."""
    try:
        os.fstat(descriptor)
        return
    except OSError:
        pass
    try:
        opened = os.open(os.devnull, os.O_RDONLY)  # for reading, so that writing still fails
    except OSError:
        return  # whoever needs it will say so
    if opened == descriptor:
        os.set_inheritable(descriptor, True)  # as it is for the others
    else:
        os.dup2(opened, descriptor)
        os.close(opened)


def data(text: str) -> None:
    """Data for standard output, as it is. Raises OutputError where it could not be written, as do those below."""
    stream = sys.stdout
    if stream is None:
        raise OutputError(_CLOSED)
    try:
        try:
            stream.write(text)
        except UnicodeEncodeError:
            stream.write(encodable(text, stream.encoding))
    except (OSError, ValueError) as error:
        raise _failure(error) from None


def line(text: str) -> None:
    """A line for people on standard output, without anything that could steer a terminal."""
    data(f"{printable(text)}\n")


def flush() -> None:
    """Have everything written that was given to `data`: what is said of it afterwards is true."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except (OSError, ValueError) as error:
            raise _failure(error) from None


def finish() -> None:
    """The command has printed all. A full disk may come to light only now."""
    if not isinstance(sys.stdout, Stream):
        flush()
        return
    try:
        sys.stdout.finish()
    except OSError as error:
        raise _failure(error) from None


def drop() -> None:
    """The command ends early: nobody waits for what is not written yet."""
    if isinstance(sys.stdout, Stream):
        sys.stdout.drop()


def say(text: str) -> None:
    """Tell something on standard error, as cotui."""
    note(f"cotui: {text}")


def note(text: str) -> None:
    """Tell something on standard error in these very words, without anything that could steer a terminal."""
    stream = sys.stderr
    if stream is None:
        return
    shown = f"{printable(text)}\n"
    try:
        try:
            stream.write(shown)
        except UnicodeEncodeError:
            stream.write(encodable(shown, stream.encoding))
        stream.flush()
    except (OSError, ValueError):
        pass  # there is nobody left to tell


def printable(text: str) -> str:
    """A text with marks or escapes for all that is no picture; line breaks stay."""
    from cotui.safety.text import clean_multiline

    return clean_multiline(visible(text))


def encoding() -> str | None:
    """Standard output's; None where there is no output, or one of text."""
    return getattr(sys.stdout, "encoding", None)


def not_terminals() -> list[str]:
    """Which of the standard streams are no terminal."""
    streams = {"stdin": sys.stdin, "stdout": sys.stdout, "stderr": sys.stderr}
    return [name for name, stream in streams.items() if not _is_terminal(stream)]


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except (OSError, ValueError):
        return False


def data_file() -> TextIO:
    """Standard output for what writes to a file: see `data`."""
    return _DataFile()  # type: ignore[return-value]  # all of one that is used


def message_file() -> TextIO:
    """Standard error for what writes whole lines to a file: see `note`."""
    return _MessageFile()  # type: ignore[return-value]  # as above


class _DataFile:
    @property
    def encoding(self) -> str | None:
        """Python's name of it."""
        return encoding()

    def write(self, text: str) -> None:
        data(text)

    def flush(self) -> None:
        flush()

    def isatty(self) -> bool:
        """Whether somebody reads it from a screen."""
        return _is_terminal(sys.stdout)


class _MessageFile:
    def write(self, text: str) -> None:
        """Some whole lines; the last line break may be missing."""
        note(text.removesuffix("\n"))

    def flush(self) -> None:
        """Nothing is kept."""


def _failure(error: OSError | ValueError) -> OutputError:
    if isinstance(error, BrokenPipeError):
        return OutputError("its reader went away", gone=True)
    if isinstance(error, OSError) and error.errno not in (None, errno.EBADF):
        return OutputError(error.strerror or str(error))
    return OutputError(_CLOSED)
