"""The list of the account's reports; the table that one of them gives is made in `cotui.catalog.report_table`."""

from __future__ import annotations

from cotui.catalog import Action, Column, Effect, Field, FieldType, Resource
from cotui.catalog.build import Section

_report = Section("Report")
_entry = Section("")

REPORT = Resource(
    id="report",
    place=4,
    label="Report",
    plural="Reports",
    path="_report",
    primary_key="report_id",
    title_field="name",
    default_order="",
    paged=False,
    # The server neither filters nor orders nor pages the list of reports.
    fields=(
        Field(
            "report_id",
            FieldType.ID,
            "Report ID",
            "Number of the report; differs from account to account.",
            "Report",
            aliases=("id", "report"),
            references="report",
            here=True,
        ),
        Field("name", FieldType.TEXT, "Name", "What the report shows.", "Report", here=True),
    ),
    columns=(Column("report_id", "ID", 7), Column("name", "Report", 40, grows=True)),
    actions=(
        Action(
            "reportData",
            "Show data",
            Effect.READS,
            "Reads the report's rows that meet every condition.",
            payload=(
                _entry(
                    "where",
                    FieldType.TAGS,
                    "Conditions",
                    "Conditions on the report's columns, sent as a list: “column:OPERATOR:value”.",
                ),
            ),
            answer="rows",
        ),
    ),
)
