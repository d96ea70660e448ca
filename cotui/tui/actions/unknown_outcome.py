"""After a lost answer: what is on the server now, beside what was wanted. It only reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cotui.api import ApiError, NotFound
from cotui.query import Condition, Op, Order, Query
from cotui.safety.text import clean
from cotui.tui.base.object_register import Row, hooks_of

if TYPE_CHECKING:
    from cotui.api import Api, Record, Write

_AGAIN = (
    "It seems not to have been done. Look again in a moment before you repeat it: it may still be under way."
)


async def look_for_outcome(api: Api, write: Write) -> list[str]:
    """Lines that tell, or help to tell, whether a write was carried out; clean."""
    if write.action.untraced:
        return [write.action.untraced]
    label = write.resource.label.casefold()
    try:
        if write.ref is None:
            return await _made(api, write)
        record = await api.get(write.resource, write.ref)
    except NotFound:
        if write.action.method == "DELETE":
            return [f"The {label} is not there any more: it was done."]
        return [f"The {label} is not there any more."]
    except ApiError as error:
        return [f"The server can't be asked either: {error.what}. Look at the {label} when it answers again."]
    if write.action.method == "DELETE":
        return [f"The {label} is still there. {_AGAIN}"]
    wanted = write.shown_payload if isinstance(write.shown_payload, Mapping) else {}
    if write.action.method == "PUT":
        return _compared(write, record, wanted)
    evidence = hooks_of(write.resource.id).evidence.get(write.action.name)
    if evidence is None:
        return [f"Look at the {label} before you repeat it."]
    verdict = "That is what was wanted: it was done." if evidence.done(record.raw, wanted) else _AGAIN
    now = [f"  {_label(write, name)}: {_words(record.raw.get(name))}" for name in evidence.fields]
    return ["On the server now:", *now, verdict]


async def _made(api: Api, write: Write) -> list[str]:
    """Whether a record that was to be made is there: by its own key, or among the newest of its name."""
    resource, label = write.resource, write.resource.label.casefold()
    wanted = write.payload if isinstance(write.payload, Mapping) else {}
    own_key = wanted.get("external_key")
    if own_key:
        try:
            found = await api.get(resource, f"external_key:{own_key}")
        except NotFound:
            return [f"There is no {label} with the external key {clean(str(own_key))}. {_AGAIN}"]
        return [f"There is {_named(write, found)} with this external key: it was done."]
    name = next((name for name in resource.known_by if wanted.get(name)), "")
    if not name:
        return [f"Look whether the {label} is in the list before you make it again."]
    query = Query(
        (Condition(name, Op.EQUALS, str(wanted[name])),), (Order(resource.primary_key, descending=True),)
    )
    rows = (await api.page(resource, query, 0, 3)).rows
    what = f"{resource.field(name).label} {clean(str(wanted[name]))}"
    if not rows:
        return [f"There is no {label} with {what}. {_AGAIN}"]
    return [
        f"Newest on the server with {what}:",
        *(f"  {_named(write, row)}, made {_words(row.raw.get('write_datetime'))}" for row in rows),
        "If one of them was made just now, it was done: don't make it again.",
    ]


def _named(write: Write, record: Record) -> str:
    title = clean(str(record.raw.get(write.resource.title_field) or ""))
    return f"{write.resource.label_of(record.raw).casefold()} {record.id}{': ' if title else ''}{title}"


def _compared(write: Write, record: Record, wanted: Row) -> list[str]:
    lines, same, different = [], 0, 0
    for name, value in wanted.items():
        field = write.resource.find(name)
        if (field is not None and (field.secret or not field.readable)) or name not in record.raw:
            lines.append(f"  {_label(write, name)}: can't be seen on the server")
        elif _same(record.raw[name], value):
            same += 1
            lines.append(f"  {_label(write, name)}: {_words(record.raw[name])}, as wanted")
        else:
            different += 1
            lines.append(f"  {_label(write, name)}: {_words(record.raw[name])}, wanted {_words(value)}")
    if different:
        verdict = "Part of it is as wanted: somebody else may have changed it too." if same else _AGAIN
    else:
        verdict = "All that can be seen is as wanted: it was done." if same else ""
    return ["On the server now:", *lines, *([verdict] if verdict else [])]


def _label(write: Write, name: str) -> str:
    field = write.resource.find(name)
    return field.label if field is not None else clean(name)


def _same(now: object, wanted: object) -> bool:
    """Whether two values mean the same; the server writes numbers as texts, and no as 0, "" or null."""
    if isinstance(now, list) and isinstance(wanted, list):
        if any(isinstance(item, Mapping) for item in (*now, *wanted)):
            return len(now) == len(wanted)
        return sorted(map(str, now)) == sorted(map(str, wanted))
    if isinstance(wanted, bool) or isinstance(now, bool):
        return _true(now) == _true(wanted)
    if now in (None, "") or wanted in (None, ""):
        return now in (None, "") and wanted in (None, "")
    try:
        return float(str(now)) == float(str(wanted))
    except ValueError:
        return str(now).strip() == str(wanted).strip()


def _true(value: object) -> bool:
    return str(value).casefold() in ("1", "true", "yes")


def _words(value: object) -> str:
    if value is None or value in ("", []):
        return "nothing"
    if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        return f"{len(value)} {'entry' if len(value) == 1 else 'entries'}"
    text = clean(", ".join(map(str, value)) if isinstance(value, list) else str(value))
    return text if len(text) <= 80 else f"{text[:79]}…"
