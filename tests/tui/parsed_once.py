"""Style sheets parsed once in a process instead of once for every app that a test starts.

Textual keeps what it has parsed as long as its app lives, and reads it only. Tests start a thousand apps with the
same style sheets, and parsing them is a sixth of what that costs.
"""

from __future__ import annotations

from typing import Any

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_parse_rules = Stylesheet._parse_rules
_parsed: dict[tuple[Any, ...], list[RuleSet]] = {}


def _parsed_once(
    self: Stylesheet,
    css: str,
    read_from: tuple[str, str],
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    key = (css, read_from, is_default_rules, tie_breaker, scope, tuple(self._variables.items()))
    if key not in _parsed:
        _parsed[key] = _parse_rules(self, css, read_from, is_default_rules, tie_breaker, scope)
    return _parsed[key]


def install() -> None:
    """Let all style sheets of this process be parsed in this way."""
    Stylesheet._parse_rules = _parsed_once  # type: ignore[method-assign]
