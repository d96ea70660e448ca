"""What is offered under the filter line in place of a mistake; what goes on with the text is tested with the line."""

from __future__ import annotations

from cotui.tui.shell.app import CotuiApp
from tests.tui.filtering import edit, labels
from tests.tui.flow import browse, press, status

SIZE = (120, 40)


async def test_tab_takes_what_a_lone_word_may_mean(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot, "maple ridge")
        assert labels(bar) == ['company ~ "maple ridge"']
        assert "To search for it: company ~" in status(app)
        await press(pilot, "enter")
        assert labels(bar) == ['company ~ "maple ridge"'], "it is still offered when enter could not apply"
        await press(pilot, "tab")
        assert bar.input.value == 'company ~ "maple ridge" '
        assert "enter applies" in status(app)
        await press(pilot, "enter")
        assert browse(app).table.length > 0


async def test_tab_takes_the_value_that_was_meant(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        bar = await edit(pilot, "status = overdeu and id > 3")
        await press(pilot, "enter")
        assert labels(bar) == ["overdue"]
        await press(pilot, "tab")
        assert bar.input.value == "status = overdue and id > 3"
