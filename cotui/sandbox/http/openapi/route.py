"""`GET /api/v3/openapi.json`."""

from __future__ import annotations

import threading

from starlette.responses import Response

OPENAPI_PATH = b"/api/v3/openapi.json"


class Description:
    """The description of the API, made when it is first asked for."""

    def __init__(self) -> None:
        self._body: bytes | None = None
        self._making = threading.Lock()

    def answer(self) -> Response:
        """The answer with the description."""
        with self._making:
            if self._body is None:
                import msgspec

                from cotui.sandbox.http.openapi.document import document

                self._body = msgspec.json.encode(document())
        return Response(self._body, media_type="application/json")
