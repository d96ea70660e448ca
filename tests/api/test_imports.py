"""What importing the client costs and needs."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import cotui.api
from tests.surroundings import without_clock


def run(code: str) -> str:
    words, env = [sys.executable, "-c", code], without_clock(os.environ)
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


HIDDEN = """
import sys
for name in ("textual", "rich", "starlette", "uvicorn", "click"):
    sys.modules[name] = None
"""


def test_it_works_without_textual() -> None:
    assert run(HIDDEN + "import cotui.api; from cotui.api import Api, Connection, RecordWindow; print(Api)")


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import cotui.api", "asyncio httpx truststore ssl msgspec dataclasses cotui.api.clean"),
        ("from cotui.api import ApiError, Priority", "asyncio httpx truststore ssl msgspec json"),
        ("from cotui.api import Connection, Page, Record", "asyncio httpx truststore ssl msgspec json"),
        (
            "from cotui.api import Api, Connection; Api(Connection('a', 'acme', 'u', 'p'))",
            "httpx truststore msgspec json email random secrets",
        ),
    ],
)
def test_nothing_is_loaded_before_it_is_used(code: str, absent: str) -> None:
    loaded = run(f"{code}\nimport sys\nprint(*[name for name in {absent.split()!r} if name in sys.modules])")
    assert loaded == ""


def test_preparing_loads_httpx_without_its_command_line() -> None:
    code = """
from cotui.api import Api, Connection
Api(Connection("a", "acme", "u", "p")).prepare()
import sys
print("httpx" in sys.modules, "httpx._main" in sys.modules, "click" in sys.modules, "pygments" in sys.modules)
"""
    assert run(code) == "True False False False"


def test_every_public_name_exists() -> None:
    for name in cotui.api.__all__:
        assert getattr(cotui.api, name).__name__ == name
    assert set(cotui.api.__all__) <= set(dir(cotui.api))


def test_other_names_do_not() -> None:
    with pytest.raises(AttributeError, match="Nonsense"):
        cotui.api.Nonsense  # noqa: B018
