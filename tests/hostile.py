"""Texts that strangers may have typed, thirty kinds: each would steer a terminal, deceive its reader or hide something."""

from __future__ import annotations

from typing import Final

HOSTILE: Final = {
    "escape sequence": "a\x1b[2Jb",
    "clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "title": "\x1b]0;owned\x1b\\x",
    "C1 sequence": "a\x9b31mred",
    "C1 string": "\x90q#0\x9c",
    "NUL": "a\x00b",
    "bell and backspace": "\x07\x08\x08x",
    "carriage return": "100\r999",
    "DEL": "a\x7fb",
    "next line": "a\x85b",
    "shift out": "\x0eabc\x0f",
    "right to left": "\u202e321 EUR",
    "isolates": "\u2066\u2067x\u2069",
    "marks of direction": "\u200fa\u200e\u061cb",
    "zero width": "Ac\u200bme",
    "joiner": "1\u200d2",
    "word joiner": "a\u2060b\ufeffc",
    "soft hyphen": "a\u00adb",
    "Hangul filler": "\u3164",
    "Hangul fillers": "a\u115f\u1160\uffa0b",
    "Khmer": "a\u17b4\u17b5b",
    "Mongolian": "a\u180e\u180bb",
    "Braille": "Acme\u2800",
    "music": "a\U0001d159\U0001d173b",
    "selectors": "A\ufe0f\ufe00\U000e0100",
    "tags": "flag\U000e0041\U000e007f",
    "stack of marks": "o" + "\u0336" * 60,
    "marks of Tibet": "\u0f40" + "\u0f39\u0f7a" * 30,
    "mark without a base": "\u0301x",
    "separators": "a\u2028b\u2029c",
    "noncharacters": "a\ufdd0\ufffe\U0010ffff",
    "half a character": "a\ud800",
    "annotation": "\ufff9a\ufffab\ufffb",
    "Hangul part": "x\u11a8",
}
