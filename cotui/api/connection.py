"""Which account to talk to, and how: the settings of one connection."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from cotui.api.errors import KEYS_ARE_IN, BadConnection, BadPassword, BadUrl, PlainHttpRefused
from cotui.safety.text import has_half_characters, is_plain, is_visible

#: where ChargeOver's accounts live: https://{instance}.chargeover.com/api/v3
DOMAIN = "chargeover.com"
API_PATH = "/api/v3"
#: largest `limit` of an object list that current integrations use; the documented one is 100
MAX_PAGE_SIZE = 500

Auth = Literal["basic", "signature"]
ActionStyle = Literal["path", "query"]


@dataclass(frozen=True)
class Connection:
    """One account and how to reach it.

    Attributes:
        name: the profile's name, for people.
        url: instance name, host or full address; kept as https://HOST/api/v3.
        username: the API's public key.
        password: the API's private key; never in a repr.
        auth: HTTP Basic, or the older signed requests.
        action_style: `/_action/NAME`, or the older `?action=NAME`.
        page_size: rows per page of a list, 1 to 500.
        rate_limit: requests per minute that the account takes.
        timeout: seconds without a sign of life from the server.
        read_only: nothing that changes the account is offered.

    Raises:
        BadConnection: a setting that cannot work; `BadUrl` and `PlainHttpRefused` for the url.
    """

    name: str
    url: str
    username: str
    password: str = field(repr=False)
    auth: Auth = "basic"
    action_style: ActionStyle = "path"
    page_size: int = 100
    rate_limit: int = 250
    timeout: float = 30.0
    read_only: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", self.parse_url(self.url))
        if not is_plain(self.username) or {":", '"'} & set(self.username):
            raise BadConnection(
                "The username cannot be an API key",
                meaning="It holds a colon, a quote or a sign that no key has; keys are letters and digits.",
                todo=f"Copy the public key again ({KEYS_ARE_IN}).",
            )
        if has_half_characters(self.password):
            # so a byte that is no text reaches Python, from the environment for example
            raise BadPassword(meaning="It is not UTF-8 text; keys are letters and digits.")
        if not 1 <= self.page_size <= MAX_PAGE_SIZE:
            raise BadConnection(f"page_size is {self.page_size}; it goes from 1 to {MAX_PAGE_SIZE}")
        if self.rate_limit < 1:
            raise BadConnection(f"rate_limit is {self.rate_limit}; at least one request a minute is needed")
        if not self.timeout > 0:
            raise BadConnection(f"timeout is {self.timeout:g}; it must be more than 0 seconds")

    @property
    def host(self) -> str:
        """Host name, with the port where it is not the usual one."""
        return urlsplit(self.url).netloc

    @property
    def account(self) -> str:
        """Whose data it is, whatever the profile is called: the user and the host."""
        return f"{self.username}@{self.host}"

    @property
    def loopback(self) -> bool:
        """Whether the server runs on this machine."""
        return is_loopback(urlsplit(self.url).hostname or "")

    @property
    def instance(self) -> str:
        """The account's name: the sub-domain at ChargeOver, otherwise the host."""
        return self.host.removesuffix(f".{DOMAIN}")

    @staticmethod
    def parse_url(text: str) -> str:
        """The API's address from what people write: `acme`, a host, or any address of the account.

        Raises:
            BadUrl: it cannot be an address.
            PlainHttpRefused: http:// to another machine.
        """
        text = text.strip()
        if not text:
            raise BadUrl("No address is given")
        if not is_visible(text) or " " in text or "\\" in text:
            raise BadUrl("The address holds a character that no address has")
        if "://" not in text:
            text = f"{'http' if _names_loopback(text) else 'https'}://{_with_domain(text)}"
        parts = _split(text)
        port = _port(parts)
        host = ascii_host((parts.hostname or "").lower().removesuffix("."))
        if parts.scheme not in ("http", "https"):
            raise BadUrl(f"The address begins with {parts.scheme}://, not https://")
        if parts.username is not None or parts.password is not None:
            # The text is not repeated here, for it may hold a password.
            raise BadUrl(
                "The address holds a user name or password",
                meaning="Keys in an address end up in logs and on screens.",
                todo="Leave out everything up to the @; the keys have their own settings.",
            )
        if not _valid_host(host):
            raise BadUrl("The address has no usable host name")
        if parts.scheme == "http" and not is_loopback(host):
            raise PlainHttpRefused()
        return f"{parts.scheme}://{_netloc(parts.scheme, host, port)}{_api_path(parts, host)}"


def is_loopback(host: str) -> bool:
    """Whether this host name or address (without port and brackets) can only be this machine."""
    if host == "localhost":  # but not its sub-domains, which some name services look up outside
        return True
    if ":" not in host and not host[-1:].isdigit():
        return False  # a name; only addresses need the module
    import ipaddress

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _names_loopback(text: str) -> bool:
    """Whether an address without a scheme begins with a name of this machine."""
    authority = text.replace("?", "/").replace("#", "/").partition("/")[0].lower()
    if authority.startswith("["):
        return is_loopback(authority[1:].split("]", 1)[0])
    return is_loopback(authority.split(":", 1)[0])


def _with_domain(text: str) -> str:
    """`acme` and `acme/admin` name the account acme at ChargeOver; everything else stays."""
    name, slash, rest = text.partition("/")
    if _valid_label(name.lower()) and not _names_loopback(name):
        return f"{name}.{DOMAIN}{slash}{rest}"
    return text


def _split(text: str) -> SplitResult:
    # Python's words for it may hold a password, so ours are raised outside of the handler.
    with suppress(ValueError):
        return urlsplit(text)
    raise BadUrl("The address cannot be read")


def _port(parts: SplitResult) -> int | None:
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise BadUrl(
            "The address has no usable port",
            meaning="A port is a number from 1 to 65535.",
            todo="Correct what follows the last colon, or leave the port out.",
        )
    return port


def _valid_host(host: str) -> bool:
    if ":" in host or host.rpartition(".")[2].isdigit():  # no name ends in a number
        import ipaddress

        try:
            ipaddress.ip_address(host)
        except ValueError:
            return False
        return "%" not in host
    return len(host) <= 253 and all(map(_valid_label, host.split(".")))


def ascii_host(host: str) -> str:
    """An international name in the form it travels in, by the rules httpx follows; empty when it has none.

    That form is also the one to show: letters that only look alike differ in it.
    """
    if host.isascii():
        return host
    import idna  # comes with httpx

    try:
        return idna.encode(host).decode("ascii")
    except idna.IDNAError:
        return ""


def _valid_label(label: str) -> bool:
    """One part of a host name: letters, digits and inner hyphens, 1 to 63 of them."""
    inner = label.replace("-", "")
    return (
        len(label) <= 63
        and inner.isascii()
        and inner.isalnum()
        and not label.startswith("-")
        and not label.endswith("-")
    )


def _netloc(scheme: str, host: str, port: int | None) -> str:
    shown = f"[{host}]" if ":" in host else host
    usual = {"https": 443, "http": 80}[scheme]
    return shown if port in (None, usual) else f"{shown}:{port}"


def _api_path(parts: SplitResult, host: str) -> str:
    """Path of the API: people paste addresses of all kinds of pages, so what follows /api/v3 is dropped."""
    if host.endswith(f".{DOMAIN}"):
        return API_PATH
    before, found, _after = (parts.path + "/").partition(API_PATH + "/")
    if not found and "/api/v" in parts.path:
        raise BadUrl(
            "The address names another version of the API",
            meaning="cotui speaks version 3.",
            todo="Let the address end in /api/v3.",
        )
    return "".join(f"/{part}" for part in before.split("/") if part) + API_PATH
