"""Users as rows: adding, changing, attaching to customers, removing; for users themselves and for main contacts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError
from cotui.sandbox.writing import names


def add(context: WriteContext, values: Mapping[str, Any], customer_id: int | None) -> int:
    """Adds a user and attaches it to a customer; answers its id.

    Args:
        values: columns of the table, with the name in parts or as a whole; without a user name one is made up.

    Raises:
        BadRequestError: the user name is taken.
    """
    row = {name: value for name, value in values.items() if name not in (*names.PARTS, "name")}
    row |= {"first_name": "", "last_name": "", "name": ""} | names.changed(values, {})
    row["username"] = _username(context, row.get("username")) or context.token()
    number = context.insert(
        "users",
        {
            **row,
            "customer_id": customer_id,
            "token": context.token(),
            **context.written,
        },
    )
    if customer_id is not None:
        attach(context, customer_id, number)
    return number


def edit(context: WriteContext, number: int, values: Mapping[str, Any]) -> None:
    """Changes a user; the name as `names.changed` says, a user name that is empty stays.

    Raises:
        BadRequestError: the user name is taken.
    """
    stored = context.known_row("users", "user_id", number)
    row = {name: value for name, value in values.items() if name not in (*names.PARTS, "name", "username")}
    row |= names.changed(values, stored)
    if username := _username(context, values.get("username"), number):
        row["username"] = username
    context.update("users", "user_id", number, {**row, "mod_datetime": context.now})


def attach(context: WriteContext, customer_id: int, user_id: int) -> None:
    """Makes a user a contact of a customer, and the main one when the customer has none."""
    context.connection.execute(
        "INSERT INTO customer_users (customer_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (customer_id, user_id),
    )
    context.connection.execute(
        "UPDATE users SET customer_id = coalesce(customer_id, ?) WHERE user_id = ?", (customer_id, user_id)
    )
    context.connection.execute(
        "UPDATE customers SET superuser_id = ? WHERE customer_id = ? AND superuser_id IS NULL",
        (user_id, customer_id),
    )


def make_main(context: WriteContext, customer_id: int, user_id: int) -> None:
    """Makes a contact the main one. Raises BadRequestError where the user is a contact of other customers only."""
    customers = {
        row[0]
        for row in context.connection.execute(
            "SELECT customer_id FROM customer_users WHERE user_id = ?", (user_id,)
        )
    }
    if customers and customer_id not in customers:
        raise BadRequestError("This user is not a contact of this customer.")
    attach(context, customer_id, user_id)
    context.connection.execute(
        "UPDATE customers SET superuser_id = ? WHERE customer_id = ?", (user_id, customer_id)
    )


def remove(context: WriteContext, user_id: int) -> None:
    """Removes a user who is nobody's main contact, with its password, links and sessions."""
    for table in ("user_passwords", "portal_sessions", "portal_links", "customer_users"):
        context.connection.execute(f"DELETE FROM {table} WHERE user_id = ?", (user_id,))  # noqa: S608 - ours
    context.connection.execute("UPDATE notes SET user_id = NULL WHERE user_id = ?", (user_id,))
    context.delete("users", "user_id", user_id)


def _username(context: WriteContext, username: str | None, own: int | None = None) -> str | None:
    if not username or not username.strip():
        return None
    row = context.connection.execute("SELECT user_id FROM users WHERE username = ?", (username,)).fetchall()
    # Whoever has it already keeps it, even where another has the same.
    if row and own not in {found for (found,) in row}:
        raise BadRequestError(f'A user already exists with the username value "{username}"')
    return username
