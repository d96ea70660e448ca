"""ChargeOver's own grammar: `field:OP:value,…` and `field:ASC,…`, both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cotui.query.errors import QueryError, excerpt
from cotui.query.model import FIELD_NAME, Condition, Op, Order, Query, Wire

#: operators that are followed by a value, by the name on the wire
VALUE_OPERATORS: dict[str, Op] = {op.value: op for op in Op if op.takes_value}
#: spellings that some clients send and the service understands
_OTHER_SPELLINGS = {"NEQUALS": Op.NOTEQUALS}
_OPERATOR_NAMES = tuple(op.value for op in Op)

# One item up to an unescaped comma. A backslash at the very end stands alone.
_ITEM = re.compile(r"[^,\\]*(?:\\.?[^,\\]*)*", re.DOTALL)
_HEAD = re.compile(r"[^:]*:?")
_ESCAPE = re.compile(r"\\(.?)", re.DOTALL)
_RESERVED = re.compile(r"[\\:,]")
# The first thing in a strict value that must not be there: a bare colon or another escape.
_MISFIT = re.compile(r"(?:[^\\:]|\\[\\:,])*+(.)", re.DOTALL)


def escape(value: str) -> str:
    """`value` with a backslash before every `:`, `,` and backslash."""
    return _RESERVED.sub(r"\\\g<0>", value)


def unescape(value: str) -> str:
    """The reverse of `escape`; any other `\\x` stands for x, a backslash at the end for itself."""
    return _ESCAPE.sub(lambda found: found[1] or "\\", value)


def operator_named(name: str) -> Op | None:
    """The operator with a value that `name` spells, in any case and with the spellings of old clients."""
    upper = name.upper()
    return VALUE_OPERATORS.get(upper) or _OTHER_SPELLINGS.get(upper)


def to_wire(query: Query) -> Wire:
    """`query` as the values of the parameters `where` and `order`, before percent-encoding."""
    where = ",".join(
        f"{item.field}:{item.op}:{escape(item.value)}" if item.op.takes_value else f"{item.field}:{item.op}"
        for item in query.conditions
    )
    order = ",".join(f"{key.field}:{'DESC' if key.descending else 'ASC'}" for key in query.order)
    return Wire(where, order)


def from_wire(where: str, order: str = "", *, lenient: bool = False) -> Query:
    """Read the parameters `where` and `order`, after percent-decoding.

    Args:
        where: conditions, or "" for none.
        order: order keys, or "" for none.
        lenient: read what existing clients send and the service accepts: operators and directions in
            any case, `NEQUALS`, unescaped colons inside values, any `\\x` for x, empty items, blanks
            around names, order keys without a direction.

    Raises:
        QueryError: the text is malformed; positions count in the parameter at fault.
    """
    conditions = tuple(_condition(item, start, lenient) for start, item in _items(where, lenient))
    keys = tuple(_order_key(item, start, lenient) for start, item in _items(order, lenient))
    return Query(conditions, keys)


def _items(text: str, lenient: bool) -> Iterator[tuple[int, str]]:
    if not text:
        return
    start = 0
    while True:
        found = _ITEM.match(text, start)
        end = found.end() if found else len(text)
        item = text[start:end]
        if item.strip():
            yield start, item
        elif not lenient:
            raise QueryError("There is nothing between two commas.", start, end)
        if end >= len(text):
            return
        start = end + 1


def _condition(item: str, start: int, lenient: bool) -> Condition:
    name, rest, position = _head(item, start)
    field = _field(name, start, lenient)
    tail = rest.strip().upper() if lenient else rest
    for null in (Op.IS_NULL, Op.ISNOT_NULL):
        if tail == null:
            return Condition(field, null)
    word, value, value_start = _head(rest, position)
    spelled = word.strip()
    op = operator_named(spelled) if lenient else VALUE_OPERATORS.get(word)
    end = position + len(word)
    if op is None:
        raise QueryError(
            f"{excerpt(spelled)} is not an operator of ChargeOver.", position, end, _OPERATOR_NAMES
        )
    if not rest[len(word) :]:
        raise QueryError(f"A colon and a value have to follow {op}.", end, end, (":",))
    if not lenient:
        _check_value(value, value_start)
    return Condition(field, op, unescape(value))


def _head(text: str, start: int) -> tuple[str, str, int]:
    """The text before the first colon, the text after it, and where that begins."""
    found = _HEAD.match(text)
    cut = found.end() if found else 0
    head = text[:cut]
    return head.removesuffix(":"), text[cut:], start + cut


def _check_value(value: str, start: int) -> None:
    found = _MISFIT.match(value)
    if not found:
        return
    at = start + found.start(1)
    if found[1] == ":":
        raise QueryError("A colon inside a value is written “\\:”.", at, at + 1, ("\\:",))
    end = min(at + 2, start + len(value))
    raise QueryError("A backslash stands before “:”, “,” or another backslash only.", at, end, ("\\\\",))


def _field(name: str, start: int, lenient: bool) -> str:
    plain = name.strip() if lenient else name
    if not FIELD_NAME.fullmatch(plain):
        raise QueryError(f"{excerpt(name)} is not a field name.", start, start + len(name))
    return plain


def _order_key(item: str, start: int, lenient: bool) -> Order:
    name, direction, position = _head(item, start)
    field = _field(name, start, lenient)
    word = direction.strip().upper() if lenient else direction
    if word not in ("ASC", "DESC", *([""] if lenient else [])):
        raise QueryError(
            f"The direction is ASC or DESC, not {excerpt(direction)}.",
            position,
            position + len(direction),
            ("ASC", "DESC"),
        )
    return Order(field, word == "DESC")
