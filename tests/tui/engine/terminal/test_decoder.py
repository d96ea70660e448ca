"""Keys in all usual encodings arrive, reports do what they did, and what never ends is waited for with sense."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message
from textual.messages import InBandWindowResize, TerminalSupportsSynchronizedOutput

from cotui.tui.engine.pasted import PasteCut
from cotui.tui.engine.terminal import tokens
from cotui.tui.engine.terminal.abilities import escape_delay
from cotui.tui.engine.terminal.decoder import Decoder
from tests.tui.engine.terminal.test_tokens import CUTS, STREAMS, torn
from tests.tui.terminal.sent import KEYS

FAR = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}


class Typist:
    """A decoder, and a clock that moves when told."""

    def __init__(self, environ: dict[str, str] | None = None) -> None:
        self.now = 100.0
        self.answers = 0
        self._decoder = Decoder(self._answer, environ=environ or {}, clock=lambda: self.now)

    def _answer(self) -> None:
        self.answers += 1

    @property
    def parser(self) -> XTermParser:
        """Textual's."""
        return self._decoder._parser

    def type(self, data: bytes) -> list[str]:
        """What becomes of some bytes at once."""
        return [_name(message) for message in self._decoder.feed(data)]

    def wait(self, seconds: float) -> list[str]:
        """What becomes of it when nothing follows for a while."""
        until, names = self.now + seconds, []
        while (patience := self._decoder.patience) is not None and self.now + patience <= until:
            self.now += patience
            names += [_name(message) for message in self._decoder.expire()]
        self.now = until
        return names


def _name(message: Message) -> str:
    if isinstance(message, events.Key):
        return message.key
    return f"paste {message.text}" if isinstance(message, events.Paste) else type(message).__name__


@pytest.mark.parametrize(("data", "names"), KEYS.values(), ids=KEYS)
def test_keys_in_all_usual_encodings(data: bytes, names: list[str]) -> None:
    typist = Typist()
    assert typist.type(data) + typist.wait(10) == names
    torn = [name for byte in data for name in typist.type(bytes([byte]))]
    assert torn + typist.wait(10) == names


@pytest.mark.parametrize(
    "data", ["a", "ö", "\r", "\x01", "\x1b[A", "\x1bOP", "\x1b[1;5C", "\x1b[97;;97u", "\x1b[3$"]
)
def test_a_key_is_the_same_as_of_textuals_parser(data: str) -> None:
    (ours,) = Decoder(environ={}).feed(data.encode())
    (theirs,) = XTermParser().feed(data)
    assert isinstance(ours, events.Key)
    assert isinstance(theirs, events.Key)
    assert (ours.key, ours.character, ours.name) == (theirs.key, theirs.character, theirs.name)


@given(STREAMS | st.binary(max_size=200), CUTS)
@example(b"\x1b[97:65;300:9;1114112:x:97u", [])
@example(b"\x1b[48;30;100;0;0t\x1b[<0;1;1M", [])
def test_no_bytes_at_all_break_it(data: bytes, cuts: list[int]) -> None:
    typist = Typist()
    for packet in torn(data, cuts):
        typist.type(packet)
        assert typist.parser._timeout_time is None  # Textual's parser waits for nothing
    typist.wait(10)
    assert typist.type(b"\x1b[Bj")[-2:] == ["down", "j"]


def test_reports_that_are_wanted() -> None:
    typist = Typist()
    assert typist.type(b"\x1b[?2026;2$y\x1b[?2048;2$y\x1b[48;30;100;600:1;800:1t\x1b[I\x1b[O\x1b[0n") == [
        TerminalSupportsSynchronizedOutput.__name__, InBandWindowResize.__name__, "Resize", "AppFocus", "AppBlur"
    ]  # fmt: skip
    assert typist.answers == 1


def test_the_mouse() -> None:
    assert Typist().type(b"\x1b[<0;3;4M\x1b[<0;3;4m\x1b[<64;3;4M") == [
        "MouseDown",
        "MouseUp",
        "MouseScrollUp",
    ]
    # pixels of cells whose size is not known
    assert Typist().type(b"\x1b[48;30;100;0;0t\x1b[<0;3;4M\x1b[B") == ["Resize", "down"]


@pytest.mark.parametrize(
    ("environ", "seconds"),
    [
        ({}, 0.01),
        ({"SSH_AUTH_SOCK": "/run/agent"}, 0.01),
        (FAR, 0.15),
        ({"SSH_TTY": "/dev/pts/3"}, 0.15),
        ({"SSH_CLIENT": "192.0.2.1 50000 22", "TMUX": "/run/tmux,1,0", "TERM": "screen"}, 0.15),
        ({"MOSH_IP": "192.0.2.1"}, 0.15),
        ({"SSH_TTY": ""}, 0.01),
        (FAR | {"ESCDELAY": "25"}, 0.025),
        ({"ESCDELAY": "500"}, 0.5),
        ({"ESCDELAY": "0"}, 0.01),
        ({"ESCDELAY": "soon"}, 0.01),
        ({"ESCDELAY": "9" * 6000}, 999.999),
    ],
)
def test_how_long_esc_is_waited_for(environ: dict[str, str], seconds: float) -> None:
    assert escape_delay(environ)[0] == seconds
    typist = Typist(environ)
    typist.type(b"\x1b")
    assert typist.wait(seconds * 0.9) == []
    assert typist.wait(seconds * 0.2) == ["escape"]


def test_esc_and_the_rest_over_a_network_is_one_key() -> None:
    typist = Typist(FAR)
    assert typist.type(b"\x1b") + typist.wait(0.05) + typist.type(b"[A") == ["up"]
    # a terminal that speaks kitty's protocol sends more than Esc, and nothing is waited for
    assert typist.type(b"\x1b[27u") == ["escape"]


def test_esc_and_another_key_typed_fast_over_a_network_are_two_and_alt_and_a_key_are_one() -> None:
    typist = Typist(FAR)
    assert typist.type(b"\x1b") + typist.wait(0.05) + typist.type(b"qx") == ["escape", "q", "x"]
    assert typist.type(b"\x1bq") == ["alt+q"]
    assert typist.type(b"\x1b") + typist.wait(0.005) + typist.type(b"q") == ["alt+q"]
    assert typist.type(b"\x1b") + typist.wait(0.05) + typist.type(b"\x1bq") == ["escape", "alt+q"]
    # who sets the time sets it for both
    assert (slow := Typist({"ESCDELAY": "100"})).type(b"\x1b") + slow.wait(0.05) + slow.type(b"q") == [
        "alt+q"
    ]


@pytest.mark.parametrize("first", [b"\x1b[", b"\x1bO", b"\x1b[1;"])
def test_nothing_splits_what_has_begun(first: bytes) -> None:
    typist = Typist()
    assert typist.type(first) + typist.wait(0.9) == []
    assert typist.type(b"A") == ["up"]


def test_an_answer_that_dawdles_is_still_none() -> None:
    typist = Typist()
    for byte in b"\x1b]11;rgb:0000/0000/0000\x1b\\":
        assert typist.type(bytes([byte])) + typist.wait(0.1 if byte != 0x1B else 0.005) == []
    assert typist.type(b"j") == ["j"]


@pytest.mark.parametrize("begin", [b"\x1b]11;rgb", b"\x1bP>|", b"\x1b_G", b"\x1b[200~one"])
def test_who_goes_on_typing_gets_through(begin: bytes) -> None:
    typist = Typist()
    typist.type(begin)
    for _ in range(60):  # never silent for long
        if "j" in typist.type(b"j"):
            break
        typist.wait(0.1)
    else:
        pytest.fail("every key was lost")
    assert typist.type(b"\x1b[B") == ["down"]


def test_a_paste_that_never_ends_is_a_paste() -> None:
    typist = Typist()
    assert typist.type(b"\x1b[200~hello \x1b") == []
    assert typist.wait(2) == ["paste hello ␛"]
    assert typist.type(b"q") == ["q"]


def test_a_long_paste_over_a_slow_link_is_one() -> None:
    typist = Typist(FAR)
    typist.type(b"\x1b[200~")
    for _ in range(100):
        assert typist.type(b"0123456789") + typist.wait(0.9) == []
    assert typist.type(b"\x1b[201~") == [f"paste {'0123456789' * 100}"]


def test_it_is_told_when_a_paste_was_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "LONGEST_PASTE", 5)
    paste, cut = Decoder(environ={}).feed(b"\x1b[200~0123456789\x1b[201~")
    assert isinstance(paste, events.Paste)
    assert isinstance(cut, PasteCut)
    assert (paste.text, cut.left_out) == ("01234", 5)
