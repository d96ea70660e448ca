"""Who said no: ChargeOver itself, something in front of it, a proxy on the way, or a server on this machine.

An answer in ChargeOver's own form is ChargeOver's. Anything else with a status that means failure was given by a web
server, a gateway, a firewall or a proxy, and must not be told as ChargeOver's word.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from cotui.api import errors


class Wording(NamedTuple):
    """What to say instead of a kind's own words; empty for those."""

    what: str = ""
    meaning: str = ""
    todo: str = ""


_FRONT: Final = (
    "The answer has not the form of ChargeOver's own: a web server, a gateway or a proxy before it gave it."
)
_ASK_IT: Final = (
    "Check the address in the profile, and ask your IT what stands between this machine and ChargeOver."
)
_TOO_LONG: Final = Wording(
    "The request is too large for the server",
    "It was not looked at; a limit of the server or of something before it was met.",
    "Shorten the filter or what was entered; for a list, choose a smaller page_size in the profile.",
)

#: failures that are not in ChargeOver's form, by status
_IN_FRONT: Final[Mapping[int, Wording]] = {
    401: Wording(
        "The keys are not accepted by whatever answers",
        f"{_FRONT} It may want a login of its own, or the keys are wrong.",
        f"{_ASK_IT} Then check both API keys ({errors.KEYS_ARE_IN}).",
    ),
    403: Wording("Something before ChargeOver does not let us through", _FRONT, _ASK_IT),
    407: Wording(
        "A proxy on the way wants a user name and password",
        "Something between this machine and ChargeOver asks for a login of its own; ChargeOver's keys are not meant.",
        "Ask your IT which proxy this machine has to use, and set it with its login in HTTPS_PROXY.",
    ),
    413: _TOO_LONG,
    414: _TOO_LONG,
    429: Wording(
        "The server takes no more requests for now",
        "ChargeOver's limit is reached, or a firewall in front of it has one of its own.",
    ),
    431: _TOO_LONG,
    511: Wording(
        "This network wants you to log in first",
        "A login page of the network (a hotel, a guest Wi-Fi) answers in ChargeOver's place.",
        "Open any page in a browser, log in to the network, and try again.",
    ),
}
#: of these, what answers says itself that it is not the one that failed
_GATEWAY: Final = (502, 503, 504)


def wording(
    kind: type[errors.ApiError], status: int, *, enveloped: bool, local: bool, said: str = ""
) -> Wording:
    """The words for a failure that was answered.

    Args:
        kind: the error it is.
        enveloped: the answer has ChargeOver's form.
        local: the server runs on this machine.
        said: the server's own message.
    """
    if kind is errors.ServerFailure:
        return _server_fault(status, enveloped=enveloped, local=local)
    if local:
        return _at_home(kind, status, enveloped=enveloped, said=said)
    if enveloped:
        if status in (413, 414):
            return _TOO_LONG
        return Wording(f"{kind.default_what} (HTTP {status})") if kind is errors.BadRequest else Wording()
    if status in _IN_FRONT:
        return _IN_FRONT[status]
    if kind is errors.BadRequest:
        return Wording(f"Not ChargeOver, but something before it refuses (HTTP {status})", _FRONT, _ASK_IT)
    return Wording()


def _server_fault(status: int, *, enveloped: bool, local: bool) -> Wording:
    if status == 511:
        return _IN_FRONT[511]
    if local:
        return Wording(
            f"The server on this machine has a fault (HTTP {status})",
            "It is the sandbox, or another program of your own, and not ChargeOver.",
            "Look at what it says itself; if it is cotui's own sandbox, please report it.",
        )
    if not enveloped and status in _GATEWAY:
        return Wording(
            f"The way to ChargeOver is interrupted (HTTP {status})",
            "Something before ChargeOver answers that it cannot reach it, or that it is closed for maintenance. "
            "Your keys and your input are not the cause.",
            "Try again in a moment; if it stays, look at ChargeOver's status page, and ask whoever runs a proxy or "
            "gateway on the way.",
        )
    return Wording(f"{errors.ServerFailure.default_what} (HTTP {status})")


_NOT_THIS: Final = "This key may not read "
_MAY_NOT_READ: Final = Wording(
    "These API keys may not read this object",
    "The keys are right: the sandbox was started so that nobody may read it (--unreadable), as on some accounts.",
    "Do without it, or start the sandbox without that.",
)
_OTHER_KEYS: Final = Wording(
    "The server on this machine does not accept these keys",
    "The sandbox has keys of its own.",
    "Check both API keys: the sandbox names its own at its start.",
)


def _at_home(kind: type[errors.ApiError], status: int, *, enveloped: bool, said: str) -> Wording:
    """The sandbox answers as ChargeOver would; what is not in that form is another program's."""
    if enveloped:
        if kind is errors.Unauthorized:
            return _MAY_NOT_READ if _NOT_THIS in said else _OTHER_KEYS
        return Wording(f"{kind.default_what} (HTTP {status})") if kind is errors.BadRequest else Wording()
    return Wording(
        f"What answers on this machine is not the sandbox (HTTP {status})",
        "Another program listens at this port.",
        "Check the address and port in the profile. If the server wants TLS, the address begins with https://.",
    )
