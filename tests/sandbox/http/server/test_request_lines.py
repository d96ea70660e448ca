"""A line for every request, written by a thread that holds up nobody."""

from __future__ import annotations

import io
import threading

import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.request_log import Entry
from cotui.sandbox.http.server import request_lines
from cotui.sandbox.http.server.request_lines import RequestLines, line
from tests.sandbox import account
from tests.sandbox.client import CREDENTIALS, Client


def entry(method: str = "GET", path: bytes = b"/api/v3/customer", **more: object) -> Entry:
    made = Entry(1, 1_700_000_000.0, method, path, b"limit=5", "127.0.0.1", [])
    for name, value in {"username": "pub", "status": 200, "sent": 321, **more}.items():
        setattr(made, name, value)
    return made


def test_it_says_when_who_what_and_how_it_was_answered() -> None:
    when, rest = line(entry()).split(" ", 1)
    assert len(when) == len("2023-11-14T22:13:20.000+00:00")
    assert rest == "127.0.0.1 pub GET /api/v3/customer?limit=5 200 321"
    assert line(entry(username="", ipaddr="")).split()[1:3] == ["-", "-"]
    assert line(entry(fault=object())).endswith(" 200 321 fault")


@pytest.mark.parametrize("made", [entry("G\x1b[2J ET"), entry(path=b"/\x1b\n"), entry(username="\x9b é")])
def test_whatever_was_sent_it_is_one_line_of_printable_ascii(made: Entry) -> None:
    text = line(made)
    assert text.isascii()
    assert text.isprintable()
    assert len(text.split(" ")) == 7


def test_all_that_waits_is_written_before_the_end() -> None:
    stream = io.StringIO()
    lines = RequestLines(stream)
    for number in range(50):
        lines.write(entry(sent=number))
    lines.close()
    assert [text.split()[-1] for text in stream.getvalue().splitlines()] == [
        str(number) for number in range(50)
    ]


def test_what_nobody_reads_holds_up_nobody_and_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_lines, "_WAITING", 2)
    taken, read = threading.Event(), threading.Event()

    class Slow(io.StringIO):
        def write(self, text: str) -> int:
            taken.set()
            read.wait(10)
            return super().write(text)

    stream = Slow()
    lines = RequestLines(stream)
    lines.write(entry(sent=0))
    assert taken.wait(10)
    for number in range(1, 8):
        lines.write(entry(sent=number))
    read.set()
    lines.close(10)
    first, told, second, *_ = stream.getvalue().splitlines()
    assert (first.split()[-1], told, second.split()[-1]) == ("0", "(5 requests are not shown)", "1")


def test_a_stream_that_is_gone_ends_the_lines_and_not_the_server() -> None:
    stream = io.StringIO()
    stream.close()
    lines = RequestLines(stream)
    lines.write(entry())
    lines.close()
    lines.write(entry())


@pytest.mark.parametrize("quiet", [False, True])
async def test_limits_that_are_cut_are_lines_of_their_own(store: Store, quiet: bool) -> None:
    stream = io.StringIO()
    lines = RequestLines(stream, quiet=quiet)
    client = Client(create_app(store, credentials=CREDENTIALS, clock=account.now, on_answer=lines.write))
    await client.get("customer?limit=500")
    await client.get("customer?limit=100")
    lines.close()

    told = [line for line in stream.getvalue().splitlines() if line.startswith("cotui sandbox: ")]
    assert told == [
        "cotui sandbox: customer: limit=500 was cut to 100, the most that a page holds here (--max-page-size);"
        " a shorter page than asked for is not the last one"
    ]
    assert len(stream.getvalue().splitlines()) == (1 if quiet else 3)
