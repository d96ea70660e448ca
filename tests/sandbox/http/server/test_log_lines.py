"""The server's own log tells where a fault is, and no values."""

from __future__ import annotations

import io
import logging

from cotui.sandbox.http.server.log_lines import CONFIG, WithoutValues

SECRET = "s3cret-that-was-sent"


def told(name: str, message: str) -> str:
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(WithoutValues(CONFIG["formatters"]["plain"]["fmt"]))
    logger = logging.Logger(name)
    logger.addHandler(handler)
    try:
        raise ValueError(SECRET)
    except ValueError:
        logger.exception(message)
    return output.getvalue()


def test_an_error_of_the_application() -> None:
    said = told("uvicorn.error", "Exception in ASGI application\n")
    assert "Exception in ASGI application" in said
    assert "builtins.ValueError" in said
    assert "in told" in said
    assert SECRET not in said


def test_words_of_asyncio() -> None:
    said = told("asyncio", f"Exception in callback handle({SECRET})")
    assert "a fault in the event loop" in said
    assert SECRET not in said
