"""Makes hostile text displayable: what could steer, reorder or misalign a terminal becomes a visible mark.

Text from the server was typed by strangers. An escape sequence in a company name could retitle the
operator's terminal or fill the clipboard; a bidi override could make one amount look like another; a
zero-width character could make two customers look the same. Everything of that kind is replaced by
one mark of one cell, so that nothing is hidden and columns stay straight:

* C0 controls and DEL by their control pictures (ESC is `␛`), tab by `⇥`, a line break by `⏎`;
* C1, bidi controls, zero-width and other default-ignorable characters, unpaired surrogates,
  noncharacters, tag characters and the like by `␦` (U+2426, SYMBOL FOR SUBSTITUTE FORM TWO);
* combining marks that have no base, or stand five and more on one base, by `␦`;
* Hangul vowels and finals that follow no syllable, for they have no width of their own, by `␦`.

Two things are let through or taken away because the mark would hurt readers more than it helps:

* A zero-width non-joiner between two letters of a script that needs it (Arabic, Indic scripts) stays:
  its effect is visible and every terminal gives it no width.
* Emoji are taken apart into their visible pieces. Terminals disagree by up to six cells on the width
  of joined emoji, and by one on an emoji with a presentation selector; the separate pictures are the
  fallback that Unicode TR51 recommends. So the joiner between two emoji, and the selector or
  skin tone behind one, are left out.

The raw value stays available beside the cleaned one for copying and export (`cotui.api` records).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TypeAlias

#: a decoded JSON value
Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

#: stands for a character that has no picture of its own
SUBSTITUTE = "␦"
LINE_BREAK = "⏎"
TAB = "⇥"
#: containers nested deeper than this are not followed; no object of ChargeOver's is more than 5 deep
MAX_DEPTH = 64

_DEEPER = f"{SUBSTITUTE} nested more than {MAX_DEPTH} deep"

# Unicode's Default_Ignorable_Code_Point, without the zero-width non-joiner and joiner, the presentation
# selectors, which need their surroundings looked at; then the format controls it leaves out, line
# separators, surrogates and noncharacters.
_ALWAYS_BASIC = (
    r"\x00-\x1f\x7f-\x9f"
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufff8"
    r"\u2028\u2029\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
)
_ALWAYS = (
    _ALWAYS_BASIC
    + r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U00013430-\U0001343f"
    + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17))
)

_SELECTORS = r"\ufe0e\ufe0f"
_TONES = r"\U0001f3fb-\U0001f3ff"
_JOINERS = r"\u200c\u200d"
# Blocks of pictures. Digits, # and * are left out: a selector or joiner behind those hides something,
# unless it is a keycap.
_EMOJI = (
    r"\u00a9\u00ae\u203c\u2049\u2100-\u214f\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2900-\u297f"
    r"\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001f3fa\U0001f400-\U0001faff"
)
# The marks that stack without end in every terminal: diacritics for any script, Hebrew, Arabic, Thai, Lao.
_COMBINING = (
    r"\u0300-\u034e\u0350-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u302a-\u302d\ufe20-\ufe2f"
    r"\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    r"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
)
_JOINING_LETTERS = (
    r"\u0620-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u0750-\u077f\u0900-\u0dff"
)
_HANGUL_PARTS = r"\u1161-\u11ff\ud7b0-\ud7c6\ud7cb-\ud7fb"
_HANGUL_BASES = r"\u1100-\u115e\uac00-\ud7a3\ua960-\ua97c"

# One search decides whether a text needs any work at all: the characters concerned, and everything
# beyond the Basic Multilingual Plane, because a set within that plane is looked up in one step.
_BEYOND = r"\U00010000-\U0010ffff"


@cache  # compiling takes milliseconds, and many sessions show nothing but ASCII
def _suspect() -> re.Pattern[str]:
    return re.compile(f"[{_ALWAYS_BASIC}{_SELECTORS}{_JOINERS}{_COMBINING}{_HANGUL_PARTS}{_BEYOND}]")


@cache
def _hostile() -> re.Pattern[str]:
    return re.compile(
        "\r\n"
        "|(?P<style>"
        f"(?<=[{_EMOJI}])(?:[{_SELECTORS}]?[{_TONES}]?\u200d(?=[{_EMOJI}])|[{_SELECTORS}][{_TONES}]?|[{_TONES}])"
        f"|(?<=[#*0-9])[{_SELECTORS}](?=\u20e3))"
        f"|(?P<joiner>(?<=[{_JOINING_LETTERS}])\u200c(?=[{_JOINING_LETTERS}]))"
        f"|[{_ALWAYS}{_SELECTORS}{_TONES}{_JOINERS}]"
        f"|(?<![^\n\u2028\u2029])[{_COMBINING}]+"
        f"|(?<=[{_COMBINING}]{{4}})[{_COMBINING}]+"
        f"|(?<![{_HANGUL_PARTS}{_HANGUL_BASES}])[{_HANGUL_PARTS}]+"
    )


_PICTURES = {chr(code): chr(0x2400 + code) for code in range(0x20)} | {"\x7f": "␡"}
_BREAKS = ("\n", "\r\n", "\u2028", "\u2029")
_ONE_LINE = _PICTURES | dict.fromkeys(_BREAKS, LINE_BREAK) | {"\t": TAB}
# Where text keeps its lines a tab is indentation, and a real one has no fixed width: four spaces.
_LINES = _PICTURES | dict.fromkeys(_BREAKS, "\n") | {"\t": "    "}


def clean(text: str) -> str:
    """The text on one line, safe to write to a terminal.

    Every replaced character takes exactly one cell (CR LF together take one). The text itself is
    returned, not a copy, when there is nothing to replace; cleaning twice changes nothing.
    """
    return _clean(text, _ONE_LINE)


def clean_typed(text: str) -> str:
    """The text on one line as it is sent where its user put it in: joined emoji and their styles stay whole.

    Everything else is replaced as by `clean`. To be shown it still has to be cleaned.
    """
    return _clean(text, _ONE_LINE, joined=True)


def clean_multiline(text: str) -> str:
    r"""The text with its line breaks kept as ``\n``, otherwise as `clean` gives it.

    CR LF and the Unicode line and paragraph separators become ``\n``; a tab becomes four spaces.
    """
    return _clean(text, _LINES)


def clean_value(value: Json, *, multiline: bool = True) -> Json:
    """A decoded JSON value with every string in it cleaned, names of members included.

    Args:
        value: what the JSON decoder returned.
        multiline: keep line breaks in values (names never keep them). `clean` turns the one form
            into the other: ``clean(clean_multiline(text))`` is one line.

    Returns:
        The value itself where nothing needed cleaning, else a copy of the containers concerned.
        Members whose names are equal after cleaning are all kept, under names made different.
        What is nested deeper than `MAX_DEPTH` is replaced by a text that says so.
    """
    return _clean_value(value, _LINES if multiline else _ONE_LINE, MAX_DEPTH)


def _clean(text: str, marks: dict[str, str], *, joined: bool = False) -> str:
    if text.isascii() and text.isprintable():  # most values; both tests run at memory speed
        return text
    if _suspect().search(text) is None:
        return text

    def replace(match: re.Match[str]) -> str:
        found = match.group()
        if match.lastgroup == "style":
            return found if joined else ""
        if match.lastgroup == "joiner":
            return found
        known = marks.get(found)
        return SUBSTITUTE * len(found) if known is None else known

    cleaned = _hostile().sub(replace, text)
    return text if cleaned == text else cleaned


def _clean_value(value: Json, marks: dict[str, str], depth: int) -> Json:
    if isinstance(value, str):
        return _clean(value, marks)
    if not isinstance(value, dict | list):
        return value
    if depth == 0:
        return _DEEPER
    if isinstance(value, list):
        items = [_clean_value(item, marks, depth - 1) for item in value]
        return value if all(new is old for new, old in zip(items, value, strict=True)) else items
    members: dict[str, Json] = {}
    changed = False
    for name, old in value.items():
        new_name = clean(name)
        while new_name in members:
            new_name += SUBSTITUTE
        new = _clean_value(old, marks, depth - 1)
        changed = changed or new is not old or new_name != name
        members[new_name] = new
    return members if changed else value
