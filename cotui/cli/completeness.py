"""Whether everything that was asked for is in the output; if not, stderr and the exit code say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cotui.cli.account import explain
from cotui.cli.exits import CommandError, Exit

if TYPE_CHECKING:
    from cotui.api import ApiError, Reading


def account_for(reading: Reading, failure: ApiError | None, say: Callable[[str], None]) -> None:
    """Say what is not in the output, or not in its place there.

    Args:
        failure: what it broke off with.
        say: tells the user something.

    Raises:
        CommandError: rows are or may be missing, other than by a limit.
    """
    printed = f"printed {reading.rows:,}"
    if failure is not None:
        raise CommandError(f"{printed}, then it could not go on. {explain(failure)}", Exit.INCOMPLETE)
    if reading.late:
        come = "one that was" if reading.late == 1 else f"{reading.late:,} that were"
        verb = "comes" if reading.late == 1 else "come"
        say(f"records changed while they were read: {come} added or moved {verb} last")
    if reading.missing:
        raise CommandError(f"{printed}, but some may be missing: {reading.missing}.", Exit.INCOMPLETE)
    if not reading.cut:
        if reading.total is not None and reading.total < reading.rows:
            say(f"{printed}; by now the server counts {reading.total:,}")
    elif reading.total is not None and reading.total > reading.rows:
        say(f"{printed} of {reading.total:,}; --limit all prints everything")
    else:
        why = f" ({reading.count_error.what})" if reading.count_error is not None else ""
        say(f"{printed}, there may be more{why}; --limit all prints everything")
