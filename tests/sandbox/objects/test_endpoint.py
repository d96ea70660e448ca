"""What stands at a name in URLs, and the registry that finds it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from cotui.sandbox import objects
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.objects.endpoint import Endpoint, NoRecordError, on_record


def test_an_action_on_a_record_refuses_to_run_without_one() -> None:
    action = on_record(lambda _, number, payload: (number, payload), reads=True)
    context = cast("WriteContext", None)

    assert (action.needs_record, action.reads, action.creates) == (True, True, False)
    assert action.run(context, 7, {}) == (7, {})
    with pytest.raises(NoRecordError):
        action.run(context, None, {})


def test_what_writes() -> None:
    def create(*_: Any) -> int:
        return 1

    assert Endpoint("a", create=create).writes
    assert not Endpoint("a").writes


def test_every_folder_is_found_and_no_name_is_given_twice() -> None:
    found = objects.endpoints()
    folders = [path.parent.name for path in Path(objects.__file__).parent.glob("*/__init__.py")]
    given = [each.name for folder in folders for each in vars(objects)[folder].ENDPOINTS]

    assert sorted(given) == sorted(found)


def test_older_names_lead_to_the_same_object() -> None:
    assert objects.endpoint("billing_package") is objects.endpoint("package")
    assert objects.endpoint("nothing") is None


def test_what_cannot_be_listed_is_not_served() -> None:
    assert objects.served("customer").key == "customer_id"
    with pytest.raises(KeyError):
        objects.served("_config")
