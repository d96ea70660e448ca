"""Chance of the demo: the same arguments give the same data, on every machine."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta

import pytest

from tests.sandbox.demo.rules import VIOLATIONS, fingerprint, generated


@pytest.mark.long
def test_the_same_arguments_give_the_same_data() -> None:
    with closing(generated(120)) as first, closing(generated(120)) as second:
        assert fingerprint(first) == fingerprint(second)
    with closing(generated(120, seed=2)) as other, closing(generated(121)) as longer:
        assert fingerprint(other) != fingerprint(longer)


def test_the_data_is_the_same_on_every_machine() -> None:
    """A change of this fingerprint is a change of the data: GENERATOR_VERSION has to rise with it."""
    with closing(generated(60)) as connection:
        assert fingerprint(connection) == "476cc277f1f80a9582d0e909e84d381f9716a04076f36c3077ab6d6047f8d9d2"


@pytest.mark.long
@pytest.mark.parametrize("seed", [7, 2**40, -3])
def test_other_seeds_and_days(seed: int) -> None:
    today = date(2024, 2, 29) + timedelta(days=abs(seed) % 300)
    with closing(generated(60, seed, today)) as connection:
        for rule, sql in VIOLATIONS.items():
            assert connection.execute(sql.format(today=today)).fetchall() == [], rule
