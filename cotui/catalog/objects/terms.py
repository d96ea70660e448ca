"""Terms: until when an invoice is to be paid."""

from __future__ import annotations

from cotui.catalog import Column, FieldType
from cotui.catalog.build import Section, small_list

TEXT, INTEGER = FieldType.TEXT, FieldType.INTEGER

_terms = Section("Terms")
TERMS = small_list(
    "terms",
    "Terms",
    "Terms",
    "the terms",
    _terms("name", TEXT, "Name", "The terms, such as Net 30.", "LG"),
    _terms("days", INTEGER, "Days", "Days from the invoice's date to the due date.", "LG"),
    title="name",
    columns=(Column("name", "Terms", 24, grows=True), Column("days", "Days", 6)),
    names=("payment terms",),
)
