"""The lists on the number keys, in their order. Nothing is imported here: the very first frame shows their names."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: name of a list, as the command line and the configuration have it -> id of the object it shows
START_LISTS = {
    "customers": "customer",
    "users": "user",
    "invoices": "invoice",
    "reports": "report",
    "payments": "transaction",
    "subscriptions": "package",
}
#: what they are called where there is less room: in the line of a narrow terminal, and in a shorter one still
_SHORT = {"subscriptions": "Subs"}
_SHORTEST = {
    "customers": "Cust",
    "invoices": "Inv",
    "reports": "Rep",
    "payments": "Pay",
    "subscriptions": "Subs",
}


def tab_texts(room: int, keys: Sequence[str] = ()) -> tuple[str, ...]:
    """What stands in the top line for each of them, in so many cells, with the blanks before it.

    Their names with two blanks between them, with one, shortened, or else their keys alone.

    Args:
        keys: that lead to them; the number keys where none are given.
    """
    names = list(zip(keys or map(str, range(1, len(START_LISTS) + 1)), START_LISTS, strict=True))
    forms = (
        [f"  {number} {name.capitalize()}" for number, name in names],
        [f" {number} {_SHORT.get(name, name.capitalize())}" for number, name in names],
        [f" {number} {_SHORTEST.get(name, name.capitalize())}" for number, name in names],
    )
    for texts in forms:
        if sum(map(len, texts)) <= room:
            return tuple(texts)
    return tuple(f" {number}" for number, _ in names)
