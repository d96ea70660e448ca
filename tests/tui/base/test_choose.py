"""Taking one of some words: what is chosen now is marked, and words stay words."""

from __future__ import annotations

import pytest

from cotui.tui.base.choose import ChooseDialog
from cotui.tui.engine.frame_batching import BatchedApp

OPTIONS = [("a", "Ann [/]"), ("b", "B\x1b[2Job"), ("", "none")]


@pytest.mark.parametrize(
    ("current", "keys", "taken"),
    [
        ("b", ["enter"], "b"),
        ("b", ["up", "enter"], "a"),
        ("gone", ["enter"], "a"),
        ("", ["enter"], ""),
        ("b", ["escape"], None),
    ],
)
async def test_the_value_of_the_words_is_given_back(current: str, keys: list[str], taken: str | None) -> None:
    app, answers = BatchedApp[None](), list[str | None]()
    async with app.run_test(size=(40, 12)) as pilot:
        dialog = ChooseDialog("Which \x1b[1mone [/]?", OPTIONS, current)
        await app.push_screen(dialog, answers.append)
        prompts = [str(dialog.options.get_option_at_index(at).prompt) for at in range(3)]
        assert prompts == ["Ann [/]", "B␛[2Job", "none"]
        await pilot.press(*keys)
        await pilot.pause()
    assert answers == [taken]
