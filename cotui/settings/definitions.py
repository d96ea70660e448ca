"""Every key of `config.toml`, written down once.

Loading, `cotui config check`, the JSON Schema and the commented example are all made from the
tables below, so a key cannot be accepted in one place and unknown in another.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from cotui.catalog.start_lists import START_LISTS


class Kind(StrEnum):
    """What a value must be."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    ZONE = "zone"  # an IANA name, or a distance from UTC
    COMMAND = "command"  # a list of words, or one string split as a shell would, but run without one
    KEYS = "keys"  # one or more key names: "k", "ctrl+x", "k,ctrl+x" or ["k", "ctrl+x"]


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what it may hold, what it stands for when absent, and what it means."""

    name: str
    kind: Kind
    meaning: str
    default: str | int | float | bool | None = None
    choices: tuple[str, ...] = ()
    #: inclusive bounds of INTEGER and NUMBER
    minimum: int | None = None
    maximum: int | None = None
    required: bool = False
    #: the value is a password: never shown, and its file must be private to the user
    secret: bool = False
    example: str = ""

    @property
    def expected(self) -> str:
        """What the value has to be, in words, for messages."""
        match self.kind:
            case Kind.CHOICE:
                return "one of " + ", ".join(f'"{choice}"' for choice in self.choices)
            case Kind.INTEGER | Kind.NUMBER:
                what = "a whole number" if self.kind is Kind.INTEGER else "a number"
                if self.minimum is not None and self.maximum is not None:
                    return f"{what} from {self.minimum} to {self.maximum}"
                return what
            case Kind.BOOLEAN:
                return "true or false"
            case Kind.ZONE:
                return 'a time zone, such as "America/Chicago" or "-06:00"'
            case Kind.COMMAND:
                return 'a command, as ["program", "argument"] or "program argument"'
            case Kind.KEYS:
                return 'one or more keys, such as "k", "ctrl+x" or ["k", "ctrl+x"]'
            case _:
                return "a text in quotes" + (", not empty" if self.required else "")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the file: its name, what it is for, and its keys.

    `named` tables hold one table per name (`[profiles.NAME]`); `any_key`, where set, describes the
    value of keys whose names the table leaves open.
    """

    name: str
    meaning: str
    keys: tuple[Key, ...] = ()
    named: bool = False
    any_key: Key | None = None

    def find(self, name: str) -> Key | None:
        """The key of this name, or the open key, or None."""
        return next((key for key in self.keys if key.name == name), self.any_key)

    def default(self, name: str) -> Any:
        """What the key of this name stands for when it is absent."""
        key = self.find(name)
        assert key is not None
        return key.default


COLOURS: Final = ("red", "orange", "yellow", "green", "cyan", "blue", "magenta", "grey")
DRIVERS: Final = ("auto", "lean", "stock")

TOP: Final = Table(
    name="",
    meaning="Which account to open.",
    keys=(
        Key(
            "default_profile",
            Kind.TEXT,
            "Profile to use when neither --profile nor COTUI_PROFILE names one. "
            "Not needed with a single profile.",
            example="acme",
        ),
    ),
)

PROFILE: Final = Table(
    name="profiles",
    named=True,
    meaning="One table per ChargeOver account: where it is, how to sign in, and how careful to be with it.",
    keys=(
        Key(
            "url",
            Kind.TEXT,
            "The account: its instance name (the NAME in NAME.chargeover.com) or its full address. "
            "Plain http is accepted for this machine only.",
            required=True,
            example="acme",
        ),
        Key(
            "username",
            Kind.TEXT,
            "The API user name (public key), from ChargeOver: Settings, Developer, REST API.",
            required=True,
            example="5sCbbeoK7QVnELTDHq6YRZ0MvuGKUNXa",
        ),
        Key(
            "password_command",
            Kind.COMMAND,
            "Program that prints the API password (private key) on its first line. Run directly, not by a "
            "shell. Asked first; when it fails, no other source is tried.",
            example='["pass", "show", "chargeover/acme"]',
        ),
        Key(
            "password_env",
            Kind.TEXT,
            "Name of the environment variable that holds the API password. Looked at second.",
            example="ACME_CHARGEOVER_KEY",
        ),
        Key(
            "keyring",
            Kind.BOOLEAN,
            "Ask the desktop's keyring third. It is given three seconds; turn it off on servers without one.",
            default=True,
        ),
        Key(
            "password_file",
            Kind.TEXT,
            "File whose first line is the API password; only its owner may be able to read it. "
            "Looked at last, before cotui's own credentials.toml.",
            example="~/.secrets/acme",
        ),
        Key(
            "password",
            Kind.TEXT,
            "The API password itself. config.toml must then be readable by its owner only (chmod 600); "
            "any of the sources above is better.",
            secret=True,
        ),
        Key(
            "auth",
            Kind.CHOICE,
            "How requests are authenticated: HTTP Basic, or signed with HMAC-SHA256.",
            default="basic",
            choices=("basic", "signature"),
        ),
        Key(
            "action_style",
            Kind.CHOICE,
            'How actions are addressed: "path" is /_action/NAME, "query" the older ?action=NAME.',
            default="path",
            choices=("path", "query"),
        ),
        Key(
            "colour",
            Kind.CHOICE,
            "Colour of the profile's name in the top line. Left out: red for production, blue otherwise.",
            choices=COLOURS,
            example="green",
        ),
        Key(
            "production",
            Kind.BOOLEAN,
            "Real money: the top line says PRODUCTION.",
            default=False,
        ),
        Key(
            "read_only",
            Kind.BOOLEAN,
            "Leave out every action that changes something.",
            default=False,
        ),
        Key(
            "timezone",
            Kind.ZONE,
            "The account's time zone, by its IANA name: what today, -30d and this month count from. Left out: the "
            "offset that the times in the server's answers have, or else this machine's.",
            example="America/Chicago",
        ),
        Key(
            "page_size",
            Kind.INTEGER,
            "Rows asked for in one request. ChargeOver documents 100 as the most it sends.",
            default=100,
            minimum=1,
            maximum=500,
        ),
        Key(
            "rate_limit",
            Kind.INTEGER,
            "Requests per minute cotui allows itself. ChargeOver documents a limit of 250.",
            default=250,
            minimum=1,
            maximum=10_000,
        ),
        Key(
            "timeout",
            Kind.NUMBER,
            "Seconds without a sign of life after which a request is given up; a whole answer may take twice as "
            "long, a connection 10 seconds at most. Reads that fail within 30 seconds are sent again, writes never.",
            default=30.0,
            minimum=1,
            maximum=600,
        ),
    ),
)

INTERFACE: Final = Table(
    name="interface",
    meaning="How the terminal interface looks and behaves.",
    keys=(
        Key(
            "theme",
            Kind.TEXT,
            "Colour theme, by the name the command palette shows it under. Left out: cotui's own.",
            example="textual-light",
        ),
        Key(
            "start_screen",
            Kind.CHOICE,
            'Screen to open on; "last" is the one the previous run ended on.',
            default="last",
            choices=("last", *START_LISTS),
        ),
        Key(
            "preview",
            Kind.CHOICE,
            'Show the record under the cursor beside the table; "auto" does on wide terminals.',
            default="auto",
            choices=("auto", "on", "off"),
        ),
        Key(
            "mouse",
            Kind.BOOLEAN,
            "React to the mouse. Off leaves it to the terminal, for selecting text.",
            default=True,
        ),
        Key(
            "driver",
            Kind.CHOICE,
            'What draws: "lean", cotui\'s own, sends only what changed; "stock" is Textual\'s; "auto" is lean '
            "wherever the terminal shows the same with both. `cotui --version --verbose` says which it is.",
            default="auto",
            choices=DRIVERS,
        ),
    ),
)

KEYS: Final = Table(
    name="keys",
    meaning='Other keys for actions, as "NAME" = "key". `cotui config keys` prints the names.',
    any_key=Key("NAME", Kind.KEYS, "Keys that run the action NAME, instead of its own.", example="f5,ctrl+r"),
)

TABLES: Final = (TOP, PROFILE, INTERFACE, KEYS)
