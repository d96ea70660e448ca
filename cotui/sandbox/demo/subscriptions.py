"""The demo's subscriptions, and the plan of the invoices that they make."""

from __future__ import annotations

from array import array

from cotui.catalog.money import quotient
from cotui.sandbox.demo.account import ITEMS, tierset_id
from cotui.sandbox.demo.lines import BY_ID, TAX, TOTAL
from cotui.sandbox.demo.randomness import Calendar, Randomness
from cotui.sandbox.demo.rows import ADDRESS_OR_ZERO, Rows, inserting
from cotui.sandbox.demo.state import SHOWN, Account, Subscription, planned

PACKAGE_TABLES = {
    "packages": inserting(
        "packages",
        "package_id customer_id terms_id currency_id external_key? token nickname paymethod creditcard_id? ach_id? "
        f"tokenized_id? {ADDRESS_OR_ZERO} paycycle package_status_str start_datetime next_invoice_datetime? "
        "cancel_datetime? suspendfrom_datetime? mrr write_datetime mod_datetime",
    ),
    "package_lines": inserting(
        "package_lines",
        "line_item_id package_id item_id tierset_id descrip line_quantity subscribe_datetime",
    ),
}
_BASE_ITEMS = tuple(item for item in ITEMS if item.kind == "base")
_CYCLES = (("mon", 1),) * 15 + (("qtr", 3),) * 3 + (("yrl", 12),) * 2
#: status of a subscription; by far the most are current
_STATUSES = (
    ("active-current",) * 40
    + ("canceled-manual",) * 4
    + ("suspended-suspended", "canceled-nonpayment", "expired-expired", "expired-trial", "active-trial")
)


class SubscriptionMaker:
    """Makes the subscriptions of one customer after another.

    Args:
        plan: gets the planned invoices (state.planned), in no order.
    """

    def __init__(self, rows: Rows, randomness: Randomness, calendar: Calendar, plan: array[int]) -> None:
        self._rows = rows
        self._randomness = randomness
        self._calendar = calendar
        self._plan = plan
        self._package_id = 0
        self._package_line_id = 0

    def add(self, account: Account, number: int, since: int) -> int:
        """Adds the customer's packages; the answer is its monthly recurring revenue in minor units."""
        randomness = self._randomness
        if number > SHOWN and randomness.chance(0.14):
            return 0
        mrr = self._subscription(account, number, since)
        return mrr + (self._subscription(account, number, since) if randomness.chance(0.1) else 0)

    def _subscription(self, account: Account, number: int, since: int) -> int:
        randomness, calendar = self._randomness, self._calendar
        showcase = number <= SHOWN
        paycycle, months = _CYCLES[0] if showcase else randomness.pick(_CYCLES)
        status = "active-current" if showcase else randomness.pick(_STATUSES)
        trial = status.endswith("trial")
        wanted = 0 if trial else self._cycles_wanted(months, showcase)
        day_of_month = randomness.below(28)
        last = calendar.month_of(calendar.today)
        if calendar.months[last] + day_of_month > calendar.today:
            last -= 1
        ended = not status.startswith("active")
        if ended:
            last -= randomness.below(8)
        elif months > 1:
            last -= randomness.below(months)
        first = last
        while wanted > 1 and calendar.months[first - months] + day_of_month > since and first - months > 0:
            first -= months
            wanted -= 1
        start = calendar.months[first] + day_of_month
        if start <= since:  # too new a customer for this cycle
            wanted, start = 0, since
        self._package_id += 1
        subscription = Subscription(self._package_id, paycycle, months)
        account.subscriptions.append(subscription)
        started = calendar.night(start, 0)
        self._package_lines(account, subscription, started)
        slot = len(account.subscriptions) - 1
        if wanted:
            for month in range(first, last + 1, months):
                self._plan.append(planned(calendar.months[month] + day_of_month, number - 1, slot))
        mrr = quotient(subscription.subtotal, months) if status == "active-current" else 0
        following = max(calendar.months[last + months] + day_of_month, start)  # a new customer's begins later
        self._rows["packages"].append(
            (
                subscription.package_id,
                number,
                account.terms_id,
                account.money.currency_id,
                f"sub-{number}-{subscription.package_id}" if randomness.chance(0.2) else 0,
                randomness.token(),
                randomness.pick(("", "", "Head office", "Branch", "Data centre")),
                account.paymethod or "inv",
                *account.cards,
                *account.address,
                paycycle,
                status,
                started,
                0 if ended else calendar.night(max(following, calendar.today + 1), 0),
                calendar.office(min(following, calendar.today), 60) if status.startswith("canceled") else 0,
                calendar.night(min(following, calendar.today), 60) if status.startswith("susp") else 0,
                mrr,
                started,
                calendar.office(calendar.today if not ended else min(following, calendar.today), number),
            )
        )
        return mrr

    def _cycles_wanted(self, months: int, showcase: bool) -> int:
        chance = self._randomness.roll()
        if months == 12:
            return 1 + int(chance * 3)
        if months == 3:
            return 1 + int(chance * 9)
        return 6 + int(chance * 14) if showcase else 3 + int(chance * chance * 30)

    def _package_lines(self, account: Account, subscription: Subscription, started: int) -> None:
        randomness = self._randomness
        count = 1 + randomness.below(3)
        begin = randomness.below(len(_BASE_ITEMS))
        chosen = [_BASE_ITEMS[(begin + 2 * step) % len(_BASE_ITEMS)] for step in range(count)]
        if randomness.chance(0.08):
            chosen.append(BY_ID[20])
        for item in chosen:
            self._package_line_id += 1
            quantity = 1 + int(randomness.roll() ** 2 * item.most) if item.most > 1 else 1
            quantity = min(quantity, item.most)
            kind = account.prices.recurring(item, subscription.paycycle, subscription.months)
            line = kind.line(4 * quantity, self._package_line_id)
            subscription.lines.append(line)
            subscription.subtotal += line[TOTAL]
            subscription.taxes += line[TAX]
            if item.kind == "base":
                subscription.base += line[TOTAL]
            self._rows["package_lines"].append(
                (
                    self._package_line_id,
                    subscription.package_id,
                    item.item_id,
                    tierset_id(item.item_id, account.money.currency_id),
                    item.descrip,
                    quantity,
                    started,
                )
            )
