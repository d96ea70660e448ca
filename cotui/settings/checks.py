"""What is wrong with a configuration: every mistake with its file, line and key."""

from __future__ import annotations

import math
import os
import stat
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from cotui.safety.faults import show_path
from cotui.safety.places import expand
from cotui.safety.reading import exists, status, trouble_reading
from cotui.safety.text import is_visible
from cotui.settings.definitions import KEYS, PROFILE, TABLES, TOP, Key, Kind, Table
from cotui.settings.document import Document, read_document
from cotui.settings.own_keys import own_keys
from cotui.settings.password_checks import missing_passwords
from cotui.settings.paths import credentials_path
from cotui.settings.problems import ConfigError, Problem, plain
from cotui.settings.profiles import ENVIRONMENT, command_words
from cotui.settings.toml_lines import KeyPath

_NAME_LENGTH = 60


def check(
    path: Path, *, known_actions: Collection[str] | None = None, keyring_seconds: float | None = None
) -> list[Problem]:
    """Every mistake in a configuration file and in the files beside it, in the order of lines.

    Args:
        path: the `config.toml`; one that does not exist has no mistakes.
        known_actions: names the `[keys]` table may use, perhaps with the words for what they do; None when they are
            not known here.
        keyring_seconds: how long the keyring may take to say whether it has a profile's password; None
            when it does not matter whether there are passwords.
    """
    try:
        document = read_document(path)
    except ConfigError as error:
        return list(error.problems)
    found = [*problems_of(document, known_actions=known_actions), *_private_files(document)]
    if keyring_seconds is not None:
        found.extend(missing_passwords(document, keyring_seconds))
    return sorted(found, key=lambda problem: (problem.file != path, problem.line))


def problems_of(document: Document, *, known_actions: Collection[str] | None = None) -> list[Problem]:
    """The mistakes in a document's keys and values; other files are not looked at."""
    found = list(_top(document))
    for table in TABLES:
        if table is TOP or table.name not in document.values:
            continue
        values = document.values[table.name]
        if not isinstance(values, dict):
            found.append(document.problem((table.name,), _expected("a table", values)))
        elif table.named:
            found.extend(_named(document, table, values))
        elif table is KEYS:
            found.extend(_keys(document, values))
        else:
            found.extend(_table(document, table, values, (table.name,)))
    if known_actions is not None:
        found.extend(_unknown_actions(document, known_actions))
    return found


def fault(key: Key, value: object) -> str | None:
    """What is wrong with a value, naming what was expected; None when it is fine."""
    if _fits(key, value):
        return None
    return _expected(key.expected, value, hide=key.secret or key.kind not in _SHOWN)


#: kinds whose wrong values may stand in a message; a misplaced password could be in any other
_SHOWN = {Kind.CHOICE, Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN, Kind.ZONE}


def _fits(key: Key, value: object) -> bool:
    match key.kind:
        case Kind.BOOLEAN:
            return isinstance(value, bool)
        case Kind.INTEGER | Kind.NUMBER:
            types = int if key.kind is Kind.INTEGER else (int, float)
            if isinstance(value, bool) or not isinstance(value, types) or not math.isfinite(value):
                return False
            return (key.minimum is None or value >= key.minimum) and (
                key.maximum is None or value <= key.maximum
            )
        case Kind.CHOICE:
            return value in key.choices
        case Kind.COMMAND:
            return _is_command(value)
        case Kind.ZONE:
            return _is_zone(value)
        case Kind.KEYS:
            return _are_keys(value)
        case Kind.TEXT:
            return isinstance(value, str) and is_visible(value) and bool(value.strip() or not key.required)


def _is_zone(value: object) -> bool:
    from cotui.catalog.zones import zone_named

    try:
        return isinstance(value, str) and bool(zone_named(value))
    except ValueError:
        return False


def _is_command(value: object) -> bool:
    if isinstance(value, str):
        try:
            return bool(command_words(value))
        except ValueError:
            return False
    return isinstance(value, list) and bool(value) and all(isinstance(word, str) for word in value)


def _are_keys(value: object) -> bool:
    names = value.split(",") if isinstance(value, str) else value
    return (
        isinstance(names, list)
        and bool(names)
        and all(isinstance(n, str) and n.strip() and is_visible(n) and " " not in n.strip() for n in names)
    )


def _expected(what: str, value: object, *, hide: bool = True) -> str:
    return f"expected {what}, found {_describe(value, hide=hide)}"


def _describe(value: object, *, hide: bool) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            what = "a whole number" if isinstance(value, int) else "a number"
            # Python refuses to print whole numbers of thousands of digits
            huge = isinstance(value, int) and abs(value) >= 10**30
            return what if hide or huge else str(value)
        case "":
            return "an empty text"
        case str():
            return "a text" if hide else f'"{plain(value)}"'
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a date or time"


def _top(document: Document) -> Iterator[Problem]:
    names = {table.name for table in TABLES if table.name}
    rest = {name: value for name, value in document.values.items() if name not in names}
    yield from _table(document, TOP, rest, (), also=names)
    default, profiles = document.values.get("default_profile"), document.values.get("profiles", {})
    if isinstance(default, str) and isinstance(profiles, dict) and default not in profiles:
        text = f'there is no profile "{plain(default)}"' + _nearest(default, profiles)
        yield document.problem(("default_profile",), text)


def _named(document: Document, table: Table, values: Mapping[str, Any]) -> Iterator[Problem]:
    for name, entry in values.items():
        path = (table.name, name)
        if not name.strip() or not is_visible(name) or len(name) > _NAME_LENGTH:
            text = f"a profile's name is 1 to {_NAME_LENGTH} characters that can be printed"
            yield document.problem(path, text)
        if name == ENVIRONMENT:
            text = "this name also stands for the profile made from COTUI_URL, which then hides this one"
            yield document.problem(path, text, warning=True)
        if not isinstance(entry, dict):
            yield document.problem(path, _expected(f"a table [{table.name}.NAME]", entry))
            continue
        yield from _table(document, table, entry, path)
        for key in table.keys:
            if key.required and key.name not in entry:
                yield document.problem(path, f'"{key.name}" is missing: {key.meaning}')


def _table(
    document: Document, table: Table, values: Mapping[str, Any], path: KeyPath, also: Collection[str] = ()
) -> Iterator[Problem]:
    for name, value in values.items():
        key = table.find(name)
        if key is None:
            known = [*(item.name for item in table.keys), *also]
            text = "unknown key, not used" + _nearest(name, known)
            yield document.problem((*path, name), text, warning=True)
        elif (wrong := fault(key, value)) is not None:
            yield document.problem((*path, name), wrong)


def _keys(document: Document, values: Mapping[str, Any]) -> Iterator[Problem]:
    assert KEYS.any_key is not None
    for own in own_keys(values):
        if (wrong := fault(KEYS.any_key, own.keys)) is not None:
            yield document.problem((KEYS.name, *own.place), wrong)


def _unknown_actions(document: Document, known: Collection[str]) -> Iterator[Problem]:
    for own in own_keys(document.values.get(KEYS.name)):
        if own.action not in known:
            text = "there is no such action, not used" + _nearest_action(own.action, known)
            text += "; cotui config keys lists them"
            yield document.problem((KEYS.name, *own.place), text, warning=True)


def _nearest(name: str, known: Collection[str]) -> str:
    import difflib

    close = difflib.get_close_matches(name.lower(), list(known), n=1, cutoff=0.6)
    return f'; did you mean "{plain(close[0])}"?' if close else ""


def _nearest_action(name: str, known: Collection[str]) -> str:
    """The action that does what the name says, or whose name is near, else those whose own name is a word of this one."""
    room, _, own = name.lower().rpartition(".")
    for action, words in known.items() if isinstance(known, Mapping) else ():
        if action.startswith(f"{room}.") and own.replace("_", " ") in words:
            return f'; did you mean "{action}"?'
    if near := _nearest(name, known):
        return near
    words = name.lower().replace(".", "_").replace("-", "_").split("_")
    alike = [f'"{action}"' for action in known if action.rpartition(".")[2] in words]
    return f"; did you mean {' or '.join(sorted(alike))}?" if alike else ""


def _private_files(document: Document) -> Iterator[Problem]:
    profiles = document.values.get(PROFILE.name, {})
    for name, entry in profiles.items() if isinstance(profiles, dict) else ():
        if not isinstance(entry, dict):
            continue
        if isinstance(entry.get("password"), str) and (open_to := exposed(document.path)):
            yield document.problem((PROFILE.name, name, "password"), open_to)
        yield from _missing_program(document, name, entry.get("password_command"))
        file = entry.get("password_file")
        if isinstance(file, str) and file and is_visible(file):
            place: KeyPath = (PROFILE.name, name, "password_file")
            secret = expand(file)
            if fault := trouble_reading(secret):
                yield document.problem(place, str(fault))
            elif not exists(secret):
                yield document.problem(place, "there is no such file", warning=True)
            elif open_to := exposed(secret):
                yield document.problem(place, open_to)
    credentials = credentials_path(document.path)
    if fault := trouble_reading(credentials):
        yield Problem(credentials, 0, "", "error", fault.why)
    elif open_to := exposed(credentials):
        yield Problem(credentials, 0, "", "error", open_to)


def _missing_program(document: Document, name: str, command: object) -> Iterator[Problem]:
    if _is_command(command):
        import shutil

        program = command_words(command)[0]
        if not is_visible(program) or shutil.which(program) is None:
            text = f"there is no program {plain(program)}"
            yield document.problem((PROFILE.name, name, "password_command"), text, warning=True)


def exposed(path: Path) -> str:
    """What to do about a secret-bearing file that others can read; empty when it is private or absent."""
    if os.name != "posix":
        return ""
    found = status(path)
    if found is None or not stat.S_ISREG(found.st_mode):
        return ""  # whoever reads it says more
    mode = stat.S_IMODE(found.st_mode)
    if mode & 0o077:
        return (
            f"holds a password, but others can open the file (mode {mode:04o}): chmod 600 {show_path(path)}"
        )
    return ""
