"""The customer portal below /r/: login links, the log-in form, passwords, and a page for every destination.

Pages that need no login because their link is the key to them are in linked_pages.py.

Everything here is for browsers: answers are pages, also when something does not work.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from starlette.responses import RedirectResponse, Response

from cotui.sandbox.database.change import Change
from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.envelope import AnswerError
from cotui.sandbox.objects.pay_methods.write import create_ach, create_creditcard
from cotui.sandbox.portal import links as portal_links
from cotui.sandbox.portal import passwords
from cotui.sandbox.portal.attempts import Attempts
from cotui.sandbox.portal.linked_pages import LinkedPages
from cotui.sandbox.portal.links import Fate, Link
from cotui.sandbox.portal.pages import (
    HOME,
    PAGES,
    Visitor,
    login_page,
    portal_page,
    refusal,
    reset_page,
)
from cotui.sandbox.portal.visit import COOKIE, Visit

PREFIX = b"/r/"
#: Users of one name whose passwords are tried; names are not unique in old accounts.
_NAMESAKES = 3
_FATES = {
    Fate.USED: (410, "This link has been used already. It works only once."),
    Fate.EXPIRED: (410, "This link has expired."),
    Fate.UNKNOWN: (404, "There is no such link."),
}
_STORES: Mapping[str, tuple[Callable[[Change, Any], int], str]] = {
    "paymethods-creditcard": (create_creditcard, "The card was added."),
    "paymethods-ach": (create_ach, "The bank account was added."),
}


class Portal:
    """Answers browsers.

    Args:
        clock: the account's; links and sessions expire by it.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._linked = LinkedPages(store, clock)
        self.attempts = Attempts()

    def answer(self, visit: Visit) -> Response:
        """The answer to a request below /r/."""
        pieces = [unquote(piece, errors="replace") for piece in visit.path.split("/") if piece][1:]
        match pieces:
            case ["login"]:
                return self._log_in(visit)
            case ["login", "link", secret]:
                return self._link(visit, secret, self._follow)
            case ["login", "reset", secret]:
                return self._link(visit, secret, self._reset)
            case ["logout"]:
                return self._log_out(visit)
            case ["portal"]:
                return self._show(visit, "")
            case ["portal", destination] if destination in PAGES:
                return self._show(visit, destination)
        return self._by_token(visit, pieces)

    def _by_token(self, visit: Visit, pieces: list[str]) -> Response:
        """A page that its link is the key to."""
        if seconds := self.attempts.begin(visit.ipaddr):
            return _wait(seconds)
        response = self._linked.answer(visit, pieces)
        if response is None:
            return refusal("Not found", "This page does not exist.", 404)
        self.attempts.succeeded(visit.ipaddr)
        return response

    def _now(self) -> int:
        return int(self._clock.now().timestamp())

    def _link(self, visit: Visit, secret: str, open_link: Callable[[Visit, str], Response]) -> Response:
        """The page behind a login or password link."""
        if seconds := self.attempts.begin(visit.ipaddr):
            return _wait(seconds)
        response = open_link(visit, secret)
        if response.status_code != _FATES[Fate.UNKNOWN][0]:
            self.attempts.succeeded(visit.ipaddr)
        return response

    def _follow(self, visit: Visit, secret: str) -> Response:
        now = self._now()
        if visit.method != "GET":
            # programs that look at links before people do must not use them up
            with self._store.read() as reader:
                link = portal_links.look_up(reader.connection, "login", secret, now)
            return _refused(link) if link.fate is not Fate.GOOD else Response(status_code=204)
        with self._store.write() as connection:
            link = portal_links.use(connection, "login", secret, now)
            if link.fate is not Fate.GOOD:
                return _refused(link)
            session = portal_links.begin_session(connection, link.user_id, now)
        return _enter(visit, session, link.destination)

    def _log_in(self, visit: Visit) -> Response:
        if visit.method != "POST":
            return login_page()
        username = visit.form.get("username", "").strip()
        if seconds := self.attempts.begin(visit.ipaddr, username):
            return _wait(seconds)
        with self._store.read() as reader:
            found = reader.connection.execute(
                "SELECT user_id FROM users WHERE username = ? ORDER BY user_id LIMIT ?",
                (username.replace("\x00", ""), _NAMESAKES),
            ).fetchall()
            hashes = [(row[0], passwords.stored_hash(reader.connection, row[0])) for row in found]
        word = visit.form.get("password", "")
        matching = [user_id for user_id, known in hashes or [(0, None)] if passwords.matches(word, known)]
        if not matching:
            return login_page("User name or password is wrong.", status=403)
        self.attempts.succeeded(visit.ipaddr, username)
        with self._store.write() as connection:
            session = portal_links.begin_session(connection, matching[0], self._now())
        return _enter(visit, session, "")

    def _log_out(self, visit: Visit) -> Response:
        if visit.method != "POST":
            return refusal("Not found", "This page does not exist.", 405)
        with self._store.write() as connection:
            portal_links.end_session(connection, visit.session)
        response = login_page("You are logged out.")
        response.delete_cookie(COOKIE, path="/r")
        return response

    def _reset(self, visit: Visit, secret: str) -> Response:
        now = self._now()
        with self._store.read() as reader:
            link = portal_links.look_up(reader.connection, "reset", secret, now)
            user = _user(reader.connection, link.user_id)
        if link.fate is not Fate.GOOD or user is None:
            return _refused(link)
        if visit.method != "POST":
            return reset_page(visit.path, user["username"])
        wrong = _wrong_password(visit.form)
        if wrong:
            return reset_page(visit.path, user["username"], wrong, status=400)
        with self._store.write() as connection:
            link = portal_links.use(connection, "reset", secret, now)
            if link.fate is not Fate.GOOD:
                return _refused(link)
            passwords.set_password(connection, link.user_id, visit.form["password"], now)
            session = portal_links.begin_session(connection, link.user_id, now)
        return _enter(visit, session, "")

    def _show(self, visit: Visit, destination: str) -> Response:
        note, status = "", 200
        now = self._now()
        if visit.method == "POST":
            with self._store.read() as reader:
                user_id = portal_links.session_user(reader.connection, visit.session, now)
            if user_id is None:
                return login_page("Please log in.", status=403)
            if destination == "password":
                return self._set_password(visit, user_id, now)
            if destination not in _STORES:
                return refusal("Not found", "This page does not exist.", 405)
            note, status = self._add_pay_method(visit, user_id, destination)
        with self._store.read() as reader:
            user_id = portal_links.session_user(reader.connection, visit.session, now)
            user = _user(reader.connection, user_id or 0)
            if user is None:
                return login_page("Please log in.", status=403)
            today = self._clock.today().isoformat()
            visitor = Visitor(reader.connection, reader.facts, today, user)
            return portal_page(visitor, destination, note, status)

    def _set_password(self, visit: Visit, user_id: int, now: int) -> Response:
        wrong = _wrong_password(visit.form)
        if not wrong:
            with self._store.write() as connection:
                passwords.set_password(connection, user_id, visit.form["password"], now)
                session = portal_links.begin_session(connection, user_id, now)
        with self._store.read() as reader:
            user = _user(reader.connection, user_id)
            if user is None:
                return login_page("Please log in.", status=403)
            visitor = Visitor(reader.connection, reader.facts, self._clock.today().isoformat(), user)
            note = wrong or "The password was changed."
            response = portal_page(visitor, "password", note, 400 if wrong else 200)
        if not wrong:
            _set_cookie(visit, response, session)
        return response

    def _add_pay_method(self, visit: Visit, user_id: int, destination: str) -> tuple[str, int]:
        create, done = _STORES[destination]
        sent = {
            name: visit.form.get(name, "")
            for name in ("number", "routing", "expdate_month", "expdate_year", "name")
        }
        try:
            with self._store.write() as connection:
                row = connection.execute(
                    "SELECT min(customer_id) FROM customer_users WHERE user_id = ?", (user_id,)
                ).fetchone()
                change = Change(connection, self._store, self._clock, visit.base_url, ipaddr=visit.ipaddr)
                create(change, {"customer_id": row[0], **sent})
        except AnswerError as error:
            return str(error), 400
        return done, 200


def _refused(link: Link) -> Response:
    status, reason = _FATES[link.fate if link.fate is not Fate.GOOD else Fate.UNKNOWN]
    return refusal("This link does not work", reason, status)


def _wait(seconds: int) -> Response:
    response = refusal("Too many attempts", f"Please try again in {-(-seconds // 60)} minutes.", 429)
    response.headers["Retry-After"] = str(seconds)
    return response


def _enter(visit: Visit, session: str, destination: str) -> Response:
    response = RedirectResponse(f"{HOME}/{destination}".rstrip("/"), status_code=303)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    _set_cookie(visit, response, session)
    return response


def _set_cookie(visit: Visit, response: Response, session: str) -> None:
    response.set_cookie(
        COOKIE,
        session,
        max_age=portal_links.SESSION_SECONDS,
        path="/r",
        secure=visit.base_url.startswith("https:"),
        httponly=True,
        samesite="lax",
    )


def _wrong_password(form: Mapping[str, str]) -> str:
    word = form.get("password", "")
    if not word or len(word) > passwords.LONGEST:
        return "Please enter a password."
    return "" if word == form.get("again", "") else "The two passwords are not the same."


def _user(connection: sqlite3.Connection, user_id: int) -> dict[str, Any] | None:
    return _row(connection, "SELECT * FROM users WHERE user_id = ?", user_id)


def _row(connection: sqlite3.Connection, sql: str, key: object) -> dict[str, Any] | None:
    cursor = connection.execute(sql, (key,))
    values = cursor.fetchone()
    if values is None:
        return None
    return dict(zip((item[0] for item in cursor.description), values, strict=True))
