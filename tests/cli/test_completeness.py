"""What is not in the output is said, and the exit code says it too."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from cotui.api import BadRequest, Unreachable
from cotui.cli.completeness import account_for
from cotui.cli.exits import CommandError, Exit


def told(failure: Any = None, **reading: Any) -> list[str]:
    """What is said of a reading; no more than that means that all is there."""
    said: list[str] = []
    known = {"rows": 1234, "late": 0, "total": 1234, "count_error": None, "cut": False, "missing": ""}
    account_for(SimpleNamespace(**{**known, **reading}), failure, said.append)  # type: ignore[arg-type]
    return said


def test_of_what_is_whole_nothing_is_said() -> None:
    assert told() == []
    assert told(total=None) == []


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        ({"cut": True, "total": 5000}, "printed 1,234 of 5,000; --limit all prints everything"),
        ({"cut": True, "total": None}, "printed 1,234, there may be more; --limit all prints everything"),
        ({"total": 1230}, "printed 1,234; by now the server counts 1,230"),
        ({"late": 1}, "records changed while they were read: one that was added or moved comes last"),
        ({"late": 1500}, "records changed while they were read: 1,500 that were added or moved come last"),
    ],
)
def test_what_is_only_said(reading: dict[str, Any], words: str) -> None:
    assert told(**reading) == [words]


def test_why_they_could_not_be_counted_is_said() -> None:
    (words,) = told(cut=True, total=None, count_error=BadRequest("it can't be counted"))
    assert "(it can't be counted)" in words


def test_what_may_be_missing_has_its_exit_code() -> None:
    with pytest.raises(
        CommandError, match=r"printed 1,234, but some may be missing: the count is 7\."
    ) as error:
        told(missing="the count is 7")
    assert error.value.code == Exit.INCOMPLETE


def test_what_broke_off_is_explained() -> None:
    with pytest.raises(CommandError, match=r"printed 1,234, then it could not go on\. It is gone") as error:
        told(Unreachable("It is gone"))
    assert error.value.code == Exit.INCOMPLETE
