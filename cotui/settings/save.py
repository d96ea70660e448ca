"""Add a profile to `config.toml` without touching what its owner wrote there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cotui.safety.exclusive_access import exclusive_access
from cotui.safety.faults import show_path
from cotui.safety.writing import PRIVATE, back_up, write_atomically
from cotui.settings.checks import problems_of
from cotui.settings.document import Document, read_document
from cotui.settings.problems import ConfigError, SettingsError
from cotui.settings.profiles import Profile, values_of


class ProfileExistsError(SettingsError):
    """The configuration already has a profile of this name."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving a profile did."""

    path: Path
    #: copy of the file from before, where a profile was replaced
    backup: Path | None = None


def save_profile(profile: Profile, path: Path, *, replace: bool = False) -> Saved:
    """Write a profile as `[profiles.NAME]`: appended, or in the place of the one it replaces.

    Every other line stays as it is, comments included. A password is written only when the profile
    carries one itself; the file is then made private (0600).

    Raises:
        ProfileExistsError: there is one of this name and `replace` is not set.
        ConfigError: the file cannot be read as it stands, or the profile has a mistake.
        SettingsError: the file is laid out so that no table can be put into it; the message holds the
            lines to add by hand.
        FileFault: it cannot be written, or another program keeps it locked; it is then unchanged.
    """
    with exclusive_access(path):
        return _save(profile, path, replace=replace)


def _save(profile: Profile, path: Path, *, replace: bool) -> Saved:
    document = read_document(path)
    profiles = document.values.get("profiles", {})
    if not isinstance(profiles, dict):
        raise ConfigError(problems_of(document))
    exists = profile.name in profiles
    if exists and not replace:
        raise ProfileExistsError(f'{show_path(path)} already has a profile "{profile.name}".')

    table = _table_text(profile)
    expected = {**document.values, "profiles": {**profiles, profile.name: values_of(profile)}}
    text = _replaced(document, profile.name, table) if exists else _appended(document.text, table)
    new = _verified(path, text, expected)
    if new is None:
        raise SettingsError(
            f"{show_path(path)} is laid out so that the profile cannot be added without rewriting it. "
            f"Put these lines into it by hand:\n\n{table}"
        )
    errors = [p for p in problems_of(new) if p.severity == "error" and p.key.startswith("profiles")]
    if errors:
        raise ConfigError(errors)
    backup = back_up(path) if exists else None
    holds_password = any("password" in entry for entry in new.values["profiles"].values())
    write_atomically(path, new.text.encode(), mode=PRIVATE if holds_password else None)
    return Saved(path, backup)


def _table_text(profile: Profile) -> str:
    import tomli_w

    return tomli_w.dumps({"profiles": {profile.name: values_of(profile)}})


def _appended(text: str, table: str) -> str:
    if not text:
        return table
    newline = "\r\n" if "\r\n" in text else "\n"
    gap = newline if text.endswith("\n") else newline * 2
    return text + gap + table.replace("\n", newline)


def _replaced(document: Document, name: str, table: str) -> str:
    """The text with the lines of one profile's table exchanged; comments before the next table stay."""
    headers = document.lines.headers
    at = next((i for i, (_, path) in enumerate(headers) if path == ("profiles", name)), None)
    lines = re.findall(r"[^\n]*\n|[^\n]+", document.text)  # splitlines() would also split at U+2028
    if at is None:
        return ""
    start = headers[at][0] - 1
    end = headers[at + 1][0] - 1 if at + 1 < len(headers) else len(lines)
    keys = [n for path, n in document.lines.lines.items() if path[:2] == ("profiles", name) and n <= end]
    last = max(keys)
    # a value may go on over several lines: the next comment or blank line, or the next table, ends it
    while last < end and lines[last].strip() and not lines[last].lstrip().startswith("#"):
        last += 1
    newline = "\r\n" if "\r\n" in document.text else "\n"
    return "".join([*lines[:start], table.replace("\n", newline), *lines[last:]])


def _verified(path: Path, text: str, expected: dict[str, Any]) -> Document | None:
    """The new text as a document, if it says exactly what it should; None otherwise."""
    import tomllib

    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError):
        return None
    return Document(path, text, values, exists=True) if values == expected else None
