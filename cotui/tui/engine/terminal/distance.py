"""How far away the terminal is, and what that means for the key Esc."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

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
