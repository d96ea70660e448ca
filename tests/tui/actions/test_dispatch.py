"""From actions of the catalogue to keys, and from how they ended to words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from textual.screen import Screen

from cotui.api import BadRequest, Dropped, Outcome, Record, Result, Write
from cotui.catalog import RESOURCES
from cotui.catalog.editing import creation
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.user import USER
from cotui.tui.actions.dispatch import (
    action_bindings,
    action_named,
    bind_actions,
    bindings_of,
    emails_of,
    ending,
)
from cotui.tui.base.action_target import ActionTarget

JANE = Record({"user_id": 1, "email": "jane@acme"}, "user_id")


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=lambda resource: resource.id)
def test_no_key_has_two_actions_of_one_object(resource: object) -> None:
    keys = Counter(key for binding in bindings_of(resource) for key in binding.key.split(","))  # type: ignore[arg-type]
    assert [key for key, number in keys.items() if number > 1] == []


def test_one_name_is_one_action() -> None:
    found: dict[str | None, str] = {}
    for binding in action_bindings():
        assert found.setdefault(binding.id, binding.action) == binding.action


@pytest.mark.parametrize(
    ("read_only", "whole", "actions"),
    [(True, False, set()), (False, False, {"act", "act('create')"}), (False, True, {"act"})],
)
def test_a_screen_has_keys_for_what_can_be_done_on_it(
    read_only: bool, whole: bool, actions: set[str]
) -> None:
    screen = Screen[None]()
    bind_actions(screen, CUSTOMER, read_only=read_only, whole=whole)
    bound = {binding.action for bindings in screen._bindings.key_to_bindings.values() for binding in bindings}
    assert bound & {"act", "act('create')"} == actions
    assert ("act('update')" in bound) is not read_only


def test_an_object_without_actions_has_no_keys() -> None:
    nothing = replace(CUSTOMER, id="nothing", actions=())
    assert list(bindings_of(nothing)) == []


def test_actions_are_found_by_name() -> None:
    assert action_named(USER, "password") is USER.action("password")
    assert action_named(USER, "create") == creation(USER)
    for name in ("", "void", "Password"):
        with pytest.raises(KeyError):
            action_named(USER, name)


def test_who_gets_an_email_is_said_or_that_nobody_is_known() -> None:
    reset = USER.action("password")
    (line,) = emails_of(reset, ActionTarget(USER, JANE))
    assert line.endswith(" (jane@acme)")
    assert "." not in line[: line.index(" (")][-1]
    (line,) = emails_of(reset, ActionTarget(USER, Record({"user_id": 1}, "user_id")))
    assert line.endswith(" (no address is on record)")
    assert emails_of(reset._replace(email=""), ActionTarget(USER, JANE)) == ()


def test_an_end_is_as_grave_as_it_is() -> None:
    write = Write(USER, USER.action("password"), 1, target="Jane \x1b[2J, user 1")
    label = write.action.label
    assert ending(Outcome(write, Result.DONE)) == (f"done: {label}, Jane ␛[2J, user 1", "information")
    lost = ending(Outcome(write, Result.UNKNOWN, Dropped()))
    assert lost == (f"not known whether it was done: {label}, Jane ␛[2J, user 1", "error")
    words, grave = ending(Outcome(write, Result.REFUSED, BadRequest(server_message="no\x1b[2J")))
    assert (words.endswith(": no␛[2J"), grave) == (True, "error")
    assert ending(Outcome(write, Result.REFUSED, answer=False))[0].endswith("ChargeOver answered no")
