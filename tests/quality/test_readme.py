"""README's commands are the ones that are run, and its pictures exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def commands() -> list[str]:
    text = (ROOT / "README.md").read_text()
    return [
        line.strip()
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        for line in block.splitlines()
        if line.strip()
    ]


def test_the_first_two_commands_set_everything_up() -> None:
    demo, test = commands()[:2]
    assert demo.startswith("python3 -m venv")
    assert demo.endswith("cotui --demo")
    assert test.startswith("python3 -m venv")
    assert test.endswith("-m pytest")


def test_ci_runs_the_test_command_word_for_word() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert commands()[1] in lines


def test_pictures_of_the_readme_exist() -> None:
    pictures = re.findall(r"\]\((screenshots/[^)]+)\)", (ROOT / "README.md").read_text())
    assert pictures
    for picture in pictures:
        assert (ROOT / picture).is_file(), picture
