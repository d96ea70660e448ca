"""A keyring as the `keyring` module has it, in memory."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any


class FakeKeyring:
    """Stands in for the module."""

    def __init__(self) -> None:
        #: by service and account
        self.kept: dict[tuple[str, str], str] = {}
        #: accounts, in the order they were asked for
        self.asked: list[str] = []
        #: what it waits for before it answers
        self.never: threading.Event | None = None

    def get_keyring(self) -> Any:
        return SimpleNamespace(name="Fake")

    def get_password(self, service: str, account: str) -> str | None:
        self.asked.append(account)
        self._wait()
        return self.kept.get((service, account))

    def set_password(self, service: str, account: str, value: str) -> None:
        self._wait()
        self.kept[service, account] = value

    def _wait(self) -> None:
        if self.never is not None:
            self.never.wait()
