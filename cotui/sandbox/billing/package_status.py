"""Whether a subscription is suspended: by hand until told otherwise, or between two moments.

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


def is_suspended(package: Mapping[str, Any], clock: Clock) -> bool:
    """The same for a row."""
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
