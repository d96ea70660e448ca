"""Stored amounts as JSON numbers."""

from __future__ import annotations


def money(minor: int, unit: int) -> int | float:
    """Minor units as a JSON number of major units: an integer when whole, else a float.

    Args:
        minor: the stored amount.
        unit: minor units in one major unit.
    """
    return minor / unit if minor % unit else minor // unit
