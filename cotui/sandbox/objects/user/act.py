"""Actions of users: passwords and links into the portal."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from cotui.catalog.field import sent_text
from cotui.sandbox.database.change import Change
from cotui.sandbox.http.envelope import BadRequestError
from cotui.sandbox.objects.action_model import Action, on_record
from cotui.sandbox.portal import links as portal_links
from cotui.sandbox.portal import passwords
from cotui.sandbox.portal.outbox import password_mail
from cotui.sandbox.writing.payload import Payload, object_of


def password(change: Change, number: int, payload: Payload) -> Any:
    """Sets the password that is sent and mails it to the user; without one, mails a link for setting one.

    With `_flag_emails=0` nothing is mailed, and then nothing leads to a link either.
    """
    sent = object_of(payload)
    user = change.row("users", "user_id", number)
    assert user is not None
    to = user["email"] or ""
    given = sent.get("password")
    if given is None:
        if not to and change.flags.emails:
            raise BadRequestError("This user does not have an e-mail address.")
        if change.flags.emails:
            _mail_reset(change, user)
        return True
    word = _password(given)
    passwords.set_password(change.connection, number, word, change.now)
    change.email(
        to=to,
        subject="Your new password",
        body=password_mail(user["name"], user["username"], f"{change.base_url}{portal_links.LOGIN_FORM}"),
        cause="user.password",
    )
    change.update("users", "user_id", number, {"mod_datetime": change.now})
    return True


def _mail_reset(change: Change, user: Mapping[str, Any]) -> None:
    path = portal_links.new_reset(change.connection, user["user_id"], change.now)
    change.email(
        to=user["email"],
        subject="Reset your password",
        body=f"Hello {user['name']},\n\nset a new password for {user['username']} here, within a day:\n"
        f"{change.base_url}{path}",
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


def login_url(change: Change, number: int, payload: Payload) -> Any:
    """A link that logs the user in to the portal once, within a minute, at the page named by `destination`."""
    sent = object_of(payload).get("destination")
    destination = sent or ""
    if not isinstance(destination, str) or (destination and destination not in portal_links.DESTINATIONS):
        raise BadRequestError("Missing or invalid parameter: destination")
    return change.base_url + portal_links.new_login(change.connection, number, destination, change.now)


ACTIONS: Mapping[str, Action] = MappingProxyType(
    {
        "password": on_record(password),
        "reset_password": on_record(password),
        "getloginurl": on_record(login_url),
        "login": on_record(login_url),
    }
)
