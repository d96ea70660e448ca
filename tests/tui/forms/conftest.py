"""Forms are opened on a small account of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.writing import Account, account


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Account]:
    with account(tmp_path, screen="customers", customers=3) as opened:
        yield opened
