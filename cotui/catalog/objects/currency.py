"""Currencies of the account, and the rates between them."""

from __future__ import annotations

from cotui.catalog import Action, Column, Effect, FieldType, Relation
from cotui.catalog.build import Section, small_list

TEXT, INTEGER = FieldType.TEXT, FieldType.INTEGER

_entry = Section("")
_currency = Section("Currency")
CURRENCY = small_list(
    "currency",
    "Currency",
    "Currencies",
    "the currency",
    _currency("currency", TEXT, "Name", "Name of the currency.", "LG", "name"),
    _currency("iso4217", TEXT, "Code", "Its ISO 4217 code, such as USD.", "LG", "code"),
    _currency("symbol", TEXT, "Symbol", "The sign printed before amounts.", "LG"),
    _currency("rounding", INTEGER, "Rounding", "Digits that amounts are rounded to.", "LG"),
    title="currency",
    names=("exchange rates",),
    relations=(
        Relation("invoices", "Invoices", "invoice", "currency_id", "currency_id", key="i"),
        Relation("transactions", "Payments", "transaction", "currency_id", "currency_id", key="$"),
    ),
    columns=(
        Column("currency", "Currency", 24, grows=True),
        Column("iso4217", "Code", 4),
        Column("symbol", "Symbol", 6),
        Column("rounding", "Rounding", 8, drop=2),
    ),
    actions=(
        Action(
            "getExchangeRate",
            "Show exchange rate",
            Effect.READS,
            "Reads the rate the account uses between two currencies.",
            payload=(
                _entry("from", TEXT, "From", "ISO 4217 code.", "CR"),
                _entry("to", TEXT, "To", "ISO 4217 code.", "CR"),
            ),
            answer="rate",
        ),
        Action(
            "setExchangeRate",
            "Set exchange rate",
            Effect.WRITES,
            "Changes the rate the account uses between two currencies.",
            payload=(
                _entry("from", TEXT, "From", "ISO 4217 code.", "CR"),
                _entry("to", TEXT, "To", "ISO 4217 code.", "CR"),
                _entry(
                    "exchange", FieldType.NUMBER, "Rate", "How much one of the first is in the second.", "CR"
                ),
            ),
        ),
    ),
)
