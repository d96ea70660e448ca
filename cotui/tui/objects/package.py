"""Subscriptions on screen."""

from __future__ import annotations

from cotui.tui.base.object_register import ObjectHooks

HOOKS = ObjectHooks(relations={"statement": "statement.opening:show"})
