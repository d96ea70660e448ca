"""Workers: who uses the account's own pages."""

from __future__ import annotations

from cotui.catalog import Column, FieldType
from cotui.catalog.build import Section, small_list

TEXT, TIME, INTEGER = FieldType.TEXT, FieldType.DATETIME, FieldType.INTEGER

_admin = Section("Worker")
ADMIN = small_list(
    "admin",
    "Worker",
    "Workers",
    "the worker",
    _admin("username", TEXT, "User name", "Name the worker logs in with.", "LG", "login"),
    _admin("name", TEXT, "Name", "The worker's name.", "LG"),
    _admin("first_name", TEXT, "First name", "First name.", "LG"),
    _admin("last_name", TEXT, "Last name", "Last name.", "LG"),
    _admin("email", FieldType.EMAIL, "E-mail", "E-mail address.", "LG"),
    _admin("external_key", TEXT, "External key", "The key your own systems know them by.", "LG"),
    _admin("initials", TEXT, "Initials", "Initials.", "LG"),
    _admin("nickname", TEXT, "Nickname", "What colleagues call the worker.", "LG"),
    _admin("twitter", TEXT, "Twitter", "The worker's name there.", "LG"),
    _admin("facebook", TEXT, "Facebook", "The worker's name there.", "LG"),
    _admin("linkedin", TEXT, "LinkedIn", "The worker's name there.", "LG"),
    _admin("token", TEXT, "Token", "Random unique key of the worker.", "LG"),
    _admin("timezone", TEXT, "Time zone", "The worker's time zone.", "LG"),
    _admin("login_count", INTEGER, "Logins", "How often the worker has logged in.", "LG"),
    _admin("login_datetime", TIME, "Last login", "When the worker last logged in.", "LG"),
    _admin("write_datetime", TIME, "Created", "When the worker was added.", "LG"),
    _admin("mod_datetime", TIME, "Modified", "When the worker was last changed.", "LG"),
    title="name",
    names=("admins", "staff", "employees"),
    followed=True,
    columns=(
        Column("name", "Name", 24, grows=True),
        Column("email", "E-mail", 26, drop=2),
        Column("username", "User name", 16, drop=3),
    ),
)
