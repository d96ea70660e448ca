"""Why ChargeOver cannot do what was typed, and what to type instead."""

from __future__ import annotations

_QUOTE_HINT = " If it is part of the value, put the whole value in quotation marks."

OR = (
    "ChargeOver has no OR: a row must meet all conditions. Ask for one alternative at a time, "
    "or filter by what they have in common." + _QUOTE_HINT
)
NOT = (
    "ChargeOver cannot turn a condition around with “not”. Write field != value, or field is not null."
    + _QUOTE_HINT
)
GROUP = "ChargeOver has no parentheses: all conditions are joined by “and”." + _QUOTE_HINT
LIST = (
    "ChargeOver has no lists: a field is compared with one value. Ask for one value at a time: field = value."
)
LIKE = "ChargeOver has no patterns; it can look for text anywhere in a field: field ~ text."
NOT_CONTAINS = (
    "ChargeOver can look for text in a field, but not for its absence. It has != for a whole value."
)
BETWEEN = "Write both ends as conditions: field >= first field <= last."
PERIOD_NOT = (
    "“Not within a period” means before or after it, and ChargeOver has no OR. "
    "Write field < first day, or field > last day."
)
QUOTE_HINT = _QUOTE_HINT

#: explanation by operator, in lower case with single blanks
UNSUPPORTED: dict[str, str] = {
    "!~": NOT_CONTAINS,
    "not contains": NOT_CONTAINS,
    "does not contain": NOT_CONTAINS,
    "not like": NOT_CONTAINS,
    "like": LIKE,
    "ilike": LIKE,
    "matches": LIKE,
    "starts with": LIKE,
    "ends with": LIKE,
    "between": BETWEEN,
    "in": LIST,
    "is in": LIST,
    "not in": LIST,
    "is not in": LIST,
}
