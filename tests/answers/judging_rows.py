"""Rows of an answer's tables beside the truth: invoices, payments, subscriptions, contacts, ways to pay, notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from tests.answers.judging import Judge
from tests.answers.oracle import Oracle
from tests.answers.oracle_parts import Parts

Json = Mapping[str, Any]


class Rows:
    """Rows of the tables, each by its id, and which of them there have to be."""

    def __init__(self, oracle: Oracle, judge: Judge, number: int) -> None:
        self.oracle, self.judge, self.number = oracle, judge, number
        self.parts = Parts(oracle)

    def _own(self, name: str, said: Collection[Json], true: Collection[int], *, whole: bool = False) -> bool:
        """Whether all rows are the customer's own, each once; where all were read, none may be missing."""
        found = [row["id"] for row in said]
        if whole and (missing := set(true) - set(found)):
            self.judge.say(name, f"{len(missing)} of {len(true)} are not there: {sorted(missing)[:5]}")
        if len(set(found)) != len(found):
            self.judge.say(name, f"a row twice: {found}")
        if foreign := set(found) - set(true):
            self.judge.say(name, f"rows that are not his: {sorted(foreign)}")
        return not foreign

    def open_invoices(self, said: list[Json], *, whole: bool) -> None:
        true = self.oracle.ids("invoices", "invoice_id", self.number, "AND stage >= 2")
        if self._own("open_invoices", said, true, whole=whole):
            for row in said:
                self.invoice("open_invoices", row)

    def latest_invoices(self, said: list[Json], *, whole: bool) -> None:
        ids = self.oracle.ids("invoices", "invoice_id", self.number)
        if self._own("latest_invoices", said, ids):
            for row in said:
                self.invoice("latest_invoices", row)
            if whole:
                self._latest("latest_invoices", said, "invoices", "invoice_id", "date")

    def payments(self, said: list[Json], *, whole: bool) -> None:
        ids = self.oracle.ids("transactions", "transaction_id", self.number)
        if self._own("payments", said, ids):
            for row in said:
                self.payment("payments", row)
            if whole:
                self._latest("payments", said, "transactions", "transaction_id", "transaction_date")

    def _latest(self, name: str, said: list[Json], table: str, key: str, day: str) -> None:
        """Those that are shown are the latest: of the latest dates, or made last where some were dated back."""
        rows = self.oracle.ask(
            f"SELECT {key} AS id, {day} AS day FROM {table} WHERE customer_id = :it", it=self.number
        )
        days = sorted((row["day"] for row in rows), reverse=True)[: len(said)]
        made = sorted((row["id"] for row in rows), reverse=True)[: len(said)]
        shown = [row["date"] for row in said]
        if self.judge.gaps and None in shown:
            return  # rows may come without any of their keys, and then nobody knows the day
        if sorted((day or "" for day in shown), reverse=True) != days:
            self.judge.same(f"{name}, the latest", sorted((row["id"] for row in said), reverse=True), made)

    def invoice(self, name: str, said: Json) -> None:
        """One invoice of a table."""
        true, judge = self.oracle.invoice(said["id"]), self.judge
        name = f"{name}.{said['id']}"
        if not (judge.gaps and said["number"] == str(said["id"])):
            judge.same(f"{name}, number", said["number"], true["refnumber"])
        judge.same(f"{name}, date", said["date"], true["date"])
        judge.same(f"{name}, due_date", said["due_date"], true["due_date"])
        judge.same(f"{name}, days_late", said["days_late"] or 0, true["days_late"])
        judge.same(f"{name}, status", said["status"], true["status"])
        judge.money(f"{name}, total", said["total"], true["total"])
        judge.money(f"{name}, balance", said["balance"], true["balance"])
        judge.same(f"{name}, declines", said["declines"], true["declines"])
        if said["why"] is not None:
            judge.one_of(f"{name}, why", said["why"], true["whys"])
        elif true["whys"] & {"collections", "declined", "part_paid"}:
            judge.unsaid(f"{name}, why", f"not said, but {sorted(true['whys'])}")

    def payment(self, name: str, said: Json) -> None:
        """One transaction of a table."""
        true, judge = self.oracle.payment(said["id"]), self.judge
        name = f"{name}.{said['id']}"
        judge.same(f"{name}, date", said["date"], true["transaction_date"])
        judge.same(f"{name}, type", said["type"], true["type"])
        judge.same(f"{name}, status", said["status"], true["status"])
        # of a refund the API's amount is negative; the type says as much
        refund = true["type"] == "refund"
        judge.money(f"{name}, amount", said["amount"], true["amount"], unsigned=refund)
        for part in ("applied", "unapplied"):
            if said[part] is not None:
                judge.money(f"{name}, {part}", said[part], true[part], unsigned=refund)
        if true["status"] == "declined" and true["gateway_msg"] not in ("", "-"):
            if said["reason"] is None:
                judge.unsaid(f"{name}, reason", f"none instead of {true['gateway_msg']!r}")
        elif true["status"] == "ok" and said["reason"]:
            judge.say(f"{name}, reason", f"{said['reason']!r} of what went well")

    def subscriptions(self, said: list[Json], *, whole: bool) -> None:
        ids = self.oracle.ids("packages", "package_id", self.number)
        if not self._own("subscriptions", said, ids, whole=whole):
            return
        for row in said:
            self.subscription(f"subscriptions.{row['id']}", row)

    def subscription(self, name: str, said: Json) -> None:
        """One subscription of a table."""
        true = self.parts.subscription(said["id"])
        self.judge.same(f"{name}, status", said["status"], true["status"])
        if said["next_date"] is not None:
            self.judge.same(f"{name}, next_date", date.fromisoformat(said["next_date"]), true["next_date"])
        elif true["next_date"] is not None and true["status"].startswith("active"):
            self.judge.unsaid(f"{name}, next_date", f"none instead of {true['next_date']}")
        self.bill(name, said["id"], said["amount"])

    def bill(self, name: str, number: int, said: Json | None) -> None:
        """What a subscription is billed: known where it is billed by the month and earns something already."""
        if said is None:
            return
        true = self.parts.subscription(number)
        if true["paycycle"] != "mon" or true["status"] == "active-trial":
            self.judge.say(
                name, f"{said} of {true['status']}, {true['paycycle']}: only the sum of a month is known"
            )
        elif true["status"].startswith("active"):
            self.judge.money(f"{name}, amount", said, true["month"])

    def contacts(self, said: list[Json], *, whole: bool) -> None:
        true = self.parts.contacts(self.number)
        if not self._own("contacts", said, true, whole=whole):
            return
        for row in said:
            stored = true[row["id"]]
            self.judge.same(f"contacts.{row['id']}, main", row["main"], bool(stored["main"]))
            self.judge.same(f"contacts.{row['id']}, email", row["email"], stored["email"] or None)

    def pay_methods(self, said: list[Json], *, whole: bool) -> None:
        true = self.parts.pay_methods(self.number)
        found = {(row["kind"], row["id"]) for row in said}
        if whole and true.keys() - found:
            self.judge.say("pay_methods", f"{sorted(true.keys() - found)} are not there")
        for row in said:
            if row["kind"] == "invoice":
                continue
            stored = true.get((row["kind"], row["id"]))
            name = f"pay_methods.{row['kind']} {row['id']}"
            if stored is None:
                self.judge.say(name, "not his")
                continue
            self.judge.same(f"{name}, expires", row["expires"], stored["expires"])
            self.judge.same(f"{name}, expired", bool(row["expired"]), stored["expired"])
            if stored["digits"] not in row["label"]:
                self.judge.unsaid(name, f"{row['label']!r} does not tell {stored['digits']}")
            # which token is the default is not in the API's answers
            if row["default"] and not stored["default"]:
                self.judge.say(name, "is not the default")
            elif stored["default"] and not row["default"] and row["kind"] != "token":
                self.judge.unsaid(name, "is the default")

    def notes(self, said: list[Json], *, whole: bool) -> None:
        true = self.oracle.notes(self.number)
        if self._own("notes", said, true, whole=whole):
            for row in said:
                self.judge.same(
                    f"notes.{row['id']}, pinned", row["pinned"], bool(true[row["id"]]["note_is_pinned"])
                )
                if row["text"].split()[:1] != ["promised"]:
                    (self.judge.say if row["text"] else self.judge.unsaid)(f"notes.{row['id']}", row["text"])
