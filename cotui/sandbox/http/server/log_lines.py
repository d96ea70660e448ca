"""What the server itself tells on stderr of faults: where they are, without any values."""

from __future__ import annotations

import logging
from types import TracebackType
from typing import Any, Final

from cotui.safety.tracebacks import way


class WithoutValues(logging.Formatter):
    """Tells an error by its kind and the way to it. Its text, and asyncio's words about it, can hold what was sent."""

    def format(self, record: logging.LogRecord) -> str:
        """A record in words."""
        if record.name == "asyncio":
            record = logging.makeLogRecord(
                {**record.__dict__, "msg": "a fault in the event loop", "args": ()}
            )
        record.exc_text = None  # another formatter may have left its own there
        return super().format(record)

    def formatException(  # noqa: N802 - logging's own name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """An error in words."""
        return "" if ei[1] is None else "".join(way(ei[1])).rstrip()


#: for uvicorn
CONFIG: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": WithoutValues, "fmt": "%(levelname)s: %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stderr"}
    },
    "loggers": {
        "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "asyncio": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
