"""`cotui.customer/1` beside the truth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.answers.judging import Judge, States
from tests.answers.judging_rows import Rows
from tests.answers.oracle import Oracle
from tests.answers.oracle_parts import Parts

Json = Mapping[str, Any]
SECTIONS = ("open_invoices", "invoices", "payments", "subscriptions", "contacts", "pay_methods", "notes")
#: beside the record itself, the parts that each fact comes from
NEEDS: Mapping[str, tuple[str, ...]] = {
    "owes": ("open_invoices",),
    "overdue": ("open_invoices",),
    "oldest_overdue": ("open_invoices",),
    "in_collections": ("open_invoices",),
    "unapplied": ("payments",),
    "last_payment": ("payments",),
    "last_decline": ("payments",),
    "next_bill": ("subscriptions",),
}
_LISTS = {
    "open_invoices": "open_invoices",
    "latest_invoices": "invoices",
    "payments": "payments",
    "subscriptions": "subscriptions",
    "contacts": "contacts",
    "pay_methods": "pay_methods",
    "notes": "notes",
}


def judged(said: Json, oracle: Oracle, number: int, *, gaps: bool = False) -> list[str]:
    """All in which the answer about a customer is not true, or says less without saying so.

    Args:
        gaps: the records that it was made of lacked some of their keys.
    """
    judge = Judge(f"customer {number}", gaps=gaps)
    _Customer(said, oracle, number, judge).judge_all()
    return judge.wrong


class _Customer:
    def __init__(self, said: Json, oracle: Oracle, number: int, judge: Judge) -> None:
        self.said, self.oracle, self.number, self.judge = said, oracle, number, judge
        self.parts = Parts(oracle)

    def whole(self, fact: str) -> bool:
        """Whether all that a fact comes from was read."""
        return not self.judge.gaps and all(self.state(part) == "complete" for part in NEEDS[fact])

    def state(self, part: str) -> str:
        """What is known of a part; nothing where it is left out."""
        section = self.said["sections"].get(part)
        return "" if section is None else str(section["state"])

    def judge_all(self) -> None:
        self._frame()
        self._record()
        self._facts()
        self._events()
        self._pay_method()
        self._next_bill()
        rows = Rows(self.oracle, self.judge, self.number)
        for name, part in _LISTS.items():
            state = self.state(part)
            getattr(rows, name)(self.said[name], whole=state == "complete")
            if state in ("refused", "failed") and self.said[name]:
                self.judge.say(name, f"{len(self.said[name])} rows of what is {state}")
        for part, true in self.oracle.counts(self.number).items():
            self.judge.count(
                f"counts.{part}",
                self.said["counts"].get(part),
                true,
                # of invoices and contacts only the first are read: that these are here says not how many there are
                whole=self.state(part) == "complete"
                and part in self.said["counts"]
                and part not in ("invoices", "contacts"),
            )

    def _frame(self) -> None:
        said, judge = self.said, self.judge
        judge.same("schema", said["schema"], "cotui.customer/1")
        for name in ("sections", "counts"):
            if missing := set(SECTIONS) - set(said[name]):
                judge.say(name, f"{sorted(missing)} are left out: there are {sorted(said[name])}")
        for name, section in said["sections"].items():
            judge.one_of(f"sections.{name}", section["state"], States)
            if (section["state"] in ("refused", "failed")) != (section["error"] is not None) and section[
                "state"
            ] != "partial":
                judge.say(f"sections.{name}", f"state {section['state']} and error {section['error']!r}")
        if said["complete"]:
            states = {name: section["state"] for name, section in said["sections"].items()}
            judge.same("complete", set(states.values()), {"complete"})

    def _record(self) -> None:
        said, true = self.said["customer"], self.oracle.customer(self.number)
        judge = self.judge
        judge.same("id", said["id"], self.number)
        judge.same("parent_id", said["parent_id"], true["parent_customer_id"])
        judge.same("external_key", said["external_key"], true["external_key"])
        judge.same("active", said["active"], true["standing"] == 0)
        judge.same("currency", said["currency"], true["iso4217"])
        judge.same("terms", said["terms"], true["terms"])
        judge.same("since", said["since"], self.parts.day(true["write_datetime"]).isoformat())
        contact = said["contact"]
        judge.same("contact", None if contact is None else contact["id"], true["superuser_id"])
        judge.money("stated_balance", self.said["stated_balance"], self.oracle.stated_balance(self.number))

    def _facts(self) -> None:
        said, oracle, judge, number = self.said, self.oracle, self.judge, self.number
        judge.amounts("owes", said["owes"], oracle.owes(number), whole=self.whole("owes"))
        judge.amounts("overdue", said["overdue"], oracle.overdue(number), whole=self.whole("overdue"))
        judge.amounts("unapplied", said["unapplied"], oracle.unapplied(number), whole=self.whole("unapplied"))
        count, amounts = oracle.in_collections(number)
        whole = self.whole("in_collections")
        found = said["in_collections"]
        judge.count("in_collections", found and found["count"], count, whole=whole)
        judge.amounts("in_collections", found and found["amounts"], amounts, whole=whole)
        oldest, found = oracle.oldest_overdue(number), said["oldest_overdue"]
        if found is None:
            if oldest is not None and self.whole("oldest_overdue"):
                judge.say("oldest_overdue", f"none instead of {oldest}")
        elif oldest is None:
            judge.say("oldest_overdue", f"{found} although nothing is overdue")
        else:
            judge.same("oldest_overdue", found["due_date"], oldest[0].isoformat())
            judge.same("oldest_overdue, days", found["days"], (oracle.today - oldest[0]).days)
            judge.one_of("oldest_overdue, invoice", found["invoice_id"], oldest[1])

    def _events(self) -> None:
        rows = Rows(self.oracle, self.judge, self.number)
        for name, true in (
            ("last_payment", self.oracle.last_payment(self.number)),
            ("last_decline", self.oracle.last_decline(self.number)),
        ):
            found = self.said[name]
            if found is not None:
                self.judge.one_of(name, found["id"], true)
                rows.payment(name, found)
            elif true and self.whole(name):
                self.judge.say(name, f"none instead of one of {sorted(true)}")

    def _pay_method(self) -> None:
        found, kind = self.said["pay_method"], self.parts.default_kind(self.number)
        stored = self.parts.pay_methods(self.number)
        if found is None:
            if kind is not None and self.state("pay_methods") == "complete":
                self.judge.unsaid("pay_method", f"not known instead of {kind}")
            return
        if kind is None:
            # nothing was chosen: it may say so, or name what is there, but not as a default
            if found["default"] and found["kind"] != "invoice":
                self.judge.say("pay_method", f"{found} is no default")
            return
        self.judge.same("pay_method", found["kind"], kind)
        chosen = [number for (which, number), row in stored.items() if which == kind and row["default"]]
        if chosen and found["id"] is not None:
            self.judge.one_of("pay_method, id", found["id"], chosen)

    def _next_bill(self) -> None:
        true, found = self.parts.next_bill(self.number), self.said["next_bill"]
        if found is None:
            if true is not None and self.whole("next_bill"):
                self.judge.say("next_bill", f"none instead of {true}")
        elif true is None:
            self.judge.say("next_bill", f"{found} although nothing is billed")
        else:
            self.judge.same("next_bill", found["date"], true[0].isoformat())
            self.judge.one_of("next_bill, subscription", found["subscription_id"], true[1])
            Rows(self.oracle, self.judge, self.number).bill(
                "next_bill", found["subscription_id"], found["amount"]
            )
