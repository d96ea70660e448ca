"""Metered usage as clients write it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.catalog.field import sent_text
from cotui.catalog.objects.usage import USAGE
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import missing_or_invalid
from cotui.sandbox.writing.payload import Payload, object_of, read, refused, required
from cotui.sandbox.writing.references import resolve, unique_key

_USAGE = tuple(item for item in USAGE.fields if item.creatable and item.name != "line_item_id")


#: The line that was used: its columns, by the keys that name it.
_LINE_KEYS = {
    "line_item_id": "l.line_item_id",
    "line_item_external_key": "l.external_key",
    "item_external_key": "i.external_key",
}
_CURRENT = (
    "FROM package_lines l JOIN packages p USING (package_id) JOIN items i USING (item_id)"
    " LEFT JOIN tiersets t ON t.tierset_id = l.tierset_id WHERE l.is_replaced = 0 AND "
)


def create(context: WriteContext, payload: Payload) -> int:
    """Notes what was used of a subscription's line; the next invoice bills it."""
    sent = _flat(object_of(payload))
    values = read(sent, _USAGE, context.clock.zone)
    if values.get("usage_value") is None:
        raise required("usage_value")
    values["type"] = values.get("type") or "add"
    values["line_item_id"] = _line(context, sent)
    values["external_key"] = unique_key(context, "usage", values.get("external_key"))
    names = {f'"{name}"': value for name, value in values.items()}
    return context.insert("usages", {**names, "token": context.token(), "write_datetime": context.now})


def _flat(sent: Mapping[str, Any]) -> dict[str, Any]:
    """A record whose related keys stand beside the others.

    The documentation writes `customer.external_key` and `line_item.item_external_key`, with dots in the keys
    (bulk-usage-metered-data-upload); clients send objects, or the names that other payloads have.
    """
    found = dict(sent)
    for stem in ("customer", "line_item"):
        parts = {name.partition(".")[2]: value for name, value in sent.items() if name.startswith(f"{stem}.")}
        inner = found.pop(stem, None)
        for name, value in {**(inner if isinstance(inner, Mapping) else {}), **parts}.items():
            found.setdefault(name if name.startswith((f"{stem}_", "item_")) else f"{stem}_{name}", value)
    return found


def _line(context: WriteContext, sent: Mapping[str, Any]) -> int:
    """The line that was used: by its id or key, by the keys of the customer and of the item, or the only metered
    one of a subscription.
    """
    line: dict[str, Any] = {name: _text(sent, name) for name in _LINE_KEYS}
    line |= read(sent, (USAGE.field("line_item_id"),), context.clock.zone)
    owner = {
        "p.customer_id": resolve(context, sent, "customer", together=True),
        "p.package_id": resolve(context, sent, "package", together=True),
    }
    if owner["p.package_id"] is not None and not any(line.values()):
        return _only_metered_line(context, owner["p.package_id"], owner["p.customer_id"])
    by_item = line["item_external_key"] and any(owner.values())
    if not (line["line_item_id"] or line["line_item_external_key"] or by_item):
        raise required("line_item_id")
    named = {_LINE_KEYS[name]: value for name, value in line.items()} | owner
    wanted = {column: value for column, value in named.items() if value is not None}
    tests = " AND ".join(f"{column} = ?" for column in wanted)
    found = context.connection.execute(
        f"SELECT l.line_item_id {_CURRENT}{tests} ORDER BY 1 DESC LIMIT 1",
        tuple(wanted.values()),
    ).fetchone()
    if found is None:
        raise missing_or_invalid("line_item_id", "no line in force fits what is sent")
    return int(found[0])


def _only_metered_line(context: WriteContext, package_id: int, customer_id: int | None) -> int:
    """The line that is meant where only a subscription is named, as one client does; nothing documents it.

    Raises:
        BadRequestError: the subscription has none that is metered, or several, or is another customer's.
    """
    found = context.connection.execute(
        f"SELECT l.line_item_id, p.customer_id {_CURRENT}p.package_id = ?"
        " AND (i.is_usage = 1 OR t.pricemodel = 'pas')"
        " AND (l.cancel_datetime IS NULL OR l.cancel_datetime > ?)"
        " AND (l.expire_datetime IS NULL OR l.expire_datetime > ?)",
        (package_id, context.now, context.now),
    ).fetchall()
    if len(found) != 1 or customer_id not in (None, found[0][1]):
        has = f"has {len(found)} metered lines" if len(found) > 1 else "has no metered line"
        reason = has if len(found) != 1 else "is another customer's"
        raise missing_or_invalid("package_id", f"package {package_id} {reason}")
    return int(found[0][0])


def _text(sent: Mapping[str, Any], name: str) -> str | None:
    value = sent.get(name)
    with refused(name, value):
        return sent_text(value) or None
