"""`cotui.statement/1` beside the truth."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.answers.judging import Judge
from tests.answers.oracle import Oracle
from tests.answers.oracle_statement import Event, Statement

Json = Mapping[str, Any]
_ZERO = Decimal(0)
_KINDS = ("invoice", "payment", "credit", "refund", "void", "write_off", "decline")


def judged(said: Json, oracle: Oracle, number: int, since: date | None = None) -> list[str]:
    """All in which a statement is not true, or says less without saying so."""
    judge = Judge(f"statement {number}")
    judge.same("schema", said["schema"], "cotui.statement/1")
    judge.same("customer", said["customer"]["id"], number)
    judge.same("since", said["since"], since and since.isoformat())
    truth = Statement(oracle, number)
    parts = {part["currency"]: part for part in said["currencies"]}
    judge.same("currencies", [part["currency"] for part in said["currencies"]], sorted(parts))
    proved = all(part["proved"] for part in parts.values())
    missing = truth.currencies() - parts.keys()
    if missing and proved and since is None:
        judge.say("currencies", f"{sorted(missing)} are left out")
    for code, part in parts.items():
        _Currency(part, truth, judge, code, since).judge_all()
    return judge.wrong


class _Currency:
    def __init__(self, said: Json, truth: Statement, judge: Judge, code: str, since: date | None) -> None:
        self.said, self.truth, self.judge, self.code, self.since = said, truth, judge, code, since
        self.events = [event for event in {*truth.events, *truth.undated} if event.currency == code]
        # oldest first, whichever way they are printed
        dated = [entry["date"] for entry in said["entries"] if entry["date"]]
        backwards = bool(dated) and dated[0] > dated[-1]
        self.entries: list[Json] = list(said["entries"])[:: -1 if backwards else 1]
        if dated != sorted(dated, reverse=backwards):
            judge.say(f"{code}, order", dated)

    def judge_all(self) -> None:
        figures = [
            self.said[name] for name in ("opening", "closing", "stated_balance", "unapplied", "difference")
        ]
        amounts = [entry[name] for entry in self.entries for name in ("charged", "paid", "running")]
        for money in filter(None, figures + amounts):
            self.judge.same(f"{self.code}, currency", money["currency"], self.code)
        self._entries()
        self._figures()
        self._running()

    def _entries(self) -> None:
        """Each is about something that happened, over its amount; what counts is there once."""
        shown: Counter[tuple[str, str, int]] = Counter()
        for entry in self.entries:
            name = f"{self.code}, {entry['kind']} {entry['id']}"
            self.judge.one_of(name, entry["kind"], _KINDS)
            fitting = [event for event in self.events if self._fits(entry, event)]
            if not fitting:
                self.judge.say(name, f"{dict(entry)} did not happen")
            for event in fitting[:1]:
                shown[entry["kind"], event.table, event.number] += 1
        twice = [key for key, times in shown.items() if times > 1]
        if twice:
            self.judge.say(self.code, f"more than once: {twice}")
        if not self.said["proved"]:
            return
        begin = self.since or date.min
        for event in self.truth.events:
            if event.currency != self.code:
                continue
            if event.counts and event.day >= begin and not shown[event.kind, event.table, event.number]:
                self.judge.say(self.code, f"{event} is left out of what is proved")
            if event.until is not None and event.day >= begin and event.kind != "decline":
                both = shown[event.kind, event.table, event.number], shown["void", event.table, event.number]
                if both not in ((0, 0), (1, 1), (0, 1), (1, 0)):
                    self.judge.say(self.code, f"{event}: {both}")

    def _fits(self, entry: Json, event: Event) -> bool:
        if entry["id"] != event.number:
            return False
        net = self._net(entry)
        if entry["kind"] == "void":
            # taken back: as much as it was, or nothing where it was not counted before
            day = entry["date"] is None or entry["date"] in (
                event.until and event.until.isoformat(), event.day.isoformat()
            )  # fmt: skip
            return event.until is not None and net in (-event.net, _ZERO) and day
        undated = event in self.truth.undated
        if entry["kind"] != event.kind or entry["date"] != (None if undated else event.day.isoformat()):
            return False
        return event.kind == "decline" or net == event.net or (event.until is not None and net == _ZERO)

    @staticmethod
    def _net(entry: Json) -> Decimal:
        """By how much more is owed after an entry; a decline is shown and not counted."""
        if entry["kind"] == "decline":
            return _ZERO
        charged, paid = (
            _ZERO if entry[name] is None else Decimal(entry[name]["amount"]) for name in ("charged", "paid")
        )
        return charged - paid

    def _figures(self) -> None:
        said, judge, code = self.said, self.judge, self.code
        closing = self.truth.closing(code)
        oracle, number = self.truth.oracle, self.truth.number
        unapplied = oracle.unapplied(number).get(code, _ZERO)
        self._money("closing", closing)
        self._money("unapplied", unapplied)
        own, stated = oracle.stated_balance(number)
        # of a second currency nothing is stated; what is open of it may stand there instead
        self._money("stated_balance", stated if code == own else oracle.owes(number).get(code, _ZERO))
        found = said["difference"]
        if found is not None and Decimal(found["amount"]) != 0 and not found["at_least"]:
            judge.say(f"{code}, difference", f"{found} where there is none")
        if said["proved"]:
            for name in ("opening", "closing", "unapplied"):
                vague = name == "opening" and self._undated(self.since.isoformat() if self.since else None)
                if said[name] is None or (said[name]["at_least"] and not vague):
                    judge.say(f"{code}, {name}", f"{said[name]} of what is proved")
            if self.since is None and said["opening"] is not None:
                judge.same(f"{code}, opening", Decimal(said["opening"]["amount"]), _ZERO)
        if self.since is not None and said["opening"] is not None:
            before = self.since - timedelta(days=1)
            self._one_of("opening", said["opening"], before)

    def _money(self, name: str, true: Decimal) -> None:
        found = self.said[name]
        if found is not None and not found["at_least"]:
            self.judge.money(f"{self.code}, {name}", found, (self.code, true))

    def _one_of(self, name: str, found: Json, day: date) -> None:
        """What was owed at the end of a day: as it was then, or as it would be without what was voided later.

        When a write-off without a date was made is not known: until today what was owed is at least what it is after it.
        """
        ways = itertools.product((True, False), repeat=2)
        true = {self.truth.owed(self.code, day, with_voided=a, with_undated=b) for a, b in ways}
        said = Decimal(found["amount"])
        if not found["at_least"]:
            self.judge.one_of(f"{self.code}, {name}", said, true)
        elif said > max(true):
            self.judge.say(f"{self.code}, {name}", f"at least {said} instead of {max(true)}")

    def _undated(self, day: str | None) -> bool:
        """Whether a write-off without a date may have been made before a day."""
        return any(
            event in self.truth.undated and (day is None or event.day.isoformat() <= day)
            for event in self.truth.events
            if event.currency == self.code
        )

    def _running(self) -> None:
        """Each balance follows from the one before; at the end of each day it is what was owed."""
        before = self.said["opening"]
        for at, entry in enumerate(self.entries):
            running = entry["running"]
            name = f"running of {entry['kind']} {entry['id']}"
            if running is None:
                if self.said["proved"]:
                    self.judge.say(f"{self.code}, {name}", "none of what is proved")
                before = None
                continue
            if running["at_least"] and self.said["proved"] and not self._undated(entry["date"]):
                self.judge.say(f"{self.code}, {name}", f"{running} of what is proved")
            if before is not None:
                step = Decimal(running["amount"]) - Decimal(before["amount"])
                self.judge.same(f"{self.code}, step to {name}", step, self._net(entry))
            before = running
            # what has no date may stand between entries of one day
            last = all(later["date"] != entry["date"] for later in self.entries[at + 1 :])
            if last and entry["date"] is not None:
                self._one_of(name, running, date.fromisoformat(entry["date"]))
        if before is not None and self.said["closing"] is not None and self.entries:
            self.judge.same(f"{self.code}, end", before["amount"], self.said["closing"]["amount"])
