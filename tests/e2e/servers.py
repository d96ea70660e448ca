"""`cotui sandbox` as a process of its own, and questions to it that don't go through cotui."""

from __future__ import annotations

import base64
import json
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.e2e.harness import clean_environment


@dataclass(frozen=True)
class Account:
    """Where an account is and how to sign in."""

    url: str
    username: str
    password: str

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make it cotui's account."""
        return {"COTUI_URL": self.url, "COTUI_USERNAME": self.username, "COTUI_PASSWORD": self.password}

    def get(self, path: str, tls: ssl.SSLContext | None = None, **parameters: Any) -> Any:
        """The `response` of a GET request, made without any code of cotui."""
        key = base64.b64encode(f"{self.username}:{self.password}".encode()).decode()
        request = urllib.request.Request(
            f"{self.url}/{path}?{urlencode(parameters)}", headers={"Authorization": f"Basic {key}"}
        )
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=tls)
        )
        with opener.open(request, timeout=30) as answer:
            return json.load(answer)["response"]


class SandboxProcess:
    """`cotui sandbox --port 0 …`; ready when made."""

    def __init__(self, home: Path, *words: str, env: Mapping[str, str] | None = None) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._errors = (home / "sandbox.log").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cotui", "sandbox", "--port", "0", *words],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self._errors, text=True,
            env={**clean_environment(home), **(env or {})}, cwd=home,
        )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            self.close()
            raise AssertionError(f"cotui sandbox did not start:\n{(home / 'sandbox.log').read_text()}")
        told = json.loads(line)
        # which is not repeated when it came in the environment
        password = told.get("password") or (env or {}).get("COTUI_SANDBOX_PASSWORD", "")
        self.account = Account(told["url"], told["username"], password)

    def close(self) -> None:
        """Stop it; it is our own process."""
        if self.process.poll() is None:
            self.process.terminate()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process.wait()
        self._errors.close()
