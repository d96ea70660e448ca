"""Actions of users: passwords and links into the portal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.catalog.field import sent_text
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError
from cotui.sandbox.objects.endpoint import on_record
from cotui.sandbox.writing import passwords, portal_links
from cotui.sandbox.writing.payload import Payload, object_of


def password(context: WriteContext, number: int, payload: Payload) -> Any:
    """Sets the password that is sent and mails it to the user; without one, mails a link for setting one.

    With `_flag_emails=0` nothing is mailed, and then nothing leads to a link either.
    """
    sent = object_of(payload)
    user = context.known_row("users", "user_id", number)
    to = user["email"] or ""
    given = sent.get("password")
    if given is None:
        if not to and context.flags.emails:
            raise BadRequestError("This user does not have an e-mail address.")
        if context.flags.emails:
            _mail_reset(context, user)
        return True
    word = _password(given)
    passwords.set_password(context.connection, number, word, context.now)
    context.email(
        to=to,
        subject="Your new password",
        body=passwords.password_mail(
            user["name"], user["username"], f"{context.base_url}{portal_links.LOGIN_FORM}"
        ),
        cause="user.password",
    )
    context.update("users", "user_id", number, {"mod_datetime": context.now})
    return True


def _mail_reset(context: WriteContext, user: Mapping[str, Any]) -> None:
    path = portal_links.new_reset(context.connection, user["user_id"], context.now)
    context.email(
        to=user["email"],
        subject="Reset your password",
        body=f"Hello {user['name']},\n\nset a new password for {user['username']} here, within a day:\n"
        f"{context.base_url}{path}",
        cause="user.password",
    )


def _password(sent: Any) -> str:
    try:
        word = sent_text(sent)
    except ValueError:
        word = None
    if not word or len(word) > passwords.LONGEST:
        raise BadRequestError("Missing or invalid parameter: password")
    return word


def login_url(context: WriteContext, number: int, payload: Payload) -> Any:
    """A link that logs the user in to the portal once, within a minute, at the page named by `destination`."""
    sent = object_of(payload).get("destination")
    destination = sent or ""
    if not isinstance(destination, str) or (destination and destination not in portal_links.DESTINATIONS):
        raise BadRequestError("Missing or invalid parameter: destination")
    return context.base_url + portal_links.new_login(context.connection, number, destination, context.now)


ACTIONS = {
    "password": on_record(password),
    "reset_password": on_record(password),
    "getloginurl": on_record(login_url),
    "login": on_record(login_url),
}
