"""A keyring of the test's own, in place of the desktop's."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from tests.settings.keyrings import FakeKeyring


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> FakeKeyring:
    fake = FakeKeyring()
    monkeypatch.setitem(sys.modules, "keyring", fake)
    return fake


@pytest.fixture
def stuck(keyring: FakeKeyring) -> Iterator[None]:
    """It waits for D-Bus, or for somebody to unlock it, for ever."""
    never = keyring.never = threading.Event()
    yield
    never.set()
