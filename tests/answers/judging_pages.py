"""`cotui.invoice/1`, `cotui.payment/1`, `cotui.subscription/1` and `cotui.user/1` beside the truth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from tests.answers.judging import Judge, States
from tests.answers.judging_rows import Rows
from tests.answers.oracle import Oracle

Json = Mapping[str, Any]
#: what is shown -> the object it is read from, its table and its key
SHOWN = {
    "invoice": ("invoice", "invoices", "invoice_id"),
    "payment": ("transaction", "transactions", "transaction_id"),
    "subscription": ("package", "packages", "package_id"),
    "user": ("user", "users", "user_id"),
}


def judged(what: str, said: Json, oracle: Oracle, number: int) -> list[str]:
    """All in which the answer about a record is not true, or says less without saying so.

    Args:
        what: a key of `SHOWN`.
    """
    judge = Judge(f"{what} {number}")
    judge.same("schema", said["schema"], f"cotui.{what}/1")
    for name, section in said["sections"].items():
        judge.one_of(f"sections.{name}", section["state"], States)
        if said["complete"]:
            judge.same(f"sections.{name}", section["state"], "complete")
    _Page(said, oracle, number, judge).judge(what)
    return judge.wrong


class _Page:
    def __init__(self, said: Json, oracle: Oracle, number: int, judge: Judge) -> None:
        self.said, self.oracle, self.number, self._judge = said, oracle, number, judge

    def judge(self, what: str) -> None:
        found: Callable[[], None] = getattr(self, f"_{what}")
        found()

    def _rows(self, customer_id: int) -> Rows:
        judge, said = self._judge, self.said.get("customer")
        if said is not None:
            judge.same("customer", said["id"], customer_id)
            if said["company"] is not None and self._whole("customer"):
                judge.same("company", said["company"], self.oracle.customer(customer_id)["company"])
        return Rows(self.oracle, judge, customer_id)

    def _whole(self, part: str) -> bool:
        section = self.said["sections"].get(part)
        return section is not None and section["state"] == "complete"

    def _minor(self, row: Mapping[str, Any], name: str) -> tuple[str, Decimal]:
        return row["iso4217"], Decimal(row[name]).scaleb(-row["decimals"])

    def _invoice(self) -> None:
        oracle, judge, number = self.oracle, self._judge, self.number
        true = oracle.invoice(number)
        rows = self._rows(true["customer_id"])
        judge.same("id", self.said["invoice"]["id"], number)
        rows.invoice("invoice", self.said["invoice"])
        paid = {**true, "applied": true["credits"] + true["payments"] + true["writeoffs"]}
        judge.money("applied", self.said["applied"], self._minor(paid, "applied"))
        judge.same("subscription_id", self.said["subscription_id"], true["package_id"])
        lines = oracle.ask(
            "SELECT *, line_total + tax_total AS whole FROM invoice_lines WHERE invoice_id = :it ORDER BY line_item_id",
            it=number,
        )
        judge.same("lines", len(self.said["lines"]), len(lines))
        for at, (said, line) in enumerate(zip(self.said["lines"], lines, strict=False)):
            row = {**line, "iso4217": true["iso4217"], "decimals": true["decimals"]}
            judge.money(f"lines.{at}, total", said["total"], self._minor(row, "whole"))
            judge.money(f"lines.{at}, tax", said["tax"], self._minor(row, "tax_total"))
            judge.same(
                f"lines.{at}, quantity", Decimal(said["quantity"]), Decimal(str(line["line_quantity"]))
            )
        schedule = oracle.ask(
            "SELECT * FROM invoice_schedule WHERE invoice_id = :it ORDER BY date", it=number
        )
        judge.same(
            "schedule", [one["date"] for one in self.said["schedule"]], [one["date"] for one in schedule]
        )
        self._payments_of(rows, number)
        declined = oracle.ids("transactions", "transaction_id", true["customer_id"], "AND gateway_status = 0")
        for one in self.said["declines"]:
            rows.payment("declines", one)
            judge.one_of("declines", one["id"], declined)
        if len(self.said["declines"]) > true["declines"]:
            judge.say("declines", f"{len(self.said['declines'])} of {true['declines']}")

    def _payments_of(self, rows: Rows, number: int) -> None:
        true = {
            row["transaction_id"]: self._minor(row, "applied")
            for row in self.oracle.ask(
                "SELECT a.transaction_id, a.applied, c.iso4217, c.decimals FROM transaction_applied a"
                " JOIN invoices i USING (invoice_id) JOIN currencies c USING (currency_id) WHERE a.invoice_id = :it",
                it=number,
            )
        }
        shown = set()
        for one in self.said["payments"]:
            rows.payment("payments", one)
            if one["id"] not in true:
                self._judge.say("payments", f"{one['id']} pays for something else")
            elif one["applied_here"] is not None:
                self._judge.money(f"payments.{one['id']}, applied here", one["applied_here"], true[one["id"]])
            shown.add(one["id"])
        whole = self._whole("payments")
        if whole and true.keys() - shown:
            self._judge.say("payments", f"{sorted(true.keys() - shown)} are left out")
        self._judge.count("counts.payments", self.said["counts"]["payments"], len(true), whole=whole)

    def _payment(self) -> None:
        oracle, judge, number = self.oracle, self._judge, self.number
        true = oracle.payment(number)
        rows = self._rows(true["customer_id"])
        judge.same("id", self.said["payment"]["id"], number)
        rows.payment("payment", self.said["payment"])
        applied = {
            row["invoice_id"]: self._minor(row, "applied")
            for row in oracle.ask(
                "SELECT a.*, c.iso4217, c.decimals FROM transaction_applied a JOIN transactions t USING (transaction_id)"
                " JOIN currencies c USING (currency_id) WHERE transaction_id = :it",
                it=number,
            )
        }
        judge.same(
            "applied_to", sorted(one["invoice_id"] for one in self.said["applied_to"]), sorted(applied)
        )
        for one in self.said["applied_to"]:
            if one["invoice_id"] in applied:
                judge.money(f"applied_to.{one['invoice_id']}", one["applied"], applied[one["invoice_id"]])
            if one["number"] is not None:
                judge.same("applied_to", one["number"], oracle.invoice(one["invoice_id"])["refnumber"])
        refunds = oracle.ask(
            "SELECT transaction_id FROM transactions WHERE parent_transaction_id = :it AND transaction_type = 'ref'",
            it=number,
        )
        judge.same(
            "refunds",
            sorted(one["id"] for one in self.said["refunds"]),
            [one["transaction_id"] for one in refunds],
        )
        for one in self.said["refunds"]:
            if one.get("amount") is not None:
                rows.payment("refunds", one)
        back = self.said["pays_back"]
        if back is not None or self.said["complete"]:
            parent = true["parent_transaction_id"] if true["transaction_type"] == "ref" else None
            judge.same("pays_back", back and back["id"], parent)

    def _subscription(self) -> None:
        oracle, judge, number = self.oracle, self._judge, self.number
        (row,) = oracle.ask("SELECT * FROM packages WHERE package_id = :it", it=number)
        rows = self._rows(row["customer_id"])
        judge.same("id", self.said["subscription"]["id"], number)
        rows.subscription("subscription", self.said["subscription"])
        own = "SELECT currency_id, balance AS minor FROM invoices WHERE package_id = :it AND stage >= 2"
        owes = {code: amount for code, amount in oracle.sums(own, it=number).items() if amount}
        whole = self._whole("open_invoices")
        judge.amounts("owes", self.said["owes"], owes, whole=whole)
        ids = [
            one["invoice_id"]
            for one in oracle.ask("SELECT invoice_id FROM invoices WHERE package_id = :it", it=number)
        ]
        opened = [it for it in ids if oracle.invoice(it)["stage"] >= 2]
        judge.count("counts.open_invoices", self.said["counts"]["open_invoices"], len(opened), whole=whole)
        for name in ("open_invoices", "latest_invoices"):
            for one in self.said[name]:
                judge.one_of(name, one["id"], opened if name == "open_invoices" else ids)
                rows.invoice(name, one)
        if whole and {one["id"] for one in self.said["open_invoices"]} != set(opened):
            judge.say("open_invoices", f"not all of {opened}")
        true, bill = rows.parts.subscription(number), self.said["next_bill"]
        billed = true["next_date"] if true["status"].startswith("active") else None
        judge.same("next_bill", bill and bill["date"], billed and billed.isoformat())
        if bill is not None:
            rows.bill("next_bill", number, bill["amount"])
        method = self.said["pay_method"]
        kinds = {"crd": "card", "ach": "bank", "tok": "token", "inv": "invoice"}
        if method is not None:
            judge.same("pay_method", method["kind"], kinds[row["paymethod"]])
            stored = row["creditcard_id"] or row["ach_id"] or row["tokenized_id"]
            judge.one_of("pay_method", method["id"], (None, stored))

    def _user(self) -> None:
        oracle, judge, number = self.oracle, self._judge, self.number
        (row,) = oracle.ask("SELECT * FROM users WHERE user_id = :it", it=number)
        judge.same("id", self.said["user"]["id"], number)
        judge.same("email", self.said["user"]["email"], row["email"] or None)
        true = oracle.ask(
            "SELECT l.customer_id, k.superuser_id = :it AS main FROM customer_users l JOIN customers k USING (customer_id)"
            " WHERE l.user_id = :it ORDER BY 1",
            it=number,
        )
        judge.same(
            "customers", [one["id"] for one in self.said["customers"]], [one["customer_id"] for one in true]
        )
        for said, one in zip(self.said["customers"], true, strict=False):
            if said["main"] is not None:
                judge.same("main", said["main"], bool(one["main"]))
            if said["stated_balance"] is not None:
                judge.money("stated_balance", said["stated_balance"], oracle.stated_balance(said["id"]))
            elif self.said["complete"]:
                judge.say("stated_balance", "not known")
