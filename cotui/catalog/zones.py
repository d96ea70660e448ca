"""Time zones as people write them, and as the times of answers tell them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo

_OFFSET = r"(?:UTC|GMT)?([+-])([0-9]{1,2}):?([0-9]{2})?"
#: no place is further from UTC, in minutes
_FURTHEST = 14 * 60


def zone_named(text: str) -> tzinfo:
    """A zone by its IANA name, `Pacific/Auckland`, or by its distance from UTC, `+13:00`.

    Raises:
        ValueError: there is none of this name, as far as this machine knows.
    """
    if found := re.fullmatch(_OFFSET, text):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        if minutes > _FURTHEST or int(found[3] or 0) > 59:
            raise ValueError(f"no time zone is {text} from UTC")
        return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
    from zoneinfo import ZoneInfo  # most accounts say nothing of their zone

    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"there is no time zone {text[:40]!r}") from None


def moment_of(text: object) -> datetime | None:
    """A time of an answer that says how far it is from UTC, as newer ones do; None for any other value."""
    if not isinstance(text, str) or not 20 <= len(text) <= 40 or text[10] not in "T ":
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    offset = moment.utcoffset()
    return moment if offset is not None and abs(offset) <= timedelta(minutes=_FURTHEST) else None


def distance(offset: timedelta) -> str:
    """How far a zone is from UTC, for people: UTC-07:00."""
    minutes = int(offset.total_seconds()) // 60
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
