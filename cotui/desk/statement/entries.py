"""What a statement has a line for: made of rows of invoices and transactions, one or two lines each.

Of write-offs ChargeOver documents an amount on the invoice and no date (section 11.2 of the API notes). What has no
documented date has none here either, and stands where it makes no balance larger than it was: what lowers it with its
invoice or at the beginning, what raises it at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Context, Decimal
from typing import Any, Final, Literal, NamedTuple

from cotui.catalog.model import key_of
from cotui.desk.amounts import currency_of, number_in
from cotui.desk.statement.used_for import used_words
from cotui.safety.text import clean, shortened

Row = Mapping[str, Any]
#: what became of a transaction: it counts, was taken back, was never taken by its gateway; or what came does not tell
Standing = Literal["in force", "void", "declined", "unknown"]
Kind = Literal["invoice", "payment", "credit", "refund", "void", "write_off", "decline"]

#: what a line is called, for people
LABELS: Final[Mapping[Kind, str]] = {
    "invoice": "Invoice",
    "payment": "Payment",
    "credit": "Credit",
    "refund": "Refund",
    "void": "Void",
    "write_off": "Write-off",
    "decline": "Declined",
}
#: by `transaction_type`, and by its name where rows lack it
_KINDS: Final[Mapping[object, Kind]] = {
    "pay": "payment",
    "cre": "credit",
    "ref": "refund",
    "wri": "write_off",
    **{label: kind for kind, label in LABELS.items() if kind in ("payment", "credit", "refund", "write_off")},
}
#: digits of a sum: more than any amounts that answers hold
_EXACT: Final = Context(prec=80)
#: of lines of one day: what is charged first, what is taken back last
_RANKS: Final[Mapping[Kind, int]] = {"invoice": 0, "void": 2, "write_off": 1}
#: characters of a line's words
_LONGEST: Final = 200
#: statuses of transactions that did not take place, where rows lack `gateway_status`
_FAILED: Final = ("error", "declined", "failed")
_TAKEN: Final = ("ok", "pending")


class Entry(NamedTuple):
    """One line.

    Attributes:
        day: when it was; None where no date of it is documented, or it came without.
        near: the day that it stands at: its own, or that of what it is about; None for nowhere.
        kind: what it is.
        resource_id: the object it opens as.
        ref: the key of that; None where it came without.
        text: what is said of it, harmless and on one line.
        currency: code of its amounts, "" where nobody says.
        charged: what it adds to what is owed; None where it adds nothing.
        paid: what it takes from that.
        declined: what was tried to be paid; never counted.
        clear: whether its amount came, and what became of it, without which no balance is known.
        sure: whether it is known to be what it is taken for; what agrees with the account in the end is.
        turn: where it stands among others of its day.
    """

    day: date | None
    near: date | None
    kind: Kind
    resource_id: str
    ref: int | str | None
    text: str
    currency: str
    charged: Decimal | None = None
    paid: Decimal | None = None
    declined: Decimal | None = None
    clear: bool = True
    sure: bool = True
    turn: tuple[int, str, int] = (0, "", 0)

    @property
    def effect(self) -> Decimal:
        """What it does to what is owed."""
        return total((self.charged or Decimal(0), -(self.paid or Decimal(0))))


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The exact sum."""
    found = Decimal(0)
    for amount in amounts:
        found = _EXACT.add(found, amount)
    return found


def day_of(value: object) -> date | None:
    """The day of an answer's date or time, as the account has it; None where it is none."""
    try:
        return date.fromisoformat(value.strip()[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def number_of(invoice: Row) -> str:
    """What people call an invoice: the number printed on it, or its id."""
    return _word(invoice, "refnumber") or str(key_of(invoice.get("invoice_id")) or "?")


def of_invoice(row: Row) -> list[Entry]:
    """The lines of an invoice, which has its currency: itself, and that it is void."""
    ref, day, total = key_of(row.get("invoice_id")), day_of(row.get("date")), number_in(row.get("total"))
    number, status = number_of(row), str(row.get("invoice_status_str") or "")
    void = bool(row.get("is_void")) or status == "closed-void" or bool(row.get("void_datetime"))
    told = void or bool(status) or row.get("is_void") is not None or "void_datetime" in row
    due = day_of(row.get("due_date"))
    said = [number, f"due {due}" if due is not None and not void and not status.startswith("closed") else ""]
    now = {"open-collections": "in collections", "closed-paid": "paid"}
    said.append("void" if void else now.get(status, ""))
    own = Entry(
        day, day, "invoice", "invoice", ref, ", ".join(filter(None, said)), currency_of(row), charged=total,
        clear=total is not None and told, sure="writeoffs" in row, turn=_turn("invoice", "", ref),
    )  # fmt: skip
    if not void:
        return [own]
    gone = day_of(row.get("void_datetime"))
    turn = _turn("void", str(row.get("void_datetime") or ""), ref)
    taken = own._replace(day=gone, near=gone or day, kind="void", charged=None, paid=total, turn=turn)
    return [own, taken._replace(text=f"invoice {number} is void")]


def of_transaction(row: Row, numbers: Mapping[int | str, str]) -> list[Entry]:
    """The lines of a transaction, which has its currency: itself, and that it is void.

    Args:
        numbers: what invoices are called, by their keys, as far as they were read.
    """
    ref, sent = key_of(row.get("transaction_id")), number_in(row.get("amount"))
    amount = None if sent is None else abs(sent)
    day = day_of(row.get("transaction_date")) or day_of(row.get("transaction_datetime"))
    kind, standing = _kind(row), standing_of(row)
    method = _way(row, kind)
    moment = str(row.get("transaction_datetime") or "")
    own = Entry(
        day, day, kind or "payment", "transaction", ref, "", currency_of(row),
        clear=amount is not None and standing != "unknown", sure=kind is not None,
        turn=_turn(kind or "payment", moment, ref),
    )  # fmt: skip
    if standing == "declined":
        why = _word(row, "gateway_msg").strip("- ")
        said = ": ".join(filter(None, (method or f"payment {ref}", why or "no reason given")))
        return [own._replace(kind="decline", text=said, declined=amount, clear=True, sure=True)]
    charges = kind == "refund" or (kind is None and sent is not None and sent < 0)
    other = "" if kind is not None else _word(row, "transaction_type_name") or "of another kind"
    said = ", ".join(filter(None, (method if kind != "write_off" else "", other)))
    pending = str(row.get("transaction_status_str") or "").startswith("pending")
    used = used_words(row, numbers, in_force=standing == "in force")
    text = ": ".join(filter(None, (said, used))) or f"transaction {ref}"
    own = own._replace(
        text=f"{text}, pending" if pending else text,
        charged=amount if charges else None,
        paid=None if charges else amount,
    )
    if standing != "void":
        return [own]
    gone = day_of(row.get("void_datetime"))
    what = f"{LABELS[own.kind].casefold()} {ref} is void" + (f": {method}" if method else "")
    near = gone if gone is not None else day if charges else None
    turn = _turn("void", str(row.get("void_datetime") or "") if gone is not None else "~", ref)
    taken = own._replace(day=gone, near=near, kind="void", text=what, charged=own.paid, paid=own.charged)
    return [own, taken._replace(turn=turn)]


def write_offs(invoices: Sequence[Row], transactions: Iterable[Row]) -> list[Entry]:
    """What was written off without a date, in one currency: what invoices say beyond what transactions account for.

    No page documents a transaction for it; where an account has such, they have dates, and are lines themselves.
    """
    given_up = [
        (row, amount)
        for row in invoices
        if (amount := number_in(row.get("writeoffs"))) is not None and amount > 0
    ]
    dated = [
        -abs(number_in(row.get("amount")) or Decimal(0))
        for row in transactions
        if _kind(row) == "write_off" and standing_of(row) == "in force"
    ]
    left = total((*(amount for _, amount in given_up), *dated))
    found: list[Entry] = []
    for (
        row,
        amount,
    ) in given_up:  # which of them the others account for is not told: the rest is of the latest
        part = min(amount, left)
        if part <= 0:
            continue
        left = total((left, -part))
        ref = key_of(row.get("invoice_id"))
        text, turn = f"of invoice {number_of(row)}", _turn("write_off", "", ref)
        found.append(
            Entry(
                None,
                day_of(row.get("date")),
                "write_off",
                "invoice",
                ref,
                text,
                currency_of(row),
                paid=part,
                turn=turn,
            )
        )
    return found


def standing_of(row: Row) -> Standing:
    """What became of a transaction. Documented: `gateway_status` is 1 where its gateway took it, `ok-…` is a success."""
    taken, status = number_in(row.get("gateway_status")), str(row.get("transaction_status_str") or "")
    if taken == 0 or (taken is None and status.startswith(_FAILED)):
        return "declined"
    if row.get("void_datetime") or status.startswith("void"):
        return "void"
    if taken is None and not status.startswith(_TAKEN):
        return "unknown"
    return "in force" if status or "void_datetime" in row else "unknown"


def unused_of(row: Row) -> Decimal | None:
    """What of a transaction's money pays for nothing yet, below nothing for what was paid back of such; None if not told."""
    if (standing := standing_of(row)) != "in force":
        return None if standing == "unknown" else Decimal(0)
    if (unused := number_in(row.get("unapplied"))) is not None:
        return unused
    amount, applied = number_in(row.get("amount")), number_in(row.get("applied"))
    if applied is None and isinstance(parts := row.get("applied_to"), list):
        found = [number_in(part.get("applied")) if isinstance(part, Mapping) else None for part in parts]
        applied = None if None in found else total(one for one in found if one is not None)
    return None if amount is None or applied is None else total((amount, -applied))


def _kind(row: Row) -> Kind | None:
    """What kind of transaction it is; None for one that nobody documents (a split), or where it does not say."""
    known = row.get("transaction_type")
    return _KINDS.get(known if isinstance(known, str) and known else row.get("transaction_type_name"))


def _way(row: Row, kind: Kind | None) -> str:
    """How it was paid: "Visa x4444"; without what its kind says already."""
    method, detail = _word(row, "transaction_method"), _word(row, "transaction_detail")
    if kind is not None and method.casefold() == LABELS[kind].casefold():
        return detail
    return f"{method} {detail}".strip()


def _turn(kind: Kind, moment: str, ref: int | str | None) -> tuple[int, str, int]:
    return _RANKS.get(kind, 1), moment, ref if isinstance(ref, int) else 0


def _word(row: Row, name: str) -> str:
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(clean(shortened(str(value), _LONGEST)).split())
