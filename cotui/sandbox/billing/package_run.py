"""The run that invoices subscriptions whose day has come.

The real service runs every night. Here it runs only when `PUT /_sandbox/clock` moves the account's clock forward,
so that an account that lay still for weeks does not begin to bill when it is opened. Everything due up to the new
moment is then made in the order of its dates, as if each had been made on its day: the invoice and its e-mail
carry that day, cards are judged by it. The facts say that a subscription has a pay method of its own and that
"inv" means by invoice only; that the others are charged with the invoice is a reading.

Every invoice is a transaction of its own, together with its payment. A run that was cut short has lost nothing:
what it left is still due, and the next one goes on there.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from cotui.sandbox.billing import charging, ledger
from cotui.sandbox.billing.ledger import Share
from cotui.sandbox.billing.package_invoice import NothingToInvoiceError, advance, make_invoice
from cotui.sandbox.billing.package_money import refresh_mrr
from cotui.sandbox.billing.package_status import is_suspended
from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.store import Store
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, DeclinedError

#: Cycles of one run at most: two to three seconds' work, more where subscriptions have hundreds of invoices. A
#: clock that is moved by years must not block for hours.
MOST = 1000


class Tally(msgspec.Struct):
    """What a run did.

    Attributes:
        payments: invoices that were paid by a stored method at once; `declined`: those where it was refused.
        expired: subscriptions that ended because none of their lines is billed any more.
        failed: subscriptions that cannot be invoiced, such as those without lines; their dates stay.
        left: more is due than one run makes.
    """

    invoices: int = 0
    payments: int = 0
    declined: int = 0
    expired: int = 0
    failed: int = 0
    left: bool = False


def run(store: Store, until: datetime, base_url: str, most: int = MOST) -> Tally:
    """Invoices what is due up to a moment.

    Args:
        base_url: scheme and host for the links in e-mails.
        most: cycles that are gone through at most.
    """
    end = int(until.timestamp())
    with store.read() as reader:
        due: list[tuple[int, int]] = reader.connection.execute(
            "SELECT next_invoice_datetime, package_id FROM packages"
            " WHERE package_status_str LIKE 'active-%' AND next_invoice_datetime <= ?",
            (end,),
        ).fetchall()
    heapq.heapify(due)
    tally = Tally()
    while due and most > 0:
        moment, package_id = heapq.heappop(due)
        following = _Cycle(store, package_id, moment, base_url, tally).carry_out()
        if following is not None:
            # those that cannot be billed must not use up the runs of all others
            most -= 1
            if following <= end:
                heapq.heappush(due, (following, package_id))
    tally.left = bool(due)
    return tally


class _Cycle:
    """One cycle of one subscription, at the moment at which it is due."""

    def __init__(self, store: Store, package_id: int, moment: int, base_url: str, tally: Tally) -> None:
        self._store = store
        self._package_id = package_id
        self._moment = moment
        self._base_url = base_url
        self._tally = tally
        self._clock = Clock(store.timezone, lambda: datetime.fromtimestamp(moment, UTC))

    def carry_out(self) -> int | None:
        """Bills the cycle; answers when the next one is due, None when it need not be looked at again."""
        try:
            return self._invoice()
        except NothingToInvoiceError:
            self._expire()
        except (BadRequestError, OverflowError, sqlite3.IntegrityError):
            self._tally.failed += 1
        except sqlite3.OperationalError as error:
            if "integer overflow" not in str(error):
                raise
            self._tally.failed += 1
        return None

    def _invoice(self) -> int | None:
        paid: bool | None = None
        with self._store.write() as connection:
            context = self._write_context(connection)
            package = self._due(context)
            if package is None:
                return None
            made = not is_suspended(package, context.clock)
            if made:
                paid = self._collect(context, package, make_invoice(context, package, context.today))
                context.log(f"invoice(package, {self._package_id})")
            elif package["suspendto_datetime"] is None:
                # until it is told to go on, which gives it a new date
                return None
            else:
                advance(context, package, context.today)
            (following,) = connection.execute(
                "SELECT next_invoice_datetime FROM packages WHERE package_id = ?", (self._package_id,)
            ).fetchone()
        # only now it is kept
        self._tally.invoices += made
        self._tally.payments += paid is True
        self._tally.declined += paid is False
        return None if following is None else int(following)

    def _write_context(self, connection: sqlite3.Connection) -> WriteContext:
        return WriteContext(connection, self._store, self._clock, self._base_url)

    def _due(self, context: WriteContext) -> dict[str, Any] | None:
        """The subscription, unless somebody has billed, moved or ended it meanwhile."""
        package = context.row("packages", "package_id", self._package_id)
        if (
            package is None
            or package["next_invoice_datetime"] != self._moment
            or not package["package_status_str"].startswith("active")
        ):
            return None
        return package

    def _collect(self, context: WriteContext, package: Mapping[str, Any], invoice_id: int) -> bool | None:
        """Charges the subscription's pay method; answers whether that worked, None when there is none to charge."""
        method = charging.subscription_method(context, package)
        due = ledger.balance_of(context, invoice_id)
        if method is None or due <= 0:
            return None
        try:
            charging.charge(context, package["customer_id"], [method], due, [Share(invoice_id, due)])
        except DeclinedError:
            # the invoice stays open, and the attempt on record
            return False
        return True

    def _expire(self) -> None:
        """Ends a subscription all of whose lines were billed as often as they are to be."""
        with self._store.write() as connection:
            context = self._write_context(connection)
            package = self._due(context)
            (ends,) = connection.execute(
                "SELECT count(*) FROM package_lines WHERE package_id = ? AND is_replaced = 0"
                " AND (expire_recurs > 0 OR expire_datetime IS NOT NULL)",
                (self._package_id,),
            ).fetchone()
            if package is None or not ends:
                self._tally.failed += 1
                return
            context.update(
                "packages",
                "package_id",
                self._package_id,
                {
                    "package_status_str": "expired-expired",
                    "next_invoice_datetime": None,
                    "mod_datetime": context.now,
                },
            )
            refresh_mrr(context, package["customer_id"])
        self._tally.expired += 1
