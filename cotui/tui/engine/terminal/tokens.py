"""Takes apart what the terminal sends, byte for byte: what is typed, keys, reports, pastes; all else goes, whole.

The grammar is that of ECMA-48 and of xterm's control sequences, read as terminals themselves read it. Three rules stand
above it. A paste is text, whatever is in it. A sequence that is not known is dropped from its first byte to its last:
no piece of it is ever a key. And where input is torn apart on its way makes no difference; what only time can tell (Esc
or the beginning of a sequence, an end that never comes) is told by `Tokenizer.expire`.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Callable
from enum import Enum, auto
from typing import Final

from cotui.safety.text import as_pasted
from cotui.tui.engine.terminal.pace import ANSWER
from cotui.tui.engine.terminal.sequences import InputKind, Token, control_sequence, is_key, single_shift

__all__ = ["LONGEST_PASTE", "InputKind", "Token", "Tokenizer", "Wait"]

#: characters of one paste that are kept: no field takes a hundredth of it
LONGEST_PASTE: Final = 16 * 1024 * 1024
#: characters of a sequence that are kept: longer ones are none that is known
_LONGEST_SEQUENCE: Final = 256
#: bytes at once that nobody types, who had given up waiting for the rest of a paste
_NOT_TYPED: Final = 32

_ESC: Final = "\x1b"
_PASTE_BEGINS: Final = "200~"
#: the answer to the driver's own question
_ANSWER: Final = ANSWER.decode().removeprefix("\x1b[")
#: introducers of what ends with a string terminator: DCS, SOS, OSC, PM, APC
_STRINGS: Final = "PX]^_"
#: the same, and those of control sequences and single shifts, as single characters of eight bits
_EIGHT_BITS: Final = {0x90: "P", 0x98: "X", 0x9B: "[", 0x9D: "]", 0x9E: "^", 0x9F: "_", 0x8F: "O", 0x8E: "N"}
#: what cancels a sequence: CAN and SUB
_CANCELS: Final = "\x18\x1a"

# Bytes that are no UTF-8 are decoded to surrogates.
_TYPED: Final = re.compile(r"[^\x1b\x80-\x9f\udc80-\udcff]+")
_PARAMETERS: Final = re.compile(r"[ -?]*")
_STRING_ENDS: Final = re.compile(r"[\x18\x1a\x1b\x9c\udc9c]")
_OSC_ENDS: Final = re.compile(r"[\x07\x18\x1a\x1b\x9c\udc9c]")


class Wait(Enum):
    """What is waited for."""

    #: whether an Esc is the key
    ESC = auto()
    #: the rest of a key or of a report
    SEQUENCE = auto()
    #: the end of a string, such as an answer about colours
    STRING = auto()
    #: the end of a paste
    PASTE = auto()


class _State(Enum):
    GROUND = auto()
    ESC = auto()
    CSI = auto()
    LINUX = auto()
    MOUSE = auto()
    SS2 = auto()
    SS3 = auto()
    STRING = auto()
    STRING_ESC = auto()
    PASTE = auto()


_WAITS: Final = {
    _State.GROUND: None,
    _State.ESC: Wait.ESC,
    _State.STRING: Wait.STRING,
    _State.PASTE: Wait.PASTE,
}


class Tokenizer:
    """Reads one terminal's input."""

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        self._state = _State.GROUND
        self._steps: dict[_State, Callable[[str, int], int]] = {
            _State.GROUND: self._ground,
            _State.ESC: self._after_esc,
            _State.CSI: self._in_control_sequence,
            _State.LINUX: self._in_linux_key,
            _State.MOUSE: self._in_old_mouse_report,
            _State.SS2: self._in_old_mouse_report,
            _State.SS3: self._in_single_shift,
            _State.STRING: self._in_string,
            _State.STRING_ESC: self._after_esc_in_string,
            _State.PASTE: self._in_paste,
        }
        self._tokens: list[Token] = []
        #: what has come of a sequence behind its introducer
        self._begun = ""
        #: what introduced the string
        self._introducer = ""
        #: characters still to come that are part of the sequence whatever they are
        self._due = 0
        #: state and beginning of what an Esc interrupted: an answer may stand in the middle of a key that was torn
        self._interrupted: tuple[_State, str] | None = None
        #: an Esc before a character is a key of its own
        self._parted = False
        #: the last character was a byte of a broken UTF-8 sequence
        self._broken = False
        self._paste: list[str] = []
        self._paste_size = self._left_out = 0
        #: how this paste ends, and what may be the beginning of that
        self._mark = self._held = ""
        #: a paste was given up whose end may still come
        self._overdue = False

    @property
    def waiting(self) -> Wait | None:
        """What is waited for; None when nothing has begun that isn't ended."""
        return _WAITS.get(self._state, Wait.SEQUENCE)

    def feed(self, data: bytes) -> list[Token]:
        """Take in what has come; returns what is whole now."""
        text = self._decode(data)
        at = self._resumed(text) if self._overdue and self._state is _State.GROUND else 0
        while at < len(text):
            at = self._steps[self._state](text, at)
        return self._taken()

    def part(self) -> None:
        """An Esc is older than the pieces of Alt and a key are apart: only a sequence may still begin with it."""
        self._parted = self._state is _State.ESC

    def expire(self) -> list[Token]:
        """Nothing more has come for so long that what is there is all: settle it."""
        state, self._state = self._state, _State.GROUND
        self._parted = False
        # of a character of which the rest never came
        piece = self._decode(b"", final=True) if state is not _State.GROUND else ""
        self._settle()
        if state is _State.ESC:
            self._add(InputKind.ESC, _ESC)
        elif state is _State.SS3 and not self._begun:
            self._add(InputKind.ALT, "O")
        elif state is _State.STRING and not self._begun and self._introducer.isalpha():
            self._add(InputKind.ALT, self._introducer)
        elif state is _State.PASTE:
            self._keep(self._held + piece)
            self._end_paste()
            self._overdue = True
        return self._taken()

    def _taken(self) -> list[Token]:
        tokens, self._tokens = self._tokens, []
        return tokens

    def _add(self, kind: InputKind, text: str) -> None:
        self._tokens.append(Token(kind, text))

    # -- outside of sequences ----------------------------------------------------------------

    def _ground(self, text: str, at: int) -> int:
        if match := _TYPED.match(text, at):
            self._broken = False
            self._add(InputKind.TEXT, match.group())
            return match.end()
        character = text[at]
        code = ord(character)
        if character == _ESC:
            self._state = _State.ESC
        elif code < 0xDC80:
            self._introduce(_EIGHT_BITS.get(code, ""), character)
        elif code < 0xDCA0 and not self._broken:
            self._introduce(_EIGHT_BITS.get(code - 0xDC00, ""), character)
        else:
            self._add(InputKind.TEXT, "\ufffd")
        self._broken = code >= 0xDC80 and self._state is _State.GROUND
        return at + 1

    def _introduce(self, introducer: str, character: str) -> None:
        """Begin a sequence; other control characters of eight bits are none of any key."""
        self._begun = ""
        if introducer == "[":
            self._state = _State.CSI
            # who begins a paste with eight bits ends it so
            self._mark = f"{_ESC}[201~" if character == "[" else f"{character}201~"
        elif introducer == "O":
            self._state = _State.SS3
        elif introducer == "N":
            self._state, self._due = _State.SS2, 1
        elif introducer:
            self._state, self._introducer = _State.STRING, introducer

    def _after_esc(self, text: str, at: int) -> int:
        character = text[at]
        parted, self._parted = self._parted, False
        if character == _ESC:
            return self._interrupt(at)
        if character != "[":
            self._settle()
        self._state = _State.GROUND
        introduces = character in "[O" or character in _STRINGS
        if not _TYPED.match(character) or (parted and not introduces):
            self._add(InputKind.ESC, _ESC)
            return at
        if introduces:
            self._introduce(character, character)
        elif character != "\\":  # alone it is the end of a string that was given up
            whole = f"{_ESC}{character}"
            self._add(*(InputKind.KEY, whole) if is_key(whole) else (InputKind.ALT, character))
        return at + 1

    def _cut_off(self, text: str, at: int) -> int:
        """Something came that can't be in a sequence: it was cut off, and is dropped."""
        if text[at] == _ESC and self._state in (_State.CSI, _State.SS3):
            return self._interrupt(at)
        if self._state is _State.SS3 and not self._begun:
            self._add(InputKind.ALT, "O")
        self._settle()
        self._state = _State.GROUND
        return at + (text[at] in _CANCELS)

    def _interrupt(self, at: int) -> int:
        self._settle()
        self._interrupted = self._state, self._begun
        self._state = _State.ESC
        return at + 1

    def _settle(self) -> None:
        """What was interrupted does not go on: it is told, or forgotten."""
        interrupted, self._interrupted = self._interrupted, None
        if interrupted is not None and interrupted[0] is _State.ESC:
            self._add(InputKind.ESC, _ESC)
        elif interrupted == (_State.SS3, ""):
            self._add(InputKind.ALT, "O")

    # -- sequences ---------------------------------------------------------------------------

    def _in_control_sequence(self, text: str, at: int) -> int:
        match = _PARAMETERS.match(text, at)
        assert match is not None
        run = match.group()
        if "$" in run and is_key(whole := f"{_ESC}[{self._begun}{run[: run.index('$') + 1]}"):
            self._settle()
            self._add(InputKind.KEY, whole)  # rxvt's keys with Shift
            self._state = _State.GROUND
            return at + run.index("$") + 1
        self._begun = (self._begun + run)[:_LONGEST_SEQUENCE]
        at = match.end()
        if at == len(text):
            return at
        final = text[at]
        if not "@" <= final <= "~":
            return self._cut_off(text, at)
        if self._begun + final == _ANSWER:
            self._add(InputKind.ANSWER, f"{_ESC}[{_ANSWER}")
            self._state, self._begun = self._interrupted or (_State.GROUND, "")
            self._interrupted = None
            return at + 1
        self._settle()
        if not self._begun and final == "[":
            self._state = _State.LINUX
            return at + 1
        if not self._begun and final == "M":
            self._state, self._due = _State.MOUSE, 3
            return at + 1
        self._state = _State.GROUND
        if self._begun + final == _PASTE_BEGINS:
            self._state = _State.PASTE
        elif len(self._begun) < _LONGEST_SEQUENCE and (token := control_sequence(self._begun + final)):
            self._tokens.append(token)
        return at + 1

    def _in_linux_key(self, text: str, at: int) -> int:
        """A function key of the Linux console: CSI [ A."""
        if not " " <= text[at] <= "~":
            return self._cut_off(text, at)
        self._state = _State.GROUND
        if is_key(whole := f"{_ESC}[[{text[at]}"):
            self._add(InputKind.KEY, whole)
        return at + 1

    def _in_old_mouse_report(self, text: str, at: int) -> int:
        """Whatever stands behind CSI M: a button and two coordinates; or one character, behind SS2."""
        if "\0" < text[at] < " ":
            return self._cut_off(text, at)
        self._due -= 1
        if not self._due:
            self._state = _State.GROUND
        return at + 1

    def _in_single_shift(self, text: str, at: int) -> int:
        character = text[at]
        if not " " <= character <= "~":
            return self._cut_off(text, at)
        self._begun = (self._begun + character)[:_LONGEST_SEQUENCE]
        if character not in "0123456789;":
            self._state = _State.GROUND
            if token := single_shift(self._begun):
                self._tokens.append(token)
        return at + 1

    def _in_string(self, text: str, at: int) -> int:
        ends = (_OSC_ENDS if self._introducer == "]" else _STRING_ENDS).search(text, at)
        if ends is None:
            self._begun = "…"
            return len(text)
        self._begun = "…" if ends.start() > at else self._begun
        self._state = _State.STRING_ESC if ends.group() == _ESC else _State.GROUND
        return ends.end()

    def _after_esc_in_string(self, text: str, at: int) -> int:
        self._state = _State.GROUND if text[at] == "\\" else _State.ESC  # the string was cut off
        return at + (text[at] == "\\")

    # -- pastes ------------------------------------------------------------------------------

    def _in_paste(self, text: str, at: int) -> int:
        held, mark = self._held, self._mark
        ends = (held + text[at : at + len(mark) - 1]).find(mark) if held else -1
        if ends >= 0:
            self._keep(held[:ends])
            self._end_paste()
            return at + ends + len(mark) - len(held)
        ends = text.find(mark, at)
        if ends >= 0:
            self._keep(held)
            self._keep(text[at:ends])
            self._end_paste()
            return ends + len(mark)
        rest = held + text[at:]
        size = next((size for size in range(len(mark) - 1, 0, -1) if rest.endswith(mark[:size])), 0)
        self._keep(rest[: len(rest) - size])
        self._held = rest[len(rest) - size :]
        return len(text)

    def _keep(self, text: str) -> None:
        room = LONGEST_PASTE - self._paste_size
        self._left_out += max(0, len(text) - room)
        if text and room > 0:
            self._paste.append(text[:room])
            self._paste_size += min(len(text), room)

    def _end_paste(self) -> None:
        self._tokens.append(Token(InputKind.PASTE, as_pasted("".join(self._paste)), self._left_out))
        self._state = _State.GROUND
        self._paste.clear()
        self._paste_size = self._left_out = 0
        self._held = ""

    def _resumed(self, text: str) -> int:
        """Where reading begins in what came after a paste was given up.

        Keys come a few bytes at once. More than that, or anything with the mark in it that ends a paste, is the rest of
        that paste, which the link held up.
        """
        ends, begins = text.find(self._mark), text.find(_PASTE_BEGINS)
        if ends >= 0 and not 0 <= begins < ends:
            self._overdue = False
            self._keep(text[:ends])
            self._end_paste()
            return ends + len(self._mark)
        if len(text) > _NOT_TYPED and begins < 0:
            self._state = _State.PASTE
        else:
            self._overdue = False
        return 0
