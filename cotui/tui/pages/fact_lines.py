"""The answer of a page: a line a fact, its label, its amount and its words each in their column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from cotui.desk.amounts import AT_LEAST, Amount
from cotui.desk.answers.page import NOT_KNOWN, READING, Fact
from cotui.tui.base.cells import ELLIPSIS, cell_len, fit, wrap
from cotui.tui.pages.answer_entry import STYLE_OF, AnswerEntry
from cotui.tui.records.record_page import RecordPage, Run

#: cells of a label, at most
_LABEL: Final = 14
#: lines of one fact; what is longer is in the raw record
_MOST_LINES: Final = 4
#: cells that words need beside amounts; with less they stand below
_WORDS: Final = 20
#: signs of a text that are looked at: more than that many lines hold on any terminal
_LONGEST: Final = 4_000
_GAP: Final = "   "


class _Amounts(NamedTuple):
    """How wide the amounts of all facts are: before and behind the blank, and decimals of those that have most."""

    number: int
    code: int
    decimals: int

    @property
    def width(self) -> int:
        return self.number + 1 + self.code


def add_facts(page: RecordPage, facts: Sequence[Fact]) -> None:
    """Add the answer to a page; what is asked first stands out."""
    label = min(max((cell_len(fact.label) for fact in facts), default=0), _LABEL, max(4, page.width // 4))
    amounts = [amount for fact in facts for amount in fact.amounts]
    decimals = decimals_of(amounts)
    number = max((len(on_point(one, decimals)) for one in amounts), default=0)
    layout = _Amounts(number, max((len(one.currency) for one in amounts), default=0), decimals)
    for at, fact in enumerate(facts):
        said = spoken_fact(fact)
        entry = AnswerEntry(f"fact:{fact.name}", fact.label, said, None, said)
        index = page.open_entry(entry)
        room = max(2, page.width - label - 3)
        lines = _with_amounts(fact, layout, room, strong=at == 0) if fact.amounts else _words(fact, room)
        for line, runs in enumerate(lines):
            words = fit(fact.label if line == 0 else "", label)
            page.add_line((f" {words}  ", "label"), *runs, entry=index)
        page.close_entry(index)


def spoken_fact(fact: Fact) -> str:
    """Value and words of a fact in one sentence."""
    return ", ".join(filter(None, (fact.value, fact.rest)))


def decimals_of(amounts: Sequence[Amount]) -> int:
    """Decimals of the amount that has most of them."""
    return max((len(one.number.partition(".")[2]) for one in amounts), default=0)


def on_point(amount: Amount, decimals: int) -> str:
    """An amount without its currency, so that points stand below each other once it is put to the right."""
    after = len(amount.number.partition(".")[2])
    missing = decimals - after + (1 if decimals and not after else 0)
    return f"{AT_LEAST if amount.at_least else ''}{amount.number}{' ' * missing}"


def _with_amounts(fact: Fact, layout: _Amounts, room: int, *, strong: bool) -> list[list[Run]]:
    """An amount a line, the words beside them, or below where there is too little room."""
    amounts = [
        f"{on_point(one, layout.decimals).rjust(layout.number)} {one.currency}" for one in fact.amounts
    ]
    style = STYLE_OF[fact.tone] or ("title" if strong else "")
    beside = room - layout.width - len(_GAP)
    if beside < _WORDS:
        below = [[(f"  {text}", "")] for text in _shortened(fact.rest, room - 2)]
        return [*([(amount, style)] for amount in amounts), *below]
    rest = _shortened(fact.rest, beside)
    lines: list[list[Run]] = []
    for amount, text in zip_longest(amounts, rest, fillvalue=""):
        lines.append([(fit(amount, layout.width), style if amount else ""), (_GAP + text, "")])
    return lines


def _words(fact: Fact, room: int) -> list[list[Run]]:
    quiet = fact.value in (READING, NOT_KNOWN)
    style = "faint" if quiet else STYLE_OF[fact.tone]
    said = spoken_fact(fact)
    lines = _shortened(said, room) or [""]
    first, head = lines[0], fact.value or fact.rest
    if style and first.startswith(head):
        return [[(head, style), (first[len(head) :], "")], *([(text, "")] for text in lines[1:])]
    return [[(text, style)] for text in lines]


def _shortened(text: str, room: int) -> list[str]:
    """The lines of a text, no more than a fact may have."""
    if not text:
        return []
    lines = wrap(text[:_LONGEST], room)
    if len(lines) > _MOST_LINES or len(text) > _LONGEST:
        lines = lines[:_MOST_LINES]
        lines[-1] = fit(lines[-1] + " " * room, max(1, room - 1)).rstrip(f" {ELLIPSIS}") + ELLIPSIS
    return lines
