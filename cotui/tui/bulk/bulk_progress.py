"""Many writes under way and how they ended: it stays until all is known, and Esc only ever stops between batches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from cotui.api import Outcome, Result
from cotui.safety.text import clean
from cotui.tui.base.dialog import ScrollingDialog
from cotui.tui.base.line import StatusText, TextBlock
from cotui.tui.base.text_lines import TextLines
from cotui.tui.bulk.bulk_words import ending_words, failure_lines, progress_words

if TYPE_CHECKING:
    from pathlib import Path

    from cotui.tui.bulk.bulk_run import BulkRun

#: what may be tried again: it is known that nothing was changed
AGAIN = (Result.REFUSED, Result.NOT_SENT)


class BulkProgress(ScrollingDialog[bool]):
    """Carries a run out, then shows the summary. Gives back whether what failed is to be tried again.

    Args:
        results: how each record ended so far, by id; takes in what the run brings.
        run: what is to be carried out; None shows the summary at once.
        file_name: what the summary's file is called unless its user says otherwise.
    """

    DEFAULT_CSS = """
    BulkProgress #progress { height: 1; }
    BulkProgress #middle { display: none; }
    BulkProgress #middle.shown { display: block; }
    """
    BINDINGS = [
        Binding("r", "again", "Try again", id="bulk.again"),
        Binding("x", "export", "Write to a file", id="bulk.export"),
    ]
    AUTO_FOCUS = ""

    def __init__(
        self, title: str, results: dict[int | str, Outcome], run: BulkRun | None, *, file_name: str
    ) -> None:
        super().__init__()
        self._title = clean(title)
        self._results = results
        self._run = run
        self._file_name = file_name
        self._over = run is None
        self.middle = self._failures = TextLines(id="middle")
        self._progress_line, self._told = TextBlock(id="progress"), StatusText()
        self._keys_line = TextBlock("", "faint", id="keys")

    @property
    def over(self) -> bool:
        return self._over

    def compose(self) -> ComposeResult:
        with self.box:
            yield TextBlock(self._title, "title")
            yield from (self._progress_line, self._failures, self._told, self._keys_line)

    def on_mount(self) -> None:
        if self._run is None:
            self._sum_up()
        else:
            self._keys_line.show("esc stops after the batch that is under way")
            self._run.changed = self._show_progress
            self.at_end(self._run.stop)  # the program ends: no further batch
            self._carry_out(self._run)

    @work(group="run")
    async def _carry_out(self, run: BulkRun) -> None:
        await run.run()
        self._results.update({item.write.ref: item for item in run.outcomes if item.write.ref is not None})
        self._over = True
        self._sum_up()

    def _show_progress(self) -> None:
        if self._run is not None and self.living:
            self._say(progress_words(self._run))

    def _say(self, text: str) -> None:
        # the line keeps its height: without a layout it costs a few bytes
        self._progress_line.update(Content(text), layout=False)

    @property
    def _again(self) -> int:
        return sum(outcome.result in AGAIN for outcome in self._results.values())

    def _sum_up(self) -> None:
        outcomes = list(self._results.values())
        self._say(ending_words(outcomes))
        lines = [(clean(text), result is not None) for text, result in failure_lines(outcomes)]
        box = self._failures
        box.set_class(bool(lines), "shown")
        box.set_lines(lines)
        keys = ["x writes all results to a file", "esc leaves"]
        if self._again:
            keys.insert(0, f"r tries {self._again:,} again (refused or not sent)")
        if any(outcome.result is Result.UNKNOWN for outcome in outcomes):
            keys.append("what is not known is never tried again: look at it first")
        if lines:
            keys.append("↑ ↓ scroll")
            box.focus()
        self._keys_line.show(" · ".join(keys))
        self.fit()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        del parameters
        if action == "again":
            return self._over and self._again > 0
        return self._over if action == "export" else True

    def action_leave(self) -> None:
        if self._over:
            self.dismiss(False)
        elif self._run is not None:
            self._run.stop()

    def action_again(self) -> None:
        self.dismiss(True)

    def action_export(self) -> None:
        from cotui.tui.bulk.bulk_export_dialog import BulkExport

        def written(path: Path | None) -> None:
            if path is not None:
                self._told.tell(f"{len(self._results):,} results are in {path}")
                self.fit()

        self.open_screen(BulkExport(list(self._results.values()), self._file_name), written)
