"""Whether a subscription is suspended: by hand until told otherwise, or between two moments. And whether the day has
come from which on it is to be canceled.

Only the first is stored as a status. The second follows from the account's day, so that it begins and ends with
the clock: a suspension counts from the day it begins on, and no longer on the day it ends on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Condition for it, never NULL; `t` is the table of packages, :tomorrow the beginning of the next day.
SUSPENDED = (
    "coalesce(t.package_status_str = 'suspended-suspended' OR (t.package_status_str LIKE 'active-%'"
    " AND t.suspendfrom_datetime < :tomorrow"
    " AND (t.suspendto_datetime IS NULL OR t.suspendto_datetime >= :tomorrow)), 0)"
)


#: Condition for the second, never NULL.
ENDED = "coalesce(t.canceled_from < :tomorrow, 0)"


def has_ended(canceled_from: int | None, day_end: int) -> bool:
    """Whether the day of a planned cancellation has come.

    Args:
        day_end: the beginning of the next day.
    """
    return canceled_from is not None and canceled_from < day_end


def is_suspended(package: Mapping[str, Any], status: str, day_end: int) -> bool:
    """The same for a row.

    Args:
        status: its stored status.
        day_end: the beginning of the next day.
    """
    if status == "suspended-suspended":
        return True
    begin, end = package["suspendfrom_datetime"], package["suspendto_datetime"]
    return (
        status.startswith("active")
        and begin is not None
        and begin < day_end
        and (end is None or end >= day_end)
    )
