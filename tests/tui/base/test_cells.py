"""Text is cut, padded and wrapped by cells."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from cotui.safety.text import clean, replaced
from cotui.tui.base.cells import cut, fit, wrap

widths = st.integers(1, 200)
hostile = st.text(
    st.sampled_from(
        "ab 中ー한🙂e\u0301\u0e33\u200d\ufe0f\u200c🏳️❤ﷺ\u1100\u1161"
        "\x1b\n\t\x07\x9b\u202e\u2066\ud800\U000e0041\xad"
    )
    | st.characters(),
    max_size=80,
)


@given(hostile, widths, st.sampled_from(["left", "right"]))
@example("\u200da", 1, "left")
@example("中", 1, "left")
@example("a中", 2, "left")
@example("❤\ufe0f❤", 2, "left")
@example("👨\u200d👩\u200d👧", 3, "right")
@example("", 1, "left")
def test_fit_takes_exactly_its_width(text: str, width: int, side: Any) -> None:
    fitted = fit(text, width, side)
    assert cell_len(fitted) == width
    assert clean(fitted) == fitted
    # beside other cells it still is as wide
    assert cell_len(f"|{fitted}|") == width + 2
    assert cell_len(fitted + fit("é\u0301x", 4)) == width + 4


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S", "Zs"])), st.integers(-2, 200))
def test_fit_of_plain_text(text: str, width: int) -> None:
    fitted = fit(text, width)
    if len(text) <= width:
        assert fitted == text.ljust(width)
        assert fit(text, width, "right") == text.rjust(width)
    elif width > 0:
        assert fitted == text[: width - 1] + "…"
    else:
        assert fitted == ""


def test_a_wide_character_is_never_halved() -> None:
    assert fit("請求書", 6) == "請求書"
    assert fit("請求書", 5) == "請求…"
    assert fit("請求書", 4) == "請… "
    assert fit("請求書", 8, "right") == "  請求書"
    assert fit("café con leche", 5, "left") == "café…"


def test_a_long_text_is_cut_without_measuring_all_of_it() -> None:
    assert fit("中" * 1_000_000, 5) == "中中…"


@given(hostile, widths)
def test_cut_is_the_longest_beginning(text: str, width: int) -> None:
    text = replaced(text, lambda _: "")
    beginning = cut(text, width)
    assert text.startswith(beginning)
    assert cell_len(beginning) <= width
    if not set(text) & set("\ufe0e\ufe0f\u200c") and beginning != text:
        following = text[len(beginning)]
        assert cell_len(beginning) + cell_len(following) > width


@given(hostile, st.integers(2, 200))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    expected = "".join(map(clean, text.split("\n")))
    assert "".join("".join(lines).split()) == "".join(expected.split())


def test_wrapping_breaks_at_spaces() -> None:
    assert wrap("the quick brown fox", 10) == ["the quick", "brown fox"]
    assert wrap("  indented\n\nlast", 20) == ["  indented", "", "last"]
    assert wrap("https://example.com/a-long-path", 12) == ["https://exam", "ple.com/a-lo", "ng-path"]
    assert wrap("", 5) == [""]
