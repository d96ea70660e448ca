"""What the program remembers between runs, apart from what its user configured.

It belongs to an account, which is a host and a user: the environment's profile is another account whenever COTUI_URL
is. Versions up to 1.0 kept it by the name of the profile, under "profiles". Those are left as they are, for the older
version may be run again; what is there is taken over once, by the first account that is opened under the name.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from cotui.safety.exclusive_access import exclusive_access
from cotui.safety.faults import FileFault, MissingFile, show_path
from cotui.safety.parsing import parse_json
from cotui.safety.places import is_homeless
from cotui.safety.reading import read_own
from cotui.safety.writing import PRIVATE, remove_left_behind, set_aside, trouble_making, write_atomically
from cotui.settings.paths import STATE
from cotui.settings.problems import plain

VERSION: Final = 1
#: filters kept per account and screen, newest first
HISTORY_LENGTH: Final = 50
#: a longer filter is not worth remembering
LONGEST_FILTER: Final = 10_000
#: cells of a column; no terminal has more
WIDEST: Final = 1_000
#: seconds to wait for another program that is saving; keys wait as long
PATIENCE: Final = 2.0
#: reasons for which a file is no use to anybody, so that it is set aside
_USELESS: Final = (errno.EFBIG,)

_Data = dict[str, Any]


@dataclass(slots=True)
class ScreenState:
    """How one screen of one account was left. Change it freely, then call `StateStore.save`."""

    #: the filter as typed, with its "order by"
    filter: str = ""
    #: field names of the chosen columns; empty for the catalogue's default
    columns: list[str] = field(default_factory=list)
    #: cells of the columns whose width was set by hand, by field name
    widths: dict[str, int] = field(default_factory=dict)
    #: filters used before, newest first
    history: list[str] = field(default_factory=list)

    def remember(self, text: str) -> None:
        """Put a filter at the head of the history; one that is there already moves up."""
        text = text.strip()
        if text and len(text) <= LONGEST_FILTER:
            self.history = [text, *(old for old in self.history if old != text)][:HISTORY_LENGTH]


@dataclass(slots=True)
class AccountState:
    """What is remembered of one account."""

    last_screen: str = ""
    screens: dict[str, ScreenState] = field(default_factory=dict)
    #: what the account calls the values of keys, by the key's wire name: ``{"currency_id": {"EUR": "2"}}``
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    #: the latest time that its answers held, whose offset from UTC is the account's; "" while none had one
    latest_time: str = ""
    #: what was found out by using it, by name: ``{"_bulk": "yes 2026-11-30"}``
    abilities: dict[str, str] = field(default_factory=dict)


class StateStore:
    """The state file: read once, written when something changed.

    A file that is missing, damaged or of another version never stops the program: it is set aside
    and `notices` says so. Two running programs do not undo each other: a screen neither of them
    touched, or only the other one did, is written as it is on disk.

    Args:
        patience: seconds to wait for another program that is saving.
    """

    def __init__(self, path: Path, *, patience: float = PATIENCE) -> None:
        self.path = path
        self._patience = patience
        #: what the user should be told once
        self.notices: list[str] = []
        self.last_profile = ""
        #: whether that was said already
        self._forgetful = False
        self._accounts: dict[str, AccountState] = {}
        #: by the name of a profile: the account that took over what older versions remembered of it
        self._adopted: dict[str, str] = {}
        self._older: _Data = {}
        self._saved: _Data = self._dump()
        self._load()

    def account(self, name: str) -> AccountState:
        """What is remembered of an account; empty at first."""
        return self._accounts.setdefault(name, AccountState())

    def accounts(self) -> Iterator[tuple[str, AccountState]]:
        """All accounts of which something is remembered, by name."""
        yield from self._accounts.items()

    def screen(self, account: str, screen: str) -> ScreenState:
        """How a screen of an account was left; empty at first."""
        return self.account(account).screens.setdefault(screen, ScreenState())

    def adopt(self, account: str, profile: str) -> None:
        """Take over what an older version remembered of a profile; once, for what it is the name of may change."""
        if profile in self._adopted or profile not in self._older:
            return
        self._adopted[profile] = account
        if account not in self._accounts:
            self._accounts[account] = _account(_table(self._older[profile]))

    def save(self) -> bool:
        """Write the file if something changed. Returns whether the file now holds everything.

        What cannot be written, or not while another program keeps the file locked, is noted in `notices`, and only
        once; the next call tries again with all that has changed by then.
        """
        current = self._dump()
        if current == self._saved:
            return True
        try:
            with exclusive_access(self.path, patience=self._patience):
                others = self._others()
                merged = _merge(self._saved, current, others) if others else current
                write_atomically(self.path, _encode(merged), mode=PRIVATE)
        except FileFault as fault:
            self._forget(fault)
            return False
        self._saved = current
        self._forgetful = False
        return True

    def _load(self) -> None:
        remove_left_behind(self.path)
        try:
            data = _decode(read_own(self.path))
        except MissingFile:
            if fault := trouble_making(self.path.parent):
                self._forget(fault)
            return
        except FileFault as fault:
            if is_homeless(self.path):
                self._forget(fault)
            elif fault.errno in _USELESS:
                self._set_aside(fault.strerror or fault.deed)
            else:
                self.notices.append(f"what was remembered is not used: {fault}")
            return
        except ValueError as error:
            self._set_aside(str(error))
            return
        self.last_profile = _text(data.get("last_profile"))
        for name, values in _table(data.get("accounts")).items():
            self._accounts[name] = _account(_table(values))
        self._adopted = _words(data.get("adopted"))
        self._older = _table(data.get("profiles"))
        self._saved = self._dump()

    def _set_aside(self, reason: str) -> None:
        what = f"{show_path(self.path)} {plain(reason, 120)}"
        try:
            self.notices.append(f"{what}; it is kept as {set_aside(self.path).name}")
        except FileFault:
            self.notices.append(what)

    def _forget(self, fault: FileFault) -> None:
        """Say, once, that nothing is remembered, and why."""
        if not self._forgetful:
            self._forgetful = True
            if fault.errno == errno.EAGAIN:
                self.notices.append(f"not remembered yet: {fault}")
            else:
                self.notices.append(f"nothing is remembered: {fault} ({STATE})")

    def _others(self) -> _Data:
        """What is in the file by now, where another program may have written; what is no use is set aside."""
        try:
            return _decode(read_own(self.path))
        except MissingFile:
            return {}
        except FileFault as fault:
            if fault.errno not in _USELESS:
                raise
            self._set_aside(fault.strerror or fault.deed)
        except ValueError as error:
            self._set_aside(str(error))
        return {}

    def _dump(self) -> _Data:
        return {
            "version": VERSION,
            "last_profile": self.last_profile,
            "accounts": _filled({name: _dump_account(account) for name, account in self._accounts.items()}),
            "adopted": dict(self._adopted),
        }


def _dump_account(account: AccountState) -> _Data:
    screens = _filled({id_: _dump_screen(screen) for id_, screen in account.screens.items()})
    return _filled(
        {
            "last_screen": account.last_screen,
            "screens": screens,
            "words": _filled({key: dict(words) for key, words in account.words.items()}),
            "latest_time": account.latest_time,
            "abilities": dict(account.abilities),
        }
    )


def _dump_screen(screen: ScreenState) -> _Data:
    return _filled(
        {
            "filter": screen.filter if len(screen.filter) <= LONGEST_FILTER else "",
            "columns": list(screen.columns),
            "widths": dict(screen.widths),
            "history": list(screen.history),
        }
    )


def _filled(values: _Data) -> _Data:
    """Without what is empty, so that having looked at a screen changes nothing."""
    return {name: value for name, value in values.items() if value}


def _account(values: _Data) -> AccountState:
    screens = {id_: _screen(_table(entry)) for id_, entry in _table(values.get("screens")).items()}
    words = {key: _words(entry) for key, entry in _table(values.get("words")).items()}
    return AccountState(
        _text(values.get("last_screen")),
        screens,
        words,
        _text(values.get("latest_time")),
        _words(values.get("abilities")),
    )


def _screen(values: _Data) -> ScreenState:
    return ScreenState(
        filter=_text(values.get("filter")),
        columns=_texts(values.get("columns")),
        widths=_cells(values.get("widths")),
        history=_texts(values.get("history"))[:HISTORY_LENGTH],
    )


def _merge(before: _Data, current: _Data, disk: _Data) -> _Data:
    """`current`, with what changed on disk since `before` in the places this program left alone."""
    merged: _Data = {}
    for key in {**disk, **current}:
        ours, theirs, base = (side.get(key) for side in (current, disk, before))
        tables = all(side is None or isinstance(side, dict) for side in (ours, theirs))
        if tables and (ours is not None or isinstance(base, dict)):
            if found := _merge(_table(base), _table(ours), _table(theirs)):
                merged[key] = found
        elif key == "history" and isinstance(ours, list) and isinstance(theirs, list) and theirs != base:
            merged[key] = [*ours, *(text for text in theirs if text not in ours)][:HISTORY_LENGTH]
        elif key in current and ours != base:
            merged[key] = ours
        elif key in disk and (theirs != base or key in current):
            merged[key] = theirs
    return merged


def _encode(data: _Data) -> bytes:
    import json

    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _decode(raw: bytes) -> _Data:
    """The state in a file.

    Raises:
        ValueError: it is damaged or of another version, in words that follow the file's name.
    """
    try:
        data = parse_json(raw)
    except ValueError:
        raise ValueError("is damaged") from None
    if not isinstance(data, dict):
        raise ValueError("is damaged")
    if data.get("version") != VERSION:
        raise ValueError("was written by another version of cotui")
    return data


def _table(value: object) -> _Data:
    return value if isinstance(value, dict) else {}


def _words(value: object) -> dict[str, str]:
    return {key: item for key, item in _table(value).items() if isinstance(item, str)}


def _cells(value: object) -> dict[str, int]:
    sizes = {key: item for key, item in _table(value).items() if type(item) is int}
    return {key: item for key, item in sizes.items() if 0 < item <= WIDEST}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
