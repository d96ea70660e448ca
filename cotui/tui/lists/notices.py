"""What a list says beside its rows, and in place of them: loading, empty, failed, or not here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import cotui.query as language  # what makes the wire's words is loaded by the first filter that is typed
from cotui.api import ApiError, Change, RecordWindow
from cotui.catalog import Resource
from cotui.query import Query
from cotui.safety.text import clean
from cotui.tui.lists.table_rows import TableRows

#: lines of text, each with the name of its style ("" for the table's own)
Notice: TypeAlias = tuple[tuple[str, str], ...]


def list_notice(
    window: RecordWindow, plural: str, text: str, hints: Iterable[str] = (), *, unread: str = ""
) -> Notice:
    """What a list says instead of rows; nothing when it has some.

    Args:
        hints: what may be wrong with its filter.
        unread: what else belongs into the list and could not be read; "" where nothing does.
    """
    if window.state == "failed" and window.error is not None:
        return failure_notice(window.error)
    if window.state == "ready" and window.length:
        return ()
    if window.state == "loading":
        return loading_notice(plural)
    return unread_notice(plural, unread) if unread else empty_notice(plural, text, hints)


def skipped_words(change: Change) -> str:
    """That rows may have been passed over; which, where that is known."""
    if change.stop <= change.start:
        return (
            "the list changed while it was read: rows may have been passed over · g begins at the top again"
        )
    first, last = change.start + 1, change.stop
    rows = f"row {first:,} was" if first == last else f"rows {first:,}–{last:,} were"
    return f"the list changed: {rows} passed over · PgUp goes back"


def position_words(window: RecordWindow, first: int, stop: int, *, partial: bool = False) -> str:
    """Which rows are on the screen: "1–38 of 12,412"; "of ?" where there may be more, as where `partial`."""
    if window.length:
        of = "?" if window.total is None or window.may_go_on or partial else f"{window.total:,}"
        return f"{first + 1:,}–{stop:,} of {of}"
    return ("0 of ?" if partial else "0 of 0") if window.state == "ready" else ""


def loading_notice(plural: str) -> Notice:
    """The first rows are on their way."""
    return ((f"Loading {plural.casefold()} …", "waiting"),)


def empty_notice(plural: str, text: str, hints: Iterable[str] = ()) -> Notice:
    """The server answered, and there is nothing."""
    if not text:
        return ((f"There are no {plural.casefold()} here yet.", ""),)
    said = [(clean(hint), "") for hint in hints]
    return (
        (f"No {plural.casefold()} match this filter.", ""),
        ("", ""),
        (clean(text), "waiting"),
        ("", ""),
        *([*said, ("", "")] if said else ()),
        ("/ changes the filter · ctrl+u drops it", "waiting"),
    )


def unread_notice(plural: str, unread: str) -> Notice:
    """What was answered is empty, and a part was not answered."""
    return (
        (f"{clean(unread[:1].upper() + unread[1:])} could not be read:", ""),
        (f"whether there are {plural.casefold()} here is not known.", ""),
        ("", ""),
        ("r tries again", "waiting"),
    )


def nothing_found_notice(searched: int, text: str, rest: str = "") -> Notice:
    """None of the rows that are here holds a text; what the server has is another question.

    Args:
        rest: what brings the rows that are not here; "" where all are, or too many are not.
    """
    return (
        (f"None of the {searched:,} loaded rows holds “{clean(text)}”.", ""),
        ("", ""),
        *([(rest, "waiting")] if rest else ()),
        ("esc shows all rows again · then / asks the server", "waiting"),
    )


def rest_words(window: RecordWindow, key: str, *, wide: bool) -> str:
    """How all rows of a list are had, and how many requests that takes; "" where they are here, or are too many.

    Args:
        key: what loads them; "" where no key does.
        wide: there is room for a sentence.
    """
    rest = window.rest
    if not rest.few or not window.total:
        return ""
    if rest.under_way:
        return "loading" if rest.free else f"loading: {_requests(rest.requests)} to go"
    here = f"{sum(1 for _ in window.loaded()):,} of {window.total:,}" + (" loaded" if wide else "")
    if rest.failed:
        return f"{here}, {_requests(rest.failed)} failed" + (f" · {key} tries again" if key else "")
    if not rest.requests or not key:
        return ""
    cost = "no request" if rest.free else _requests(rest.requests)
    return f"{here} · {key}{' loads the rest' if wide else ''}: {cost}"


def _requests(number: int) -> str:
    return f"{number:,} request" + ("s" if number != 1 else "")


def failure_notice(error: ApiError) -> Notice:
    """What happened, what it means, what to do."""
    lines = [(f"✗ {error.what}", "failed"), ("", "")]
    if error.server_message:
        lines += [(f"The server says: {error.server_message}", ""), ("", "")]
    lines += [(error.meaning, ""), (error.todo, ""), ("", ""), ("r tries again", "waiting")]
    return tuple(lines)


def missing_words(rows: TableRows, index: int) -> str:
    """Why a row is not here: it failed, it is listed elsewhere, or it is on its way."""
    error = rows.error_at(index)
    if error is not None:
        return f" row {index + 1:,} is not here: {error.what} · r tries again"
    twin = rows.repeats(index)
    if twin is None:
        return " …"
    return f" the record of row {twin + 1:,}: the list changed, r reads it again"


def sent_words(query: Query, resource: Resource) -> list[str]:
    """What is sent of a query, and what is done here, in the words of the wire."""
    from cotui.api.paging.narrowed import divided

    parts: list[str] = []
    for words, part in zip(("", "here, after reading the list: "), divided(resource, query), strict=True):
        wire = language.to_wire(part)
        said = [f"{name}={value}" for name, value in (("where", wire.where), ("order", wire.order)) if value]
        if said:
            parts.append(words + " ".join(said) if words else " · ".join(said))
    return parts
