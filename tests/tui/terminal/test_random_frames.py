"""Whatever Textual writes, a terminal shows the same through the lean driver: random screens in emulators.

`python -m tests.benchmarks.random_frames` plays them by the thousand.
"""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotui.tui.engine.terminal.abilities import Abilities
from tests.depth import examples
from tests.tui.terminal.duet import STEPS, Piece, Step, play, random_piece
from tests.tui.terminal.emulator import TERMINALS, Emulator, Habits
from tests.tui.terminal.texts import PALETTES, SURE, WORDS

SETTINGS = settings(max_examples=examples(500, short=10))

FIELDS = [field.name for field in fields(Abilities)]

abilities = st.builds(Abilities, **{name: st.booleans() for name in FIELDS})
steps = st.builds(Step, st.sampled_from(STEPS), st.integers(0, 1 << 20), st.booleans())
# the screen of an app is never narrower than what a border takes
sizes = st.tuples(st.integers(6, 44), st.integers(3, 12))


@st.composite
def pieces(draw: st.DrawFn, kinds: tuple[str, ...]) -> Piece:
    """Pieces with texts of some of these kinds."""
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=1, unique=True))
    columns, rows = draw(sizes)
    seed = draw(st.integers(0, 1 << 20))
    palette = draw(st.sampled_from(PALETTES))
    return Piece(columns, rows, tuple(chosen), palette, seed, tuple(draw(st.lists(steps, max_size=8))))


def differs(piece: Piece, abilities: Abilities, habits: Habits) -> str:
    """How the two terminals differ first."""
    habits = replace(habits, erases_in_colour=abilities.erases_in_colour)
    stock, ours = (Emulator(piece.columns, piece.rows, habits) for _ in range(2))
    return play(piece, abilities, stock, ours, agreed=habits.agrees(piece.kinds))


@given(pieces(SURE), abilities)
@SETTINGS
def test_texts_that_terminals_agree_about(piece: Piece, abilities: Abilities) -> None:
    assert not differs(piece, abilities, TERMINALS["counts as Textual does"])


@pytest.mark.parametrize("name", TERMINALS)
@given(data=st.data(), abilities=abilities)
@SETTINGS
def test_any_text_in_every_kind_of_terminal(name: str, data: st.DataObject, abilities: Abilities) -> None:
    piece = data.draw(pieces(tuple(WORDS)))
    assert not differs(piece, abilities, TERMINALS[name])


def test_an_emoji_cut_off_behind_its_joiner_is_not_compared_where_a_frame_was_missed() -> None:
    steps = (Step("resize", 426, True), Step("repaint_somewhere", 1322, False))
    unable = Abilities(**dict.fromkeys(FIELDS, False))
    assert not differs(Piece(6, 3, ("emoji",), "grey", 0, steps), unable, TERMINALS["counts as Textual does"])


@pytest.mark.deep
@pytest.mark.parametrize("able", product((True, False), repeat=len(FIELDS)))
def test_every_combination_of_abilities(able: tuple[bool, ...]) -> None:
    for seed in range(examples(50, short=1)):
        found = differs(random_piece(seed), Abilities(**dict(zip(FIELDS, able, strict=True))), Habits())
        assert not found, f"seed {seed}: {found}"
