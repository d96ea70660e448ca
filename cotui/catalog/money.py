"""Amounts of money without rounding surprises: whole minor units for sums, JSON numbers on the wire.

ISO 4217 says how many decimals a currency has. Most have two; the exceptions stand here.
"""

from __future__ import annotations

from decimal import Context, Decimal, InvalidOperation
from fractions import Fraction

_DECIMALS = (
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
)
#: "1e999999999" is a number too, and would fill the memory as an integer
_MOST_DIGITS = 40
#: digits before the point of a number in an answer, beyond which it is none
_MOST_SENT = 20
_EXACT = Context(prec=_MOST_DIGITS * 2)
_EXCEPTIONS = {iso: decimals for decimals, codes in _DECIMALS for iso in codes.split()}


def minor_units(iso: str) -> int:
    """Decimals of a currency by its ISO 4217 code, in any case; 2 for codes it does not know."""
    return _EXCEPTIONS.get(iso.upper(), 2)


def quotient(amount: int, divisor: int) -> int:
    """A whole number divided by a positive one, half a unit rounded away from zero.

    The one rule by which money is rounded: it does not depend on the sign, so what is taken back cancels what was
    charged.
    """
    found = (2 * abs(amount) + divisor) // (2 * divisor)
    return -found if amount < 0 else found


def rounded(exact: Decimal | Fraction) -> int:
    """An exact amount as whole units, by the rule of `quotient`."""
    return quotient(*exact.as_integer_ratio())


def to_minor(amount: int | float | str | Decimal, iso: str) -> int:
    """An amount in major units as whole minor units: 10.95 USD is 1095.

    A float is taken for the decimal number it prints as, so 0.1 is a tenth; half a minor unit is
    rounded away from zero, as invoices do.

    Raises:
        ValueError: the amount is not a number, or has more than 40 digits before the point.
    """
    try:
        number = amount if isinstance(amount, Decimal) else Decimal(str(amount).strip())
    except InvalidOperation as error:
        raise ValueError(f"not an amount: {amount!r}") from error
    if isinstance(amount, bool) or not number.is_finite() or number.adjusted() >= _MOST_DIGITS:
        raise ValueError(f"not an amount: {amount!r}")
    return rounded(_EXACT.scaleb(number, minor_units(iso)))


def from_minor(units: int, iso: str) -> Decimal:
    """Whole minor units as the exact amount in major units: 1095 in USD is 10.95."""
    # Built from digits: arithmetic would round to the context's 28 digits.
    sign, digits = (1, str(-units)) if units < 0 else (0, str(units))
    return Decimal((sign, tuple(int(digit) for digit in digits), -minor_units(iso)))


def decimal_of(value: object) -> Decimal:
    """A number of an answer as the decimal number that was sent; 0 where there is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return Decimal(0)
    try:
        number = Decimal(str(value).strip())
    except ArithmeticError:
        return Decimal(0)
    return number if number.is_finite() and number.adjusted() < _MOST_SENT else Decimal(0)


def written(amount: Decimal, iso: str) -> str:
    """An amount in major units for people: thousands parted, the currency's decimals, and further ones it has."""
    exponent = amount.normalize(_EXACT).as_tuple().exponent
    assert isinstance(exponent, int)  # amounts are finite
    return f"{amount:,.{max(minor_units(iso), -exponent)}f}"
