"""Short forms for writing catalogue files, so that a field takes one line beside its documentation."""

from __future__ import annotations

from functools import cache

from cotui.catalog.field import Choice, Field, FieldType, Shortcut
from cotui.catalog.model import Action, Column, Relation, Resource
from cotui.catalog.resources import RESOURCES

#: what to do when the answer to an e-mail was lost
UNTRACED_MAIL = (
    "Whether an e-mail went out can't be seen on the server. Ask the customer whether it has arrived "
    "before you send another."
)


class Section:
    """Makes the fields that stand under one heading of a record page."""

    def __init__(self, heading: str) -> None:
        self.heading = heading

    def __call__(
        self,
        name: str,
        type_: FieldType,
        label: str,
        meaning: str,
        flags: str = "",
        aliases: str = "",
        *,
        choices: tuple[Choice, ...] = (),
        to: str = "",
        secret: bool = False,
        deprecated: bool = False,
        parts: tuple[Field, ...] = (),
        shortcuts: tuple[Shortcut, ...] = (),
        named_by: str = "",
        offers: str = "",
        known: tuple[Choice, ...] = (),
    ) -> Field:
        """A field of this section.

        Args:
            flags: letters of the documentation's tables: L in list rows, G in a single record,
                C accepted on create, U accepted on update, R required on create, F filter.
            aliases: other names people type, with spaces between them.
            to: id of the resource a key points to, where its name does not say so as "item_id" does.
            secret: never shown, logged or copied.
            deprecated: the documentation advises against it.
            shortcuts: words that mean a value of another field.
            named_by: the field of the same row that says a key in words.
            offers: id of the resource whose titles are offered for a free text.
            known: values that a free text is known to have.
        """
        return Field(
            name,
            type_,
            label,
            meaning,
            self.heading,
            tuple(aliases.split()),
            choices,
            listed="L" in flags,
            readable="G" in flags,
            creatable="C" in flags,
            updatable="U" in flags,
            required="R" in flags,
            filterable="F" in flags,
            # ChargeOver documents filters field by field but not order keys; its own example orders by `total`,
            # which is no filter. So every value that is in list rows and has a natural order is taken for one, unless
            # the object says what it is ordered by (`Resource.ordered_by`).
            orderable="L" in flags and not deprecated and type_.orderable,
            references=to or _named_in(name, type_),
            secret=secret,
            deprecated=deprecated,
            parts=parts,
            shortcuts=shortcuts,
            named_by=named_by,
            offers=offers,
            known=known,
        )

    def own_key(self, id_: str, label: str, what: str, flags: str, aliases: str = "") -> Field:
        """The key of an object itself, which people call "id"; `what` is "the invoice"."""
        meaning = f"ChargeOver's own number of {what}."
        return self(f"{id_}_id", FieldType.ID, label, meaning, flags, f"id {aliases}")

    def customer(self, meaning: str, flags: str) -> Field:
        """The customer that a record belongs to."""
        return self("customer_id", FieldType.ID, "Customer", meaning, flags, "customer")

    def named_key(
        self, id_: str, label: str, meaning: str, flags: str, *, aliases: str = "", key_aliases: str = ""
    ) -> tuple[Field, Field]:
        """What another object is called, and its key; `flags` are the key's."""
        name = f"{id_}_name"
        return (
            self(name, FieldType.TEXT, label, meaning, "LG", aliases),
            self(f"{id_}_id", FieldType.ID, f"{label} ID", meaning, flags, key_aliases, named_by=name),
        )

    def currency(self, what: str, flags: str, more: str = "") -> tuple[Field, ...]:
        """Code, sign and key of a record's currency.

        Args:
            what: what it is the currency of, in words.
            flags: of the key.
            more: what else is to say of the key.
        """
        sign = "The sign printed before amounts, such as $."
        code, text = "currency_iso4217", FieldType.TEXT
        key = ("currency_id", FieldType.ID, "Currency ID", f"{what}{more}.", flags)
        return (
            self(code, text, "Currency", f"{what}, such as USD.", "LG", "currency cur"),
            self("currency_symbol", text, "Currency symbol", sign, "LG"),
            self(*key, named_by=code),
        )


def notes_about(context: str, key: str) -> Relation:
    """The notes about a record; `context` is its kind as notes call it."""
    return Relation("notes", "Notes", "note", key, "context_id", key="O", where=(("context_str", context),))


def _named_in(name: str, type_: FieldType) -> str:
    """The id of the object that a key is named after; "" where it is none of them."""
    id_ = name.rpartition(".")[2].removesuffix("_id")
    return id_ if type_ is FieldType.ID and name.endswith("_id") and id_ in RESOURCES else ""


@cache
def custom_fields(flags: str, *, filters: int = 0, count: int = 20) -> tuple[Field, ...]:
    """The account's own fields custom_1 … custom_N; what they mean is set up per account.

    Args:
        flags: as in `Section.__call__`, without F.
        filters: how many of them, from the first, can be filtered by.
    """
    section = Section("Custom fields")
    return tuple(
        section(
            f"custom_{number}",
            FieldType.TEXT,
            f"Custom {number}",
            f"Custom field {number}, as the account has set it up.",
            flags + ("F" if number <= filters else ""),
            f"custom{number}",
        )
        for number in range(1, count + 1)
    )


def address_fields(
    prefix: str, kind: str, flags: str, *, aliased: bool = False, by_country: bool = True
) -> tuple[Field, ...]:
    """The six parts of a postal address that every object writes alike; the state is a filter.

    Args:
        prefix: "bill" or "ship".
        kind: "billing" or "shipping", for labels.
        flags: of all six.
        aliased: whether the plain words (city, state, country …) mean this address.
        by_country: whether the country is a filter too.
    """
    section = Section(f"{kind.capitalize()} address")
    text = FieldType.TEXT

    def names(words: str) -> str:
        return words if aliased else f"{kind}_{words.split()[0]}"

    return (
        section(
            f"{prefix}_addr1",
            text,
            "Address line 1",
            f"First line of the {kind} address.",
            flags,
            names("address street"),
        ),
        section(f"{prefix}_addr2", text, "Address line 2", f"Second line of the {kind} address.", flags),
        section(f"{prefix}_city", text, "City", f"City of the {kind} address.", flags, names("city town")),
        section(
            f"{prefix}_state",
            text,
            "State",
            f"State or province of the {kind} address, as entered.",
            flags + "F",
            names("state province"),
        ),
        section(
            f"{prefix}_postcode",
            text,
            "Postal code",
            f"Postal or ZIP code of the {kind} address.",
            flags,
            names("postcode zip postal_code"),
        ),
        section(
            f"{prefix}_country",
            text,
            "Country",
            f"Country of the {kind} address, free text: “United States”, “US” and “USA” all occur.",
            flags + "F" if by_country else flags,
            names("country"),
            offers="country",
        ),
    )


def address_remainder(prefix: str, kind: str, *, notes: str) -> tuple[Field, ...]:
    """What customers and invoices have beside an address: old fields, and the address as printed.

    Args:
        prefix: "bill" or "ship".
        kind: "billing" or "shipping".
        notes: flags of the notes; writable notes are documented as deprecated, others not at all.
    """
    section = Section(f"{kind.capitalize()} address")
    return (
        section(
            f"{prefix}_addr3",
            FieldType.TEXT,
            "Address line 3",
            f"Deprecated third line of the {kind} address.",
            "LGCU",
            deprecated=True,
        ),
        section(
            f"{prefix}_block",
            FieldType.MULTILINE,
            "Printed address",
            f"The {kind} address as it is printed.",
            "LG",
        ),
        section(
            f"{prefix}_notes",
            FieldType.MULTILINE,
            f"{kind.capitalize()} notes",
            f"Notes on the {kind} address.",
            notes,
            deprecated="C" in notes,
        ),
        section(
            f"{prefix}_email",
            FieldType.EMAIL,
            f"{kind.capitalize()} e-mail",
            f"E-mail address for {kind}; only in old accounts.",
            "L",
            deprecated=True,
        ),
    )


def small_list(
    resource_id: str,
    label: str,
    plural: str,
    what: str,
    *fields: Field,
    title: str,
    columns: tuple[Column, ...],
    key_flags: str = "LG",
    names: tuple[str, ...] = (),
    followed: bool = False,
    paged: bool = True,
    relations: tuple[Relation, ...] = (),
    actions: tuple[Action, ...] = (),
) -> Resource:
    """One of the short lists that other objects point to; its primary key is `{resource_id}_id`.

    Little of them is documented: most fields are known from client libraries, and most of these lists can
    neither be filtered nor written. So they are read whole, and filtered and ordered here.
    """
    key = f"{resource_id}_id"
    number = Section(label).own_key(resource_id, f"{label} ID", what, key_flags)
    return Resource(
        id=resource_id,
        label=label,
        plural=plural,
        path=resource_id,
        primary_key=key,
        fields=(number, *fields),
        columns=(Column(key, "ID", 7, drop=1), *columns),
        default_order=f"{key}:ASC",
        title_field=title,
        paged=paged,
        followed=followed,
        narrowed=True,
        names=names,
        relations=relations,
        actions=actions,
    )
