"""The last line: what is said stands before what is typed, that before a wait, and that before the keys."""

from __future__ import annotations

from textual.binding import Binding

from cotui.tui.base.status_line import MOST_LINES, StatusLine
from tests.tui.support import OneWidget

HINTS = [(key, Binding(key, key, words)) for key, words in (("a", "Actions"), ("b", "Back"), ("?", "Keys"))]


def rows(line: StatusLine) -> list[str]:
    return [text.rstrip() for text in str(line.render()).split("\n")]


async def test_what_matters_most_is_shown() -> None:
    line = StatusLine()
    async with OneWidget(line).run_test(size=(60, 12)):
        line.hint(HINTS)
        assert line.text == "a actions · b back · ? keys"
        line.wait("waiting 3 s · esc leaves")
        assert line.text == "waiting 3 s · esc leaves"
        line.feedback("where=a:b", False)
        assert line.text == "where=a:b"
        line.say("it \x1b[2J\u202efailed", "error")
        assert line.text == "waiting 3 s · esc leaves · it ␛[2J␦failed"
        assert line.has_class("error")
        line.hush()
        assert (line.text, line.has_class("error")) == ("where=a:b", False)
        line.feedback("no such field", True)
        assert line.has_class("error")
        line.say("read")
        line.feedback("as it is typed", False)  # typing goes on: what was said is over
        assert line.text == "as it is typed"
        line.feedback("", False)
        line.wait("")
        assert line.text == "a actions · b back · ? keys"


async def test_the_way_to_all_keys_is_always_there() -> None:
    line = StatusLine()
    async with OneWidget(line).run_test(size=(80, 12)) as pilot:
        line.hint(HINTS)
        for columns, shown in (
            (29, "a actions · b back · ? keys"),
            (28, "a actions · ? keys"),
            (19, "? keys"),
            (6, "? k…"),
        ):
            await pilot.resize_terminal(columns, 12)
            await pilot.pause()
            assert rows(line) == [shown]


async def test_a_long_message_takes_a_third_of_the_screen_and_no_more() -> None:
    line = StatusLine()
    async with OneWidget(line).run_test(size=(22, 12)) as pilot:
        for height in (12, 60, 2):
            await pilot.resize_terminal(22, height)
            line.say("many words " * 60)
            await pilot.pause()
            most = max(1, min(MOST_LINES, height // 3))
            assert line.size.height == len(rows(line)) == most
            assert rows(line)[-1].endswith("…")
        line.say("wide 会社名株式会社名 end")
        await pilot.resize_terminal(22, 12)
        await pilot.pause()
        assert " ".join(rows(line)).replace(" ", "") == "wide会社名株式会社名end"
        line.feedback("long feedback " * 5, False)
        await pilot.pause()
        assert line.size.height == 1, "it doesn't grow while somebody types"
        line.feedback("long feedback " * 5, True, whole=True)
        await pilot.pause()
        assert line.size.height == 4
