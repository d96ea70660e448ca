"""Secrets that were copied: what is kept of them beside the terminal's clipboard goes when their dialog has closed."""

from __future__ import annotations

import asyncio


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
