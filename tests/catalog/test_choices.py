"""Enumerations that several objects share: pages `set-the-payment-method`, `create-a-subscription` and
`store-an-ach-account`."""

from __future__ import annotations

import pytest

from cotui.catalog.choices import BANK_ACCOUNT_TYPE, DELIVERY, PAY_CYCLE, PAY_METHOD
from cotui.catalog.field import Choice


def wire(choices: tuple[Choice, ...]) -> set[str]:
    return {choice.value for choice in choices}


def test_values_on_the_wire() -> None:
    assert wire(DELIVERY) == {"email", "print"}
    assert wire(BANK_ACCOUNT_TYPE) == {"chec", "busi", "savi"}
    assert wire(PAY_METHOD) >= {"crd", "ach", "tok", "inv"}
    assert wire(PAY_CYCLE) >= {"1wk", "2wk", "mon", "2mn", "qtr", "six", "yrl"}


@pytest.mark.parametrize("choices", [DELIVERY, PAY_METHOD, PAY_CYCLE, BANK_ACCOUNT_TYPE])
def test_a_word_that_people_type_means_one_value(choices: tuple[Choice, ...]) -> None:
    words = [word.casefold() for choice in choices for word in {choice.value, *choice.aliases}]
    assert len(words) == len(set(words))
    assert len({choice.label for choice in choices}) == len(choices)
