"""What the package says of itself is what is tested."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import cotui

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_the_pythons_named_are_those_that_ci_tries() -> None:
    lowest = int(PROJECT["requires-python"].removeprefix(">=3."))
    named = [int(found) for found in re.findall(r"Python :: 3\.(\d+)", "\n".join(PROJECT["classifiers"]))]
    assert named == list(range(lowest, lowest + len(named)))
    first, last = re.search(
        r"for minor in \{(\d+)\.\.(\d+)\}", (ROOT / ".ci" / "published").read_text()
    ).groups()  # type: ignore[union-attr]
    assert int(first) == lowest
    assert named[-1] <= int(last)


def test_textual_is_held_to_the_patch_releases_of_one_version() -> None:
    (textual,) = (line for line in PROJECT["dependencies"] if line.startswith("textual"))
    low, high = re.fullmatch(r"textual>=(\d+\.\d+)\.\d+,<(\d+\.\d+)", textual).groups()  # type: ignore[union-attr]
    major, minor = map(int, low.split("."))
    assert high == f"{major}.{minor + 1}"


def test_the_types_are_published() -> None:
    assert Path(cotui.__file__).with_name("py.typed").is_file()
    assert "Typing :: Typed" in PROJECT["classifiers"]
