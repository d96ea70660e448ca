"""Values of reports as ChargeOver shows them: `Sep 14, 2017`, `$ 50.00`."""

from __future__ import annotations

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def shown_date(iso: str) -> str:
    """A date 'YYYY-MM-DD' as in the recorded sample."""
    return f"{_MONTHS[int(iso[5:7]) - 1]} {int(iso[8:10])}, {iso[:4]}"


def shown_amount(minor: int, symbol: str, decimals: int) -> str:
    """An amount as in the recorded sample, with the currency's own number of decimals."""
    sign = "-" if minor < 0 else ""
    whole, rest = divmod(abs(minor), 10**decimals)
    fraction = f".{rest:0{decimals}}" if decimals else ""
    return f"{sign}{symbol} {whole:,}{fraction}"


def shown_detail(text: str) -> str | int:
    """A reference, as a number when it consists of digits: the sample has "x6667" in one row and 56 in another."""
    if text.isascii() and text.isdigit() and len(text) < 16 and (text[0] != "0" or text == "0"):
        return int(text)
    return text
