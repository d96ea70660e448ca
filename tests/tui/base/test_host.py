"""The app has all that screens ask of it; the screens only cast it, so nothing else would tell."""

from __future__ import annotations

import inspect

from cotui.tui.base.host import Host
from cotui.tui.base.session import Session
from cotui.tui.shell.app import CotuiApp


def test_it_has_every_attribute(session: Session) -> None:
    app = CotuiApp(session)
    named = {*Host.__annotations__, *(name for name in vars(Host) if not name.startswith("_"))}
    assert {"session", "waiting", "open_record", "ask"} <= named
    assert [name for name in sorted(named) if not hasattr(app, name)] == []


def test_its_methods_take_what_they_are_given() -> None:
    for name, asked in vars(Host).items():
        if name.startswith("_") or not inspect.isfunction(asked):
            continue
        has = getattr(CotuiApp, name)
        assert inspect.iscoroutinefunction(has) == inspect.iscoroutinefunction(asked), name
        wanted, given = inspect.signature(asked).parameters, inspect.signature(has).parameters
        by_name = [key for key, item in wanted.items() if item.kind is item.KEYWORD_ONLY]
        assert set(by_name) <= set(given), name
        arguments = [object() for item in wanted.values() if item.kind is item.POSITIONAL_OR_KEYWORD]
        inspect.signature(has).bind(*arguments, **dict.fromkeys(by_name))
