"""From a profile and its password to an `Api`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cotui.cli.exits import CommandError, Exit
from cotui.safety.faults import show_path

if TYPE_CHECKING:
    import httpx

    from cotui.api import Api, ApiError, BadConnection, Connection
    from cotui.settings import Profile, Settings

#: makes what requests go through instead of the network
TransportFactory = Callable[[], "httpx.AsyncBaseTransport"]


@dataclass(frozen=True, slots=True)
class Credentials:
    """A profile with the password that was found for it."""

    profile: Profile
    password: str
    #: where the password came from, for the user
    notice: str

    def __repr__(self) -> str:
        return f"Credentials({self.profile.name!r})"


def find_credentials(
    settings: Settings, profile: Profile, env: Mapping[str, str] | None = None
) -> Credentials:
    """Find the password of a profile; a command or the keyring may block. Raises SecretError where there is none."""
    from cotui.settings.secrets import resolve_secret

    if not profile.username:
        raise CommandError(f"COTUI_USERNAME is not set, but {profile.name} needs it.", Exit.CONFIG)
    secret = resolve_secret(profile, config=settings.path, env=env)
    return Credentials(profile, secret.value, f"password from {secret.origin}")


def connection(profile: Profile, password: str, *, read_only: bool = False) -> Connection:
    """The client's view of a profile. Raises BadConnection where its address or user name cannot work."""
    from cotui.api import Connection

    return Connection(
        name=profile.name,
        url=profile.url,
        username=profile.username,
        password=password,
        auth=profile.auth,
        action_style=profile.action_style,
        page_size=profile.page_size,
        rate_limit=profile.rate_limit,
        timeout=profile.timeout,
        read_only=read_only or profile.read_only,
    )


def make_api(profile: Profile, password: str, *, transport: TransportFactory | None = None) -> Api:
    """An `Api` that has asked nothing yet. Raises BadConnection where the profile's address or user name cannot work."""
    from cotui.api import Api

    return Api(connection(profile, password), transport=transport() if transport else None)


def open_api(profile: Profile, password: str, *, transport: TransportFactory | None = None) -> Api:
    """The same for a command, which ends (CommandError) where it cannot be had."""
    from cotui.api import BadConnection

    try:
        return make_api(profile, password, transport=transport)
    except BadConnection as error:
        raise CommandError(_of_settings(error, profile), Exit.CONFIG) from None


def require_profile(settings: Settings, name: str) -> Profile:
    """The profile to use.

    Raises:
        CommandError: there is none at all.
        SettingsError: there is none of this name, or several and none is the default.
    """
    profile = settings.profile(name)
    if profile is None:
        raise CommandError(
            f"There is no profile yet in {show_path(settings.path)}. Run cotui in a terminal to set one up, set "
            "COTUI_URL, COTUI_USERNAME and COTUI_PASSWORD, or try --demo.",
            Exit.CONFIG,
        )
    return profile


def explain(error: ApiError) -> str:
    """An error for stderr: what happened, the server's words, what it means, what to do."""
    lines = [f"{error.what}."]
    if error.server_message:
        lines.append(f"The server says: {error.server_message}")
    lines += [text for text in (error.meaning, error.todo) if text]
    return "\n".join(lines)


def _of_settings(error: BadConnection, profile: Profile) -> str:
    """A setting that cannot work, in one line that begins with where it is set."""
    from cotui.api import BadPassword, BadUrl
    from cotui.settings.profiles import ENVIRONMENT

    of_url = isinstance(error, BadUrl)
    if profile.name == ENVIRONMENT:
        of_password = isinstance(error, BadPassword)
        where = "COTUI_URL" if of_url else "COTUI_PASSWORD" if of_password else "COTUI_USERNAME"
    else:
        where = f"profile {profile.name}{', url' if of_url else ''}"
    return f"{where}: {error.what}. {error.todo}"


def exit_code(error: ApiError) -> Exit:
    """The exit code of a command that ends with this error."""
    from cotui.api import BadConnection, Forbidden, NotFound, Unauthorized

    match error:
        case NotFound():
            return Exit.NOT_FOUND
        case Unauthorized() | Forbidden():
            return Exit.REFUSED
        case BadConnection():
            return Exit.CONFIG
        case _:
            return Exit.API
