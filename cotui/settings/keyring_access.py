"""The desktop's keyring, asked in a thread and given up on after a few seconds.

Servers have no D-Bus session: the backend may be missing, fail at once, or wait for an unlock dialog
that nobody will ever see. `keyring` is an optional dependency and slow to import, so both happen in
the thread, and only when a password is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

from cotui.safety import children

#: seconds a keyring may take to answer
SECONDS = 3.0
_SERVICE = "cotui"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the keyring said."""

    value: str = field(default="", repr=False)
    done: bool = False
    #: which keyring it was
    backend: str = ""
    #: why there is no value, in words
    reason: str = ""
    #: it did not answer in time
    late: bool = False


def look_up(account: str, seconds: float = SECONDS) -> Answer:
    """The password kept for an account, or the reason why there is none. Never raises."""

    def ask(keyring: Any) -> Answer:
        value = keyring.get_password(_SERVICE, account)
        if value:
            return Answer(value, done=True, backend=_name(keyring))
        return Answer(reason=f"{_name(keyring)} has none")

    return _in_time(ask, seconds)


def store(account: str, value: str, seconds: float = SECONDS) -> Answer:
    """Keep a password; `done` says whether the keyring took it. Never raises."""

    def ask(keyring: Any) -> Answer:
        keyring.set_password(_SERVICE, account, value)
        # the null backend takes everything and keeps nothing
        if keyring.get_password(_SERVICE, account) != value:
            return Answer(reason=f"{_name(keyring)} does not keep passwords")
        return Answer(done=True, backend=_name(keyring))

    return _in_time(ask, seconds)


def _in_time(ask: Callable[[Any], Answer], seconds: float) -> Answer:
    answers: list[Answer] = []

    def work() -> None:
        try:
            import keyring

            answers.append(ask(keyring))
        except ImportError as error:
            missing = "no keyring is installed (pip install 'cotui[keyring]')"
            answers.append(Answer(reason=missing if error.name == "keyring" else _unusable(error)))
        except Exception as error:  # noqa: BLE001 - anything from D-Bus errors to one about the home directory
            answers.append(Answer(reason=_unusable(error)))

    # a daemon, since a thread that waits for D-Bus must not hold up the end of the program
    children.withhold()  # what a keyring starts is handed this process's environment
    thread = Thread(target=work, name="keyring", daemon=True)
    thread.start()
    thread.join(seconds)
    if answers:
        return answers[0]
    return Answer(reason=f"the keyring gave no answer within {seconds:g} s", late=True)


def _unusable(error: Exception) -> str:
    return f"the keyring cannot be used ({type(error).__name__})"


def _name(keyring: Any) -> str:
    return f"keyring ({keyring.get_keyring().name})"
