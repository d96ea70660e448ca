"""How parts of answers are told: tables of what came, and words where something did not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from cotui.catalog import RESOURCES
from cotui.desk.amounts import Amount, spoken
from cotui.desk.answers.answer import Situation
from cotui.desk.answers.page import NOT_KNOWN, READING, Column, Count, Fact, Row, State, Table, Tone
from cotui.desk.answers.parts import Part, Section

#: the worst that a part of several can be, first
_WORST: Final[tuple[State, ...]] = ("refused", "failed", "partial", "reading", "complete")
#: why a fact is not known although everything came
_UNTOLD: Final = "the account does not tell"


class Shape(NamedTuple):
    """How a table looks, whatever is in it; as in `Table`."""

    name: str
    title: str
    relation: str
    columns: tuple[Column, ...]
    status: int = -1
    none: str = "none"


def table(shape: Shape, found: Sequence[Section], rows: Iterable[Row], total: Sequence[Amount] = ()) -> Table:
    """A table of one part, or of several that stand in one."""
    state: State = next((state for state in _WORST if any(one.state == state for one in found)), "complete")
    if state in ("refused", "failed") and any(one.state in ("complete", "partial") for one in found):
        state = "partial"
    trouble = "; ".join(dict.fromkeys(one.trouble for one in found if one.trouble))
    error = next((one.error for one in found if one.error is not None), None)
    return Table(
        shape.name,
        shape.title,
        shape.relation,
        shape.columns,
        tuple(rows),
        counted(found),
        state,
        trouble,
        tuple(total),
        shape.status,
        shape.none,
        error,
    )


def section_of(now: Situation, name: str, resource_id: str) -> Section:
    """What is known of a part: that it is not here yet, where nothing is."""
    found = now.sections.get(name)
    return found if found is not None else Section(Part(name, RESOURCES[resource_id]))


def counted(found: Sequence[Section]) -> Count | None:
    """How many rows some parts have together; None where nobody knows of any."""
    counts = [one.count for one in found if one.count is not None]
    if not counts:
        return None
    exact = len(counts) == len(found) and all(count.exact for count in counts)
    number = sum(count.value for count in counts)
    return Count(number, exact) if number or exact else None


def amounts_fact(
    name: str, label: str, amounts: Sequence[Amount], zero: Amount, rest: str = "", tone: Tone = ""
) -> Fact:
    """A fact that is amounts; nothing is quiet."""
    if not amounts:
        return Fact(name, label, zero.text, rest, tone or "quiet", (zero,))
    return Fact(name, label, spoken(amounts), rest, tone, tuple(amounts))


def unknown_fact(name: str, label: str, sections: Iterable[Section | None], rest: str = "") -> Fact:
    """A fact that nobody knows, and why."""
    found = [one for one in sections if one is None or one.state != "complete"]
    if any(one is None or one.state == "reading" for one in found):
        return Fact(name, label, READING, rest, "quiet")
    if not found:
        return Fact(name, label, NOT_KNOWN, "; ".join(filter(None, (_UNTOLD, rest))), "waiting")
    why = next((one.trouble for one in found if one is not None and one.trouble), "")
    return Fact(name, label, NOT_KNOWN, "; ".join(filter(None, (why, rest))), "waiting")


def missing_words(now: Situation, titles: dict[str, str]) -> tuple[str, ...]:
    """What is not here, a sentence each: "Payments: 20 of 174 came."

    Args:
        titles: of the parts, by name.
    """
    told: dict[str, None] = {}
    for name, section in now.sections.items():
        if section.state in ("partial", "refused", "failed"):
            title = titles.get(name) or name.capitalize()
            told[f"{title}: {section.trouble or 'not all could be read'}."] = None
    return tuple(told)
