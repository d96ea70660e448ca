"""Screens hold their widgets, and only the base of all screens looks for any or shows and removes screens.

What looks for a widget can come when the screen has lost it. What is held can always be told something.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TUI = Path(__file__).resolve().parents[2] / "cotui" / "tui"
#: ways to look for a widget
LOOKING = {
    "query",
    "query_one",
    "query_exactly_one",
    "query_children",
    "query_ancestor",
    "get_child_by_id",
    "get_child_by_type",
    "get_widget_by_id",
}
#: what may look, and for what
MAY_LOOK = {
    "engine/frame_batching.py": "Textual's own notifications, on the screen that is on top in that turn"
}
#: ways to leave a screen that leave whichever is on top
POPPING = {"pop_screen", "switch_screen", "pop_until_active"}
MAY_POP = {"engine/life.py": "the base", "shell/app.py": "a number key leaves all that stands on its list"}
#: `is_attached` stays true for long after leaving has begun
LATE = {"is_attached", "is_running", "_running"}
MAY_BE_LATE = {
    "engine/frame_batching.py": "painting",
    "engine/widget_bases.py": "Textual's own condition for a scroll bar",
    "lists/selection_keys.py": "a worker that is running",
}
FILES = sorted(path.relative_to(TUI).as_posix() for path in TUI.rglob("*.py"))


@cache
def nodes(file: str) -> list[ast.AST]:
    return [*ast.walk(ast.parse((TUI / file).read_text()))]


def attributes(file: str) -> Iterator[ast.Attribute]:
    yield from (node for node in nodes(file) if isinstance(node, ast.Attribute))


def _of_a_filter(node: ast.Attribute) -> bool:
    """`event.query` is what a filter means."""
    return node.attr == "query" and isinstance(node.value, ast.Name) and node.value.id in ("event", "applied")


def calls(file: str) -> Iterator[ast.Call]:
    yield from (node for node in nodes(file) if isinstance(node, ast.Call))


@pytest.mark.parametrize(
    ("names", "may"),
    [(LOOKING, MAY_LOOK), (POPPING, MAY_POP), (LATE, MAY_BE_LATE)],
    ids=["look", "pop", "late"],
)
def test_nothing_does_what_only_the_base_may(names: set[str], may: dict[str, str]) -> None:
    found = {
        f"{file}:{node.lineno} {node.attr}"
        for file in FILES
        if file not in may and not file.startswith("engine/terminal/")
        for node in attributes(file)
        if node.attr in names and not _of_a_filter(node)
    }
    assert not found


@pytest.mark.long
def test_who_waits_for_an_answer_of_a_screen_is_asked_whether_it_lives() -> None:
    """`LivingScreen.open_screen` and `ActionRunnerApp.ask` do; a callback of `push_screen` is called in any case."""
    found = {
        f"{file}:{call.lineno}"
        for file in FILES
        if file not in ("engine/life.py", "forms/discard.py")
        for call in calls(file)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "push_screen"
        and (len(call.args) > 1 or call.keywords)
    }
    assert not found


@pytest.mark.parametrize("file", sorted({*MAY_LOOK, *MAY_POP, *MAY_BE_LATE}))
def test_exceptions_are_needed(file: str) -> None:
    allowed = {
        name
        for names, may in ((LOOKING, MAY_LOOK), (POPPING, MAY_POP), (LATE, MAY_BE_LATE))
        if file in may
        for name in names
    }
    assert any(node.attr in allowed for node in attributes(file))
