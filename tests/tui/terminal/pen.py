"""A terminal's pen: what a row of SGR sequences makes of the next character."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

#: what a code sets: the property and its value. Two codes of one property exclude each other (ECMA-48, xterm)
_SETS: Final = {
    1: ("bold", 1), 2: ("dim", 1), 3: ("italic", 1), 4: ("underline", 1), 21: ("underline", 2), 5: ("blink", 1),
    6: ("blink", 2), 7: ("reverse", 1), 8: ("conceal", 1), 9: ("strike", 1), 51: ("frame", 1), 52: ("frame", 2),
    53: ("overline", 1),
}  # fmt: skip
_CLEARS: Final = {
    22: ("bold", "dim"), 23: ("italic",), 24: ("underline",), 25: ("blink",), 27: ("reverse",), 28: ("conceal",),
    29: ("strike",), 54: ("frame",), 55: ("overline",),
}  # fmt: skip
#: properties that show where there is no character
_SHOWN_ON_BLANKS: Final = frozenset({"underline", "reverse", "strike", "frame", "overline"})


@dataclass(frozen=True)
class Pen:
    """How the next character looks.

    Attributes:
        properties: names and values of what is on.
        foreground: SGR parameters, "" for the terminal's own colour.
        background: the same of the ground.
        link: parameters and address of a hyperlink, "" for none.
    """

    properties: frozenset[tuple[str, int]] = frozenset()
    foreground: str = ""
    background: str = ""
    link: str = ""

    def after(self, *codes: int) -> Pen:
        """The pen after an SGR sequence with these parameters."""
        properties, foreground, background = dict(self.properties), self.foreground, self.background
        left = list(codes or (0,))
        while left:
            code = left.pop(0)
            if code == 0:
                properties, foreground, background = {}, "", ""
            elif code in _SETS:
                properties.update([_SETS[code]])
            elif code in _CLEARS:
                for name in _CLEARS[code]:
                    properties.pop(name, None)
            elif code in (38, 48):
                size = {2: 4, 5: 2}[left[0]]
                colour = ";".join(map(str, [code, *left[:size]]))
                del left[:size]
                foreground, background = (colour, background) if code == 38 else (foreground, colour)
            elif 30 <= code <= 37 or 90 <= code <= 97 or code == 39:
                foreground = "" if code == 39 else str(code)
            elif 40 <= code <= 47 or 100 <= code <= 107 or code == 49:
                background = "" if code == 49 else str(code)
            else:
                raise ValueError(f"SGR {code}")
        return Pen(frozenset(properties.items()), foreground, background, self.link)

    def linked(self, link: str) -> Pen:
        """The pen within a hyperlink, or outside of one for ""."""
        return Pen(self.properties, self.foreground, self.background, link)

    @property
    def ground(self) -> Pen:
        """What of it an erased cell takes."""
        return Pen(background=self.background)

    @property
    def on_blank(self) -> Pen:
        """What of it can be seen where there is no character."""
        return _on_blank(self)


@lru_cache(4096)
def _on_blank(pen: Pen) -> Pen:
    seen = frozenset(item for item in pen.properties if item[0] in _SHOWN_ON_BLANKS)
    return Pen(seen, pen.foreground if seen else "", pen.background, pen.link)


PLAIN: Final = Pen()


def pen_after(text: str, pen: Pen = PLAIN) -> Pen:
    """The pen after a text that holds nothing but SGR sequences and hyperlinks.

    Raises:
        ValueError: it holds anything else.
    """
    while text:
        if text.startswith("\x1b]8;"):
            link, _, text = text[4:].partition("\x1b\\")
            pen = pen.linked("" if link == ";" else link)
        elif text.startswith("\x1b["):
            codes, final, text = text[2:].partition("m")
            if not final:
                raise ValueError(text)
            pen = pen.after(*(int(code or 0) for code in codes.split(";")))
        else:
            raise ValueError(text)
    return pen
