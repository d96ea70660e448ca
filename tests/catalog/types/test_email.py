"""E-mail addresses."""

from __future__ import annotations

import pytest

from cotui.catalog import FieldType
from tests.catalog.types.support import in_full, typed


def test_several_addresses_take_a_line_each() -> None:
    lines = in_full(FieldType.EMAIL, "a@example.com, b@example.com,,c@example.com")
    assert lines == ["a@example.com", "b@example.com", "c@example.com"]


@pytest.mark.parametrize("text", ["jane", "jane@example.com,"])
def test_what_is_no_address_is_told_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="an e-mail address"):
        typed(FieldType.EMAIL, text)
