"""Texts and styles for random screens: all that terminals are known to stumble over."""

from __future__ import annotations

from random import Random
from typing import Final

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

#: words by kind. Tabs and control characters are missing: Textual never writes them
WORDS: Final = {
    "ascii": ("abc", "hello world", "   ", "        ", "x", "a b", "          end", "0123456789", "~" * 12),
    "lines": ("─────────────", "────", "│", "▌", "█" * 9, "╭──╮", "┊ ┊"),
    "latin": ("é", "ñandú", "Größe", "½ €", "…"),
    "wide": ("世界", "日本語 text", "한국어", "ｆｕｌｌ", "界", "、。"),
    "combining": ("e\u0301", "a\u0308\u0323b", "\u0301", "x\u20e3", "n\u0303andu\u0301"),
    "emoji": ("👍", "♥", "👍🏽", "👩‍👩‍👧‍👦", "👨‍👩", "☎"),
    # what joins or widens the character before it; where an overlay cuts these, Textual leaves a half
    "selectors": ("🇩🇪", "❤️ z", "☎️", "1️⃣", "🏳️‍🌈", "✈\ufe0e"),
    "rtl": ("שלום", "مرحبا", "سَلام", "\u05d1\u05bc"),
    "indic": ("क्षि", "ไทยน้ำ", "த்ரீ", "ລາວ່"),
    "odd": ("\u200d", "🇩", "\u200b", "\u00ad", "\ufffd", "\ue000", "\U0001fae8", "\u1160", "\ud7b0", "䷀", "\u0378"),
}  # fmt: skip
#: kinds that no two terminals can disagree about
SURE: Final = ("ascii", "lines", "latin", "wide")

PALETTES: Final = ("truecolor", "256", "standard", "grey", "none")
#: attributes that Textual can write
ATTRIBUTES: Final = (
    "bold", "dim", "italic", "underline", "blink", "blink2", "reverse", "conceal", "strike", "underline2", "frame",
    "encircle", "overline",
)  # fmt: skip


def random_style(random: Random, palette: str) -> Style | None:
    """A style of a palette; None for text without any."""
    if random.random() < 0.08:
        return None
    attributes = {name: True for name in ATTRIBUTES if random.random() < 0.06}
    if random.random() < 0.2:
        attributes["bold"] = True
    colour = _colour(random, palette) if random.random() < 0.6 else None
    ground = _colour(random, palette) if random.random() < 0.6 else None
    link = f"https://example.org/{random.randrange(2)}" if random.random() < 0.05 else None
    style = Style(color=colour, bgcolor=ground, link=link, **attributes)  # type: ignore[arg-type]
    if link:
        style._link_id = f"{random.randrange(3)}"  # Rich takes a random one: runs are to be repeatable
    return style


def _colour(random: Random, palette: str) -> Color | None:
    if palette == "none":
        return None
    # few of them, so that neighbours are often alike
    if palette == "grey":  # what NO_COLOR leaves
        value = random.choice((16, 120, 240))
        return Color.from_rgb(value, value, value)
    if palette == "standard" or random.random() < 0.2:
        return random.choice((Color.default(), Color.from_ansi(random.randrange(16))))
    if palette == "256":
        return Color.from_ansi(random.randrange(256))
    return Color.from_rgb(random.choice((0, 90, 255)), random.choice((10, 200)), 20)


class Words:
    """A source of random lines.

    Args:
        kinds: kinds of words.
        palette: one of `PALETTES`.
    """

    def __init__(self, kinds: tuple[str, ...], palette: str) -> None:
        self._kinds = kinds
        self._palette = palette

    def line(self, random: Random, width: int) -> Strip:
        """A line of this width."""
        if random.random() < 0.15:
            return Strip([Segment(" " * width, random_style(random, self._palette))], width)
        segments, cells, words = [], 0, 0
        few = random.choice((2, 5, 100))
        ground = random_style(random, self._palette)
        while cells < width:
            words += 1
            if words > few:  # the rest is empty, as in most lines
                segments.append(Segment(" " * (width - cells), ground))
                break
            word = random.choice(WORDS[random.choice(self._kinds)])
            segment = Segment(word, ground if random.random() < 0.4 else random_style(random, self._palette))
            segments.append(segment)
            cells += segment.cell_length
        return Strip(segments).adjust_cell_length(width, ground)

    def restyled(self, random: Random, strip: Strip) -> Strip:
        """The same text in another style: the cursor row."""
        style = random_style(random, self._palette)
        return Strip([Segment(text, style) for text, _, _ in strip], strip.cell_length)

    def frame(self, random: Random) -> Style | None:
        """A style for a border."""
        return random_style(random, self._palette)
