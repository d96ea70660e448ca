"""The set of marked rows, and which lists have marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cotui.tui.base.session import Session
from cotui.tui.lists.selection import MARK_BINDINGS, SelectedRecord, Selection
from cotui.tui.shell.app import CotuiApp
from tests.tui.flow import browse, marked_lines, marks_of, press, settle

SIZE = (120, 40)


@given(
    st.lists(
        st.tuples(st.sampled_from(["add", "remove", "clear"]), st.lists(st.integers(1, 9), max_size=4)),
        max_size=20,
    )
)
def test_marks_are_an_ordered_set_with_a_limit(steps: list[tuple[str, list[int]]]) -> None:
    marks, model = Selection(limit=5), list[int]()
    for what, refs in steps:
        if what == "add":
            left_out = 0
            for ref in refs:
                if ref not in model and len(model) >= 5:
                    left_out += 1
                elif ref not in model:
                    model.append(ref)
            assert marks.add(SelectedRecord(ref, str(ref), "") for ref in refs) == left_out
        elif what == "remove":
            marks.remove(refs)
            model = [ref for ref in model if ref not in refs]
        else:
            marks.clear()
            model = []
        assert list(marks) == model
        assert len(marks) == len(model)
        assert marks.last is None or marks.last in model


async def test_a_read_only_session_marks_nothing(session: Session) -> None:
    session.read_only = True
    app = CotuiApp(session)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "space", "V", "A", "shift+down")
        assert marks_of(app) == []
        actions = {active.binding.action for active in app.screen.active_bindings.values()}
        assert not actions & {binding.action for binding in MARK_BINDINGS}


async def test_reports_have_nothing_to_mark(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "4")
        await press(pilot, "space", "A")
        assert marks_of(app) == []
        assert marked_lines(browse(app).table) == []
