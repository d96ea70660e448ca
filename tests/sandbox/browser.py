"""A browser for tests: follows redirections, keeps the portal's cookie, and reads forms as text."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

from tests.sandbox.client import HOST, Answer, Client

BASE = f"http://{HOST}"


class Browser:
    """One visitor of the portal, without API credentials."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.cookie = ""
        #: path of the last page
        self.path = ""

    async def open(self, url: str) -> Answer:
        """Opens a page by its URL or path."""
        return await self._send("GET", url, b"")

    async def submit(self, url: str, **fields: str) -> Answer:
        """Sends a form."""
        return await self._send("POST", url, urlencode(fields).encode())

    async def _send(self, method: str, url: str, body: bytes) -> Answer:
        self.path = url.removeprefix(BASE)
        headers = {"content-type": "application/x-www-form-urlencoded"} if body else {}
        if self.cookie:
            headers["cookie"] = self.cookie
        answer = await self._client.send(method, self.path, body=body, authorization=None, headers=headers)
        if "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].partition(";")[0]
        if answer.status == 303:
            return await self.open(answer.headers["location"])
        return answer


def title(answer: Answer) -> str:
    """The heading of a page."""
    found = re.search(r"<h1>(.*?)</h1>", answer.body.decode())
    return html.unescape(found[1]) if found else ""


def text(answer: Answer) -> str:
    """What a page says, without markup."""
    return html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", answer.body.decode()))


def links(body: str) -> list[str]:
    """URLs in an e-mail."""
    return re.findall(r"https?://\S+", body)
