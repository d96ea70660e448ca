"""What a terminal may be able to do, as pairs of ways that lead to the same picture where it can."""

from __future__ import annotations

from collections.abc import Iterator

_BLUE, _CLEAR = "\x1b[44m", "\x1b[2J\x1b[H"


def _numbered(lines: dict[int, int]) -> str:
    return "".join(f"\x1b[{row};1Hline {number}" for row, number in lines.items())


def probes(columns: int, rows: int) -> Iterator[tuple[str, str, str]]:
    """Names, the way that needs the ability, and one that needs nothing but a cursor that can be placed.

    Args:
        columns: of the terminal.
        rows: of the terminal, at least 12.
    """
    before = f"{_CLEAR}abc{_BLUE}"
    line = " " * columns
    yield "erases in colour: EL", f"{before}\x1b[K", before + line[3:]
    yield "erases in colour: ECH", f"{before}\x1b[20X", f"{before}{' ' * 20}"
    everywhere = "".join(f"\x1b[{row};1H{line}" for row in range(1, rows + 1))
    yield "erases in colour: ED", f"{before}\x1b[2J", before + everywhere
    first, last = {1: 1}, {10: 10}
    lines = _CLEAR + _numbered({row: row for row in range(1, 11)})
    up = _CLEAR + _numbered(first | {row: row + 3 for row in range(2, 7)} | last)
    down = _CLEAR + _numbered(first | {row: row - 3 for row in range(5, 10)} | last)
    coloured = "".join(f"\x1b[{row};1H{line}" for row in (7, 8, 9))
    yield "erases in colour: scrolled in", f"{lines}{_BLUE}\x1b[2;9r\x1b[3S\x1b[r", f"{up}{_BLUE}{coloured}"
    yield "REP", f"{_CLEAR}x\x1b[19b", _CLEAR + "x" * 20
    yield "REP of a blank in colour", f"{_CLEAR}{_BLUE} \x1b[19b", f"{_CLEAR}{_BLUE}{' ' * 20}"
    yield "REP of a box line", f"{_CLEAR}─\x1b[19b", _CLEAR + "─" * 20
    yield "REP after a style", f"{_CLEAR}x\x1b[31m\x1b[19b", f"{_CLEAR}x\x1b[31m{'x' * 19}"
    yield "ECH", f"{_CLEAR}abcdefgh\x1b[1;3H\x1b[4X", f"{_CLEAR}ab    gh"
    yield "EL", f"{_CLEAR}abcdefgh\x1b[1;3H\x1b[K", f"{_CLEAR}ab"
    yield "DECSTBM and SU", f"{lines}\x1b[2;9r\x1b[3S\x1b[r", up
    yield "DECSTBM and SD", f"{lines}\x1b[2;9r\x1b[3T\x1b[r", down
    yield "DECSTBM and line feeds", f"{lines}\x1b[2;9r\x1b[9;1H\n\n\n\x1b[r", up
    yield "DECSTBM and RI", f"{lines}\x1b[2;9r\x1b[2;1H\x1bM\x1bM\x1bM\x1b[r", down
    yield "DECSTBM and DL", f"{lines}\x1b[2;9r\x1b[2;1H\x1b[3M\x1b[r", up
    yield "DECSTBM and IL", f"{lines}\x1b[2;9r\x1b[2;1H\x1b[3L\x1b[r", down
    yield "DECSTBM moves home", f"{_CLEAR}\x1b[5;5H\x1b[2;9r\x1b[rx", f"{_CLEAR}x"
    yield (
        "CUF, CUB, CUU, CUD",
        f"{_CLEAR}\x1b[5;5Hx\x1b[3Cx\x1b[5Dx\x1b[2Ax\x1b[4Bx",
        f"{_CLEAR}\x1b[5;5Hx\x1b[5;9Hx\x1b[5;5Hx\x1b[3;6Hx\x1b[7;7Hx",
    )
    yield "CHA", f"{_CLEAR}\x1b[5;5Hx\x1b[20Gx\x1b[Gx", f"{_CLEAR}\x1b[5;5Hx\x1b[5;20Hx\x1b[5;1Hx"
    yield "VPA", f"{_CLEAR}\x1b[5;5Hx\x1b[9dy", f"{_CLEAR}\x1b[5;5Hx\x1b[9;6Hy"
    yield "\\b and \\r", f"{_CLEAR}\x1b[5;5Habc\b\bx\rx", f"{_CLEAR}\x1b[5;5Haxc\x1b[5;1Hx"
    yield "\\r\\n", f"{_CLEAR}\x1b[5;5Hx\r\ny", f"{_CLEAR}\x1b[5;5Hx\x1b[6;1Hy"
    near = f"\x1b[1;{columns - 2}H"
    yield "no wrap at the edge", f"{_CLEAR}\x1b[?7l{near}abcde\x1b[?7h", f"{_CLEAR}{near}abe"
    yield "CUB from behind the last column", f"{_CLEAR}\x1b[?7l{near}abc\x1b[Dx\x1b[?7h", f"{_CLEAR}{near}axc"
    yield (
        "\\r\\n from behind the last column",
        f"{_CLEAR}\x1b[?7l{near}abc\r\nx",
        f"{_CLEAR}{near}abc\x1b[2;1Hx",
    )
    yield "EL behind the last column leaves it", f"{_CLEAR}\x1b[?7l{near}abc\x1b[K", f"{_CLEAR}{near}abc"
    plain = f"{_CLEAR}\x1b[1;3;4;7;31;42mx\x1b[m y"
    yield "SGR 22, 23, 24, 27, 39, 49", plain.replace("\x1b[m", "\x1b[22;23;24;27;39;49m"), plain
    yield (
        "SGR with an empty first parameter",
        plain.replace("\x1b[m", "\x1b[;32m"),
        plain.replace("\x1b[m", "\x1b[0;32m"),
    )
    yield "hyperlinks pass", f"{_CLEAR}\x1b]8;;https://example.com\x1b\\x\x1b]8;;\x1b\\y", f"{_CLEAR}xy"
