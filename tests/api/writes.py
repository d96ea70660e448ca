"""Writes of the catalogue, as tests make them."""

from __future__ import annotations

from typing import Any

from cotui.api import Write
from cotui.catalog.editing import creation, editing
from cotui.catalog.model import Action, Resource

PASSWORD = "hunter2 “x”"


def action(resource: Resource, name: str) -> Action:
    made = {"create": creation, "update": editing}.get(name)
    found = made(resource) if made else resource.action(name)
    assert found is not None
    return found


def write(resource: Resource, name: str, ref: int | None = 12, payload: Any = None, **more: Any) -> Write:
    return Write(resource, action(resource, name), ref, payload, **more)
