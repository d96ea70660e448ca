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

from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.store import Store
from cotui.sandbox.database.write_context import WriteContext, named_row
from cotui.sandbox.errors import AnswerError
from cotui.sandbox.objects.pay_methods.write import create_ach, create_creditcard
from cotui.sandbox.portal.attempts import Attempts
from cotui.sandbox.portal.linked_pages import LinkedPages
from cotui.sandbox.portal.pages import (
    HOME,
    PAGES,
    Visitor,
    login_page,
    portal_page,
    refusal,
    reset_page,
)
from cotui.sandbox.portal.portal_request import COOKIE, PortalRequest
from cotui.sandbox.writing import passwords, portal_links
from cotui.sandbox.writing.portal_links import Link, LinkState

PREFIX = b"/r/"
#: Users of one name whose passwords are tried; names are not unique in old accounts.
_NAMESAKES = 3
_STATES = {
    LinkState.USED: (410, "This link has been used already. It works only once."),
    LinkState.EXPIRED: (410, "This link has expired."),
    LinkState.UNKNOWN: (404, "There is no such link."),
}
_STORES: Mapping[str, tuple[Callable[[WriteContext, Any], int], str]] = {
    "paymethods-creditcard": (create_creditcard, "The card was added."),
    "paymethods-ach": (create_ach, "The bank account was added."),
}


class Portal:
    """Answers browsers. Links and sessions expire by the account's clock."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._linked = LinkedPages(store, clock)
        self.attempts = Attempts()

    def answer(self, request: PortalRequest) -> Response:
        """The answer to a request below /r/."""
        pieces = [unquote(piece, errors="replace") for piece in request.path.split("/") if piece][1:]
        match pieces:
            case ["login"]:
                return self._log_in(request)
            case ["login", "link", secret]:
                return self._link(request, secret, self._follow)
            case ["login", "reset", secret]:
                return self._link(request, secret, self._reset)
            case ["logout"]:
                return self._log_out(request)
            case ["portal"]:
                return self._show(request, "")
            case ["portal", destination] if destination in PAGES:
                return self._show(request, destination)
        return self._by_token(request, pieces)

    def _by_token(self, request: PortalRequest, pieces: list[str]) -> Response:
        """A page that its link is the key to."""
        if seconds := self.attempts.begin(request.ipaddr):
            return _wait(seconds)
        response = self._linked.answer(request, pieces)
        if response is None:
            return refusal("Not found", "This page does not exist.", 404)
        self.attempts.succeeded(request.ipaddr)
        return response

    def _now(self) -> int:
        return int(self._clock.now().timestamp())

    def _link(
        self, request: PortalRequest, secret: str, open_link: Callable[[PortalRequest, str], Response]
    ) -> Response:
        """The page behind a login or password link."""
        if seconds := self.attempts.begin(request.ipaddr):
            return _wait(seconds)
        response = open_link(request, secret)
        if response.status_code != _STATES[LinkState.UNKNOWN][0]:
            self.attempts.succeeded(request.ipaddr)
        return response

    def _follow(self, request: PortalRequest, secret: str) -> Response:
        now = self._now()
        if request.method != "GET":
            # programs that look at links before people do must not use them up
            with self._store.read() as reader:
                link = portal_links.look_up(reader.connection, "login", secret, now)
            return _refused(link) if link.state is not LinkState.GOOD else Response(status_code=204)
        with self._store.write() as connection:
            link = portal_links.use(connection, "login", secret, now)
            if link.state is not LinkState.GOOD:
                return _refused(link)
            session = portal_links.begin_session(connection, link.user_id, now)
        return _enter(request, session, link.destination)

    def _log_in(self, request: PortalRequest) -> Response:
        if request.method != "POST":
            return login_page()
        username = request.form.get("username", "").strip()
        if seconds := self.attempts.begin(request.ipaddr, username):
            return _wait(seconds)
        with self._store.read() as reader:
            found = reader.connection.execute(
                "SELECT user_id FROM users WHERE username = ? ORDER BY user_id LIMIT ?",
                (username.replace("\x00", ""), _NAMESAKES),
            ).fetchall()
            hashes = [(row[0], passwords.stored_hash(reader.connection, row[0])) for row in found]
        word = request.form.get("password", "")
        matching = [user_id for user_id, known in hashes or [(0, None)] if passwords.matches(word, known)]
        if not matching:
            return login_page("User name or password is wrong.", status=403)
        self.attempts.succeeded(request.ipaddr, username)
        with self._store.write() as connection:
            session = portal_links.begin_session(connection, matching[0], self._now())
        return _enter(request, session, "")

    def _log_out(self, request: PortalRequest) -> Response:
        if request.method != "POST":
            return refusal("Not found", "This page does not exist.", 405)
        with self._store.write() as connection:
            portal_links.end_session(connection, request.session)
        response = login_page("You are logged out.")
        response.delete_cookie(COOKIE, path="/r")
        return response

    def _reset(self, request: PortalRequest, secret: str) -> Response:
        now = self._now()
        with self._store.read() as reader:
            link = portal_links.look_up(reader.connection, "reset", secret, now)
            user = _user(reader.connection, link.user_id)
        if link.state is not LinkState.GOOD or user is None:
            return _refused(link)
        if request.method != "POST":
            return reset_page(request.path, user["username"])
        wrong = _wrong_password(request.form)
        if wrong:
            return reset_page(request.path, user["username"], wrong, status=400)
        with self._store.write() as connection:
            link = portal_links.use(connection, "reset", secret, now)
            if link.state is not LinkState.GOOD:
                return _refused(link)
            passwords.set_password(connection, link.user_id, request.form["password"], now)
            session = portal_links.begin_session(connection, link.user_id, now)
        return _enter(request, session, "")

    def _show(self, request: PortalRequest, destination: str) -> Response:
        note, status = "", 200
        now = self._now()
        if request.method == "POST":
            with self._store.read() as reader:
                user_id = portal_links.session_user(reader.connection, request.session, now)
            if user_id is None:
                return login_page("Please log in.", status=403)
            if destination == "password":
                return self._set_password(request, user_id, now)
            if destination not in _STORES:
                return refusal("Not found", "This page does not exist.", 405)
            note, status = self._add_pay_method(request, user_id, destination)
        with self._store.read() as reader:
            user_id = portal_links.session_user(reader.connection, request.session, now)
            user = _user(reader.connection, user_id or 0)
            if user is None:
                return login_page("Please log in.", status=403)
            today = self._clock.today().isoformat()
            visitor = Visitor(reader.connection, reader.lookups, today, user)
            return portal_page(visitor, destination, note, status)

    def _set_password(self, request: PortalRequest, user_id: int, now: int) -> Response:
        wrong = _wrong_password(request.form)
        if not wrong:
            with self._store.write() as connection:
                passwords.set_password(connection, user_id, request.form["password"], now)
                session = portal_links.begin_session(connection, user_id, now)
        with self._store.read() as reader:
            user = _user(reader.connection, user_id)
            if user is None:
                return login_page("Please log in.", status=403)
            visitor = Visitor(reader.connection, reader.lookups, self._clock.today().isoformat(), user)
            note = wrong or "The password was changed."
            response = portal_page(visitor, "password", note, 400 if wrong else 200)
        if not wrong:
            _set_cookie(request, response, session)
        return response

    def _add_pay_method(self, request: PortalRequest, user_id: int, destination: str) -> tuple[str, int]:
        create, done = _STORES[destination]
        try:
            with self._store.write() as connection:
                row = connection.execute(
                    "SELECT min(customer_id) FROM customer_users WHERE user_id = ?", (user_id,)
                ).fetchone()
                context = WriteContext(
                    connection, self._store, self._clock, request.base_url, ipaddr=request.ipaddr
                )
                create(context, {"customer_id": row[0], **request.pay_method})
        except AnswerError as error:
            return str(error), 400
        return done, 200


def _refused(link: Link) -> Response:
    status, reason = _STATES[link.state if link.state is not LinkState.GOOD else LinkState.UNKNOWN]
    return refusal("This link does not work", reason, status)


def _wait(seconds: int) -> Response:
    response = refusal("Too many attempts", f"Please try again in {-(-seconds // 60)} minutes.", 429)
    response.headers["Retry-After"] = str(seconds)
    return response


def _enter(request: PortalRequest, session: str, destination: str) -> Response:
    response = RedirectResponse(f"{HOME}/{destination}".rstrip("/"), status_code=303)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    _set_cookie(request, response, session)
    return response


def _set_cookie(request: PortalRequest, response: Response, session: str) -> None:
    response.set_cookie(
        COOKIE,
        session,
        max_age=portal_links.SESSION_SECONDS,
        path="/r",
        secure=request.base_url.startswith("https:"),
        httponly=True,
        samesite="lax",
    )


def _wrong_password(form: Mapping[str, str]) -> str:
    word = form.get("password", "")
    if not word or len(word) > passwords.LONGEST:
        return "Please enter a password."
    return "" if word == form.get("again", "") else "The two passwords are not the same."


def _user(connection: sqlite3.Connection, user_id: int) -> dict[str, Any] | None:
    return named_row(connection, "SELECT * FROM users WHERE user_id = ?", user_id)
