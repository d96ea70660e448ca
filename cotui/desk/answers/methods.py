"""How somebody pays: the stored cards, bank accounts and tokens, and which of them is meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

from cotui.api import Record
from cotui.desk.answers import json_forms as forms
from cotui.desk.answers.page import Column, Ref, Row, Tone
from cotui.desk.answers.values import Values, day_in, last_digits, ref_in, text_in, whole_in

Kind = Literal["card", "bank", "token", "invoice"]

COLUMNS: Final = (Column("label", "Way to pay"), Column("expires", "Expires", drop=1), Column("default", ""))
#: which of them has the tone
STATUS_COLUMN: Final = 1
#: ChargeOver's code of a kind -> ours, and the field that names the stored one
KINDS: Final[dict[str, tuple[Kind, str]]] = {
    "crd": ("card", "creditcard_id"),
    "ach": ("bank", "ach_id"),
    "tok": ("token", "tokenized_id"),
}
_OBJECTS: Final[dict[str, Kind]] = {"creditcard_id": "card", "ach_id": "bank", "tokenized_id": "token"}
_RESOURCES: Final[dict[Kind, str]] = {"card": "creditcard", "bank": "ach", "token": "tokenized"}
_WORDS: Final[dict[Kind, str]] = {
    "card": "card",
    "bank": "bank account",
    "token": "token",
    "invoice": "by invoice",
}


class Method(NamedTuple):
    """A way to pay.

    Attributes:
        ref: the stored one; None where only its kind is known.
        label: "Visa x4444", never more than the last digits.
        expires: the first day of the month in which it expires; None where it does not, or that is not known.
        expired: that month is over; None where it is not known.
        default: it is what pays where nothing else is said.
    """

    kind: Kind
    ref: Ref | None
    label: str
    expires: date | None = None
    expired: bool | None = None
    default: bool = False
    record: Record | None = None

    @property
    def words(self) -> str:
        """ "Visa x4444, expires 2027-03"."""
        return self.label + (f", {self.expiry}" if self.expiry else "")

    @property
    def said(self) -> str:
        """The same behind "pays by"."""
        return "invoice" if self.kind == "invoice" else self.words

    @property
    def expiry(self) -> str:
        if self.expires is None:
            return ""
        return f"{'expired' if self.expired else 'expires'} {self.expires:%Y-%m}"


def method_of(record: Record, key: str, today: date) -> Method:
    """A stored way to pay.

    Args:
        key: the primary key of its object, which tells of what kind it is.
    """
    row, kind = record.raw, _OBJECTS[key]
    mask = last_digits(text_in(row, "mask_number"))
    name = text_in(row, "mask_bank", "type_name") if kind == "bank" else text_in(row, "type_name")
    if kind == "token":
        name, mask = text_in(row, "name"), ""
    label = " ".join(filter(None, (name, mask))) or f"{_WORDS[kind]} {record.ref}"
    expires = _expires(row)
    over = None if expires is None else (expires.year, expires.month) < (today.year, today.month)
    return Method(kind, record.ref, label, expires, over, record=record)


def _expires(row: Values) -> date | None:
    year, month = whole_in(row, "expdate_year"), whole_in(row, "expdate_month")
    if year is not None and month is not None and 1 <= year <= 9999 and 1 <= month <= 12:
        return date(year, month, 1)
    day = day_in(row, "expdate")
    return None if day is None else day.replace(day=1)


def with_default(methods: Sequence[Method], chosen: Method | None) -> list[Method]:
    """The ways to pay, the one that is used first."""
    marked = [
        method._replace(default=chosen is not None and (method.kind, method.ref) == (chosen.kind, chosen.ref))
        for method in methods
    ]
    return sorted(marked, key=lambda method: not method.default)


def chosen(row: Values, methods: Sequence[Method], *, prefix: str = "", whole: bool = True) -> Method | None:
    """The way to pay that a record names, with what is known of it; None where it names none.

    Args:
        methods: those that are known.
        prefix: of the record's fields: customers have `default_paymethod`, subscriptions `paymethod`.
        whole: there are no others than these; else the only one of a kind may be one of several.
    """
    code = text_in(row, f"{prefix}paymethod").casefold()
    if code == "inv":
        return Method("invoice", None, _WORDS["invoice"], default=True)
    if code not in KINDS:
        return None
    kind, field = KINDS[code]
    ref = ref_in(row, f"{prefix}{field}")
    of_kind = [method for method in methods if method.kind == kind]
    if ref is None and whole and len(of_kind) == 1:
        return of_kind[0]._replace(default=True)  # tokens that are the default are named nowhere
    found = next((method for method in of_kind if method.ref == ref), None)
    if found is not None:
        return found._replace(default=True)
    detail = last_digits(text_in(row, f"{prefix}paymethod_detail"))
    label = detail or (_WORDS[kind] if ref is None else f"{_WORDS[kind]} {ref}")
    return Method(kind, ref, label, default=True)


def tone_of(method: Method | None) -> Tone:
    return "bad" if method is not None and method.expired else ""


def method_row(method: Method) -> Row:
    """A way to pay as a line of a table."""
    default = "default" if method.default else ""
    return Row(
        _RESOURCES.get(method.kind, ""),
        method.ref,
        (method.label, method.expiry, default),
        None,
        tone_of(method),
        ", ".join(filter(None, (method.words, default))),
        method.record,
    )


def method_json(method: Method | None) -> forms.Json | None:
    """A way to pay as JSON."""
    if method is None:
        return None
    return {
        "kind": method.kind,
        "id": method.ref,
        "label": method.label,
        "expires": None if method.expires is None else f"{method.expires:%Y-%m}",
        "expired": method.expired,
        "default": method.default,
    }
