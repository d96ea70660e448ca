"""Commands run in-process on an account, as a shell would run them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.sandbox.http.service import Service
from tests.answers.faults import Faulty

#: no waiting for a limit that the sandbox has not
_CONFIG = """
[profiles.answers]
url = "localhost"
username = "pub"
password_env = "COTUI_TEST_SECRET"
rate_limit = 10000
timezone = "{zone}"
"""


class Shell:
    """Runs commands on one account.

    Args:
        folder: where the configuration may stand.
        service: what the account is like.
    """

    def __init__(
        self,
        store: Store,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
        *,
        service: Service | None = None,
        **faults: Any,
    ) -> None:
        self._capsys = capsys
        self._app = create_app(store, credentials={"pub": "priv"}, service=service)
        self._faults = faults
        config = folder / "answers.toml"
        config.write_text(_CONFIG.format(zone=store.timezone))
        self._env = {**os.environ, "COTUI_CONFIG": str(config), "COTUI_TEST_SECRET": "priv"}
        #: the way that the last command took
        self.line: Faulty

    def __call__(self, command: str, *words: str) -> tuple[int, Mapping[str, Any], str]:
        """Exit code, what was printed as JSON, and what was said beside it."""
        code, out, err = self.text(command, *words, "--format", "json")
        assert out, f"exit code {code}: {err}"
        return code, self.parsed(out), err

    @staticmethod
    def parsed(out: str) -> Mapping[str, Any]:
        """What was printed as JSON."""
        found = json.loads(out)
        assert isinstance(found, dict)
        return found

    def text(self, command: str, *words: str) -> tuple[int, str, str]:
        """The same, whatever was printed."""
        from cotui.cli.data_command import run_data_command
        from cotui.cli.exits import CommandError

        self.line = Faulty(httpx.ASGITransport(app=self._app), **self._faults)
        said = ""
        try:
            code = int(run_data_command(command, list(words), env=self._env, transport=lambda: self.line))
        except CommandError as error:
            code, said = int(error.code), str(error)
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err + said
