"""What Enter would open, beside a list: the row's own values at once, the answer where the cursor rests.

A row that the cursor only passes costs no request, one on which it rests costs what Enter would cost: one, and a second
where the first has shown that something is missing. What was read stays for a minute, so going back reads nothing.
Where an account takes no batches an answer is a dozen requests: that many are not spent on something nobody has asked
for, and Enter reads it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer

from cotui.api import Priority
from cotui.api.abilities import BULK, BULK_EACH
from cotui.desk.answers.objects import ANSWERS
from cotui.desk.answers.reading import AnswerReading
from cotui.tui.base.line import TwoEnds
from cotui.tui.engine.life import lives
from cotui.tui.lists.relations import has_page
from cotui.tui.pages.answer_view import AnswerView

if TYPE_CHECKING:
    from cotui.api import Record
    from cotui.catalog import Resource
    from cotui.desk.answers.page import Row
    from cotui.tui.base.host import Host

#: seconds for which the cursor has to rest on a row before its answer is read
REST: Final = 0.3
#: seconds for which an answer is shown again without being read again, and how many are kept
FRESH: Final = 60.0
KEPT: Final = 20

Key = tuple[str, int | str]


def answerable(resource: Resource) -> bool:
    """Whether Enter on a row of this object opens an answer."""
    return resource.id in ANSWERS


class BesideView(AnswerView):
    """The page itself. The list has the keys that lead from part to part of the screen."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tab leads back to the list, not through the parts of the page."""
        return action != "part" and super().check_action(action, parameters)


class AnswerBeside(Vertical):
    """The pane. It paints with the screen that it is on, and reads only while that is in front.

    Args:
        related: shows what belongs to the row under the cursor, by the name of a relation.
    """

    DEFAULT_CSS = """
    AnswerBeside > TwoEnds { height: 1; background: $panel; color: $foreground; text-style: bold; padding: 0 1; }
    """

    def __init__(self, host: Host, related: Callable[[str], object], *, id: str) -> None:
        super().__init__(id=id)
        self._host = host
        self._related = related
        self._heading = TwoEnds()
        self.view = BesideView(
            today=host.session.today,
            follows=has_page,
            beside=True,
            titled=False,
            names=host.customer_names,
            words=lambda: host.session.words,
        )
        self._resource: Resource | None = None
        self._row: Record | None = None
        #: what is shown; None where that is no answer
        self._shown: AnswerReading | None = None
        #: answers that were read to their end, the latest last, and when that was by the host's clock
        self._kept: dict[Key, tuple[AnswerReading, float]] = {}
        self._timer: Timer | None = None
        self._painting: asyncio.Handle | None = None

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self.view

    @property
    def affordable(self) -> bool:
        """Whether an answer takes one request, as far as anybody knows."""
        abilities = self._host.api.abilities
        return abilities.can(BULK) is not False and not abilities.can(BULK_EACH)

    def show(self, resource: Resource, record: Record) -> None:
        """Show a row; its answer comes when this was the last row for a while."""
        same = resource is self._resource and record is self._row
        if same and (self._shown is None or self._timer is not None or self._is_kept()):
            return
        self._stop()
        self._resource, self._row = resource, record
        ref = record.ref
        if ref is None or not self.affordable:
            self._shown = None
            self._heading.show_ends(resource.label, "enter opens it" if ref is not None else "")
            self.view.show(resource, record)
            return
        kept = self._fresh((resource.id, ref))
        self._shown = kept or self._reading(resource, ref, record)
        self._paint()
        if kept is None:
            self._timer = self.set_timer(REST, self._rested)

    @property
    def row(self) -> Row | None:
        """The row of the page that the keys are on; None where they are elsewhere."""
        return self.view.selected_row if self.view.has_focus and self._shown is not None else None

    def show_message(self, lines: Sequence[str]) -> None:
        """Show no row, but some words."""
        self._stop()
        self._resource = self._row = self._shown = None
        self._heading.show_ends("", "")
        self.view.show_message(lines)

    def forget(self) -> None:
        """Something was written, or rows were read again: what is known of any may be out of date."""
        self._kept.clear()
        self._row = None

    def _is_kept(self) -> bool:
        return any(reading is self._shown for reading, _ in self._kept.values())

    def _fresh(self, key: Key) -> AnswerReading | None:
        reading, at = self._kept.get(key, (None, 0.0))
        return reading if self._host.clock() - at <= FRESH else None

    def _reading(self, resource: Resource, ref: int | str, record: Record) -> AnswerReading:
        def came() -> None:
            if self._shown is made and self._painting is None:
                self._painting = asyncio.get_running_loop().call_soon(self._paint)

        day = self._host.session.day
        made = AnswerReading(self._host.api, resource, ref, record, day=day, tell=came, now=day.now)
        return made

    def _rested(self) -> None:
        self._timer = None
        if self._shown is not None and self.screen.is_active:
            self._read(self._shown)

    @work(exclusive=True, group="beside")
    async def _read(self, reading: AnswerReading) -> None:
        await reading.read(Priority.PREFETCH)
        if self._shown is not reading or self._resource is None or self._row is None or self._row.ref is None:
            return
        key = (self._resource.id, self._row.ref)
        self._kept.pop(key, None)
        if reading.failure is None:
            self._kept[key] = (reading, self._host.clock())
        while len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]

    def _stop(self) -> None:
        """The cursor has gone on: what was to be read is not."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.workers.cancel_group(self, "beside")

    def _paint(self) -> None:
        if self._painting is not None:
            self._painting.cancel()
            self._painting = None
        if self._shown is None or self._resource is None or not lives(self):
            return
        page = self._shown.page()
        self._heading.show_ends(page.title, page.subtitle)
        self.view.answer(self._resource, page, page.record or self._row)

    @on(AnswerView.ListWanted)
    def _list_wanted(self, event: AnswerView.ListWanted) -> None:
        event.stop()
        self._related(event.relation)
