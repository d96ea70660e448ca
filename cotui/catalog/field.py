"""What a field of an object is, and what its type says of its values.

A type is a file in `cotui.catalog.types`, found by its name: `FieldType.MONEY` is made of the class `Money` in
`types/money.py`, which is loaded when it is first named.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias

import cotui.catalog.types as files
from cotui.catalog.spelling import said, text_of
from cotui.safety.text import has_controls, without_unseen

if TYPE_CHECKING:
    from datetime import date, tzinfo

#: wire name of the field that says, by its ISO code, in which currency the amounts beside it are
CURRENCY: Final = "currency_iso4217"
#: a record, or a sub-object of one together with its record's currency
Values: TypeAlias = Mapping[str, Any]
Schema: TypeAlias = Mapping[str, Any]


#: what values of a type are like, which decides how they can be compared
Family: TypeAlias = "Literal['text', 'key', 'number', 'time', 'flag', 'choice']"
#: what changes a value in a form: a line, lines, a box that is ticked, the field's choices in turn
Editor: TypeAlias = "Literal['line', 'lines', 'tick', 'choice']"
#: as what a database keeps, compares and orders values: amounts are whole minor units of the record's currency,
#: days YYYY-MM-DD, moments seconds since 1970, flags 0 or 1
Storage: TypeAlias = "Literal['text', 'number', 'amount', 'day', 'moment', 'flag']"


class _ByFile(type):
    """The types as attributes of their class, and all of them when it is iterated over."""

    def __getattr__(cls, name: str) -> FieldType:
        module = f"{files.__name__}.{name.lower()}"
        try:
            if not name.isupper():
                raise ModuleNotFoundError(name=module)
            found: FieldType = getattr(import_module(module), name.capitalize())()
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            raise AttributeError(f"there is no type of fields {name!r}") from None
        setattr(FieldType, name, found)
        return found

    def __iter__(cls) -> Iterator[FieldType]:
        names = sorted(name for folder in files.__path__ for name in os.listdir(folder))
        return (
            getattr(FieldType, name[:-3].upper()) for name in names if name[0] != "_" and name[-3:] == ".py"
        )


class FieldType(metaclass=_ByFile):
    """How values of a field are shown, compared, typed, edited, taken and served: here those of a text.

    A type is a class that says what is otherwise. `field` is always the field whose value
    it is, `values` the object that the value stands in.
    """

    # -- shown, in tables and on pages
    align: Literal["left", "right"] = "left"
    #: cells of a column that the catalogue gives no width, and of one of a report, whose values come formatted
    width: int = 20
    report_width: int = 22
    #: a column of this type can do with less room, and takes what is left over
    grows: bool = False
    #: numbers below each other have their decimal points below each other
    pointed: bool = False
    #: how little a value says of the object it is in, from 0
    rank: int = 3

    # -- compared, in filters and orders
    family: Family = "text"
    #: lists can be ordered by it where it is in their rows
    orderable: bool = True
    #: records are looked for by it
    searched: bool = False
    #: what a filter takes, in words, with examples to choose from
    expected: str = ""
    examples: tuple[str, ...] = ()
    #: what a value is, where it is no text to look into
    described: str = ""

    # -- edited, in a form
    editor: Editor = "line"
    #: what is typed is the value itself
    verbatim: bool = True
    #: the JSON value that the API takes for "none"
    nothing: object = ""

    # -- kept, taken and served, as JSON
    storage: Storage = "text"
    #: null says that there is nothing to say, not that the value is unset
    never_null: bool = False
    #: JSON Schemas of what is served, and of what is taken: numbers as text too, and null for what is unset
    served: Schema = {"type": ["string", "null"]}
    sent: Schema = {"type": ["string", "null"]}

    def __repr__(self) -> str:
        return f"FieldType.{type(self).__name__.upper()}"

    def cell(self, value: Any, field: Field, values: Values) -> str:
        """A value that is set for a table, with its line breaks; what is not of this type as it is."""
        return value if isinstance(value, str) else text_of(value)

    def full(self, value: Any, field: Field, values: Values, today: date | None) -> list[str]:
        """The lines of a value that is set on a record's page, not yet wrapped; `today` is the account's date."""
        text = self.cell(value, field, values)
        return text.split("\n") if text else []

    def code(self, value: Any, field: Field) -> str:
        """A value as the API has it, where it is shown in other words; "" where it is shown as it is."""
        return ""

    def is_unset(self, value: Any) -> bool:
        """Whether a value says "nothing here". The text "null" doesn't: a real account holds it in postal codes."""
        return value is None or value == "" or (isinstance(value, list | dict) and not value)

    def fits(self, text: str) -> bool:
        """Whether a filter can compare with `text`."""
        return True

    def fault(self, text: str) -> str:
        """Why no record can have `text`, where a filter would compare with the whole of it; what is taken instead."""
        return ""

    def meant(self, text: str) -> str:
        """What a word without quotation marks is on the wire."""
        return text

    def bounds(self, first: date, last: date) -> tuple[str, str]:
        """The first and the last value of some whole days (`"time"` only)."""
        return first.isoformat(), last.isoformat()

    def to_text(self, value: Any, field: Field) -> str:
        """A value that is set as the text of its field, which means this value again (`to_value`).

        It is data, not what is shown: only what nobody can see is left out, and whoever shows it cleans it.
        """
        return without_unseen(said(value))

    def to_value(self, text: str, field: Field, today: date) -> object:
        """The JSON value that the text of a field means.

        Raises:
            ValueError: it makes no sense there; the message says what would, in words for people.
        """
        typed = text.strip()
        if not typed:
            return self.nothing
        check_controls(typed)
        return self.parsed(without_unseen(typed).strip(), field, today)

    def parsed(self, text: str, field: Field, today: date) -> object:
        """As `to_value`, for a text without blanks around it that is not empty."""
        return text

    def same(self, first: Any, second: Any, field: Field) -> bool:
        """Whether two values of the API say the same: null is "", an unset key 0, a no false or "0"."""
        return said(first) == said(second)

    def resolved(self, text: str, field: Field, today: date) -> str:
        """What a word typed in a form stands for; "" where there is nothing to say."""
        return ""

    def read(self, sent: Any, field: Field, zone: tzinfo) -> Any:
        """A JSON value of a write request as it is kept (money in major units); None where it says "unset".

        Raises:
            ValueError: it is not of this type.
        """
        return sent_text(sent)


def check_controls(text: str, keep: str = "") -> None:
    """No control characters: they came by some accident, and nobody could see them.

    Raises:
        ValueError: there is one that is not in `keep`.
    """
    if has_controls(text, keep):
        raise ValueError("a text without control characters")


def sent_text(sent: Any) -> str | None:
    """A text of a request; numbers are taken as they print, booleans as 1 and 0.

    Raises:
        ValueError: it is an object or array, or holds NUL.
    """
    if sent is None:
        return None
    if isinstance(sent, bool):
        return "1" if sent else "0"
    if isinstance(sent, int | float):
        return str(sent)
    if not isinstance(sent, str) or "\x00" in sent:
        raise ValueError("not a text")
    return sent


#: behind the name of a report's column: the column that holds its values unformatted (`Field.raw`)
TWIN = "_unformatted"


class Choice(NamedTuple):
    """One value of an enumeration: the value on the wire and what it means to people."""

    value: str
    label: str
    #: other words people type for it in a filter, e.g. "overdue" for "open-overdue"
    aliases: tuple[str, ...] = ()
    #: what completion says of it, where the value alone would mislead
    note: str = ""


class Shortcut(NamedTuple):
    """A word people type as a field's value although the API knows it as a value of another field.

    `status = open` on invoices means ``invoice_status_state EQUALS o``.
    """

    word: str
    field: str
    value: str
    #: a value of the field itself that is not meant: ``… and invoice_status_str NOTEQUALS open-unpaid``
    but: str = ""
    #: what completion says of it; "" for the condition that it stands for
    note: str = ""


class Field(NamedTuple):
    """One field of an object.

    `name` is the name on the wire; a dotted name ("line_items.item_id") exists for filtering only.
    The flags say where the documentation or recordings show the field.
    """

    name: str
    type: FieldType
    label: str
    meaning: str
    group: str = ""
    #: names people type instead, e.g. "country" for "bill_country"; unique within a resource
    aliases: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    #: in rows of a list
    listed: bool = True
    #: in a single record
    readable: bool = True
    creatable: bool = False
    updatable: bool = False
    required: bool = False
    filterable: bool = False
    orderable: bool = False
    #: lists are filtered and ordered by it here, once they were read, where the API does not (`Resource.narrowed`)
    here: bool = False
    #: id of the resource that this key points to
    references: str = ""
    #: never shown, logged or copied
    secret: bool = False
    #: still served, but the documentation advises against it
    deprecated: bool = False
    #: fields of the sub-objects of an OBJECTS field
    parts: tuple[Field, ...] = ()
    #: words that stand for a value of another field
    shortcuts: tuple[Shortcut, ...] = ()
    #: wire name of the field that holds this one's value unformatted (report columns), "" when there is none
    raw: str = ""
    #: yes/no field without which this one says nothing worth a place in a table ("" when there is none)
    only_while: str = ""
    #: wire name of the field of the same row that says this key in words ("USD" for a currency's number);
    #: only where few names stand for the keys of the whole account. "" when there is none
    named_by: str = ""
    #: where this is a customer's number in some rows only: a field of the same row, and its value there
    customer_where: tuple[str, str] = ("", "")
    #: id of the resource whose titles are offered for a free text, such as the account's countries
    offers: str = ""
    #: values that a free text is known to have, among others; one word may stand for several of them
    known: tuple[Choice, ...] = ()

    @property
    def words(self) -> tuple[Choice, ...]:
        """The values for which there are words to type: all there are, or those that are known."""
        return self.choices or self.known

    @property
    def filters(self) -> bool:
        """Whether a list can be filtered by it, by the API or here."""
        return self.filterable or self.here

    @property
    def orders(self) -> bool:
        """Whether a list can be ordered by it, by the API or here."""
        return self.orderable or self.here
