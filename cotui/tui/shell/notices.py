"""What is to be told without having been asked for: at the start, when a file changes, about keys that clash."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen

    from cotui.audit.log import AuditLog
    from cotui.tui.shell.key_clashes import Clash


class Notices:
    """Lines in the status line until the first key after them."""

    def __init__(self, lines: Iterable[str], say: Callable[[str, str], None]) -> None:
        self._lines = list(lines)
        self._say = say
        self._clashes: set[Clash] = set()
        self._severity = "information"

    def add(self, line: str, severity: str = "information") -> None:
        """Tell one more line; where one of those that are told together is a warning, all are."""
        self._lines.append(line)
        if severity != "information":
            self._severity = severity
        self.show()

    def show(self) -> None:
        """Tell those that have not been read."""
        if self._lines:
            self._say(" · ".join(self._lines), self._severity)

    def read(self) -> None:
        """A key was pressed: they have been read."""
        self._lines.clear()
        self._severity = "information"

    def new_clashes(self, screen: Screen[Any], keymap: Mapping[str, str]) -> list[str]:
        """Which keys of the user's own are in use for something else on a screen, each of them once."""
        if not keymap:
            return []
        from cotui.tui.shell.key_clashes import clashes_of

        new = [clash for clash in clashes_of(screen, keymap) if clash not in self._clashes]
        self._clashes.update(new)
        return [
            f"[keys] puts “{clash.wanted}” on {clash.key}, which is also “{clash.other}”" for clash in new
        ]

    def tell_wrong_keys(self, keymap: Mapping[str, str]) -> None:
        """Say which keys of the user's own there are not, so that what they were to do has none."""
        from cotui.safety.text import clean
        from cotui.tui.shell.key_names import wrong_keys

        first, *others = [*wrong_keys(keymap), ""]
        if first:
            more = f" and {len(others) - 1:,} more" if len(others) > 1 else ""
            self.add(f"[keys] {clean(first)}{more} · cotui config check", "warning")

    async def tell_unknown(self, audit: AuditLog) -> None:
        """Complete the notes of writes whose session ended before their answer came, and tell of them."""
        try:
            number = await asyncio.to_thread(audit.recover)
        except OSError:
            return  # it stays as it is; the next write says what is wrong with the file
        if number:
            what = "1 write" if number == 1 else f"{number:,} writes"
            self.add(f"{what} of an earlier session ended unknown: cotui audit --result unknown", "warning")
