r"""Which text may be shown: one policy, for every room, whatever the text is shown on.

A text from a server, a file, an argument or the environment was written by strangers. An escape sequence in a company's
name could retitle the operator's terminal or fill the clipboard; a bidi override could make one amount look like
another; a character without a picture could make two customers look the same. Of that kind are:

* C0 controls, DEL and C1 controls;
* bidi controls, zero-width and other default-ignorable characters, fillers that look like nothing (of Hangul, Khmer,
  Mongolian, Braille, music), tag characters, variation selectors, line and paragraph separators;
* unpaired surrogates and noncharacters;
* marks without a width that have no base, or stand five and more on one base (see `cotui.safety.marks`);
* Hangul vowels and finals that follow no syllable, for they have no width of their own.

There are five forms, and nobody else decides which characters they concern:

* `clean` and its kin show a mark of one cell in the place of each: C0 and DEL by their control pictures (ESC is `␛`),
  tab by `⇥`, a line break by `⏎`, the rest by `␦` (U+2426, SYMBOL FOR SUBSTITUTE FORM TWO). For texts on a screen and
  for tables on a terminal;
* `visible` shows an escape: ``\x1b``, ``\u202e``. For what its reader has to type or find again: paths, filters;
* `json_visible` shows the escapes of JSON, which mean the same to every reader of JSON;
* `without_unseen` leaves them out. For what a person typed or pasted and what is sent: a mark is never data;
* `for_programs` concerns only what a program's terminal would act on: C0 but tab and line feed, DEL, C1.

Two things are let through or taken away by `clean` because the mark would hurt readers more than it helps:

* A zero-width non-joiner between two letters of a script that needs it (Arabic, Indic scripts) stays: its effect is
  visible and every terminal gives it no width.
* Emoji are taken apart into their visible pieces. Terminals disagree by up to six cells on the width of joined emoji,
  and by one on an emoji with a presentation selector; the separate pictures are the fallback that Unicode TR51
  recommends. So the joiner between two emoji, and the selector or skin tone behind one, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from cotui.safety.marks import BEYOND, PLANE_0

#: stands for a character that has no picture of its own
SUBSTITUTE: Final = "␦"
LINE_BREAK: Final = "⏎"
TAB: Final = "⇥"
#: what joins two characters to one emoji, or keeps two letters apart
JOINERS: Final = frozenset("\u200c\u200d")
#: at the edge of a text these join it to its neighbour
EDGES: Final = "\u200c\ufe0e\ufe0f"

# Unicode's Default_Ignorable_Code_Point, without the zero-width non-joiner and joiner and the presentation selectors,
# which need their surroundings looked at; then the format controls it leaves out, blank pictures, line separators,
# surrogates and noncharacters.
_CONTROLS: Final = r"\x00-\x1f\x7f-\x9f"
_ALWAYS_BASIC: Final = (
    _CONTROLS
    + r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    r"\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufff8"
    r"\u2028\u2029\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
)
_ALWAYS: Final = (
    _ALWAYS_BASIC
    + r"\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U00013430-\U0001343f"
    + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17))
)
_CONTROL: Final = re.compile(rf"[{_CONTROLS}\ud800-\udfff]")
_SELECTORS: Final = r"\ufe0e\ufe0f"
_TONES: Final = r"\U0001f3fb-\U0001f3ff"
_JOINERS: Final = r"\u200c\u200d"
# Blocks of pictures. Digits, # and * are left out: a selector or joiner behind those hides something, unless it is a
# keycap.
_EMOJI: Final = (
    r"\u00a9\u00ae\u203c\u2049\u2100-\u214f\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2900-\u297f"
    r"\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001f3fa\U0001f400-\U0001faff"
)
_JOINING_LETTERS: Final = (
    r"\u0620-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u0750-\u077f\u0900-\u0dff"
)
_HANGUL_PARTS: Final = r"\u1161-\u11ff\ud7b0-\ud7c6\ud7cb-\ud7fb"
_HANGUL_BASES: Final = r"\u1100-\u115e\uac00-\ud7a3\ua960-\ua97c"
# A set within the Basic Multilingual Plane is looked up in one step, so the two are never mixed.
_MARK: Final = f"(?:[{PLANE_0}]|[{BEYOND}])"
# One search decides whether a text needs any work at all: the characters concerned, and everything beyond that plane.
_HIGHER: Final = r"\U00010000-\U0010ffff"


@cache  # compiling takes milliseconds, and many sessions show nothing but ASCII
def _suspect() -> re.Pattern[str]:
    return re.compile(f"[{_ALWAYS_BASIC}{_SELECTORS}{_JOINERS}{PLANE_0}{_HANGUL_PARTS}{_HIGHER}]")


@cache
def _unsafe() -> re.Pattern[str]:
    return re.compile(
        "\r\n"
        "|(?P<style>"
        f"(?<=[{_EMOJI}])(?:[{_SELECTORS}]?[{_TONES}]?\u200d(?=[{_EMOJI}])|[{_SELECTORS}][{_TONES}]?|[{_TONES}])"
        f"|(?<=[#*0-9])[{_SELECTORS}](?=\u20e3))"
        f"|(?P<joiner>(?<=[{_JOINING_LETTERS}])\u200c(?=[{_JOINING_LETTERS}]))"
        f"|[{_ALWAYS}{_SELECTORS}{_TONES}{_JOINERS}]"
        f"|(?<![^\n\u2028\u2029]){_MARK}+"
        f"|(?<={_MARK}{{4}}){_MARK}+"
        f"|(?<![{_HANGUL_PARTS}{_HANGUL_BASES}])[{_HANGUL_PARTS}]+"
    )


_PICTURES: Final = {chr(code): chr(0x2400 + code) for code in range(0x20)} | {"\x7f": "␡"}
_BREAKS: Final = ("\n", "\r\n", "\u2028", "\u2029")
_ONE_LINE: Final = _PICTURES | dict.fromkeys(_BREAKS, LINE_BREAK) | {"\t": TAB}
# Where text keeps its lines a tab is indentation, and a real one has no fixed width: four spaces.
_LINES: Final = _PICTURES | dict.fromkeys(_BREAKS, "\n") | {"\t": "    "}


# -- questions ---------------------------------------------------------------------------------------


def is_plain(text: str) -> bool:
    """Whether it is nothing but printable ASCII: most texts are, and this runs at the speed of memory."""
    return text.isascii() and text.isprintable()


def is_visible(text: str) -> bool:
    """Whether every character in it is seen for what it is; see `visible`."""
    return is_plain(text) or visible(text) == text


def has_controls(text: str, keep: str = "") -> bool:
    """Whether there is a control character, or half of one that is none, but for those in `keep`."""
    return not is_plain(text) and any(sign not in keep for sign in _CONTROL.findall(text))


# -- marks -------------------------------------------------------------------------------------------


def has_half_characters(text: str) -> bool:
    """Whether a text holds unpaired surrogates, such as bytes of the command line that are no text become."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)


def clean(text: str) -> str:
    """The text on one line, safe to write to a terminal.

    Every replaced character takes exactly one cell (CR LF together take one). The text itself is
    returned, not a copy, when there is nothing to replace; cleaning twice changes nothing.
    """
    return _clean(text, _ONE_LINE)


def clean_multiline(text: str) -> str:
    r"""The text with its line breaks kept as ``\n``, otherwise as `clean` gives it.

    CR LF and the Unicode line and paragraph separators become ``\n``; a tab becomes four spaces.
    """
    return _clean(text, _LINES)


def replaced(text: str, mark: Callable[[str], str]) -> str:
    """The text with each piece of it that may not be shown replaced by what `mark` makes of it.

    The pieces are those of `clean`, those that it leaves out among them.
    """
    if is_plain(text) or _suspect().search(text) is None:
        return text
    return _unsafe().sub(lambda found: found[0] if found.lastgroup == "joiner" else mark(found[0]), text)


def _clean(text: str, marks: Mapping[str, str]) -> str:
    if is_plain(text) or _suspect().search(text) is None:
        return text

    def replace(match: re.Match[str]) -> str:
        found = match.group()
        if match.lastgroup == "style":
            return ""
        if match.lastgroup == "joiner":
            return found
        known = marks.get(found)
        return SUBSTITUTE * len(found) if known is None else known

    cleaned = _unsafe().sub(replace, text)
    return text if cleaned == text else cleaned


# -- what is data ------------------------------------------------------------------------------------

_ENDS_OF_LINES: Final = frozenset("\r\n\x0b\x0c\x85\u2028\u2029") | {"\r\n"}


def without_unseen(text: str, *, lines: bool = False) -> str:
    """The text as it is sent where a person typed or pasted it: without what nobody can see, and without marks for it.

    Marks are for the eye: one that is sent is stored, and stands on an invoice. A tab or the end of a line becomes
    a blank. Joined emoji and their styles stay whole. To be shown it still has to be cleaned.

    Args:
        lines: ends of lines stay, as line feeds, and so do tabs.
    """
    if is_plain(text):
        return text

    def replace(match: re.Match[str]) -> str:
        found = match[0]
        if match.lastgroup in ("style", "joiner"):
            return found
        if found in _ENDS_OF_LINES:
            return "\n" if lines else " "
        return (found if lines else " ") if found == "\t" else ""

    # what is left out may have stood between a mark without width and what it stands on now
    while _suspect().search(text) is not None and (kept := _unsafe().sub(replace, text)) != text:
        text = kept
    return text


def unseen_words(text: str, *, lines: bool = False) -> str:
    """What `without_unseen` takes away from a text, in words; "" where it takes nothing."""
    found: dict[str, None] = {}
    for match in _unsafe().finditer(text) if without_unseen(text, lines=lines) != text else ():
        if match.lastgroup is None and not (lines and (match[0] == "\t" or match[0] in _ENDS_OF_LINES)):
            found |= dict.fromkeys(_NAMES.get(sign) or f"U+{ord(sign):04X}" for sign in match[0])
    names = list(found)
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def lines_joined(text: str) -> str:
    """Several lines as one, with a blank where they met; no more is left of what surrounds the text."""
    return _LINES_MET.sub(" ", text.strip(" \t\r\n"))


def blanks_joined(text: str) -> str:
    """Single blanks between words; of what stands as a blank without being one, the first sign of a gap is kept."""
    return _GAP.sub(r"\1", _BLANKS.sub(" ", text))


def plain_blanks(text: str) -> tuple[str, str]:
    r"""A filter with plain blanks for those that forbid a line break, and in words what they were.

    They look like any other and find nothing. Whoever means one writes its escape, ``\u00a0`` in quotation marks.
    """
    if is_plain(text):
        return text, ""
    signs = dict.fromkeys(_UNBREAKING.findall(text))
    names = ", ".join(f"U+{ord(sign):04X} (now a plain blank)" for sign in signs)
    return _UNBREAKING.sub(" ", text), names


_LINES_MET: Final = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
_BLANKS: Final = re.compile(" +")
_GAP: Final = re.compile(r" ?([\t\x0b\x0c\x85\u2028\u2029])[ \t\x0b\x0c\x85\u2028\u2029]*")
_UNBREAKING: Final = re.compile("[\u00a0\u2007\u202f]")

_MOST_NAMED: Final = 4
_NAMES: Final = {"\t": "tab", "\n": "end of line", "\r": "end of line"}


# -- escapes -----------------------------------------------------------------------------------------


def visible(text: str, keep: str = "") -> str:
    r"""The text with escapes for all that cannot be seen for what it is, as filters and Python write them.

    Besides what `clean` replaces that is everything Unicode does not call printable, such as a space that is no
    space. What Python has put in the place of a byte that was no text is that byte's escape: ``\xff``. An emoji keeps
    its style, since nobody would find it again without: on a screen it still has to be cleaned.

    Args:
        keep: characters that stay nevertheless, such as line feeds.
    """
    if is_plain(text):
        return text

    def escape(match: re.Match[str]) -> str:
        if match.lastgroup in ("style", "joiner"):
            return match[0]
        return "".join(sign if sign in keep else _escape(sign) for sign in match[0])

    if not text.isprintable():
        # first: what stands behind an escape stands on a digit, whatever it stood on before
        text = "".join(sign if sign in keep or sign.isprintable() else _escape(sign) for sign in text)
    return text if _suspect().search(text) is None else _unsafe().sub(escape, text)


def json_visible(text: str) -> str:
    r"""JSON with its own escapes for what may not be shown: ``\u001b``. It stays the same JSON.

    Args:
        text: made by an encoder of JSON, so that such characters stand nowhere but in its texts; line feeds between
            its values stay.
    """
    if is_plain(text.replace("\n", "")) or _suspect().search(text.replace("\n", "")) is None:
        return text
    return _unsafe_json().sub(_json_escapes, text)


@cache
def _unsafe_json() -> re.Pattern[str]:
    return re.compile(
        "(?P<line>\n)"
        f"|(?P<joiner>(?<=[{_JOINING_LETTERS}])\u200c(?=[{_JOINING_LETTERS}]))"
        f"|[{_ALWAYS}{_SELECTORS}{_TONES}{_JOINERS}]"
        f'|(?<![^\n"]){_MARK}+'  # the first of a text has a quotation mark before it, which is no base
        f"|(?<={_MARK}{{4}}){_MARK}+"
        f"|(?<![{_HANGUL_PARTS}{_HANGUL_BASES}])[{_HANGUL_PARTS}]+"
    )


def _json_escapes(match: re.Match[str]) -> str:
    if match.lastgroup is not None:
        return match[0]
    digits = match[0].encode("utf-16-be", "surrogatepass").hex(" ", 2)
    return "\\u" + digits.replace(" ", "\\u")


def _escape(sign: str) -> str:
    short = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(sign)
    if short:
        return short
    code = ord(sign)
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


# -- for what is no screen ---------------------------------------------------------------------------

_ACTING: Final = {ord(sign): mark for sign, mark in _PICTURES.items() if sign not in "\t\n"} | dict.fromkeys(
    range(0x80, 0xA0), SUBSTITUTE
)
_NOTHING: Final = dict.fromkeys(_ACTING)
_LINE_ENDS: Final = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def for_programs(text: str) -> str:
    """The text as a program gets it: all of it, but marks for C0 controls, DEL and C1.

    Tab and line feed stay. Whoever prints what the program passes on has a terminal that acts on the others.
    """
    return text if is_plain(text) else text.translate(_ACTING)


def to_copy(text: str, *, lines: bool) -> str:
    """The text as it is copied: no C0 controls, DEL or C1, for it may be pasted into what acts on them.

    Args:
        lines: line breaks within it stay, as line feeds; otherwise a space stands for each. There is none at its end,
            or a shell would carry out the last line.
    """
    # what is left out goes first: a line of nothing else is an empty one
    parts = [part.translate(_NOTHING) for part in _LINE_ENDS.split(text)]
    return "\n".join(parts).rstrip("\n") if lines else " ".join(part for part in parts if part)


def as_pasted(text: str) -> str:
    r"""What was pasted, as text: lines end in ``\n``, and control characters are seen (``␛``) instead of acting."""
    return _PASTED.sub(_as_pasted, text.replace("\r\n", "\n").replace("\r", "\n"))


#: what `as_pasted` leaves of a control character, or of what is no character at all
PASTED_MARKS: Final = re.compile("[\u2400-\u2421\u2426\ufffd]")
_PASTED_CONTROLS: Final = re.compile("[\u2400-\u2421\u2426]")


def from_paste(text: str, *, lines: bool = False) -> tuple[str, str]:
    """What of a pasted text is typed into a line, and in words what was left out; `lines` as `without_unseen`."""
    rest = _PASTED_CONTROLS.sub("", text)
    names = [*(["control character"] if rest != text else []), unseen_words(rest, lines=lines)]
    return without_unseen(rest, lines=lines), ", ".join(filter(None, names))


# bytes that are no UTF-8 were decoded to surrogates
_PASTED: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def _as_pasted(match: re.Match[str]) -> str:
    sign = match[0]
    if sign == "\0":
        return ""  # some terminals fill up with them
    return "\ufffd" if sign >= "\ud800" else _PICTURES.get(sign, SUBSTITUTE)


def shortened(text: str, most: int) -> str:
    """The text, or its first `most` characters and how much is missing, in words."""
    if len(text) <= most:
        return text
    return f"{text[:most]}… ({len(text) - most:,} more characters)"
