"""What an answer may say beside the truth: the same, or openly less.

A number without "at least" is the truth. One with it is not more than the truth. What is not known is null, and then the
answer says that it is not complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tests.answers.oracle import Money

States = ("complete", "partial", "refused", "failed")


#: what stands where a key was not there, in forms that have no null
_STAND_INS = (None, "", "other", False)


class Judge:
    """Collects in what an answer differs from the truth.

    Args:
        about: whose answer it is, for people.
        gaps: records came without some of their keys, so that anything may be null, and any sum "at least".
    """

    def __init__(self, about: str, *, gaps: bool = False) -> None:
        self.about = about
        self.gaps = gaps
        self.wrong: list[str] = []

    def unsaid(self, name: str, what: object) -> None:
        """Note that something is not said; nothing need be where keys are not there."""
        if not self.gaps:
            self.say(name, what)

    def say(self, name: str, what: object) -> None:
        """Note a difference."""
        self.wrong.append(f"{self.about}: {name}: {what}")

    def same(self, name: str, said: object, true: object) -> None:
        """The two have to be equal."""
        if said != true and not (self.gaps and said in _STAND_INS):
            self.say(name, f"{said!r} instead of {true!r}")

    def one_of(self, name: str, said: object, true: Any) -> None:
        """It has to be among what is true."""
        if said not in true and not (self.gaps and said in _STAND_INS):
            self.say(name, f"{said!r} instead of one of {sorted(true, key=str)!r}")

    def money(
        self, name: str, said: Mapping[str, Any] | None, true: Money, *, unsigned: bool = False
    ) -> None:
        """One amount that has to be known and exact."""
        if said is None:
            if not self.gaps:
                self.say(name, f"not known instead of {true}")
            return
        found = (said["currency"] or (true[0] if self.gaps else ""), _exact(said["amount"]))
        if unsigned:
            found, true = (found[0], abs(found[1])), (true[0], abs(true[1]))
        self.same(name, found, true)
        self.same(f"{name}, at least", said["at_least"], False)

    def amounts(
        self, name: str, said: list[Mapping[str, Any]] | None, true: Mapping[str, Decimal], *, whole: bool
    ) -> None:
        """Amounts by currency.

        Args:
            whole: all that they depend on was read, so that they have to be known and exact.
        """
        whole = whole and not self.gaps
        if said is None:
            if whole:
                self.say(name, f"not known instead of {dict(true)}")
            return
        codes = [one["currency"] for one in said]
        self.same(f"{name}, currencies", codes, sorted(set(codes)))
        vague = any(one["at_least"] for one in said)
        for one in said:
            amount, truth = _exact(one["amount"]), true.get(one["currency"], Decimal(0))
            if one["at_least"] and whole:
                self.say(name, f"at least {amount} although all of it was read")
            if amount > truth or (amount != truth and not one["at_least"]):
                self.say(name, f"{one} instead of {truth}")
        missing = {code: amount for code, amount in true.items() if code not in codes}
        if missing and not (vague and not whole):
            self.say(name, f"{said} leaves out {missing}")

    def count(self, name: str, said: Mapping[str, Any] | None, true: int, *, whole: bool) -> None:
        """How many there are."""
        if said is None:
            if whole:
                self.say(name, f"not known instead of {true}")
        elif said["value"] > true or (said["exact"] and said["value"] != true):
            self.say(name, f"{said} instead of {true}")
        elif whole and not said["exact"]:
            self.say(name, f"{said} although all of it was read")


def _exact(text: object) -> Decimal:
    assert isinstance(text, str), f"an amount is text, not {text!r}"
    return Decimal(text)
