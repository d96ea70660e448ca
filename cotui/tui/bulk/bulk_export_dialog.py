"""Where the results of many writes are written to."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from cotui.api import Outcome
from cotui.desk.outcome_export import export
from cotui.safety.faults import FileFault, FileThere, show_path
from cotui.safety.places import expand, is_homeless, whole
from cotui.safety.text import clean
from cotui.tui.base.dialog import Dialog
from cotui.tui.base.inputs import TypedLine


class BulkExport(Dialog[Path]):
    """Asks for a file, writes it and gives back where it is. What is there already is replaced only when told to."""

    DEFAULT_CSS = """
    BulkExport > #box { max-width: 96; }
    BulkExport Static { height: auto; }
    BulkExport #problem { color: $text-error; text-style: bold; display: none; }
    BulkExport Input { border: none; height: 1; padding: 0; background: $panel; }
    BulkExport Input:focus { border: none; background: $panel-lighten-2; }
    """
    BINDINGS = [Binding("ctrl+o", "overwrite", "Replace the file", id="bulk.overwrite")]

    def __init__(self, outcomes: Sequence[Outcome], name: str) -> None:
        super().__init__()
        self._outcomes = tuple(outcomes)
        #: the file whose replacing was offered
        self._there: Path | None = None
        self._entry = TypedLine(name, compact=True, max_length=1000, select_on_focus=False)
        self._entry.cursor_blink = False
        self._problem = Static("", id="problem", markup=False)

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            title = f"Write {len(self._outcomes):,} results to a file (CSV)"
            yield Static(Content(title), classes="title", markup=False)
            yield Static(Content(clean(f"in {_here()}, unless the name begins elsewhere:")), markup=False)
            yield from (self._entry, self._problem)
            yield Static(
                "enter writes it, readable for you alone · esc leaves", classes="faint", markup=False
            )

    @on(Input.Changed)
    def _changed(self) -> None:
        self._there = None
        self._problem.display = False

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
            await asyncio.to_thread(export, path, self._outcomes, overwrite=overwrite)
        except FileThere:
            self._there = path
            self._tell(f"{path.name} is there already: ctrl+o replaces it, or give another name")
        except FileFault as fault:
            self._tell(f"not written: {fault.strerror}; {fault.remedy}")
        else:
            self.dismiss(path)

    def _tell(self, text: str) -> None:
        self._problem.display = True
        self._problem.update(Content(clean(text)))


def _here() -> str:
    """The directory that a name alone means."""
    here = whole("")
    return show_path(here) if here.is_absolute() else "a directory that is gone"
