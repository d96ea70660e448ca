"""Copying from the screens. What is kept of a secret beside the terminal's clipboard goes when its dialog has closed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from cotui.tui.actions.action_runner import ActionRunnerApp

if TYPE_CHECKING:
    from cotui.tui.base.session import Session


class SecretCopies:
    """The secrets that were copied and are still to be forgotten."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._forgetting = asyncio.Lock()

    def __repr__(self) -> str:
        return f"<{len(self._texts)} copied>"

    def __bool__(self) -> bool:
        return bool(self._texts)

    def note(self, text: str) -> None:
        if text and text not in self._texts:
            self._texts.append(text)

    async def forget(self) -> str:
        """Remove all copies that can be removed; answers what is left to the user to do, or "".

        When it is given up in the middle, as at the end of the program, it can be called again.
        """
        from cotui.tui.base.clipboard import forget

        said = ""
        async with self._forgetting:
            while self._texts:
                said = await forget(self._texts[0]) or said
                del self._texts[0]
        return said


class CopyingApp(ActionRunnerApp):
    """An app that copies, says where to, and has copies of secrets forgotten."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        #: copies of secrets that are to be forgotten
        self._copies = SecretCopies()

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text by the terminal's own way; whatever leads there, a secret's copies are to be forgotten."""
        self.note_copy(text)
        super().copy_to_clipboard(text)

    def note_copy(self, text: str) -> None:
        """A text is about to be copied: if it is a secret, its copies are to be forgotten."""
        if self._screen_stacks.get(self.current_mode) and getattr(self.screen, "holds_secret", False):
            self._copies.note(text)

    def forget_copies(self) -> None:
        """A dialog with a secret has closed: what tmux keeps of copies goes too. What stays is said."""
        if self._copies:
            self.run_worker(self._forget_copies(), group="forget")

    async def _forget_copies(self) -> None:
        if said := await self._copies.forget():
            self.say(said, "warning")

    def copy_selected(self, text: str) -> None:
        self.copy(text, "the marked text", lines=True)

    def copy(self, text: str, what: str, *, lines: bool = False) -> None:
        from cotui.tui.base.clipboard import copy, one_line

        async def run() -> None:
            result = await copy(self, text, lines=lines)
            line = one_line(what, text, result.how, result.hint, self.size.width - 2)
            self.say(line, "information" if result.sent else "warning")

        self.run_worker(run(), group="copy", exclusive=True)
