"""What objects have on screen stands where their files say."""

from __future__ import annotations

from cotui.catalog import RESOURCES
from cotui.tui.actions.menu_entries import can_make, fields_asked, is_offered
from cotui.tui.base.object_register import hooks_of, load


def test_what_is_offered_can_be_asked_for() -> None:
    """What is confirmed as it is does not need anything; flows are there and belong to an action."""
    for resource in RESOURCES.values():
        hooks = hooks_of(resource.id)
        for action in resource.actions:
            if is_offered(resource, action) and action.name not in hooks.flows:
                assert all(item in fields_asked(action) for item in action.payload if item.required)
        for name, place in hooks.flows.items():
            assert resource.action(name)
            assert callable(load(place))
        for place in (*hooks.sums.values(), *([hooks.form] if hooks.form else [])):
            assert callable(load(place))
        assert set(hooks.evidence) <= {action.name for action in resource.actions}
        assert all(can_make(RESOURCES[made]) for made in hooks.makes)
        assert all(resource.relation(name) is not None for name in hooks.also)
