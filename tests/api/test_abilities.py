"""What was found out about an account: kept, forgotten after a month, never more than a file has room for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cotui.api.abilities import BULK, KEPT, MOST, PAGE_SIZE, Abilities, ordering, reading

DAY = date(2026, 11, 30)


def test_facts_are_kept_with_their_day() -> None:
    kept: dict[str, str] = {}
    abilities = Abilities(kept, lambda: DAY)
    assert abilities.can(BULK) is None
    abilities.learn(BULK, False)
    abilities.learn(PAGE_SIZE, 20)
    assert kept == {"_bulk": "no 2026-11-30", "page size": "20 2026-11-30"}
    later = Abilities(kept, lambda: DAY + KEPT - timedelta(days=1))
    assert (later.can(BULK), later.number(PAGE_SIZE), later.can(PAGE_SIZE)) == (False, 20, None)
    later.learn(BULK, False)
    assert kept["_bulk"].endswith("2026-11-30"), "what is known already is found out anew after its month"
    assert [fact.name for fact in later] == ["_bulk", "page size"]


def test_facts_are_forgotten_after_a_month_and_by_hand() -> None:
    kept = {"_bulk": "no 2026-11-30"}
    assert Abilities(kept, lambda: DAY + KEPT).can(BULK) is None
    abilities = Abilities(kept, lambda: DAY)
    abilities.forget()
    assert abilities.can(BULK) is None
    assert kept == {}


@pytest.mark.parametrize(
    "text", ["", "no", "maybe 2026-11-30", "no 2026-13-99", "no 2027-11-30", "-5 2026-11-30", "١ 2026-11-30"]
)
def test_what_makes_no_sense_is_no_fact(text: str) -> None:
    kept = {"_bulk": text}
    abilities = Abilities(today=lambda: DAY)
    abilities.keep_in(kept)
    assert (abilities.can(BULK), abilities.number(BULK), list(abilities), kept) == (None, None, [], {})


def test_what_this_run_found_out_is_newer_than_what_is_kept() -> None:
    kept = {"_bulk": "yes 2026-11-29", "page size": "100 2026-11-29"}
    abilities = Abilities(today=lambda: DAY)
    abilities.learn(BULK, False)
    abilities.keep_in(kept)
    assert kept == {"_bulk": "no 2026-11-30", "page size": "100 2026-11-29"}


def test_a_file_does_not_grow_without_end() -> None:
    kept = {"_bulk": "yes 2026-11-29"}
    abilities = Abilities(kept, lambda: DAY)
    for number in range(2 * MOST):
        abilities.learn(ordering("report", f"column_{number}"), True)
    assert len(kept) <= MOST
    assert abilities.can(ordering("report", f"column_{2 * MOST - 1}"))


def test_what_comes_next_tells_whether_an_object_or_the_keys_were_refused() -> None:
    found = Abilities()
    found.refused("transaction")
    assert found.can(reading("transaction")) is None
    found.came("invoice")
    assert found.can(reading("transaction")) is False
    found.refused("invoice")
    found.came("customer")
    assert found.can(reading("invoice")) is None, "others of it came: it was about one record"
    found.came("transaction")
    assert found.can(reading("transaction")) is True
