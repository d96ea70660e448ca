"""How large the terminal is: what it says itself, and only then what the environment says."""

from __future__ import annotations

import os

import pytest

from cotui.tui.engine.terminal.stock import terminal_size


def sizes(monkeypatch: pytest.MonkeyPatch, *told: tuple[int, int] | None) -> None:
    """What the terminal of standard output, input and errors says; None where that is none."""
    said = dict(zip((1, 0, 2), told, strict=True))

    def size(descriptor: int) -> os.terminal_size:
        found = said[descriptor]
        if found is None:
            raise OSError
        return os.terminal_size(found)

    monkeypatch.setattr(os, "get_terminal_size", size)


def test_the_terminal_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "11")
    monkeypatch.setenv("LINES", "5")
    sizes(monkeypatch, (120, 40), (80, 24), None)
    assert terminal_size() == (120, 40)
    sizes(monkeypatch, None, (0, 0), (100, 30))
    assert terminal_size() == (100, 30)


@pytest.mark.parametrize(
    ("columns", "lines", "size"),
    [
        ("132", "50", (132, 50)),
        ("132", "", (132, 24)),
        ("", "50", (80, 50)),
        ("0", "-5", (80, 24)),
        ("x", "1e3", (80, 24)),
        ("٣٣", "²", (80, 24)),
        ("9" * 5000, "9" * 5000, (9999, 9999)),
    ],
)
def test_without_a_size_of_its_own_the_environment_says_it(
    monkeypatch: pytest.MonkeyPatch, columns: str, lines: str, size: tuple[int, int]
) -> None:
    sizes(monkeypatch, None, (0, 0), (80, 0))
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", lines)
    assert terminal_size() == size
