"""One write request while it is carried out: its transaction, its moment, its flags and the e-mails it sends."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.lookups import Lookups
from cotui.sandbox.database.store import Store

_TOKEN = "0123456789abcdefghijklmnopqrstuvwxyz"  # noqa: S105 - the alphabet of tokens
#: Lines of the account's log that are kept, so that a load test does not fill the memory with them.
_LOG_LINES = 10_000
_OFF = frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True, slots=True)
class Flags:
    """What the query string of a request asks for beside the request itself; other flags change nothing here.

    Attributes:
        emails: e-mails are sent (`_flag_emails`).
        on_behalf_addr: IP address of the end customer who caused the call, as sent.
    """

    emails: bool = True
    on_behalf_addr: str = ""

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> Flags:
        """The flags among query parameters; e-mails are on unless they are turned off."""
        emails = parameters.get("_flag_emails", "1").strip().casefold() not in _OFF
        return cls(emails, parameters.get("on_behalf_addr", ""))


@dataclass(slots=True)
class WriteContext:
    """One write request, or one item of a batch: everything happens in one transaction or not at all.

    Raising an `AnswerError` takes everything back and answers with that error.

    Attributes:
        connection: inside an open transaction, with rows as tuples.
        store: the account. Its `read()` and `write()` would wait for this very transaction: do not use them.
        base_url: scheme and host that the client used, without a slash at the end.
        ipaddr: address the request came from; "" when it is not known.
    """

    connection: sqlite3.Connection
    store: Store
    clock: Clock
    base_url: str
    flags: Flags = field(default_factory=Flags)
    ipaddr: str = ""
    #: Unix seconds of this change: all rows it writes carry the same moment
    now: int = field(init=False)
    #: the account's day
    today: date = field(init=False)
    _lookups: Lookups | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.clock = self.clock.stopped()
        moment = self.clock.now()
        self.now = int(moment.timestamp())
        self.today = moment.date()

    @property
    def lookups(self) -> Lookups:
        """The account's small lists, read when first asked for."""
        if self._lookups is None:
            self._lookups = Lookups.load(self.connection)
        return self._lookups

    def token(self) -> str:
        """A new token: 12 characters of [0-9a-z]."""
        # one draw from the system for all of it: twelve take longer than the rows they are for
        number = secrets.randbelow(len(_TOKEN) ** 12)
        letters = []
        for _ in range(12):
            number, letter = divmod(number, len(_TOKEN))
            letters.append(_TOKEN[letter])
        return "".join(letters)

    def email(
        self,
        *,
        to: str,
        subject: str,
        body: str,
        cause: str,
        cc: str = "",
        bcc: str = "",
        html: str = "",
        sender: str = "",
    ) -> None:
        """Sends an e-mail: a row of the outbox, unless the request turned e-mails off.

        Args:
            to: one or several addresses, separated by commas, as are `cc` and `bcc`. Nothing is sent when
                all three are empty.
            cause: what sent it, such as "user.password" or "invoice.email".
            sender: address it comes from; "" for the account's own.
        """
        recipients = tuple(_one_line(text) for text in (to, cc, bcc))
        if self.flags.emails and any(recipients):
            self.connection.execute(
                "INSERT INTO outbox (write_datetime, sender, recipients, cc, bcc, subject, body, html,"
                " cause) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (self.now, _one_line(sender), *recipients, _one_line(subject), body, html, cause),
            )

    def log(self, msg: str) -> None:
        """Adds a line to the account's log, which `GET /_log_system` shows.

        Args:
            msg: what happened; never anything that clients keep secret.
        """
        number = self.insert("system_log", {"msg": msg, "log_datetime": self.now})
        self.connection.execute("DELETE FROM system_log WHERE log_id <= ?", (number - _LOG_LINES,))

    def row(self, table: str, key: str, number: int) -> dict[str, Any] | None:
        """A whole row by column name; None when there is none.

        Args:
            table: a table's name; never text from a client.
            key: its primary key; never text from a client.
        """
        return named_row(self.connection, f"SELECT * FROM {table} WHERE {key} = ?", number)  # noqa: S608 - our own names

    def known_row(self, table: str, key: str, number: int) -> dict[str, Any]:
        """As `row`, for one that is there."""
        row = self.row(table, key, number)
        assert row is not None
        return row

    @property
    def written(self) -> dict[str, int]:
        """The columns of a new record that say when it was made."""
        return {"write_datetime": self.now, "mod_datetime": self.now}

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Adds a row; answers its id.

        Args:
            table: a table's name; never text from a client, nor the names of `values`.
        """
        retired = self.connection.execute(
            "SELECT last FROM retired_ids WHERE table_name = ?", (table,)
        ).fetchone()
        if retired is not None:
            # an id that was in use once must not name something else
            (last,) = self.connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()  # noqa: S608 - our own names
            values = {"rowid": max(retired[0], last or 0) + 1, **values}
        marks = ", ".join("?" * len(values))
        cursor = self.connection.execute(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})",  # noqa: S608 - our own names
            tuple(values.values()),
        )
        return int(cursor.lastrowid or 0)

    def update(self, table: str, key: str, number: int, values: Mapping[str, Any]) -> None:
        """Changes columns of one row; nothing when there are none to change.

        Args:
            table: a table's name; never text from a client, nor `key`, nor the names of `values`.
        """
        if values:
            self.connection.execute(
                f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in values)}"  # noqa: S608 - as above
                f" WHERE {key} = ?",
                (*values.values(), number),
            )

    def delete(self, table: str, key: str, number: int) -> None:
        """Removes one row; its id is not given again.

        Args:
            table: a table's name; never text from a client, nor `key`.
        """
        self.connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (number,))  # noqa: S608 - as above
        self.connection.execute(
            "INSERT INTO retired_ids (table_name, last) VALUES (?, ?)"
            " ON CONFLICT (table_name) DO UPDATE SET last = max(last, excluded.last)",
            (table, number),
        )


def _one_line(text: str) -> str:
    # a line break in an address or subject would begin a header of its own
    return " ".join(text.split())


def named_row(connection: sqlite3.Connection, sql: str, key: object) -> dict[str, Any] | None:
    """The first row of a query with one parameter, by column name; None when there is none."""
    cursor = connection.execute(sql, (key,))
    values = cursor.fetchone()
    if values is None:
        return None
    return dict(zip((item[0] for item in cursor.description), values, strict=True))
