"""What the terminal UI is handed at its start: the account, the settings and the memory of last time.

The command line builds it; nothing below knows where the API's transport leads, so the demo, a
test and a production account are the same to every screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cotui.desk.account_day import AccountDay

if TYPE_CHECKING:
    from cotui.api import Api
    from cotui.audit.log import AuditLog
    from cotui.desk.account_words import AccountWords
    from cotui.settings import Profile, Settings, StateStore


def badges(profile: Profile | None, *, read_only: bool) -> str:
    """What stands behind the account's name; empty for nothing out of the ordinary."""
    production = profile is not None and profile.production
    return " · ".join(word for word, on in (("PRODUCTION", production), ("read-only", read_only)) if on)


class News:
    """Lines for the user that become known while the screens are open, or before; none is lost."""

    def __init__(self) -> None:
        self._untold: list[str] = []
        self._tell: Callable[[str], None] | None = None

    def add(self, line: str) -> None:
        """Tell a line, now or when there is somebody to tell it. Call it in the event loop."""
        if self._tell is None:
            self._untold.append(line)
        else:
            self._tell(line)

    def told_by(self, tell: Callable[[str], None]) -> None:
        """Have it told what comes, and what came."""
        self._tell = tell
        while self._untold:
            tell(self._untold.pop(0))


@dataclass(slots=True)
class Session:
    """One run of the terminal UI.

    `api` is None when there is no profile yet: the set-up screen then makes one with `connect`,
    which turns a profile and its secret into an `Api` without asking the account anything.
    """

    settings: Settings
    state: StateStore
    connect: Callable[[Profile, str], Api]
    #: where every write is noted
    audit: AuditLog
    api: Api | None = None
    profile: Profile | None = None
    #: one of `START_LISTS`; empty for where the last run ended
    screen: str = ""
    demo: bool = False
    read_only: bool = False
    #: which day it is in the account, and who says so
    day: AccountDay = field(default_factory=AccountDay)
    today: Callable[[], date] = date.today
    #: what the account calls the values of keys; None until a list is opened
    words: AccountWords | None = None
    #: login name of who sits at the terminal, for the audit file
    operator: str = ""
    #: lines to show once at the start: which password source was used, a damaged state file …
    notices: tuple[str, ...] = field(default=())
    #: such lines that come later
    news: News = field(default_factory=News)

    @property
    def account(self) -> str:
        """Under which name it is remembered what belongs to the account."""
        if self.api is None or self.demo:
            return self.label
        return self.api.connection.account

    @property
    def account_name(self) -> str:
        """What a question calls the account: its profile's name, or where it is, for a profile of the environment."""
        from cotui.settings.profiles import ENVIRONMENT

        if self.profile is not None and self.profile.name == ENVIRONMENT and self.profile.url:
            return urlsplit(self.profile.url).hostname or self.profile.url
        return self.label

    @property
    def label(self) -> str:
        """The name always visible in the top line, which the launcher draws before anything is read."""
        if self.profile is not None:
            return self.profile.name
        return "demo" if self.demo else "no profile"
