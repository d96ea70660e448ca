"""The quick start of the README, run as it is written there against a sandbox of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.sandbox.http.server.test_serve import sandbox

README = Path(__file__).parents[3] / "README.md"
WRITTEN = "127.0.0.1:8080"


@pytest.fixture(scope="module")
def place() -> Iterator[str]:
    """Host and port of a sandbox with the README's keys."""
    with sandbox("--customers", "60", "--credential", "me:secret", "--quiet") as (_, said):
        yield urlsplit(said["url"]).netloc


def quick_start(language: str, place: str) -> str:
    """The README's lines in a language, for a sandbox at another port."""
    section = README.read_text(encoding="utf-8").split("### Quick start", 1)[1].split("\n### ", 1)[0]
    found = re.search(rf"```{language}\n(.*?)```", section, re.DOTALL)
    assert found is not None
    assert WRITTEN in found[1]
    return found[1].replace(WRITTEN, place)


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
def test_curl(place: str) -> None:
    lines = quick_start("sh", place).replace("curl ", "curl -sS -w '\\n%{http_code}\\n' ")
    done = subprocess.run(["sh", "-c", lines], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    codes = re.findall(r"^\d{3}$", done.stdout, re.MULTILINE)
    assert codes == ["200", "201", "200", "201", "200", "200", "200", "200", "503", "200"], done.stdout
    assert '"company":"Acme"' in done.stdout
    assert '"billing":' in done.stdout


def test_python(place: str) -> None:
    words = [sys.executable, "-c", quick_start("python", place)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert re.fullmatch(r"19 Unpaid \d{4}-\d\d-\d\d\n", done.stdout)


@pytest.mark.skipif(shutil.which("php") is None, reason="there is no PHP")
@pytest.mark.long
def test_php_can_be_parsed(place: str) -> None:
    """The vendor's library, which it needs to run, is none of ours."""
    done = subprocess.run(
        ["php", "-l"],
        input=quick_start("php", place),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, "No syntax errors" in done.stdout) == (0, True)
