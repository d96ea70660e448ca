"""Visits to the portal as tests make them."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.sandbox import account
from tests.sandbox.browser import links
from tests.sandbox.client import Client
from tests.sandbox.money_account import outbox

USED = "This link has been used already. It works only once."


class Watch:
    """A clock that tests wind."""

    def __init__(self) -> None:
        self.moment = account.NOW

    def __call__(self) -> datetime:
        return self.moment

    def wind(self, seconds: int) -> None:
        self.moment += timedelta(seconds=seconds)


async def login_link(client: Client, user_id: int = 1, destination: str = "") -> str:
    answer = await client.post(f"user/{user_id}/_action/getLoginURL", {"destination": destination})
    return str(answer.response)


async def reset_link(client: Client) -> str:
    await client.post("user/1?action=password")
    return links((await outbox(client))[-1]["body"])[0]
