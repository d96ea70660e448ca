"""Data goes to standard output or the command ends; what is told goes to standard error and ends nothing."""

from __future__ import annotations

import errno
import io
import sys

import pytest

from cotui.cli import out


class Broken(io.StringIO):
    """A stream that fails."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error

    def write(self, text: str) -> int:
        raise self.error

    def flush(self) -> None:
        raise self.error


def test_data_goes_out_as_it_is_and_a_line_without_what_could_steer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out.data("a\x1b")
    out.line("b\x1b\nc")
    assert capsys.readouterr().out == "a\x1bb␛\nc\n"


@pytest.mark.parametrize(
    ("error", "words", "gone"),
    [
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), "its reader went away", True),
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device", False),
        (OSError(errno.EBADF, "Bad file descriptor"), "standard output is closed", False),
        (ValueError("I/O operation on closed file"), "standard output is closed", False),
    ],
)
def test_what_cannot_be_written_ends_the_command_with_the_reason(
    error: BaseException, words: str, gone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", Broken(error))
    for write in (
        lambda: out.data("x"),
        lambda: out.line("x"),
        out.flush,
        lambda: out.data_file().write("x"),
    ):
        with pytest.raises(out.OutputError, match=words) as told:
            write()
        assert told.value.gone is gone


def test_without_standard_output_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(out.OutputError, match="closed"):
        out.data("x")
    out.flush()
    assert out.encoding() is None
    assert "stdout" in out.not_terminals()


@pytest.mark.parametrize("error", [OSError(errno.EIO, "x"), ValueError("closed")])
def test_messages_that_nobody_can_hear_end_nothing(
    error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stream in (Broken(error), None):
        monkeypatch.setattr(sys, "stderr", stream)
        out.say("x")
        out.message_file().write("x\n")


def test_a_message_is_harmless_and_ends_its_line_once(capsys: pytest.CaptureFixture[str]) -> None:
    out.say("one\x1b")
    out.message_file().write("two\n")
    out.message_file().write("three")
    assert capsys.readouterr().err == "cotui: one␛\ntwo\nthree\n"


def test_an_encoding_that_lacks_a_character_gets_its_escape(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(kept, "ascii", write_through=True))
    out.data("caf\xe9\n")
    assert kept.getvalue() == b"caf\\xe9\n"
    assert out.data_file().encoding == "ascii"
