"""Text on a descriptor: what is behind it may be anything, and nothing is lost, doubled or complained about later."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.cli.streams import Stream, visible
from cotui.desk.json_text import has_every_character
from tests.encodings import ENCODINGS, TEXTS

LARGE = "".join(f"{number:06} " for number in range(30_000))


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        with suppress(OSError):
            os.close(end)


def read_all(descriptor: int, done: Callable[[bytes], None]) -> threading.Thread:
    def read() -> None:
        got = b""
        while piece := os.read(descriptor, 997):
            got += piece
        done(got)

    thread = threading.Thread(target=read)
    thread.start()
    return thread


@pytest.mark.parametrize("blocking", [True, False])
def test_a_slow_reader_gets_all(pipe: tuple[int, int], blocking: bool) -> None:
    reads, writes = pipe
    os.set_blocking(writes, blocking)
    got: list[bytes] = []
    thread = read_all(reads, got.append)
    stream = Stream(writes, "utf-8")
    for start in range(0, len(LARGE), 1000):
        stream.write(LARGE[start : start + 1000])
    stream.finish()
    os.close(writes)
    thread.join(30)
    assert got == [LARGE.encode()]
    assert os.get_blocking(reads)


def test_a_reader_that_leaves_is_noticed_once_and_then_nothing_happens(pipe: tuple[int, int]) -> None:
    reads, writes = pipe
    os.close(reads)
    stream = Stream(writes, "utf-8")
    stream.write("kept")
    with pytest.raises(BrokenPipeError):
        stream.flush()
    with pytest.raises(BrokenPipeError):
        stream.finish()
    stream.drop()
    stream.write("more")
    stream.finish()
    stream.close()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_a_full_disk_is_found_by_the_last_flush() -> None:
    descriptor = os.open("/dev/full", os.O_WRONLY)
    stream = Stream(descriptor, "utf-8")
    stream.write("x")
    with pytest.raises(OSError, match="No space") as error:
        stream.finish()
    assert error.value.errno == errno.ENOSPC
    os.close(descriptor)


def test_a_full_disk_is_found_when_the_file_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def close(_descriptor: int) -> None:
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    with (tmp_path / "f").open("w") as file:
        stream = Stream(file.fileno(), "utf-8")
        stream.write("x")
        stream.flush()
        with monkeypatch.context() as patched:
            patched.setattr("os.close", close)
            with pytest.raises(OSError, match="quota"):
                stream.finish()
        stream.drop()
        stream.finish()


def test_messages_that_cannot_be_written_end_nothing(pipe: tuple[int, int]) -> None:
    reads, writes = pipe
    os.close(reads)
    stream = Stream(writes, "utf-8", lines=True, forgiving=True)
    for _ in range(3):
        assert stream.write("a\n") == 2
    stream.finish()


@pytest.mark.parametrize("taken", [0, 1, 700])
def test_a_write_that_was_broken_off_is_never_repeated(
    pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch, taken: int
) -> None:
    """A signal may come when the bytes are out already, and before anybody knows how many."""
    reads, writes = pipe
    real = os.write

    def write(descriptor: int, data: memoryview) -> int:
        if taken:
            real(descriptor, data[:taken])
        raise KeyboardInterrupt

    stream = Stream(writes, "utf-8")
    stream.write(LARGE[:1000])
    monkeypatch.setattr("os.write", write)
    with pytest.raises(KeyboardInterrupt):
        stream.flush()
    monkeypatch.undo()
    stream.write("never")
    stream.finish()
    stream.drop()
    os.close(writes)
    assert os.read(reads, 10_000) == LARGE[:taken].encode()


def test_who_ends_early_waits_for_nobody(pipe: tuple[int, int]) -> None:
    _, writes = pipe
    os.set_blocking(writes, False)
    with suppress(BlockingIOError):
        while True:
            os.write(writes, bytes(65_536))
    os.set_blocking(writes, True)
    stream = Stream(writes, "utf-8")
    stream.write("x" * 1000)
    stream.drop()
    stream.finish()


def test_who_ends_early_writes_what_fits(pipe: tuple[int, int]) -> None:
    reads, writes = pipe
    stream = Stream(writes, "utf-8")
    stream.write(LARGE[:2000])
    stream.drop()
    assert os.read(reads, 10_000) == LARGE[:2000].encode()


def test_lines_are_written_at_once_where_somebody_looks(pipe: tuple[int, int]) -> None:
    reads, writes = pipe
    stream = Stream(writes, "utf-8", lines=True)
    stream.write("half")
    os.set_blocking(reads, False)
    with pytest.raises(BlockingIOError):
        os.read(reads, 100)
    stream.write(" line\n")
    assert os.read(reads, 100) == b"half line\n"


@given(
    encoding=st.sampled_from(ENCODINGS),
    pieces=st.lists(TEXTS, max_size=4),
)
def test_any_text_can_be_written_in_any_encoding(encoding: str, pieces: list[str]) -> None:
    reads, writes = os.pipe()
    try:
        stream = Stream(writes, encoding)
        for piece in pieces:
            stream.write(piece)
            stream.flush()
        stream.write(".")
        stream.finish()
        got = os.read(reads, 65_536).decode(encoding)
    finally:
        os.close(reads)
        os.close(writes)
    text = "".join(pieces)
    if has_every_character(encoding):
        assert got == "".join(map(visible, [*pieces, "."]))
    elif text.isascii():
        assert got == f"{text}."


def test_bytes_that_were_no_text_are_shown() -> None:
    assert visible("a\udcff ü 😀 \ud800") == "a\\xff ü 😀 \\ud800"
