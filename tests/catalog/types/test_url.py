"""Addresses of web pages."""

from __future__ import annotations

import pytest

from cotui.catalog import FieldType
from tests.catalog.types.support import typed


def test_only_web_addresses_are_taken() -> None:
    assert typed(FieldType.URL, "HTTPS://example.com/a") == "HTTPS://example.com/a"
    with pytest.raises(ValueError, match="a web address"):
        typed(FieldType.URL, "example.com")
