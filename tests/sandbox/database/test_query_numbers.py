"""Counts among query parameters."""

from __future__ import annotations

import pytest

from cotui.sandbox.database.query_numbers import whole_number
from cotui.sandbox.errors import BadRequestError


@pytest.mark.parametrize(("text", "number"), [("", 10), (" ", 10), ("0", 0), (" 7 ", 7), ("9" * 40, 10**18)])
def test_counts(text: str, number: int) -> None:
    assert whole_number({"limit": text}, "limit", 10) == number


@pytest.mark.parametrize("text", ["-1", "1.5", "x", "١"])
def test_what_is_none(text: str) -> None:
    with pytest.raises(BadRequestError):
        whole_number({"limit": text}, "limit", 10)
