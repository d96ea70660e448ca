"""What a whole control sequence from the terminal is: a key, a report that is wanted, or nothing for the app.

Textual's parser takes what it doesn't know for keys (`CSI 99~` for a "c", `CSI 0 n` for Esc, "0" and "n"), and ends in
an exception at numbers that are no character. So only what is known for sure goes on to it, in the one spelling that
it reads well.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final, NamedTuple

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS


class InputKind(Enum):
    """What a piece of input is."""

    #: characters that were typed, control characters such as Enter among them
    TEXT = auto()
    #: the sequence of a key, as Textual's parser knows it
    KEY = auto()
    #: the key Esc
    ESC = auto()
    #: one character, typed while Alt was held
    ALT = auto()
    #: an SGR mouse report
    MOUSE = auto()
    #: a report that Textual acts upon: a mode, a size, the focus
    REPORT = auto()
    #: the terminal's answer that all is well (DSR), which means that it has shown all that was sent before the question
    ANSWER = auto()
    #: what was pasted, clean
    PASTE = auto()


class Token(NamedTuple):
    """A piece of input.

    Attributes:
        kind: what it is.
        text: the characters, or the sequence.
        left_out: characters of a paste that were too many to keep.
    """

    kind: InputKind
    text: str
    left_out: int = 0


#: keys in the kitty protocol, in xterm's spelling of modified keys, and in that of its modifyOtherKeys. A key code may
#: bring what it is with Shift and on a US keyboard, modifiers the kind of event, and behind both stands what was typed.
_KEY: Final = re.compile(
    r"(\d{0,7})(?::\d{0,7}){0,2}(?:;(\d{0,3})(?::(\d))?(?:;([\d:]{0,200}))?)?([u~ABCDEFHPQS])"
)
_MOUSE: Final = re.compile(r"<\d{1,5};-?\d{1,5};-?\d{1,5}[Mm]")
#: the modes that Textual asks for: synchronised output, and reports of the size in band
_MODE: Final = re.compile(r"\?(?:2026|2048);[0-4]\$y")
_SIZE: Final = re.compile(r"48;(\d{1,4})(?::\d*)*;(\d{1,4})(?::\d*)*;(\d{1,5})(?::\d*)*;(\d{1,5})(?::\d*)*t")
#: the function keys above F12 in the spelling of DEC's terminals
_HIGHER: Final = {25: 13, 26: 14, 28: 15, 29: 16, 31: 17, 32: 18, 33: 19, 34: 20}
_F13: Final = 57_376
#: codes of the kitty protocol for keys that type nothing
_FUNCTIONAL: Final = range(57_344, 63_744)
#: shift, caps lock and num lock among its modifiers: with these alone a character is typed
_TYPING: Final = 1 | 64 | 128
_RELEASED: Final = "3"


def control_sequence(body: str) -> Token | None:
    """What `CSI` with this behind it is; None when it is nothing for the app."""
    whole = f"\x1b[{body}"
    if match := _KEY.fullmatch(body):
        return _key(*match.groups(default=""))
    if body == "R" or (whole in ANSI_SEQUENCES_KEYS and not body.endswith("R")):
        return Token(InputKind.KEY, whole)  # F3 is R; with numbers it is where the cursor stands
    if body in ("I", "O") or _MODE.fullmatch(body):
        return Token(InputKind.REPORT, whole)
    if _MOUSE.fullmatch(body):
        return Token(InputKind.MOUSE, whole)
    if match := _SIZE.fullmatch(body):
        numbers = [int(number) for number in match.groups()]
        if numbers[0] and numbers[1]:
            return Token(InputKind.REPORT, "\x1b[48;{};{};{};{}t".format(*numbers))
    return None


def single_shift(body: str) -> Token | None:
    """What `SS3` with this behind it (digits of a modifier, if any, and a letter) is: a key."""
    whole = f"\x1bO{body}"
    if whole in ANSI_SEQUENCES_KEYS:
        return Token(InputKind.KEY, whole)
    modifiers, final = body[:-1], body[-1:]
    if modifiers and final in "ABCDFHPQRS":
        modifiers = modifiers.rpartition(";")[2]
        return _key("1", modifiers, "", "", final) if final != "R" else _key("13", modifiers, "", "", "~")
    return None


def is_key(sequence: str) -> bool:
    """Whether Textual knows these characters as a key."""
    return sequence in ANSI_SEQUENCES_KEYS


def _key(code: str, modifiers: str, event: str, text: str, final: str) -> Token | None:
    number, held = int(code or 1), int(modifiers or 0)
    if event == _RELEASED or held > 256:
        return None
    if final == "~" and number == 27 and text:
        return _other_key(held, text)
    if final == "~" and number in _HIGHER:
        number, final = _F13 + _HIGHER[number] - 13, "u"
    if final == "u":
        return _protocol_key(code and str(number), held, text)
    if not modifiers and final in "ABCD" and f"\x1b[{code}{final}" in ANSI_SEQUENCES_KEYS:
        number, held = 1, number  # the modifier as the only number: CSI 5 A
    if (final == "~" and not code) or f"{number}{final}" not in FUNCTIONAL_KEYS:
        return None
    if held > 1:
        return Token(InputKind.KEY, f"\x1b[{number};{held}{final}")
    return Token(InputKind.KEY, f"\x1b[{number if final == '~' else ''}{final}")


def _protocol_key(code: str, held: int, text: str) -> Token | None:
    """A key of the kitty protocol; one that types something may bring what it types and no code."""
    typed = [part for part in text.split(":") if _is_character(part)]
    if not code or (code == "0" and not typed):
        return None
    known = f"{code}u" in FUNCTIONAL_KEYS
    if not known and (int(code) in _FUNCTIONAL or not (_is_character(code) or code == "0")):
        return None
    behind = f";{held if held > 1 else ''}" if held > 1 or typed else ""
    return Token(InputKind.KEY, f"\x1b[{code}{behind}{';' if typed else ''}{':'.join(typed)}u")


def _other_key(held: int, text: str) -> Token | None:
    """A key as xterm's modifyOtherKeys spells it: what Control or Alt make of it types nothing."""
    if f"{text}u" not in FUNCTIONAL_KEYS and not (held - 1) & ~_TYPING:
        return Token(InputKind.TEXT, chr(int(text))) if _is_character(text) else None
    return _protocol_key(text, held, "")


def _is_character(number: str) -> bool:
    """Whether this is the number of a character that can be typed."""
    if not number.isdecimal() or len(number) > 7:
        return False
    code = int(number)
    return code < 0x110000 and not (code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000)
