"""What a terminal can do and how far away it is, as far as its name and the environment tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Abilities:
    """What the terminal can do beyond writing and moving.

    Attributes:
        erases_in_colour: erased cells take the pen's background (terminfo's bce).
        repeats: REP (CSI b) repeats the last character where that is ASCII.
        repeats_boxes: it also repeats the characters that boxes and bars are drawn with.
        scrolls: scroll regions (DECSTBM with SU and SD) work.
    """

    erases_in_colour: bool = True
    repeats: bool = False
    repeats_boxes: bool = False
    scrolls: bool = True


# All measured in the terminals themselves: `python -m tests.benchmarks.terminals --abilities`.
#: TERM names of terminals that erase in the pen's background; how they begin
_ERASES: Final = re.compile(
    r"xterm|tmux|alacritty|foot|st(?:-|$)|rxvt|kitty|wezterm|ghostty|contour|linux|putty|vte|gnome|konsole|iterm"
    r"|mlterm|screen.*bce"
)
#: of terminals that repeat whatever was written last
_REPEATS_BOXES: Final = re.compile(r"xterm-kitty|alacritty|foot|wezterm|xterm-ghostty|contour")
#: of terminals that repeat ASCII
_REPEATS: Final = re.compile(r"tmux|mlterm")


def abilities_of(environ: Mapping[str, str]) -> Abilities:
    """What the terminal of this environment can do; what is not known for sure is left out."""
    term = environ.get("TERM", "")
    # Variables are inherited by whatever is started inside: GNU screen in xterm, urxvt from a desktop's terminal.
    inner = bool(environ.get("STY"))
    if environ.get("TMUX") and not inner:
        # whatever the name says, tmux draws
        return Abilities(erases_in_colour=True, repeats=True)
    named = term.startswith("xterm") and not inner
    vte = environ.get("VTE_VERSION", "")
    boxes = bool(_REPEATS_BOXES.match(term)) or (named and vte.isdigit() and int(vte) >= 5000)
    return Abilities(
        erases_in_colour=bool(_ERASES.match(term)),
        # `xterm` alone is the name everybody uses, mosh among them, which repeats nothing
        repeats=boxes or bool(_REPEATS.match(term)) or (named and "XTERM_VERSION" in environ),
        repeats_boxes=boxes,
    )


#: seconds after which an Esc that nothing followed is the key. Here a key's bytes come together. Over a network they may
#: come in two packets: 150 ms are more than links wander (50 ms is common in mobile networks), and less than a lost packet
#: takes to be sent again, for which nobody wants to wait at each Esc
ESC_HERE: Final = 0.010
ESC_FAR: Final = 0.150
#: variables that are set in sessions over a network, and how the names of mosh's begin
_REMOTE: Final = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "ET_VERSION", "REMOTEHOST")
_MOSH: Final = "MOSH_"


def escape_delay(environ: Mapping[str, str]) -> tuple[float, str]:
    """How long an Esc is taken for the beginning of another key, and why.

    A terminal that speaks kitty's keyboard protocol sends the key as a sequence of its own, which is never waited for.

    Returns:
        Seconds, and the reason in words.
    """
    said = environ.get("ESCDELAY", "")
    if said.isascii() and said.isdecimal() and int(said[:6]) > 0:
        return int(said[:6]) / 1000, "ESCDELAY says so"
    for name in (*_REMOTE, *(name for name in environ if name.startswith(_MOSH))):
        if environ.get(name):
            return ESC_FAR, f"over a network: {name} is set"
    return ESC_HERE, "no sign of a network"
