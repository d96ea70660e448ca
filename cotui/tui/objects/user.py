"""Users, the customers' contacts, on screen."""

from __future__ import annotations

from cotui.tui.base.object_register import ObjectHooks

HOOKS = ObjectHooks(
    form="actions.records:edit_record",
    flows={
        "setPassword": "access.password:set_password",
        "getLoginURL": "access.login_link:login_link",
        "delete": "actions.contacts:delete_user",
    },
    relations={"statement": "statement.opening:show"},
)
