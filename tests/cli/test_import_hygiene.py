"""What is imported, in fresh interpreters: nothing heavy before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.surroundings import for_programs, without_clock

#: libraries that only one part of the program needs
HEAVY = {
    "textual",
    "rich",
    "httpx",
    "msgspec",
    "starlette",
    "uvicorn",
    "platformdirs",
    "mimesis",
    "babel",
    "keyring",
    "jsonpath",
    "trustme",
}


def modules_after(code: str, env: dict[str, str] | None = None) -> set[str]:
    """Top-level modules an interpreter holds after some code."""
    program = f"{code}\nimport sys; print('\\n'.join(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=without_clock(for_programs(COTUI_CONFIG="/nonexistent/config.toml", **(env or {}))),
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split("\n"))


def run(*words: str) -> str:
    return f"from cotui.cli.main import main; assert main({list(words)!r}) == 0"


def test_the_version_needs_nothing() -> None:
    found = modules_after(run("--version"))
    assert found & HEAVY == set()
    assert found & {"argparse", "cotui.settings", "dataclasses"} == set()


@pytest.mark.parametrize(
    "words", [["--help"], ["config", "--help"], ["list", "--help"], ["config", "schema"]]
)
def test_help_and_configuration_need_nothing_heavy(words: list[str]) -> None:
    found = modules_after(run(*words))
    assert found & HEAVY == set()
    assert "tomllib" not in found


def test_help_of_the_sandbox_does_not_load_the_server() -> None:
    assert modules_after(run("sandbox", "--help")) & HEAVY == set()


HEADLESS = """\
import httpx
from cotui.cli.data_command import run_data_command
def handle(request):
    one = {"customer_id": 1, "company": "A"}
    many = request.url.path.endswith("customer")
    return httpx.Response(200, json={"code": 200, "status": "OK", "response": [one] if many else one})
env = {"COTUI_URL": "acme", "COTUI_USERNAME": "k", "COTUI_PASSWORD": "x", "COTUI_CONFIG": "/nonexistent/c"}
for words in (["list", "customers"], ["get", "customers", "1"], ["list", "customers", "--format", "csv"]):
    assert run_data_command(words[0], words[1:], env=env, transport=lambda: httpx.MockTransport(handle)) == 0
"""


def test_headless_commands_load_neither_the_screens_nor_the_sandbox() -> None:
    found = modules_after(HEADLESS)
    assert (
        found
        & {"textual", "starlette", "uvicorn", "mimesis", "keyring", "cotui.sandbox", "cotui.tui.shell.app"}
        == set()
    )


def test_headless_commands_work_where_textual_is_not_installed() -> None:
    modules_after("import sys; sys.modules['textual'] = None\n" + HEADLESS)


@pytest.mark.parametrize("name", ["cotui.api", "cotui.settings", "cotui.query", "cotui.catalog"])
def test_the_libraries_work_where_textual_is_not_installed(name: str) -> None:
    code = (
        "import sys; sys.modules['textual'] = sys.modules['rich'] = None\n"
        f"import {name} as package\n"
        "for item in package.__all__: getattr(package, item)\n"
    )
    assert "cotui.tui" not in modules_after(code)
