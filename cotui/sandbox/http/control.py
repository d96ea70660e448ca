"""Routes below /_sandbox: what a test needs beside the API itself. They ask for the same credentials.

GET PUT DELETE /_sandbox/faults     faults for all requests (faults.py)
GET PUT DELETE /_sandbox/clock      the account's clock (moving_clock.py); forward, it bills (package_run.py)
GET DELETE     /_sandbox/requests   the last requests, without secrets
GET DELETE     /_sandbox/outbox     the e-mails that the real service would have sent (outbox.py)
GET            /_sandbox/outbox.html    the same as a page
GET            /_sandbox/letters    the invoices it would have had printed and posted
POST           /_sandbox/reset      back to the account, the clock and the faults of the beginning
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from cotui.sandbox.billing import package_run
from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.moving_clock import MovingClock
from cotui.sandbox.database.store import Store
from cotui.sandbox.errors import BadRequestError, NotFoundError, missing_or_invalid
from cotui.sandbox.http.faults import Faults, read_faults
from cotui.sandbox.http.request_log import RequestLog
from cotui.sandbox.http.resetting import reset_account
from cotui.sandbox.portal import outbox
from cotui.sandbox.writing.payload import decode

PREFIX = "/_sandbox"


class ControlRequest(NamedTuple):
    """A request, as far as what answers it has to know it."""

    body: bytes
    #: scheme and host that the client used, for links in e-mails
    base_url: str


class Control:
    """Answers requests below /_sandbox.

    Args:
        forget: forgets what else there is to forget on a reset (rate limits).
    """

    def __init__(
        self, store: Store, clock: MovingClock, faults: Faults, log: RequestLog, forget: Callable[[], None]
    ) -> None:
        self._store = store
        self._clock = clock
        self._account_time = Clock(store.timezone, clock)
        self._faults = faults
        self._log = log
        self._forget = forget
        self._routes: Mapping[str, Mapping[str, Callable[[ControlRequest], Any]]] = {
            "faults": {"GET": self._show_faults, "PUT": self._set_faults, "DELETE": self._clear_faults},
            "clock": {"GET": self._show_clock, "PUT": self._move_clock, "DELETE": self._release_clock},
            "requests": {"GET": self._show_requests, "DELETE": self._clear_requests},
            "outbox": {"GET": self._show_outbox, "DELETE": self._clear_outbox},
            "outbox.html": {"GET": self._show_outbox_page},
            "letters": {"GET": self._show_letters},
            "reset": {"POST": self._reset},
        }

    def answer(self, method: str, path: str, body: bytes, base_url: str) -> Any:
        """The envelope's `response` to a request, or a whole answer where it is no JSON.

        Args:
            path: below `PREFIX`, without slashes around it; "" lists the routes.
            base_url: scheme and host that the client used.

        Raises:
            AnswerError: the answer is an error.
        """
        if not path and method == "GET":
            return {f"{PREFIX}/{name}": sorted(methods) for name, methods in self._routes.items()}
        methods = self._routes.get(path)
        if methods is None:
            raise NotFoundError("This page does not exist.")
        if method not in methods:
            raise BadRequestError(f"The command requested is not supported: {method.lower()}({path}, )")
        return methods[method](ControlRequest(body, base_url))

    def _show_faults(self, _: ControlRequest) -> Any:
        return msgspec.to_builtins(self._faults.on)

    def _set_faults(self, call: ControlRequest) -> Any:
        self._faults.set(read_faults(decode(call.body)))
        return self._show_faults(call)

    def _clear_faults(self, _: ControlRequest) -> Any:
        self._faults.set([])
        return True

    def _show_clock(self, _: ControlRequest) -> Any:
        return self._clock.served()

    def _move_clock(self, call: ControlRequest) -> Any:
        wanted = decode(call.body)
        if not isinstance(wanted, dict):
            raise missing_or_invalid()
        if not self._clock.move(wanted):
            return self._clock.served()
        tally = package_run.run(self._store, self._clock(), call.base_url)
        return {**self._clock.served(), "billing": msgspec.to_builtins(tally)}

    def _release_clock(self, _: ControlRequest) -> Any:
        self._clock.release()
        return self._clock.served()

    def _show_requests(self, _: ControlRequest) -> Any:
        return self._log.served()

    def _clear_requests(self, _: ControlRequest) -> Any:
        self._log.clear()
        return True

    def _show_outbox(self, _: ControlRequest) -> Any:
        with self._store.read() as reader:
            return outbox.emails(reader.connection, self._account_time)

    def _show_outbox_page(self, _: ControlRequest) -> Any:
        with self._store.read() as reader:
            return outbox.outbox_page(reader.connection, self._account_time)

    def _show_letters(self, _: ControlRequest) -> Any:
        with self._store.read() as reader:
            return outbox.letters(reader.connection, self._account_time)

    def _clear_outbox(self, _: ControlRequest) -> Any:
        with self._store.write() as connection:
            outbox.clear(connection)
        return True

    def _reset(self, _: ControlRequest) -> Any:
        reset_account(self._store, self._clock.today())
        self._clock.read()
        self._faults.reset()
        self._log.clear()
        self._forget()
        return True
