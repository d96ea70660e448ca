"""Why ChargeOver cannot do what was typed, and what to type instead."""

from __future__ import annotations

#: comes last, and only where what was typed can be the end of the value before it
QUOTE_HINT = " If it is part of the value, put the whole value in quotation marks."

OR = "ChargeOver has no OR: a row must meet all conditions. Ask for one alternative at a time."
NOT = "ChargeOver cannot turn a condition around with “not”: write field != value or field is not null."
GROUP = "ChargeOver has no parentheses: all conditions hold together. Leave them out."

# "{field}" is the name that was typed.
LIST = "ChargeOver has no lists: ask for one value at a time, {field} = value."
LIKE = "ChargeOver has no patterns, but finds text anywhere in a field: {field} ~ text."
NOT_CONTAINS = "ChargeOver finds text in a field, not its absence. For a whole value: {field} != value."
BETWEEN = "Write both ends as conditions: {field} >= first {field} <= last."
PERIOD_NOT = (
    "There is no “not within”, as ChargeOver has no OR: write {field} < first day or {field} > last day."
)

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
