"""What the system says beneath the library's own errors."""

from __future__ import annotations

import errno
import os
import socket
import ssl

import pytest

from cotui.api.transport.system_errors import causes, local_failure, no_such_name


def raised_from(cause: BaseException) -> BaseException:
    """As a library hands it on."""
    outer = RuntimeError("connection failed")
    outer.__cause__ = cause
    return outer


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (OSError(errno.EMFILE, "x"), "too many files open"),
        (OSError(errno.ENFILE, "x"), "This machine has too many files open"),
        (OSError(errno.ENOBUFS, "x"), "no memory left for the network"),
        (OSError(errno.EADDRNOTAVAIL, "x"), "no free port"),
        (PermissionError(errno.EPERM, "x"), "does not let cotui use the network"),
        (MemoryError(), "no memory left"),
        (RuntimeError("can't start new thread"), "no further thread"),
        (socket.gaierror(socket.EAI_MEMORY, "x"), "no memory left"),
    ],
)
def test_what_this_machine_lacks_is_named_however_deep_it_stands(cause: BaseException, words: str) -> None:
    for error in (cause, raised_from(cause), BaseExceptionGroup("all", [KeyError(), raised_from(cause)])):
        found = local_failure(error)
        assert found is not None
        assert words in found.what


@pytest.mark.parametrize(
    "cause",
    [
        OSError(errno.ECONNRESET, os.strerror(errno.ECONNRESET)),
        # numbers of their own, which mean something else
        socket.gaierror(errno.EPERM, "name"),
        ssl.SSLError(errno.EPERM, "handshake"),
        ValueError("x"),
    ],
)
def test_what_others_do_is_not_this_machine_s(cause: BaseException) -> None:
    assert local_failure(raised_from(cause)) is None


def test_of_several_addresses_one_that_was_reached_tells_most() -> None:
    group = BaseExceptionGroup("all", [OSError(errno.EADDRNOTAVAIL, "IPv6"), ConnectionRefusedError()])
    assert local_failure(group) is None


def test_all_causes_are_found_once_even_in_a_circle() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, first.__context__, second.__context__ = second, second, first
    assert list(causes(first)) == [first, second]


def test_a_name_that_does_not_exist_is_told_from_a_service_that_is_silent() -> None:
    assert no_such_name(socket.gaierror(socket.EAI_NONAME, "x"))
    assert not no_such_name(socket.gaierror(socket.EAI_AGAIN, "x"))
