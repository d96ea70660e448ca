"""`cotui config`: where the configuration is, what is wrong with it, what it says, what it may say."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cotui.audit.log import AuditLog
from cotui.cli import out
from cotui.cli.exits import Exit
from cotui.cli.own_places import own_places
from cotui.desk.json_text import json_text
from cotui.safety.faults import show_path
from cotui.safety.reading import exists
from cotui.safety.text import replaced
from cotui.settings import Problem, check, config_path, example_config, json_schema, load_settings
from cotui.settings.document import Document, read_document
from cotui.settings.load import no_home, nowhere
from cotui.settings.problems import ConfigError, counted
from cotui.settings.profiles import values_of

#: how long `check` waits for the keyring; one that wants to be unlocked first is not waited for
_KEYRING_SECONDS = 1.0

_HELP = {
    "check": "name every mistake with its file, line and key; exit code 3 when one is an error, 0 for warnings,\n"
    f"{'':<11}which cotui runs with: keys that there are not or that mean two things, names it does not know,\n"
    f"{'':<11}passwords and places that are missing",
    "path": "print where the files are",
    "show": "print what is in effect, without passwords",
    "schema": "print the JSON Schema of config.toml",
    "example": "print a config.toml with every key explained",
    "forget": "forget what was found out about accounts by using them; it is found out anew",
    "keys": "print the actions that [keys] can give other keys, with the keys they have; then those of relations",
}


def configure(words: Sequence[str]) -> int:
    """Run `cotui config …`; returns the exit code."""
    from argparse import RawDescriptionHelpFormatter

    from cotui.cli.parser import Parser

    parser = Parser(
        prog="cotui config",
        description="What cotui is configured to do.",
        epilog="\n".join(f"  {name:<9}{text}" for name, text in _HELP.items()),
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", choices=list(_HELP), help="see below")
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="instead of cotui's own config.toml"
    )
    options = parser.parse_args(words)
    path = config_path() if options.file is None else options.file
    match options.what:
        case "check":
            return _check(path, own=options.file is None)
        case "path":
            _paths(path)
        case "show":
            _show(path)
        case "keys":
            _keys()
        case "forget":
            _forget()
        case "schema":
            out.data(json_text(json_schema(), out.encoding(), indent=2) + "\n")
        case _:
            out.data(example_config())
    return Exit.OK


def _keys() -> None:
    from cotui.tui.shell.keymap import named_bindings, relation_keys

    relations = relation_keys()
    related = {name for name, _, _ in relations}
    for binding in named_bindings():
        if binding.id not in related:
            out.line(f"{binding.id:<22} {binding.key:<28} {binding.description}")
    for (name, key, label), plurals in relations.items():
        out.line(f"{name:<22} {key:<28} {label}, of {', '.join(plurals)}")


def _forget() -> None:
    from cotui.settings import StateStore, state_path

    store = StateStore(state_path())
    known = [account for _, account in store.accounts() if account.abilities]
    for account in known:
        account.abilities.clear()
    store.save()
    for notice in store.notices:
        out.note(notice)
    out.note(f"forgotten of {counted(len(known), 'account')}; cotui --version --verbose shows what is known")


def _check(path: Path, *, own: bool) -> int:
    if own and nowhere(path, os.environ):
        found = [no_home(path)]
    else:
        found = check(path, known_actions=_actions(), keyring_seconds=_KEYRING_SECONDS)
        found += [*_addresses(path), *_own_keys(path)]
    if own:
        found += _places()
    for problem in found:
        out.line(str(problem))
    errors = sum(problem.severity == "error" for problem in found)
    if not found:
        nothing = "does not exist: nothing to check; cotui runs without it"
        out.note(f"{show_path(path)}: {'no mistakes' if exists(path) else nothing}")
        return Exit.OK
    warnings = len(found) - errors
    out.note(f"{counted(errors, 'error')}, {counted(warnings, 'warning')}")
    return Exit.CONFIG if errors else Exit.OK


def _actions() -> dict[str, set[str]]:
    """The actions that can have other keys, with the words for what they do."""
    from cotui.tui.shell.keymap import named_bindings, relation_keys

    actions = {binding.id: {binding.description.casefold()} for binding in named_bindings() if binding.id}
    for name, _, label in relation_keys():
        actions.setdefault(name, set()).add(label.casefold())
    return actions


def _own_keys(path: Path) -> list[Problem]:
    """Keys that there are not, and keys that mean two things on one screen; settings do not know the screens."""
    from cotui.settings.own_keys import own_keys
    from cotui.tui.shell.key_checks import clashes
    from cotui.tui.shell.key_names import wrong_key

    document = _document(path)
    entries = [own for own in own_keys(document.values.get("keys")) if own.names]
    shared: dict[str, list[str]] = {}
    for clash in clashes({own.action: ",".join(own.names) for own in entries}):
        shared.setdefault(clash.action, []).append(
            f"{clash.key} is also the key of {clash.other} ({clash.label}) on {clash.where}"
        )
    found = []
    for own in entries:
        wrong = [fault for name in own.names if (fault := wrong_key(name))]
        for text in (*wrong, *shared.get(own.action, ())):
            found.append(document.problem(("keys", *own.place), text, warning=True))
    return found


def _document(path: Path) -> Document:
    """The file; an empty one where it is no TOML, which `check` tells."""
    try:
        return read_document(path)
    except ConfigError:
        return Document(path)


def _addresses(path: Path) -> list[Problem]:
    """Addresses and user names that the client would refuse; settings do not know the client."""
    from cotui.api.connection import Connection
    from cotui.api.errors import BadConnection, BadUrl

    document = _document(path)
    found = []
    profiles = document.values.get("profiles", {})
    for name, entry in profiles.items() if isinstance(profiles, dict) else ():
        url, username = (
            (entry.get(key) for key in ("url", "username")) if isinstance(entry, dict) else (None, None)
        )
        if not isinstance(url, str) or not isinstance(username, str) or not url.strip():
            continue
        try:
            Connection(name=name, url=url, username=username, password="")
        except BadConnection as error:
            key = "url" if isinstance(error, BadUrl) else "username"
            found.append(document.problem(("profiles", name, key), f"{error.what}. {error.todo}"))
    return found


def _places() -> list[Problem]:
    """Warnings about the places that cotui writes to by itself; it works without them."""
    return [
        Problem(place.path, 0, "", "warning", f"{fault.why} ({place.variable}); {place.without}")
        for place in own_places()
        if place.without and (fault := place.trouble())
    ]


def _paths(path: Path) -> None:
    for place in own_places(config=path):
        file = AuditLog(place.path).path if place.name == "audit" else place.path
        fault = place.trouble()
        note = f"({fault.why}: {place.variable})" if fault else "" if exists(file) else "(does not exist yet)"
        out.line(f"{place.name:<14}{show_path(file)}  {note}".rstrip())


def _show(path: Path) -> None:
    import tomli_w

    settings = load_settings(path=path)
    for warning in settings.warnings:
        out.note(str(warning))
    shown: dict[str, Any] = {}
    if settings.default_profile:
        shown["default_profile"] = settings.default_profile
    shown["interface"] = {
        name: getattr(settings.interface, name) for name in settings.interface.__dataclass_fields__
    }
    shown["keys"] = dict(settings.keys)
    shown["profiles"] = {}
    for name, profile in settings.profiles.items():
        values = values_of(profile)
        if values.pop("password", None):
            values["password"] = "(hidden)"  # noqa: S105 - what stands in its place
        shown["profiles"][name] = values
    out.data(replaced(tomli_w.dumps(shown), _escaped))


def _escaped(text: str) -> str:
    """TOML's own escapes for what may not be shown; line breaks between its values stay."""
    return "".join(
        sign if sign == "\n" else f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
        for sign in text
    )
