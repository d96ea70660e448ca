"""Where the results of many writes are written to."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from cotui.api import Outcome
from cotui.desk.outcome_export import export
from cotui.safety.faults import FileFault, FileThere, show_path
from cotui.safety.places import expand, is_homeless, whole
from cotui.safety.text import clean
from cotui.tui.base.dialog import Dialog
from cotui.tui.base.inputs import TypedLine
from cotui.tui.base.line import StatusText, TextBlock


class BulkExport(Dialog[Path]):
    """Asks for a file, writes it and gives back where it is. What is there already is replaced only when told to."""

    DEFAULT_CSS = """
    BulkExport > #box { max-width: 96; }
    """
    BINDINGS = [Binding("ctrl+o", "overwrite", "Replace the file", id="bulk.overwrite")]

    def __init__(self, outcomes: Sequence[Outcome], name: str) -> None:
        super().__init__()
        self._outcomes = tuple(outcomes)
        #: the file whose replacing was offered
        self._there: Path | None = None
        self._entry = TypedLine(name, max_length=1000, select_on_focus=False)
        self._problem = StatusText()

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield TextBlock(f"Write {len(self._outcomes):,} results to a file (CSV)", "title")
            yield TextBlock(clean(f"in {_here()}, unless the name begins elsewhere:"))
            yield from (self._entry, self._problem)
            yield TextBlock("enter writes it, readable for you alone · esc leaves", "faint")

    @on(Input.Changed)
    def _changed(self) -> None:
        self._there = None
        self._problem.tell("")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        path = expand(self._entry.value.strip())
        self._write(path if is_homeless(path) else whole(path), overwrite=False)

    def action_overwrite(self) -> None:
        if self._there is not None:
            self._write(self._there, overwrite=True)

    @work(group="export", exclusive=True)
    async def _write(self, path: Path, *, overwrite: bool) -> None:
        try:
            names = self.cotui.customer_names
            customers = {item.write.customer for item in self._outcomes}
            known = {ref: names.known(ref) for ref in customers if ref is not None}
            await asyncio.to_thread(export, path, self._outcomes, overwrite=overwrite, names=known.get)
        except FileThere:
            self._there = path
            self._problem.tell(
                f"{path.name} is there already: ctrl+o replaces it, or give another name", bad=True
            )
        except FileFault as fault:
            self._problem.tell(f"not written: {fault.strerror}; {fault.remedy}", bad=True)
        else:
            self.dismiss(path)


def _here() -> str:
    """The directory that a name alone means."""
    here = whole("")
    return show_path(here) if here.is_absolute() else "a directory that is gone"
