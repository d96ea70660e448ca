"""What can happen to a customer of a random account: invoices, money in both directions, mistakes, changes of mind."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from cotui.sandbox.billing.totals import refresh_totals
from cotui.sandbox.database.store import Store

if TYPE_CHECKING:
    from tests.answers.scenario import Life

_GOOD_CARDS = ("4111 1111 1111 1111", "5555 5555 5555 4444", "3782 822463 10005", "6011 1111 1111 1117")
_DECLINED_CARD = "4116196783374209"
_WORDS = ("insufficient funds", "Do not honor", "expired_card: ünïcode", "[bold]lost[/] or stolen", "-")
_NAMES = ("Northwind", "Maple [b]Ridge[/]", "Kellner Werkzeugbau", "株式会社 日本", "Gagnon, Fils: & Co")
_BASE_ITEMS = (1, 2, 3, 4, 5, 6, 7)
_CYCLES = ("mon", "mon", "mon", "qtr", "yrl", "1wk", "six")
_OPEN = "SELECT invoice_id, balance FROM invoices WHERE customer_id = :customer AND is_open = 1"
_IN_FORCE = "customer_id = :customer AND gateway_status = 1 AND void_datetime IS NULL"


def customer(dice: random.Random, number: int, currency_id: int) -> dict[str, Any]:
    """A customer as he is created."""
    return {
        "company": f"{dice.choice(_NAMES)} {number}",
        "currency_id": currency_id,
        "terms_id": dice.choice((1, 2, 3, 4)),
        "no_taxes": dice.random() < 0.7,
        "bill_country": dice.choice(("United States", "Canada", "")),
        "bill_state": dice.choice(("CT", "ON", "")),
        **({"external_key": f"key-{number}"} if dice.random() < 0.5 else {}),
        **({"superuser_email": f"main{number}@example.com"} if dice.random() < 0.8 else {}),
    }


async def ways_to_pay(life: Life) -> None:
    """None to three of them; mostly one of them is the default."""
    dice, number = life.dice, {"customer_id": life.customer_id}
    stored: list[dict[str, Any]] = []
    for _ in range(dice.randint(0, 3)):
        match dice.choice(("card", "card", "declined", "expired", "bank", "token")):
            case "bank":
                digits = str(dice.randint(10_000, 999_999))
                sent = {**number, "number": digits, "routing": "072403004", "name": "J", "type": "chec"}
                kind, path, key = "ach", "ach", "ach_id"
            case "token":
                sent = {**number, "token": f"cus_{dice.randint(1, 10**6)}", "name": "Visa x4111"}
                kind, path, key = "tok", "tokenized", "tokenized_id"
            case how:
                card = _DECLINED_CARD if how == "declined" else dice.choice(_GOOD_CARDS)
                year = life.today.year + (-2 if how == "expired" else dice.randint(1, 4))
                sent = {**number, "number": card, "expdate_year": year, "expdate_month": dice.randint(1, 12)}
                kind, path, key = "crd", "creditcard", "creditcard_id"
        made = await life.post(path, sent)
        stored.append({"paymethod": kind, key: made.response["id"]})
    if stored and dice.random() < 0.7:
        await life.post(f"customer/{life.customer_id}/_action/setPayMethod", dice.choice(stored))
    elif dice.random() < 0.3:
        await life.post(f"customer/{life.customer_id}/_action/setPayMethod", {"paymethod": "inv"})


async def happen(life: Life, *, mostly_invoices: bool) -> None:
    """Let something happen that can happen to this customer on this day."""
    weights = [weight / (40 if mostly_invoices and move is not _invoice else 1)
               for move, weight in _MOVES.items()]  # fmt: skip
    move = life.dice.choices(list(_MOVES), weights)[0]
    fitting = await move(life)
    counted = life.done if fitting else life.refused
    name = move.__name__.strip("_")
    counted[name] = counted.get(name, 0) + 1


def _one(life: Life, sql: str) -> tuple[Any, ...] | None:
    found = life.rows(sql)
    return life.dice.choice(found) if found else None


def _earlier(life: Life) -> str:
    """Today, or a day before as somebody notes it who comes late."""
    back = life.dice.choice((0, 0, 0, 1, 5, 40))
    return max(life.since, life.day - timedelta(days=back)).isoformat()


async def _invoice(life: Life) -> bool:
    dice = life.dice
    lines = [
        {"item_id": dice.choice(_BASE_ITEMS), "line_rate": life.amount(), "line_quantity": dice.randint(1, 3)}
        for _ in range(dice.randint(1, 3))
    ]
    sent = {"customer_id": life.customer_id, "date": _earlier(life), "line_items": lines}
    if dice.random() < 0.3:
        sent["terms_id"] = dice.choice((1, 2, 3, 4, 5))
    if dice.random() < 0.2:
        sent["refnumber"] = f"R-{life.customer_id}-{dice.randint(1, 10**6)}"
    return (await life.post("invoice", sent)).status == 201


def _recorded(life: Life, kind: str, **more: Any) -> dict[str, Any]:
    method = "credit" if kind == "cre" else life.dice.choice(("check", "paypal", "visa"))
    return {
        "customer_id": life.customer_id,
        "transaction_type": kind,
        "gateway_status": 1,
        "gateway_method": method,
        "transaction_detail": str(life.dice.randint(1, 9999)),
        "transaction_date": _earlier(life),
        **more,
    }


async def _record(life: Life, kind: str, **more: Any) -> bool:
    if kind == "wri":
        more["gateway_method"] = ""
    return (await life.post("transaction", _recorded(life, kind, **more))).status == 201


async def _pay_some(life: Life, kind: str, *, whole: bool, over: bool = False) -> bool:
    """Put on record what pays for an open invoice, all or a part of it, or too much."""
    found = _one(life, _OPEN)
    if found is None or found[1] <= 0:
        return False
    due = life.major(found[1])
    share = due if whole else life.part(due)
    more = life.amount() if over else 0
    applied = [{"invoice_id": found[0], "applied": share}]
    return await _record(life, kind, amount=share + more, applied_to=applied)


async def _payment(life: Life) -> bool:
    return await _pay_some(life, "pay", whole=True)


async def _part_payment(life: Life) -> bool:
    return await _pay_some(life, "pay", whole=False)


async def _over_payment(life: Life) -> bool:
    return await _pay_some(life, "pay", whole=True, over=True)


async def _payment_of_several(life: Life) -> bool:
    return await _record(
        life, "pay", amount=life.amount(), auto_apply=life.dice.choice(("oldest", "best_fit"))
    )


async def _loose_payment(life: Life) -> bool:
    return await _record(life, "pay", amount=life.amount())


async def _credit(life: Life) -> bool:
    return await _pay_some(life, "cre", whole=life.dice.random() < 0.5, over=life.dice.random() < 0.3)


async def _loose_credit(life: Life) -> bool:
    return await _record(life, "cre", amount=life.amount())


async def _write_off(life: Life) -> bool:
    return await _pay_some(life, "wri", whole=life.dice.random() < 0.7)


async def _decline(life: Life) -> bool:
    found = _one(life, _OPEN)
    if found is None:
        return False
    more = {"gateway_status": 0, "gateway_msg": life.dice.choice(_WORDS)}
    return await _record(life, "pay", amount=life.major(found[1]), applied_to=[found[0]], **more)


async def _charge(life: Life) -> bool:
    """Charge what the sandbox charges by itself; where that is declined, it is on record too."""
    found = _one(life, _OPEN)
    return found is not None and (await life.post(f"invoice/{found[0]}/_action/pay", {})).status == 200


async def _refund(life: Life) -> bool:
    found = _one(
        life,
        f"SELECT transaction_id, amount FROM transactions WHERE {_IN_FORCE} AND transaction_type = 'pay'",
    )
    if found is None:
        return False
    sent = {} if life.dice.random() < 0.4 else {"amount": life.part(life.major(found[1]))}
    return (await life.post(f"transaction/{found[0]}/_action/refund", sent)).status == 200


async def _loose_refund(life: Life) -> bool:
    """Money paid back of which nobody says which payment it was, where there is that much."""
    ((spare,),) = life.rows(f"SELECT coalesce(sum(amount - applied), 0) FROM transactions WHERE {_IN_FORCE}")
    return spare > 0 and await _record(life, "ref", amount=life.part(life.major(spare)))


async def _void_transaction(life: Life) -> bool:
    found = _one(life, f"SELECT transaction_id FROM transactions WHERE {_IN_FORCE}")
    return found is not None and (await life.post(f"transaction/{found[0]}/_action/void")).status == 200


async def _void_invoice(life: Life) -> bool:
    found = _one(life, "SELECT invoice_id FROM invoices WHERE customer_id = :customer AND stage <> 1")
    return found is not None and (await life.post(f"invoice/{found[0]}/_action/void")).status == 200


async def _use_balance(life: Life) -> bool:
    found = _one(life, _OPEN)
    sent = {"use_customer_balance": True}
    return found is not None and (await life.post(f"invoice/{found[0]}/_action/pay", sent)).response is True


async def _take_off(life: Life) -> bool:
    """What a payment paid for, it pays for no longer."""
    found = _one(
        life,
        f"SELECT transaction_id FROM transactions WHERE {_IN_FORCE} AND applied > 0 AND transaction_type = 'pay'",
    )
    sent: dict[str, Any] = {"applied_to": []}
    return (
        found is not None
        and (await life.post(f"transaction/{found[0]}?action=changeAppliedAmounts", sent)).status == 200
    )


async def _schedule(life: Life) -> bool:
    found = _one(life, _OPEN)
    if found is None or found[1] <= 0:
        return False
    day = (life.today + timedelta(days=life.dice.randint(1, 60))).isoformat()
    planned = {"amount": life.part(life.major(found[1])), "date": day}
    return (await life.post(f"invoice/{found[0]}/_action/schedule", {"schedule": [planned]})).status == 200


async def _subscription(life: Life) -> bool:
    dice = life.dice
    lines: list[dict[str, Any]] = [
        {"item_id": dice.choice(_BASE_ITEMS), "line_quantity": dice.randint(1, 3)}
        for _ in range(dice.randint(1, 2))
    ]
    if dice.random() < 0.15:
        for line in lines:
            line["trial_days"] = 1000
    sent = {
        "customer_id": life.customer_id,
        "paycycle": dice.choice(_CYCLES),
        "paymethod": dice.choice(("any", "inv")),
        "line_items": lines,
        **({"nickname": f"Plan {dice.randint(1, 99)}"} if dice.random() < 0.6 else {}),
    }
    return (await life.post("package", sent)).status == 201


async def _bill(life: Life) -> bool:
    found = _one(life, "SELECT package_id FROM packages WHERE customer_id = :customer")
    return found is not None and (await life.post(f"package/{found[0]}/_action/invoice")).status == 200


async def _change_subscription(life: Life) -> bool:
    found = _one(life, "SELECT package_id FROM packages WHERE customer_id = :customer")
    if found is None:
        return False
    ahead = (life.today + timedelta(days=life.dice.randint(2, 90))).isoformat()
    action, sent = life.dice.choice(
        (
            ("suspend", {}),
            ("suspend", {"suspendfrom_datetime": ahead}),
            ("unsuspend", None),
            ("cancel", {}),
            ("cancel", {"cancel_date": ahead}),
            ("uncancel", None),
            ("hold", {"holduntil_datetime": ahead}),
        )
    )
    return (await life.post(f"package/{found[0]}/_action/{action}", sent)).status == 200


async def _note(life: Life) -> bool:
    sent = {
        "context_str": "customer",
        "context_id": life.customer_id,
        "note": f"promised {life.amount()}\nby Friday \x1b[31m",
        "note_is_pinned": life.dice.random() < 0.2,
    }
    return (await life.post("note", sent)).status == 201


async def _contact(life: Life) -> bool:
    sent = {"customer_id": life.customer_id, "first_name": "Ben", "last_name": f"Ortega {life.day:%j}"}
    if life.dice.random() < 0.7:
        sent["email"] = f"ben{life.customer_id}@example.com"
    return (await life.post("user", sent)).status == 201


_MOVES: dict[Callable[[Life], Awaitable[bool]], float] = {
    _invoice: 10, _payment: 5, _part_payment: 4, _over_payment: 2, _payment_of_several: 1, _loose_payment: 1,
    _credit: 2, _loose_credit: 1, _write_off: 1.5, _decline: 3, _charge: 4, _refund: 2, _loose_refund: 0.5,
    _void_transaction: 1.5, _void_invoice: 1.2, _use_balance: 1.5, _take_off: 0.7, _schedule: 1,
    _subscription: 1.5, _bill: 2.5, _change_subscription: 1.2, _note: 1, _contact: 1,
}  # fmt: skip
#: all that can happen, by name
NAMES = tuple(move.__name__.strip("_") for move in _MOVES)


def behind_the_scenes(store: Store, dice: random.Random, lives: Sequence[Life]) -> None:
    """What no endpoint does: overdue invoices in collections, statuses, money in a second currency."""
    with store.write() as connection:
        for life in lives:
            _collections(connection.execute, dice, life.customer_id, life.today)
            if dice.random() < 0.15:
                _second_currency(connection.execute, dice, life)
            connection.execute(
                "UPDATE customers SET standing = ? WHERE customer_id = ?",
                (dice.choices((0, 1, 2), (8, 1, 1))[0], life.customer_id),
            )
        for (number,) in connection.execute("SELECT package_id FROM packages ORDER BY 1").fetchall():
            if dice.random() < 0.12:
                ended = dice.choice(("expired-expired", "expired-trial", "canceled-nonpayment"))
                connection.execute(
                    "UPDATE packages SET package_status_str = ?, next_invoice_datetime = NULL, mrr = 0,"
                    " canceled_from = NULL WHERE package_id = ?",
                    (ended, number),
                )
        # what of a write-off lies on no invoice any more is neither money nor written off
        connection.execute(
            "UPDATE transactions SET amount = applied WHERE transaction_type = 'wri' AND void_datetime IS NULL"
        )
        for life in lives:
            if dice.random() < 0.2:
                _no_write_offs(connection.execute, life.customer_id)
        _next_invoices(connection.execute, dice, lives[0].today if lives else None)
        refresh_totals(connection)
        # of two currencies nobody has one sum: what is stated is about the customer's own
        connection.execute(
            "UPDATE customers SET balance = (SELECT coalesce(sum(balance), 0) FROM invoices i"
            " WHERE i.customer_id = customers.customer_id AND i.currency_id = customers.currency_id)"
        )


def _no_write_offs(run: Callable[..., Any], customer_id: int) -> None:
    """As documented: what was written off is known by its invoice, and is no transaction."""
    which = "SELECT transaction_id FROM transactions WHERE customer_id = ? AND transaction_type = 'wri'"
    for table in ("transaction_applied", "transactions"):
        run(f"DELETE FROM {table} WHERE transaction_id IN ({which})", (customer_id,))


def _collections(run: Callable[..., Any], dice: random.Random, customer_id: int, today: date) -> None:
    for (number,) in run(
        "SELECT invoice_id FROM invoices WHERE customer_id = ? AND is_open = 1 AND due_date < ? ORDER BY 1",
        (customer_id, today.isoformat()),
    ).fetchall():
        if dice.random() < 0.1:
            run("UPDATE invoices SET stage = 2 WHERE invoice_id = ?", (number,))


def _next_invoices(run: Callable[..., Any], dice: random.Random, today: date | None) -> None:
    """No run has billed what was due meanwhile: it is due some day to come, before anything is suspended."""
    if today is None:
        return
    midnight = int(datetime.combine(today, time(15), UTC).timestamp())
    for (number,) in run(
        "SELECT package_id FROM packages WHERE next_invoice_datetime IS NOT NULL ORDER BY 1"
    ).fetchall():
        ahead = midnight + 86_400 * dice.randint(1, 40)
        run(
            "UPDATE packages SET next_invoice_datetime = min(max(next_invoice_datetime, ?),"
            " CASE WHEN suspendfrom_datetime > ? THEN suspendfrom_datetime - 3600 ELSE ? END) WHERE package_id = ?",
            (ahead, midnight + 86_400, ahead + 86_400 * 400, number),
        )


def _second_currency(run: Callable[..., Any], dice: random.Random, life: Life) -> None:
    """Invoices that nothing was paid for, and money that paid for nothing, are in another currency."""
    other = dice.choice([number for number in range(1, 5) if number != life.currency_id])
    alone = "customer_id = ? AND NOT EXISTS (SELECT 1 FROM transaction_applied a WHERE"
    for table, key in (("invoices", "invoice_id"), ("transactions", "transaction_id")):
        parted = " AND transaction_type IN ('pay', 'cre')" if key == "transaction_id" else ""
        run(
            f"UPDATE {table} SET currency_id = ? WHERE {alone} a.{key} = {table}.{key}) AND {key} % 2 = 0"
            f"{parted}",
            (other, life.customer_id),
        )
