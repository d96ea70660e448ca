"""Whether a subscription is suspended: by hand until told otherwise, or between two moments.

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
