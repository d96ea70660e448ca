"""The outbox: the e-mails and letters that the real service would have sent, as JSON and as a page."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

from starlette.responses import HTMLResponse

from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.object_model import names
from cotui.sandbox.portal.markup import Node, page, table, tag

_URL = re.compile(r"(https?://[^\s<>\"']+)")
#: E-mails that the page shows; the JSON holds all of them.
_SHOWN = 500
_COLUMNS = names("email_id write_datetime sender recipients cc bcc subject body html cause")


def emails(connection: sqlite3.Connection, clock: Clock) -> list[dict[str, Any]]:
    """All e-mails, oldest first. `to`, `cc` and `bcc` are lists of addresses; `from` is "" for the account's."""
    found = connection.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM outbox ORDER BY email_id"  # noqa: S608 - our own names
    )
    return [_served(dict(zip(_COLUMNS, row, strict=True)), clock) for row in found]


def letters(connection: sqlite3.Connection, clock: Clock) -> list[dict[str, Any]]:
    """All letters, oldest first."""
    return [
        {
            "letter_id": letter_id,
            "datetime": clock.iso(moment),
            "invoice_id": invoice_id,
            "address": address,
        }
        for letter_id, moment, invoice_id, address in connection.execute(
            "SELECT letter_id, write_datetime, invoice_id, address FROM letters ORDER BY letter_id"
        )
    ]


def clear(connection: sqlite3.Connection) -> None:
    """Empties the outbox."""
    connection.execute("DELETE FROM outbox")
    connection.execute("DELETE FROM letters")


def outbox_page(connection: sqlite3.Connection, clock: Clock) -> HTMLResponse:
    """The latest e-mails and letters for people, newest first."""
    mail = emails(connection, clock)
    posted = letters(connection, clock)
    shown = [_email(email) for email in reversed(mail[-_SHOWN:])]
    paper = [
        tag("h2", "Letters"),
        table(
            ("Date", "Invoice", "Address"),
            [
                (item["datetime"], item["invoice_id"], tag("pre", item["address"]))
                for item in reversed(posted[-_SHOWN:])
            ],
        ),
    ]
    more = len(mail) - len(shown)
    return page(
        "Outbox",
        tag("p", "Nothing of this was really sent.", class_="note"),
        shown or tag("p", "There is no e-mail yet."),
        tag("p", f"and {more} older ones") if more else None,
        paper if posted else None,
    )


def _served(row: dict[str, Any], clock: Clock) -> dict[str, Any]:
    return {
        "email_id": row["email_id"],
        "datetime": clock.iso(row["write_datetime"]),
        "from": row["sender"],
        "to": _addresses(row["recipients"]),
        "cc": _addresses(row["cc"]),
        "bcc": _addresses(row["bcc"]),
        "subject": row["subject"],
        "body": row["body"],
        "html": row["html"],
        "cause": row["cause"],
    }


def _addresses(text: str) -> list[str]:
    return [address.strip() for address in text.split(",") if address.strip()]


def _email(email: dict[str, Any]) -> Node:
    heads = [
        (name, ", ".join(email[key]))
        for name, key in (("To", "to"), ("Cc", "cc"), ("Bcc", "bcc"))
        if email[key]
    ]
    if email["from"]:
        heads.insert(0, ("From", email["from"]))
    heads += [("Date", email["datetime"]), ("Cause", email["cause"])]
    return tag(
        "section",
        tag("h2", email["subject"] or "(no subject)", id=f"email-{email['email_id']}"),
        [[tag("b", name), ": ", value, tag("br")] for name, value in heads],
        tag("pre", _linked(email["body"])),
        tag("details", tag("summary", "HTML"), tag("pre", email["html"])) if email["html"] else None,
    )


def _linked(body: str) -> list[Node]:
    nodes: list[Node] = []
    for index, piece in enumerate(_URL.split(body)):
        nodes.append(tag("a", piece, href=piece) if index % 2 else piece)
    return nodes
