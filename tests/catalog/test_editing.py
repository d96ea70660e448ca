"""Creating and changing in the form of actions."""

from __future__ import annotations

import pytest

from cotui.catalog import RESOURCES, Effect
from cotui.catalog.editing import creation, editing


def test_a_new_record_is_posted_with_what_can_be_given() -> None:
    action = creation(RESOURCES["customer"])
    assert action is not None
    assert (action.name, action.label, action.method, action.answer) == (
        "create",
        "New customer",
        "POST",
        "id",
    )
    names = {field.name for field in action.payload}
    assert {"company", "currency_id"} <= names
    assert not names & {"customer_id", "token", "balance"}


def test_a_change_is_put_with_what_can_be_changed() -> None:
    action = editing(RESOURCES["customer"])
    assert action is not None
    assert (action.name, action.method, action.effect) == ("update", "PUT", Effect.WRITES)
    names = {field.name for field in action.payload}
    assert "company" in names
    assert not names & {"customer_id", "currency_id"}


@pytest.mark.parametrize("name", ["terms", "report", "log_system"])
def test_what_can_only_be_read_is_neither_made_nor_changed(name: str) -> None:
    assert creation(RESOURCES[name]) is None
    assert editing(RESOURCES[name]) is None


def test_what_is_made_once_is_not_changed() -> None:
    assert creation(RESOURCES["resthook"]) is not None
    assert editing(RESOURCES["resthook"]) is None


def test_the_key_is_the_same_for_all_objects() -> None:
    made = [action for resource in RESOURCES.values() if (action := creation(resource))]
    changed = [action for resource in RESOURCES.values() if (action := editing(resource))]
    assert {action.key for action in made} == {"n"}
    assert {action.key for action in changed} == {"e"}
