"""Countries as ChargeOver spells them."""

from __future__ import annotations

from cotui.catalog import Column, FieldType
from cotui.catalog.build import Section, small_list

TEXT = FieldType.TEXT

_country = Section("Country")
COUNTRY = small_list(
    "country",
    "Country",
    "Countries",
    "the country",
    _country("name", TEXT, "Name", "Name of the country.", "LG"),
    _country("iso2", TEXT, "Code", "Its ISO 3166 code of two letters.", "LG"),
    _country("iso3", TEXT, "Long code", "Its ISO 3166 code of three letters.", "LG"),
    _country("cctld", TEXT, "Domain", "Its top-level internet domain.", "LG"),
    title="name",
    names=("nations",),
    columns=(
        Column("name", "Country", 28, grows=True),
        Column("iso2", "Code", 4),
        Column("iso3", "Long code", 9),
    ),
)
