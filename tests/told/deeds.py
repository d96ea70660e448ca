"""Writes of which the server's own data tells whether they were done."""

from __future__ import annotations

import itertools
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx

from cotui.api import Api, Connection, NotFound, Write
from cotui.api.calls import create
from cotui.catalog.editing import creation, editing
from cotui.catalog.model import Action
from cotui.catalog.objects.customer import CUSTOMER

#: customers of the account that are changed; those that are made come after them
CUSTOMERS = 12
_COUNT = itertools.count(1)


@dataclass(frozen=True)
class Deed:
    """A write, and what tells whether it was carried out."""

    write: Write
    done: Callable[[], Awaitable[bool]]


def direct(app: object) -> Api:
    """The way to the server past the proxy."""
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    return Api(Connection("direct", "localhost", "demo", "demo", rate_limit=10**9), transport=transport)


async def changing(api: Api, ref: int) -> Deed:
    """A new name for a customer."""
    name = f"Name {next(_COUNT)}"

    async def done() -> bool:
        return (await api.get(CUSTOMER, ref)).raw["company"] == name

    return Deed(Write(CUSTOMER, _of(editing(CUSTOMER)), ref, {"company": name}), done)


async def making(api: Api, _ref: int) -> Deed:
    """A new customer."""
    key = f"key-{next(_COUNT)}"

    async def done() -> bool:
        return await _exists(api, f"external_key:{key}")

    return Deed(Write(CUSTOMER, _of(creation(CUSTOMER)), None, {"company": "New", "external_key": key}), done)


async def acting(api: Api, ref: int) -> Deed:
    """A customer made inactive, or active again."""
    active = str((await api.get(CUSTOMER, ref)).raw["customer_status_str"]).startswith("active")

    async def done() -> bool:
        now = str((await api.get(CUSTOMER, ref)).raw["customer_status_str"])
        return now.startswith("active") is not active

    return Deed(Write(CUSTOMER, CUSTOMER.action("setInactive" if active else "setActive"), ref), done)


async def deleting(api: Api, _ref: int) -> Deed:
    """A customer who was just made, deleted."""
    made = await api.call(create("customer", {"company": f"To go {next(_COUNT)}"}))
    ref = int(made.response["id"])

    async def done() -> bool:
        return not await _exists(api, ref)

    return Deed(Write(CUSTOMER, CUSTOMER.action("delete"), ref), done)


KINDS = (changing, making, acting, deleting)


async def any_deed(dice: random.Random, api: Api) -> Deed:
    """One of all kinds."""
    return await dice.choice(KINDS)(api, dice.randrange(1, CUSTOMERS))


async def _exists(api: Api, ref: int | str) -> bool:
    try:
        await api.get(CUSTOMER, ref)
    except NotFound:
        return False
    return True


def _of(action: Action | None) -> Action:
    assert action is not None
    return action
