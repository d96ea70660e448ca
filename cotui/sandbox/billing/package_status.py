"""Whether a subscription is suspended: by hand until told otherwise, or between two moments. And whether the day has
come from which on it is to be canceled.

Only the first is stored as a status. The second follows from the account's day, so that it begins and ends with
the clock: a suspension counts from the day it begins on, and no longer on the day it ends on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.sandbox.database.clock import Clock, tomorrow

#: Condition for it, never NULL; `t` is the table of packages, :tomorrow the beginning of the next day.
SUSPENDED = (
    "coalesce(t.package_status_str = 'suspended-suspended' OR (t.package_status_str LIKE 'active-%'"
    " AND t.suspendfrom_datetime < :tomorrow"
    " AND (t.suspendto_datetime IS NULL OR t.suspendto_datetime >= :tomorrow)), 0)"
)
#: Condition for a planned cancellation whose day has come, never NULL.
ENDED = "coalesce(t.canceled_from < :tomorrow, 0)"


def has_ended(canceled_from: int | None, clock: Clock) -> bool:
    """Whether the day of a planned cancellation has come."""
    return canceled_from is not None and canceled_from < tomorrow(clock.today(), clock.zone)


def is_suspended(package: Mapping[str, Any], clock: Clock) -> bool:
    """Whether a subscription, a row with its stored status, is suspended."""
    status = package["package_status_str"]
    if status == "suspended-suspended":
        return True
    day_end = tomorrow(clock.today(), clock.zone)
    begin, end = package["suspendfrom_datetime"], package["suspendto_datetime"]
    return (
        status.startswith("active")
        and begin is not None
        and begin < day_end
        and (end is None or end >= day_end)
    )
