"""Mistakes found in settings: each with its file, line and key, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cotui.safety.faults import show_path
from cotui.safety.text import clean


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. An "error" stops the file from being used; a "warning" does not."""

    file: Path
    #: counted from 1; 0 when the mistake is not in a line, such as a file's permissions
    line: int
    #: dotted, e.g. "profiles.acme.page_size"; empty for the file itself
    key: str
    severity: Literal["error", "warning"]
    text: str

    def __str__(self) -> str:
        place = f"{show_path(self.file)}:{self.line}" if self.line else show_path(self.file)
        return f"{place}: {self.severity}: {self.key + ': ' if self.key else ''}{self.text}"


class SettingsError(Exception):
    """Something about settings, secrets or their files that the user has to put right."""


class ConfigError(SettingsError):
    """A configuration that cannot be used as it stands; nothing of it was changed."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 error", "2 errors"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def plain(text: str, limit: int = 60) -> str:
    """A text as it may stand in a message: on one line, without control characters, not endless."""
    shown = clean(text[: limit + 1])
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
