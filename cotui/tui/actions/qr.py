"""A text as a QR code of half-block characters: two modules above each other in one cell."""

from __future__ import annotations

from typing import Final

#: modules of white around the code, as the standard wants it
QUIET: Final = 4
#: what phones still read, for terminals in which the standard's does not fit
QUIET_LEAST: Final = 2

# upper half dark, lower half dark
_CELLS: Final = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def half_blocks(text: str, quiet: int = QUIET) -> list[str]:
    """Lines of equal length; the characters' ink is dark and has to stand on white.

    Every cell is one module wide and two high, which is square in most fonts.

    Args:
        quiet: modules of white on each side.

    Raises:
        ValueError: the text is longer than a QR code can hold (2,953 bytes).
    """
    import segno

    # more correction would make the code larger; a screen has no stains
    code = segno.make(text, error="l", micro=False, boost_error=False)
    rows = [[bool(module) for module in row] for row in code.matrix_iter(border=quiet)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    return [
        "".join(_CELLS[above, below] for above, below in zip(rows[at], rows[at + 1], strict=True))
        for at in range(0, len(rows), 2)
    ]
