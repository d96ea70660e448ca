"""What a statement says of itself, in sentences: the same on the screen and in a command's output."""

from __future__ import annotations

from datetime import date

from cotui.catalog.money import written
from cotui.desk.amounts import Amount
from cotui.desk.statement.balances import Balance, Line, Statement
from cotui.desk.statement.entries import LABELS

#: in the place of a date that nobody documents, and of a balance that is not known
NO_DATE = "no date"
NOT_KNOWN = "not known"
_KIND = max(map(len, LABELS.values()))


def title_of(statement: Statement, company: str) -> str:
    """ "Statement of Northwind Analytics, Inc., customer 1"; `company` is harmless, "" where it is not known."""
    whose = f"customer {statement.customer}"
    return f"Statement of {company}, {whose}" if company else f"Statement of {whose}"


def since_words(statement: Statement) -> str:
    """ "since 2026-08-01"; "" for all."""
    return f"since {statement.since}" if statement.since is not None else ""


def day_words(line: Line) -> str:
    """The day of a line."""
    return NO_DATE if line.entry.day is None else line.entry.day.isoformat()


def what_words(line: Line) -> str:
    """What a line is: "Invoice    4449, due 2026-12-05"; texts stand below each other."""
    return f"{LABELS[line.entry.kind]:<{_KIND}}  {line.entry.text}"


def charged_words(line: Line) -> str:
    """What a line charges; "?" where its amount did not come."""
    return _column(line, line.entry.charged, line.entry.kind == "invoice")


def paid_words(line: Line) -> str:
    """What a line pays; in brackets what was declined."""
    entry = line.entry
    if entry.declined is not None:
        return f"({written(entry.declined, entry.currency)})"
    return _column(line, entry.paid, entry.kind in ("payment", "credit", "write_off"))


def running_words(line: Line) -> str:
    """What was owed after a line."""
    return amount_words(line.running)


def amount_words(amount: Amount | None) -> str:
    """An amount for a column; without its currency, which the column's head has."""
    if amount is None:
        return NOT_KNOWN
    return f"{'at least ' if amount.at_least else ''}{amount.number}"


def before_words(statement: Statement, balance: Balance) -> str:
    """What stands before the first line; "" where that is the beginning."""
    if statement.complete and statement.since is None:
        return ""
    if statement.complete:
        return (
            "all entries before" if balance.opening is not None and balance.opening.amount else "nothing owed"
        )
    if statement.unread is None:
        return "older entries, not read"
    if not statement.unread:
        return "older entries"
    return f"{statement.unread:,} older {'entry' if statement.unread == 1 else 'entries'}, not read"


def end_words(balance: Balance) -> str:
    """ "open invoices 1,913.56 less unused 150.00 = 1,763.56": what it ends at, as far as that is known."""
    if balance.stated is None:
        return "what the account says is owed is not known"
    stated = f"open invoices {amount_words(balance.stated)}"
    if balance.unused is None:
        return f"{stated}; how much money is unused is not known"
    closing = "" if balance.closing is None else f" = {balance.closing.number}"
    return f"{stated} less unused {amount_words(balance.unused)}{closing}"


def verdict(statement: Statement, balance: Balance) -> str:
    """Whether it agrees with the account; what does not begins with "!"."""
    if balance.proved:
        return f"Agrees with the account: {end_words(balance)}"
    if balance.difference is not None and balance.owed_then is not None:
        gap = balance.difference
        more = "more" if gap.amount > 0 else "less"
        return (
            f"! The account says {written(abs(gap.amount), gap.currency)} {balance.currency} {more} than these entries: "
            f"{end_words(balance)}, the entries come to {balance.owed_then.number}"
        )
    if statement.complete:
        why = "an amount did not come" if balance.owed_then is None else "there is nothing to compare with"
        return f"Not proved, {why}: {end_words(balance)}"
    why = "what is missing is said below" if statement.troubles else "the beginning is not read"
    return f"Not proved, {why}: {end_words(balance)}"


def sums_words(balance: Balance, since: date | None) -> str:
    """ "Charged 2,004.19 and paid 481.26 since 2026-08-01"."""
    from_when = "" if since is None else f" since {since}"
    return f"Charged {amount_words(balance.charged)} and paid {amount_words(balance.paid)}{from_when}"


def _column(line: Line, amount: object, wanted: bool) -> str:
    from decimal import Decimal

    if isinstance(amount, Decimal):
        return written(amount, line.entry.currency)
    return "?" if wanted and not line.entry.clear else ""
