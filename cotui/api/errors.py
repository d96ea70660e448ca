"""What can go wrong between cotui and ChargeOver: one type per cause.

Every error says three things to a support agent who is not a programmer: what happened (`what`), what
that means (`meaning`) and what to do about it (`todo`). What a type stands for, its `default_what` says.
Words that came from the server are cleaned, so that all of it may be shown. Nothing here ever holds a
password, a private key or a request's headers.
"""

# ruff: noqa: N818 - named after their causes, which is how the code that handles them reads best

from __future__ import annotations

from typing import ClassVar

from cotui.safety.text import clean

#: characters of the server's own message that are kept; real messages have one sentence
MESSAGE_LIMIT = 2000

#: where an account's API keys are found, as its menus call it
KEYS_ARE_IN = "ChargeOver: Settings, Developer, REST API"

UNKNOWN_OUTCOME_MEANING = "The change may have been made or not: no clear answer came."
UNKNOWN_OUTCOME_ADVICE = "Look at the record before you repeat this, or it may be done twice."


class ApiError(Exception):
    """A request that did not bring what was asked for.

    Attributes:
        what: one line saying what happened.
        meaning: what that means.
        todo: what the user can do.
        status: HTTP status, None when no answer arrived.
        server_message: the server's own words, cleaned; empty when it said nothing.
        retry_after: seconds the server asked us to wait; None when it did not say.
        refusal: the API said no itself, in its own form: a write that it answered was not carried out.
        never_sent: the request cannot have reached ChargeOver; a type's own unless it is known better.
        unknown_outcome: a write was sent and nobody knows whether it was carried out.
    """

    default_what: ClassVar[str] = "The request failed"
    default_meaning: ClassVar[str] = ""
    default_todo: ClassVar[str] = "Try again."
    #: the same read may well succeed when it is sent again
    transient: ClassVar[bool] = False
    never_sent: bool = False
    #: there is no ChargeOver at the other end, or no way to it
    offline: ClassVar[bool] = False

    def __init__(
        self,
        what: str = "",
        *,
        meaning: str = "",
        todo: str = "",
        status: int | None = None,
        server_message: str = "",
        retry_after: float | None = None,
    ) -> None:
        self.what = clean(what or self.default_what)
        self.meaning = clean(meaning or self.default_meaning)
        self.todo = clean(todo or self.default_todo)
        self.status = status
        self.server_message = clean(_shortened(server_message.strip()))
        self.retry_after = retry_after
        self.refusal = False
        self.unknown_outcome = False
        super().__init__(self.what)

    def __str__(self) -> str:
        return f"{self.what}: {self.server_message}" if self.server_message else self.what

    def mark_unknown_outcome(self) -> None:
        """Say that this was a write which may have been carried out all the same."""
        self.unknown_outcome = True
        self.meaning = UNKNOWN_OUTCOME_MEANING
        self.todo = UNKNOWN_OUTCOME_ADVICE


def _shortened(text: str) -> str:
    return text if len(text) <= MESSAGE_LIMIT else text[:MESSAGE_LIMIT] + "…"


# --- before anything is sent ---


class BadConnection(ApiError):
    default_what = "This connection's settings cannot work"
    default_meaning = "Nothing was sent: the server could only refuse it."
    default_todo = "Correct the profile's settings."
    never_sent = True


class BadPassword(BadConnection):
    default_what = "The password cannot be an API key"
    default_todo = f"Copy the private key again ({KEYS_ARE_IN})."


class BadTrustFile(BadConnection):
    default_what = "SSL_CERT_FILE names no list of certificates"
    default_meaning = "Nothing was sent: whether the server is who it says could not be checked."
    default_todo = "Correct SSL_CERT_FILE, or unset it: then the system's own list is used."


class BadUrl(BadConnection):
    default_what = "This is not the address of a ChargeOver account"
    default_meaning = "cotui needs to know which account to talk to."
    default_todo = (
        "Give the instance name (the first part of the address in your browser: acme in "
        "https://acme.chargeover.com) or the whole address."
    )


class PlainHttpRefused(BadUrl):
    """http:// to another machine would send the keys in the clear."""

    default_what = "Plain http is refused"
    default_meaning = "Over http anybody on the way could read your API keys and your customers' data."
    default_todo = (
        "Write https:// instead. Plain http is only for a server on this machine, such as the sandbox."
    )


class NoReference(ApiError):
    default_what = "This names no record"
    default_meaning = "Nothing was sent."
    default_todo = "Give its number, external_key:VALUE or token:VALUE."
    never_sent = True


class Closed(ApiError):
    default_what = "The connection was closed"
    default_meaning = "cotui is leaving this account; the request was dropped."
    default_todo = "Open the account again."
    never_sent = True


class Stopped(ApiError):
    """Its user did not want to wait for a read any longer."""

    default_what = "Stopped"
    default_meaning = "You left it before the answer was here; nothing was changed."
    default_todo = "Try again when the server answers."


class LocalFailure(ApiError):
    """This machine could not send the request; neither the network nor the server had a part in it."""

    default_what = "This machine cannot send the request"
    default_meaning = "Something it needs is used up or forbidden here; nothing was sent."
    default_todo = "Close programs that are not needed, or ask whoever looks after this machine."
    transient = True
    never_sent = True


# --- nothing, or not all, arrived ---


class Unreachable(ApiError):
    default_what = "The server cannot be reached"
    default_meaning = "No connection could be made: the network is down, or the address or port is wrong."
    default_todo = "Check this machine's network and the profile's address, then try again."
    transient = True
    never_sent = True
    offline = True


class UnknownHost(Unreachable):
    default_what = "There is no server of this name"
    default_meaning = "The name could not be looked up: it is misspelt, or this machine has no name service."
    default_todo = "Check the instance name or address in the profile, and this machine's network."
    transient = False


class Refused(Unreachable):
    """The machine answered that nothing listens on that port."""

    default_what = "The server refuses the connection"
    default_meaning = "The machine is there, but nothing listens at this address and port."
    default_todo = "Check the address and port in the profile."


class ProxyFailure(ApiError):
    """A proxy stands in the way: ChargeOver was not asked, and is not the cause."""

    default_what = "The proxy does not let the request through"
    default_meaning = "A proxy on the way refuses; ChargeOver was not asked."
    default_todo = "Ask whoever runs the proxy."
    never_sent = True
    offline = True


class ProxyUnreachable(ProxyFailure):
    """A proxy that is not there, or finds no way on, for a reason that may pass."""

    default_what = "The proxy does not answer"
    default_meaning = "Requests go through a proxy, which was not reached; ChargeOver was not asked."
    default_todo = "Check this machine's proxy settings and network, then try again."
    transient = True


class TlsFailure(ApiError):
    default_what = "The server's certificate is not trusted"
    default_meaning = (
        "This machine does not know who issued it. Either something between you and ChargeOver is "
        "reading along (a company proxy, or an attacker), or the system's list of issuers is out of date."
    )
    default_todo = (
        "Do not send keys over this line. Ask your IT to install the company's certificate into the "
        "system's trust store, or set SSL_CERT_FILE to it."
    )
    never_sent = True
    offline = True


class TimedOut(ApiError):
    default_what = "The server does not answer"
    default_meaning = "The connection is very slow, or the server is busy."
    default_todo = "Try again; a narrower filter is answered faster."
    transient = True
    offline = True


class ConnectTimedOut(TimedOut, Unreachable):
    default_what = "The server does not answer"
    default_meaning = "No connection was made in time: a firewall swallows it, or the address is wrong."
    default_todo = "Check this machine's network and the profile's address, then try again."
    never_sent = True


class Dropped(ApiError):
    default_what = "The connection broke off"
    default_meaning = "The answer did not arrive, or not whole: the network or a proxy cut the connection."
    default_todo = "Try again."
    transient = True
    offline = True


# --- the server said no ---


class Unauthorized(ApiError):
    """HTTP 401: the keys are wrong."""

    default_what = "ChargeOver does not accept these keys"
    default_meaning = "The username or password of the profile is wrong, or the keys were revoked."
    default_todo = (
        f"Check both API keys ({KEYS_ARE_IN}) and the profile's username and "
        "password source; mind that they belong to this instance."
    )


class Forbidden(ApiError):
    """HTTP 403: the keys are right but may not do this, or a firewall is in the way."""

    default_what = "This is not allowed"
    default_meaning = "The keys may not do this, or a firewall refuses this machine's address."
    default_todo = "Ask the account's administrator what these API keys and this machine's address may do."


class BadRequest(ApiError):
    """HTTP 400 and the like: ChargeOver refuses the request and says why."""

    default_what = "ChargeOver refuses the request"
    default_meaning = "It cannot be carried out as it stands; ChargeOver's own words say why."
    default_todo = "Change the filter, the order or what was entered, and try again."


class NotFound(ApiError):
    """HTTP 404 in ChargeOver's own form: there is no such record."""

    default_what = "There is no such record"
    default_meaning = "It was deleted meanwhile, or it never existed in this account."
    default_todo = "Check the number or key, or look for it in the list again."


class WrongUrl(ApiError):
    default_what = "This address is not ChargeOver's API"
    default_meaning = "Another server answers, or the account moved to another address."
    default_todo = "Check the instance name or address in the profile; it ends in /api/v3."
    offline = True


class RateLimited(ApiError):
    """HTTP 429: too many requests in a minute."""

    default_what = "ChargeOver's limit of requests is reached"
    default_meaning = "The account takes a limited number of requests a minute, from all programs together."
    default_todo = "Wait a minute and try again. If it keeps happening, lower rate_limit in the profile."
    transient = True


class ServerFailure(ApiError):
    """HTTP 5xx: the fault is on the other side."""

    default_what = "ChargeOver has a fault"
    default_meaning = (
        "The server failed while it worked on the request. Your keys and your input are not the cause."
    )
    default_todo = "Try again in a moment; if it stays, look at ChargeOver's status page or ask its support."
    transient = True


# --- an answer that cannot be read ---


class NotJson(ApiError):
    default_what = "The answer is not from ChargeOver's API"
    default_meaning = (
        "It cannot be read as data. A proxy, a login page of the network or another site may answer instead."
    )
    default_todo = "Check the address in the profile, and whether this network wants you to log in first."
    offline = True


class Truncated(NotJson):
    default_what = "The answer was cut off"
    default_meaning = "Only the beginning of the data arrived."
    default_todo = "Try again; a smaller page_size in the profile helps when this keeps happening."
    transient = True
    offline = False


class TooLarge(NotJson):
    default_what = "The answer is too large"
    default_meaning = "cotui stopped reading, to keep this machine usable."
    default_todo = "Lower page_size in the profile, or narrow the filter."
    offline = False


class WrongShape(ApiError):
    default_what = "The answer has an unexpected form"
    default_meaning = "It is data, but not what ChargeOver answers to this request."
    default_todo = (
        "Check the address in the profile. If it is right, please report this with the request shown."
    )
