"""What Python and libraries would tell by themselves on stderr: faults without their values, and nothing else.

A log record, a warning of asyncio's debug mode (PYTHONASYNCIODEBUG) and the text of an error that nobody caught can
hold keys that were pressed, addresses and passwords.
"""

from __future__ import annotations

import os
import sys
import threading

from cotui.cli import out

TYPE_CHECKING = False
if TYPE_CHECKING:
    import logging
    from types import TracebackType


def tell_no_values() -> None:
    """Tell faults that nobody caught without their values, from now on and for good."""
    sys.excepthook = _uncaught
    threading.excepthook = _in_thread
    sys.unraisablehook = _unraisable


def keep_no_records() -> None:
    """The same for log records that nobody takes, for good; whoever wants records sets logging up."""
    import logging

    class Faults(logging.Handler):
        """Tells the error that comes with a record, if one does."""

        def emit(self, record: logging.LogRecord) -> None:
            if record.exc_info and record.exc_info[1] is not None:
                _tell(record.exc_info[1])

    logging.lastResort = Faults(logging.WARNING)


def _uncaught(_kind: type[BaseException], error: BaseException, _way: TracebackType | None) -> None:
    _tell(error)


def _in_thread(caught: threading.ExceptHookArgs) -> None:
    if caught.exc_value is not None and not isinstance(caught.exc_value, SystemExit):
        _tell(caught.exc_value)


def _unraisable(caught: sys.UnraisableHookArgs) -> None:
    if caught.exc_value is not None:
        _tell(caught.exc_value)


def _tell(error: BaseException) -> None:
    from cotui.cli.fault_report import report

    try:
        out.say(report(error, os.environ))
    except Exception:  # noqa: BLE001 - there is nowhere left to tell of it
        return
