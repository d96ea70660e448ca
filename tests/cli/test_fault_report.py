"""A fault of cotui's own is told by its kind and place, never with values."""

from __future__ import annotations

import pytest

from cotui.cli.fault_report import WAY, report
from cotui.safety.parsing import refuse_deep

SECRET = "s3cret"


class Odd(dict[str, object]):
    """Fails within cotui's own code."""

    def values(self) -> object:  # type: ignore[override]
        raise KeyError(SECRET)


@pytest.fixture
def inside() -> BaseException:
    with pytest.raises(KeyError) as caught:
        refuse_deep(Odd(a=1))
    return caught.value


def test_one_line_names_the_last_of_our_own_files(inside: BaseException) -> None:
    text = report(inside, {})
    assert text.startswith("a fault of cotui's own: KeyError in cotui/safety/parsing.py, line ")
    assert f"{WAY}=1" in text
    assert "\n" not in text


def test_the_way_is_shown_where_it_is_asked_for_and_still_without_values(inside: BaseException) -> None:
    text = report(inside, {WAY: "1"})
    assert "most recent call last" in text
    assert "in refuse_deep" in text
    assert SECRET not in text
    assert f"{WAY}=1" not in text


def test_what_happened_elsewhere_is_said_to_have() -> None:
    assert report(ValueError(SECRET), {}).startswith(
        "a fault of cotui's own: ValueError outside of its files."
    )
